"""bench/RESULTS.md: the date, the machine, each row's target and figure."""

import datetime
import os
import pathlib
import platform
import subprocess

from .installation import ROOT

NOTES = ROOT / "bench" / "NOTES.md"


def write(rows, arguments):
    """Writes RESULTS.md; only ever a whole run."""
    written = text(rows, arguments)
    if NOTES.exists():
        written += "\n" + NOTES.read_text()
    pathlib.Path(ROOT / "bench" / "RESULTS.md").write_text(written)
    print(written)


def text(rows, arguments):
    lines = [
        "# Results", "",
        f"{datetime.date.today()}, {_machine()}; `make bench`, {arguments.rounds} rounds of {arguments.seconds} s, "
        "medians. Only ratios carry over to another machine. [README](README.md) says how to read them.", "",
        "| work | against | target | figure | | |", "|---|---|---|---|---|---|",
    ]
    for row in rows:
        lines.append(line(row))
    return "\n".join(lines) + "\n"


def line(row):
    return (f"| {row.work} | {row.against} | {row.target} | **{row.figure}** | {'holds' if row.holds else 'misses'} "
            f"| {row.detail} |")


def _machine():
    model = next(
        (line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "unknown")
    memory = next(int(line.split()[1]) for line in open("/proc/meminfo") if line.startswith("MemTotal"))
    version = subprocess.run(["pgbench", "--version"], text=True, capture_output=True).stdout.strip()
    return (f"{os.cpu_count()} processors ({model}), {memory // 1024 // 1024} GiB, Linux {platform.release()}, "
            f"{version.replace('pgbench (PostgreSQL)', 'PostgreSQL')}, shared by the server, PostgreSQL and the load")
