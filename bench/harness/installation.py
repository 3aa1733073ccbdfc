"""The platform under measure: a private cluster and one server, in a folder of their own."""

import json
import os
import pathlib
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
PORT = 8190
PASSWORD = "nine quiet lamps on a tower"


class Installation:
    def __init__(self, directory, program, port=PORT):
        self.directory = pathlib.Path(directory)
        self.program = pathlib.Path(program)
        self.port = port
        self.process = None
        self.keeper = None
        self.base = f"http://localhost:{port}"

    @property
    def sockets(self):
        return os.path.realpath(self.directory / "postgres")

    @property
    def password(self):
        return (self.directory / "database-password").read_text()

    def start(self, *arguments, **environment):
        """Starts the server and answers the seconds until it was ready."""
        values = os.environ | {
            "PLATFORM_DIRECTORY": str(self.directory), "PLATFORM_MIGRATIONS": str(ROOT / "migrations"),
            "RATE_LIMITS": "off", "LOG_LEVEL": "info",
        } | environment
        self.directory.mkdir(parents=True, exist_ok=True)
        log = open(self.directory / "server.log", "ab")
        began = time.monotonic()
        self.process = subprocess.Popen(
            [self.program, "serve", "--port", str(self.port), *arguments], env=values, stdout=log, stderr=log)
        while True:
            if self.process.poll() is not None:
                raise SystemExit(f"the server ended: see {self.directory}/server.log")
            try:
                with urllib.request.urlopen(f"{self.base}/health/ready", timeout=5) as answer:
                    if answer.status == 200:
                        seconds = time.monotonic() - began
                        self._keep()
                        return seconds
            except (urllib.error.URLError, ConnectionError, socket.timeout):
                time.sleep(0.005)

    def _keep(self):
        """A session of our own, so that the cluster stays when the server goes."""
        if not self.keeper:
            self.keeper = subprocess.Popen(
                [*self._account(), "psql", "-h", self.sockets, "-d", "stratikey", "-U", "postgres", "-X", "-q", "-A",
                 "-t", "-v", "ON_ERROR_STOP=1"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd="/")
            self.ask("set application_name = 'bench';")

    def ask(self, statements):
        """The lines that SQL answers in the session that is kept: no process is started for it."""
        self.keeper.stdin.write(f"{statements}\n\\echo answered\n")
        self.keeper.stdin.flush()
        lines = []
        for line in self.keeper.stdout:
            if line == "answered\n":
                return lines
            lines.append(line.rstrip("\n"))
        raise SystemExit("the database's session ended")

    def stop(self):
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)
            self.process = None

    def rest(self):
        """What was written stands on disk, and nothing is being tidied up: no row pays for the one before it."""
        self.ask("checkpoint;")
        while self.ask("select count(*) from pg_stat_activity where backend_type = 'autovacuum worker';") != ["0"]:
            time.sleep(0.5)

    def end(self):
        """Ends the server, then the cluster."""
        self.stop()
        if self.keeper:
            self.keeper.stdin.close()
            self.keeper.wait(30)
            self.keeper = None
        end_cluster(self.directory)

    def copied(self, directory):
        """The same once more, beside this one; this one's server and cluster are ended for it."""
        self.end()
        subprocess.run(["cp", "-a", "--reflink=auto", self.directory, directory], check=True)
        return Installation(directory, self.program, self.port + 10)

    def resident(self):
        """The server's resident memory in MB."""
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise SystemExit("the server is gone")

    def processor_seconds(self):
        """User and system time of the server so far."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def call(self, method, path, body=None, token=None, headers=None):
        request = urllib.request.Request(f"{self.base}/api/v1{path}", method=method)
        for name, value in (headers or {}).items():
            request.add_header(name, value)
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, data, timeout=60) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def admin(self, statement):
        """Runs SQL as the superuser, through the socket."""
        return self._psql(statement, "-U", "postgres", prefix=self._account())

    def _psql(self, statement, *arguments, prefix=()):
        done = subprocess.run(
            [*prefix, "psql", "-h", self.sockets, "-d", "stratikey", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1",
             *arguments, "-f", "-"],
            input=statement, text=True, capture_output=True, cwd="/")
        if done.returncode != 0:
            raise SystemExit(done.stderr)
        return done.stdout.strip()

    @staticmethod
    def _account():
        return ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()


def end_cluster(directory):
    """Ends the PostgreSQL of an installation, where it runs."""
    data = directory / "postgres" / "data"
    if (data / "postmaster.pid").exists():
        prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run(
            [*prefix, "/usr/lib/postgresql/15/bin/pg_ctl", "stop", "-D", str(data.resolve()), "-m", "fast"],
            check=False, cwd="/", capture_output=True)
