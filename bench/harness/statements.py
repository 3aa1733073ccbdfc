"""What the server sends to PostgreSQL for a request, read from the database's own log."""

import dataclasses
import re
import time

ENTRY = re.compile(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+ UTC \[(\d+)\] (LOG|DETAIL):  (.*)$")
EXECUTION = re.compile(r"^execute [^:]*: (.*)$", re.DOTALL)
PARAMETER = re.compile(r"\$(\d+) = (NULL|'(?:[^']|'')*')")


@dataclasses.dataclass
class Statement:
    """A prepared statement's text and the values it was given; None is null."""
    text: str
    values: list


class Recorder:
    def __init__(self, installation):
        self.installation = installation

    def record(self, mark, request):
        """The statements of the one transaction whose settings name the request `mark`, in order."""
        self.installation.admin(
            "alter system set log_statement = 'all';\nalter system set log_error_verbosity = 'default';\n"
            "select pg_reload_conf();")
        self._await("all")
        try:
            request()
        finally:
            self.installation.admin(
                "alter system reset log_statement;\nalter system reset log_error_verbosity;\nselect pg_reload_conf();")
        return self._pick(mark)

    def _await(self, value):
        while self.installation.admin("show log_statement") != value:
            time.sleep(0.05)

    def _pick(self, mark):
        by_process, transactions = {}, []
        for process, kind, text in self._entries():
            if kind == "LOG":
                match = EXECUTION.match(text)
                by_process[process] = Statement(match.group(1), []) if match else None
                if match:
                    if "set_config($1" in text:
                        transactions.append((process, []))
                    for owner, statements in reversed(transactions):
                        if owner == process:
                            statements.append(by_process[process])
                            break
            elif by_process.get(process):
                by_process[process].values = [
                    None if value == "NULL" else value[1:-1].replace("''", "'")
                    for _, value in sorted(
                        ((int(number), value) for number, value in PARAMETER.findall(text)))]
        return [statements for _, statements in transactions if mark in statements[0].values]

    def _entries(self):
        process, kind, lines = None, None, []
        log = self.installation.directory / "postgres" / "log"
        for path in sorted(log.iterdir(), key=lambda entry: entry.stat().st_mtime):
            for line in path.read_text(errors="replace").splitlines():
                match = ENTRY.match(line)
                if match:
                    if lines:
                        yield process, kind, "\n".join(lines)
                    process, kind, lines = match.group(1), match.group(2), [match.group(3)]
                elif lines:
                    lines.append(line)
        if lines:
            yield process, kind, "\n".join(lines)
