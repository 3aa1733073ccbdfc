"""No-op jobs through the queue, and the rawest queue that pgbench can play."""

import os
import subprocess
import time

from . import pgbench
from .installation import ROOT
from .seed import organization

KIND = "workload.nothing"


def platform(installation, program, count, lanes):
    """Jobs per second from the first enqueue to the last one's end, spread over organizations."""
    installation.admin(
        "set session_replication_role = replica;\n"
        "insert into kernel.installed_plugins (organization_id, plugin)\n"
        "select o.id, 'workload' from platform.organizations as o\n"
        f"where o.id between '{organization(1)}' and '{organization(lanes)}'\n"
        "on conflict do nothing;")
    environment = os.environ | {
        "PLATFORM_DIRECTORY": str(installation.directory), "PLATFORM_MIGRATIONS": str(ROOT / "migrations"),
        "JOBS": "64"}
    log = open(ROOT / ".build" / "bench-workload.log", "wb")
    worker = subprocess.Popen([program], env=environment, stdout=subprocess.PIPE, stderr=log)
    try:
        worker.stdout.readline()
        # What rows before this one wrote has events that a worker follows: that work is not the queue's.
        while installation.ask("select platform.outbox_waits_since('kernel.after') is null;") != ["t"]:
            time.sleep(0.1)
        began = time.monotonic()
        for lane in range(1, lanes + 1):
            installation.ask(
                f"set app.organization_id = '{organization(lane)}';\n"
                f"select count(platform.enqueue_job('{KIND}', 1, '{{}}')) from generate_series(1, {count // lanes});")
        while installation.ask(
                f"select exists (select from platform.jobs where kind = '{KIND}' and state <> 'completed');") != ["f"]:
            time.sleep(0.1)
        return count // lanes * lanes / (time.monotonic() - began)
    finally:
        worker.terminate()
        worker.wait(30)
        installation.admin(f"delete from platform.jobs where kind = '{KIND}'; vacuum platform.jobs;")


def raw(installation, folder, count, clients, seconds):
    """Claims per second of a bare table: one job taken and marked done in each transaction."""
    installation.admin(
        "create schema if not exists bench;\ngrant usage on schema bench to platform_app;\n"
        "create table if not exists bench.raw_jobs (id bigint primary key, state text not null);\n"
        "truncate bench.raw_jobs;\n"
        f"insert into bench.raw_jobs select n, 'available' from generate_series(1, {count}) as n;\n"
        "create index if not exists raw_jobs_idx on bench.raw_jobs (id) where state = 'available';\n"
        "grant select, update on bench.raw_jobs to platform_app;\nvacuum (analyze) bench.raw_jobs;")
    script = folder / "claim.sql"
    script.write_text((ROOT / "bench" / "peers" / "claim.sql").read_text())
    try:
        return pgbench.run(installation, script, clients, seconds)
    finally:
        installation.admin("drop table bench.raw_jobs;")
