"""The rows of the table: what each measures, and how."""

import asyncio
import dataclasses
import statistics
import time
import uuid

from . import imports, jobs, pgbench, wrk
from .fastapi import Peer
from .installation import ROOT
from .memory import Streams
from .screens import Screens, percentile
from .seed import Seed, deal, organization
from .statements import Recorder

CLIENTS = 64
DEALS = 5_000
TENANTS = 200
LARGE = 201
FOUND = "('0b000000-0000-7000-8000-' || lpad(to_hex(:o::bigint), 12, '0'))"


@dataclasses.dataclass
class Row:
    """A line of the results: `target` says what `figure` has to reach."""
    work: str
    against: str
    target: str
    figure: str
    holds: bool
    detail: str = ""


def at_least(work, against, ours, theirs, target, unit):
    ratio = ours / theirs
    return Row(work, against, f"≥ {target:.2f}", f"{ratio:.2f}", ratio >= target,
               f"{ours:,.0f} to {theirs:,.0f} {unit}")


def patient(statement):
    """Without the bound on waiting for locks: a peer does not try again, and its connections are many."""
    values = [
        "0" if before == "lock_timeout" else value
        for before, value in zip([None, *statement.values], statement.values)]
    return type(statement)(statement.text, values)


class Bench:
    def __init__(self, installation, folder, workload, seconds, rounds):
        self.installation, self.folder, self.workload = installation, folder, workload
        self.seconds, self.rounds = seconds, rounds
        self.seed = Seed(installation)
        self.rows = []

    def prepare(self, tenants=TENANTS, deals=DEALS, large=200_000):
        self.tenants, self.deals = tenants, deals
        self.installation.start("--migrate")
        self.seed.sign_up()
        self.seed.clone(1, tenants, deals)
        if large:
            self.seed.clone(LARGE, LARGE, large)
        self.seed.analyze()
        # The grants of organizations that were made beside the program are read when it starts.
        self.installation.stop()

    @property
    def step(self):
        return max(1, self.tenants // CLIENTS)

    @property
    def sample(self):
        """How many organizations the load is spread over: numbers 1, 1 + step, ..."""
        return min(CLIENTS, self.tenants)

    def sampled(self):
        return self.seed.tokens(range(1, self.tenants + 1, self.step)[:self.sample])

    # Requests beside pgbench and FastAPI

    def requests(self):
        self.installation.start()
        tokens = self.sampled()
        recorded = self._record(tokens[0])
        scripts = self._scripts(recorded)
        peer_statements = {name: self._generic(statements) for name, statements in recorded.items()}
        base = self.installation.base
        loads = {
            "get": ("get.lua", [self.deals]),
            "list": ("list.lua", [self.open_stage]),
            "create": ("create.lua", [self.open_stage, None]),
        }
        figures = {name: {"ours": [], "pgbench": [], "fastapi": []} for name in loads}
        with Peer(self.installation, peer_statements) as peer:
            for _ in range(self.rounds):
                for name, (script, arguments) in loads.items():
                    given = [uuid.uuid4().hex if value is None else value for value in arguments]
                    figures[name]["pgbench"].append(
                        pgbench.run(self.installation, scripts[name], CLIENTS, self.seconds))
                    figures[name]["ours"].append(self._load(base, script, tokens, given))
                    given = [uuid.uuid4().hex if value is None else value for value in arguments]
                    figures[name]["fastapi"].append(self._load(peer.base, script, tokens, given))
        for name, target in (("get", 0.8), ("list", 0.8), ("create", 0.7)):
            self._compare(name, figures[name], target)
        self.installation.stop()

    def _load(self, base, script, tokens, arguments):
        load = wrk.run(base, script, tokens, CLIENTS, self.seconds, *arguments)
        if load.refused:
            raise SystemExit(f"{script} at {base}: {load.refused} requests were refused")
        return load.rate

    def _compare(self, name, figures, target):
        middle = {peer: statistics.median(values) for peer, values in figures.items()}
        texts = {"get": "get one record", "list": "list of 25, filtered and sorted",
                 "create": "create with validation, audit, outbox, idempotency"}
        self.rows.append(at_least(
            texts[name], "pgbench -M prepared, same statements pipelined", middle["ours"], middle["pgbench"], target,
            "/s"))
        row = at_least(texts[name], "FastAPI + asyncpg + uvicorn", middle["ours"], middle["fastapi"], 5, "/s")
        # What no server could pass: the database's work alone, which the peer has as well.
        row.detail += f"; the statements alone, by pgbench: {middle['pgbench'] / middle['fastapi']:.2f}"
        self.rows.append(row)

    def _record(self, token):
        """The statements of each request, with marks in place of what changes."""
        recorder, call = Recorder(self.installation), self.installation.call
        self.open_stage = self.seed.stages[0]
        self.marks = {"title": "Recorded deal", "amount": "987654", "key": uuid.uuid4().hex}
        recorded = {}

        def take(name, method, path, body=None, headers=None):
            # Twice: what the first of its kind reads besides is kept afterwards.
            for _ in range(2):
                mark = str(uuid.uuid4())
                known = {"X-Request-ID": mark} | {
                    header: value + mark for header, value in (headers or {}).items()}
                transactions = recorder.record(mark, lambda: results.append(call(method, path, body, token, known)))
            # A create's look at what is known already is the platform's own affair: peers get the writing alone.
            recorded[name] = [
                patient(statement) for statement in transactions[-1] if statement.text not in ("begin", "commit")]
            self.marks[f"{name}_request"] = mark
        results = []
        take("get", "GET", f"/opportunities/{deal(1)}")
        take("list", "GET", f"/opportunities?stage_id={self.open_stage}&sort=-amount&limit=25")
        take("create", "POST", "/opportunities", {
            "title": self.marks["title"], "amount": int(self.marks["amount"]), "amount_currency": "EUR",
            "stage_id": self.open_stage}, {"Idempotency-Key": "key-"})
        self.marks["record"] = results[-1]["id"]
        return recorded

    def _names(self, name):
        """Recorded values that change from request to request, by what they are."""
        return {
            organization(1): "@organization", self.seed.user: "@user", self.marks[f"{name}_request"]: "@request",
            deal(1): "@record", self.marks["record"]: "@record", self.open_stage: "@stage",
            "key-" + self.marks["create_request"]: "@key", self.marks["title"]: "@title",
            self.marks["amount"]: "@amount",
        }

    def _generic(self, statements, name=None):
        for candidate in ("get", "list", "create"):
            if any(self.marks[f"{candidate}_request"] in statement.values for statement in statements):
                name = candidate
        names = self._names(name)
        return [
            type(statement)(statement.text, [names.get(value, value) for value in statement.values])
            for statement in statements
        ]

    def _scripts(self, recorded):
        variables = [f"\\set o 1 + {self.step} * random(0, {self.sample - 1})", f"\\set d random(1, {self.deals})",
                     "\\set n random(1, 1000000000000)"]
        paths = {}
        for name, statements in recorded.items():
            fresh = "('0e000000-0000-7000-8000-' || lpad(to_hex(:n::bigint), 12, '0'))"
            places = {
                "@organization": FOUND, "@user": f"'{self.seed.user}'", "@stage": f"'{self.open_stage}'",
                "@request": f"'{uuid.uuid4()}'", "@key": "('pgbench-' || :n::bigint)", "@title": "'Deal'",
                "@amount": "987654",
                "@record": fresh if name == "create" else pgbench.expression("0c000000-0000-7000-8000-", "d"),
            }
            script = pgbench.Script(self._generic(statements), variables, places)
            paths[name] = script.write(self.folder / f"{name}.sql")
        return paths

    # One work at a time

    def imported(self, rows=100_000):
        self.installation.start()
        call = self.installation.call
        ours, theirs = [], []
        path = self.folder / "deals.csv"
        for turn in range(min(self.rounds, 3)):
            number = 1 + turn
            token = self.seed.tokens([number])[0]
            pipeline = call("GET", "/pipelines", token=token)["data"][0]["id"]
            stage = next(
                stage for stage in call("GET", "/stages?sort=position", token=token)["data"]
                if stage["kind"] == "open")
            imports.write_file(path, rows, stage["name"])
            mapped, run = imports.platform(self.installation, token, path, pipeline)
            ours.append((run, mapped))
            theirs.append(imports.copy(
                self.installation, self.tenants - turn, rows, pipeline, stage["id"], self.seed.user))
        run, mapped = statistics.median(one for one, _ in ours), statistics.median(one for _, one in ours)
        copy = statistics.median(theirs)
        self.rows.append(Row(
            f"import of {rows:,} rows with audit", "COPY into the same tables with the same triggers", "≥ 0.50",
            f"{copy / run:.2f}", copy / run >= 0.5,
            f"{run:.1f} s to {copy:.1f} s; upload, detection and mapping took {mapped:.1f} s before"))
        self.installation.stop()

    def queued(self, count=40_000):
        ours = statistics.median(
            jobs.platform(self.installation, self.workload, count, 20) for _ in range(self.rounds))
        theirs = statistics.median(
            jobs.raw(self.installation, self.folder, 1_000_000, CLIENTS, self.seconds) for _ in range(self.rounds))
        self.rows.append(at_least(
            "jobs per second, enqueue to done, no-op", "raw SKIP LOCKED claims by pgbench", ours, theirs, 0.5, "/s"))

    def started(self):
        seconds = []
        for _ in range(3):
            seconds.append(self.installation.start())
            self.installation.stop()
        middle = statistics.median(seconds)
        self.rows.append(Row("start to ready on a migrated database", "absolute", "≤ 1 s", f"{middle:.2f} s",
                             middle <= 1, "PostgreSQL is up"))

    def resident(self, streams=10_000):
        self.installation.start(MAX_STREAMS_PER_USER=str(streams))
        time.sleep(2)
        idle = self.installation.resident()
        tokens = self.sampled()
        for script, arguments in (("get.lua", [self.deals]), ("list.lua", self.seed.stages)):
            wrk.run(self.installation.base, script, tokens, CLIENTS, self.seconds, *arguments)
        loaded = self.installation.resident()
        for name, figure, limit in (("idle", idle, 40), ("after load of 64 connections", loaded, 80)):
            self.rows.append(Row(f"resident memory, {name}", "absolute", f"≤ {limit} MB", f"{figure:.0f} MB",
                                 figure <= limit))
        asyncio.run(self._streamed(tokens, streams))
        self.installation.stop()

    async def _streamed(self, tokens, count):
        held = Streams(tokens)
        await held.open(count)
        memory = self.installation.resident()
        before = self.installation.processor_seconds()
        await asyncio.sleep(5)
        idle = (self.installation.processor_seconds() - before) / 5
        record = deal(7)
        subscribers = list(range(0, count, len(tokens)))
        waits = sorted(await held.seconds_until(record, subscribers, lambda: self.installation.call(
            "PATCH", f"/opportunities/{record}", {"next_step": "call"}, tokens[0])))
        self.rows.append(Row(f"resident memory, {count:,} event streams", "absolute", "≤ 150 MB", f"{memory:.0f} MB",
                             memory <= 150, f"{idle * 100:.1f}% of a processor while idle"))
        slowest = waits[-1] * 1000
        self.rows.append(Row("a change seen by those who may", "absolute", "≤ 300 ms", f"{slowest:.0f} ms",
                             slowest <= 300, f"the slowest of {len(waits)} of {count:,} subscribers"))
        held.close()

    def shown(self, slug="bench-201"):
        """What a person waits for in the web client."""
        screens = Screens(self.installation)
        screens.prepare()
        self.installation.start(WEB_DIRECTORY=str(ROOT / "web" / "dist"))
        try:
            board, answers, frames = screens.measure(large=slug)
        finally:
            self.installation.stop()
        self.rows.append(Row(
            "log in to a usable board", "absolute", "≤ 1.0 s", f"{board:.2f} s", board <= 1.0, "median of 5, 8,800 deals"))
        for name, figures in answers.items():
            late = percentile(figures, 0.95)
            self.rows.append(Row(
                f"{name}, press to painted answer, p95", "absolute", "≤ 100 ms", f"{late:.0f} ms", late <= 100,
                f"median {statistics.median(figures):.0f} ms of {len(figures)}"))
        late = percentile(frames, 0.95)
        self.rows.append(Row(
            "frames while 200,000 rows scroll, p95", "absolute", "≤ 50 ms", f"{late:.0f} ms", late <= 50,
            f"median {statistics.median(frames):.0f} ms, longest {max(frames):.0f} ms"))

    def grown(self, directory, tenants=10_000, deals=1_000):
        """p99 of get and list on few and on many organizations, at the same number of clients."""
        first = LARGE + 1
        many = self.installation.copied(directory)
        try:
            many.start()
            seed = self.seed.of(many)
            for start in range(first, first + tenants, 500):
                seed.clone(start, min(start + 499, first + tenants - 1), deals, with_records=False)
            seed.analyze()
            # The grants of organizations that were made beside the program are read when it starts.
            many.stop()
            few, more = self._latencies([
                (self.seed, range(1, self.tenants + 1), self.deals),
                (seed, range(first, first + tenants, max(1, tenants // 200)), deals)])
        finally:
            many.end()
        for name in ("get", "list"):
            ratio = more[name] / few[name]
            self.rows.append(Row(
                f"p99 of {name}, from {self.tenants + 1} to {tenants + self.tenants + 1:,} organizations", "itself",
                "≤ 1.30", f"{ratio:.2f}", ratio <= 1.3, f"{few[name]:.1f} to {more[name]:.1f} ms"))

    def _latencies(self, places):
        """p99 in ms of each place, under 64 clients that ask without a pause: by turns, as a machine's pace changes."""
        tokens = []
        for seed, numbers, _ in places:
            seed.installation.start()
            seed.installation.rest()
            tokens.append(seed.tokens(numbers))
        figures = [{"get": [], "list": []} for _ in places]
        for _ in range(self.rounds + 1):
            for name in ("get", "list"):
                for (seed, _, deals), known, figure in zip(places, tokens, figures):
                    arguments = [deals] if name == "get" else seed.stages
                    figure[name].append(wrk.run(
                        seed.installation.base, f"{name}.lua", known, CLIENTS, self.seconds, *arguments).p99)
        for seed, _, _ in places:
            seed.installation.stop()
        # The first round fills the caches.
        return [{name: statistics.median(values[1:]) for name, values in figure.items()} for figure in figures]
