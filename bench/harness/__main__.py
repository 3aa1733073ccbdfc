"""Measures the rows of the results: `make bench`, or `bench/run --help`."""

import argparse
import pathlib
import shutil
import os

from . import report
from .installation import ROOT, Installation, end_cluster
from .rows import Bench

# Imports leave events that a worker goes on following: the queue comes before them.
ROWS = ("requests", "queued", "imported", "started", "resident", "shown", "grown")


def main():
    parser = argparse.ArgumentParser(prog="bench/run", description=__doc__)
    parser.add_argument("--seconds", type=int, default=8, help="of each measurement (8)")
    parser.add_argument("--rounds", type=int, default=3, help="of each row; the median counts (3)")
    parser.add_argument("--only", action="append", choices=ROWS, help="measure these rows alone")
    parser.add_argument("--small", action="store_true", help="little data, to see that the harness works")
    parser.add_argument("--directory", default=str(ROOT / ".bench"), help="of the installation that is made anew")
    parser.add_argument("--programs", default=str(ROOT / ".build" / "release"), help="where the programs lie")
    arguments = parser.parse_args()

    directory, programs = pathlib.Path(arguments.directory), pathlib.Path(arguments.programs)
    grown = directory.with_name(directory.name + "-grown")
    for place in (directory, grown):
        _remove(place)
    installation = Installation(directory, programs / "platform")
    folder = directory / "scripts"
    folder.mkdir(parents=True)
    os.chmod(directory, 0o755)
    bench = Bench(installation, folder, programs / "workload", arguments.seconds, arguments.rounds)
    grouping = _set_grouping("0")
    try:
        if arguments.small:
            bench.prepare(tenants=20, deals=200, large=2_000)
        else:
            bench.prepare()
        for name in ROWS:
            if name in (arguments.only or ROWS):
                print(f"measuring: {name}", flush=True)
                installation.rest()
                known = len(bench.rows)
                if name == "grown":
                    bench.grown(grown, *((100, 100) if arguments.small else ()))
                else:
                    getattr(bench, name)()
                for row in bench.rows[known:]:
                    print("  " + report.line(row), flush=True)
    finally:
        installation.end()
        _set_grouping(grouping)
    if arguments.small or arguments.only:
        print(report.text(bench.rows, arguments))
    else:
        report.write(bench.rows, arguments)


def _set_grouping(value):
    """Sets whether the kernel shares processors out by session, and answers what was set; nothing without the right.

    By session each backend of PostgreSQL counts as much as the server and the load together, and waits for its turn
    for up to a sixth of a second on two processors.
    """
    setting = pathlib.Path("/proc/sys/kernel/sched_autogroup_enabled")
    if value is None or not os.access(setting, os.W_OK):
        return None
    before = setting.read_text().strip()
    setting.write_text(value)
    return before


def _remove(directory):
    """The installation of an earlier run."""
    end_cluster(directory)
    shutil.rmtree((directory / "postgres").resolve(), ignore_errors=True)
    shutil.rmtree(directory, ignore_errors=True)


main()
