"""pgbench as a peer: the same statements, prepared, a transaction in one pipeline."""

import os
import re
import subprocess

from . import seed


class Script:
    """A transaction as a pgbench script.

    `places` maps values that were recorded to expressions over pgbench's variables; all other values stay as they were.
    """

    def __init__(self, statements, variables, places):
        self.lines = list(variables) + ["\\startpipeline"]
        for statement in statements:
            self.lines.append(self._text(statement, places))
        self.lines.append("\\endpipeline")

    @staticmethod
    def _text(statement, places):
        def value(match):
            given = statement.values[int(match.group(1)) - 1]
            if given is None:
                return "null"
            if given in places:
                return places[given]
            return "(" + _plain("'" + given.replace("'", "''") + "'") + ")"
        return " ".join(re.sub(r"\$(\d+)", value, _plain(statement.text)).split()) + ";"

    def write(self, path):
        path.write_text("\n".join(self.lines) + "\n")
        return path


def _plain(text):
    """pgbench takes `:name` for a variable, in literals too: there the colon is written as an expression, which the
    planner folds away."""
    return re.sub(r"(?<!:):(?=[A-Za-z0-9_])", "'||chr(58)||'", text)


def expression(prefix, variable):
    """The text of an id made from a number, as harness/seed.py makes them."""
    return f"('{prefix}' || lpad(to_hex(:{variable}::bigint), 12, '0'))"


def run(installation, script, clients, seconds):
    """Transactions per second and the mean latency in ms."""
    done = subprocess.run(
        ["pgbench", "-h", installation.sockets, "-U", "platform_app", "-n", "-M", "prepared", "-c", str(clients),
         "-j", "2", "-T", str(seconds), "-f", str(script), "stratikey"],
        env=os.environ | {"PGPASSWORD": installation.password}, text=True, capture_output=True, cwd="/")
    match = re.search(r"^tps = ([\d.]+)", done.stdout, re.MULTILINE)
    failed = re.search(r"number of failed transactions: (\d+)", done.stdout)
    if done.returncode != 0 or not match or (failed and int(failed.group(1))):
        raise SystemExit(done.stdout + done.stderr)
    return float(match.group(1))
