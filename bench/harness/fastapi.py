"""The FastAPI peer as a process."""

import json
import os
import signal
import socket
import subprocess
import sys
import time

from .installation import ROOT

PORT = 8195


class Peer:
    def __init__(self, installation, recorded):
        self.installation = installation
        self.base = f"http://localhost:{PORT}"
        path = ROOT / ".build" / "bench-statements.json"
        path.write_text(json.dumps({
            name: [[statement.text, statement.values] for statement in statements]
            for name, statements in recorded.items()}))
        self.environment = os.environ | {
            "PEER_STATEMENTS": str(path), "PEER_KEYS": f"{installation.base}/.well-known/jwks.json",
            "PEER_ISSUER": installation.base, "PEER_SOCKETS": installation.sockets,
            "PGPASSWORD": installation.password}

    def __enter__(self):
        log = open(ROOT / ".build" / "bench-peer.log", "wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "fastapi_peer:app", "--app-dir", str(ROOT / "bench" / "peers"),
             "--port", str(PORT), "--workers", "2", "--loop", "uvloop", "--http", "httptools", "--no-access-log",
             "--log-level", "error"],
            env=self.environment, stdout=log, stderr=log)
        while True:
            if self.process.poll() is not None:
                raise SystemExit("the peer ended: see .build/bench-peer.log")
            try:
                socket.create_connection(("127.0.0.1", PORT), 1).close()
                time.sleep(1)
                return self
            except OSError:
                time.sleep(0.05)

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
