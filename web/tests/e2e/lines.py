"""Which lines of the client's own sources the browser ran, from Chromium's precise coverage.

The build for tests is not minified: every module of ours stands in its output behind a comment with its name, a statement
to a line or less. A line counts as run when the innermost range over its first letter was run.
"""
import bisect
import collections
import json
import pathlib
import re

MODULE = re.compile(r"^\s*// (src/\S+\.tsx?)$")


class Lines:
    def __init__(self, web: pathlib.Path):
        self.assets = web / "assets"
        self.sources = {}
        self.lines = {}
        self.ran = collections.defaultdict(set)

    def begin(self, context, page):
        session = context.new_cdp_session(page)
        session.send("Profiler.enable")
        session.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": True})
        return page, session

    def take(self, begun):
        """Adds what ran since the last time: a page that is left takes its scripts along."""
        page, session = begun
        if page.is_closed():
            return
        for script in session.send("Profiler.takePreciseCoverage")["result"]:
            _, within, name = script["url"].rpartition("/assets/")
            if not within or not name.endswith(".js"):
                continue
            if name not in self.sources:
                self.sources[name] = (self.assets / name).read_text()
                self.lines[name] = self.begins(self.sources[name])
            self.add(name, script["functions"])

    def add(self, name, functions):
        numbers, offsets = self.lines[name]
        ranges = sorted(
            ((one["startOffset"], -one["endOffset"], one["count"]) for function in functions for one in function["ranges"]))
        counts = [0] * len(offsets)
        for start, end, count in ranges:
            first, last = bisect.bisect_left(offsets, start), bisect.bisect_left(offsets, -end)
            counts[first:last] = [count] * (last - first)
        self.ran[name].update(number for number, count in zip(numbers, counts) if count)

    @staticmethod
    def begins(source):
        """The lines that are not blank, and where the first letter of each stands."""
        numbers, offsets, offset = [], [], 0
        for number, line in enumerate(source.split("\n")):
            if line.strip():
                numbers.append(number)
                offsets.append(offset + len(line) - len(line.lstrip()))
            offset += len(line) + 1
        return numbers, offsets

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
