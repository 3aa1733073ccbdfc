"""wrk as the load: keep-alive connections, each request made by a Lua script."""

import dataclasses
import re
import subprocess

from .installation import ROOT

UNITS = {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}


@dataclasses.dataclass
class Load:
    """Requests per second, latencies in ms, and answers other than 2xx."""
    rate: float
    median: float
    p99: float
    refused: int


def run(base, script, tokens, clients, seconds, *arguments):
    path = ROOT / ".build" / "bench-tokens"
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(tokens) + "\n")
    done = subprocess.run(
        ["wrk", "-t", "2", "-c", str(clients), "-d", f"{seconds}s", "--latency", "--timeout", "10s",
         "-s", str(ROOT / "bench" / "load" / script), base, "--", str(path), *map(str, arguments)],
        text=True, capture_output=True)
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    text = done.stdout

    def latency(name):
        value, unit = re.search(rf"^\s+{name}\s+([\d.]+)(us|ms|s|m)", text, re.MULTILINE).groups()
        return float(value) * UNITS[unit]

    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    return Load(
        float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1)), latency("50%"), latency("99%"),
        int(refused.group(1)) if refused else 0)
