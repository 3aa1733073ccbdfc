"""Which lines of the client's own sources the browser ran, from Chromium's precise coverage.

The build for tests is not minified: every module of ours stands in its output behind a comment with its name, a statement
to a line or less. A line counts as run when the innermost range over its first letter was run.
"""
import collections
import json
import pathlib
import re

LEAST = 70
MODULE = re.compile(r"^\s*// (src/\S+\.tsx?)$")


class Lines:
    def __init__(self):
        self.sources = {}
        self.ran = collections.defaultdict(set)

    def begin(self, context, page):
        session = context.new_cdp_session(page)
        session.send("Profiler.enable")
        session.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": True})
        session.send("Debugger.enable")
        urls = {}
        session.on("Debugger.scriptParsed", lambda one: urls.__setitem__(one["scriptId"], one["url"]))
        return page, session, urls

    def end(self, begun):
        page, session, _ = begun
        if page.is_closed():
            return
        for script in session.send("Profiler.takePreciseCoverage")["result"]:
            name = script["url"].rpartition("/assets/")[2]
            if not name.endswith(".js"):
                continue
            if name not in self.sources:
                self.sources[name] = session.send(
                    "Debugger.getScriptSource", {"scriptId": script["scriptId"]})["scriptSource"]
            self.add(name, script["functions"])

    def add(self, name, functions):
        source = self.sources[name]
        ranges = sorted(
            ((one["startOffset"], -one["endOffset"], one["count"]) for function in functions for one in function["ranges"]))
        counts = [None] * (len(source) + 1)
        for start, end, count in ranges:
            counts[start:-end] = [count] * (-end - start)
        offset = 0
        for number, line in enumerate(source.split("\n")):
            letters = len(line) - len(line.lstrip())
            if line.strip() and counts[min(offset + letters, len(source))]:
                self.ran[name].add(number)
            offset += len(line) + 1

    def report(self, path: pathlib.Path):
        """Writes by module how many lines there are and how many were run."""
        modules = collections.defaultdict(lambda: [0, 0])
        for name, source in self.sources.items():
            module = None
            for number, line in enumerate(source.split("\n")):
                found = MODULE.match(line)
                if found:
                    module = found[1]
                elif line.lstrip().startswith("// node_modules/"):
                    module = None
                elif module and re.search(r"\w", line) and not line.lstrip().startswith("//"):
                    modules[module][0] += 1
                    modules[module][1] += number in self.ran[name]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(modules, indent=4))
