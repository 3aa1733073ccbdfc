"""A platform of its own for the tests: a new database, the demo organization, the client as it was built."""
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parents[3]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Server:
    """Runs until `stop`; `url` is where it answers, `outbox` where its mails lie."""

    def __init__(self, web: pathlib.Path, program: str | None = None):
        self.place = pathlib.Path(tempfile.mkdtemp(prefix="stratikey-e2e-"))
        self.place.chmod(0o755)
        self.data = self.place / "data"
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.log = self.place / "log"
        self.web = web
        self.program = program or os.environ.get("PLATFORM_PROGRAM") or str(ROOT / ".build" / "debug" / "platform")
        self.process = None

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "PLATFORM_DIRECTORY": str(self.data), "PORT": str(self.port), "ADMIN_PORT": "0", "RATE_LIMITS": "off",
            "WEB_DIRECTORY": str(self.web), "PUBLIC_URL": self.url,
        }

    def command(self, *words: str) -> str:
        """Runs another command of the program on the same database; what it says."""
        return subprocess.run(
            [self.program, *words], cwd=ROOT, env=self.environment, check=True, stdout=subprocess.PIPE, text=True).stdout

    def start(self, *words: str):
        log = self.log.open("a")
        self.process = subprocess.Popen(
            [self.program, "serve", *words], cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True)
        for line in self.process.stdout:
            log.write(line)
            if line.startswith("All " if "--demo" in words else "Serving on "):
                log.flush()
                self.follow(log)
                return
        raise RuntimeError(f"the server ended:\n{self.log.read_text()[-4000:]}")

    def follow(self, log):
        """Goes on writing what the server says, so that it never waits for a reader."""
        def copy():
            for line in self.process.stdout:
                log.write(line)
                log.flush()

        threading.Thread(target=copy, daemon=True).start()

    def kill(self):
        """Ends the server at once, as a crash would; the data stays."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(60)
        shutil.rmtree(self.place, ignore_errors=True)

    @property
    def outbox(self) -> pathlib.Path:
        return self.data / "outbox"

    def logins(self) -> dict[str, tuple[str, str]]:
        """The demo's people: e-mail to password and role."""
        people = {}
        for line in (self.data / "demo-logins.txt").read_text().splitlines():
            words = line.split()
            if len(words) >= 4 and "@" in words[0]:
                people[words[0]] = (words[1], words[-1])
        return people
