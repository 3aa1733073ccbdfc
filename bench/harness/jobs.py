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
    environment = os.environ | {
        "PLATFORM_DIRECTORY": str(installation.directory), "PLATFORM_MIGRATIONS": str(ROOT / "migrations"),
        "JOBS": "64"}
    log = open(ROOT / ".build" / "bench-workload.log", "wb")
    worker = subprocess.Popen([program], env=environment, stdout=subprocess.PIPE, stderr=log)
    try:
        worker.stdout.readline()
        began = time.monotonic()
        for lane in range(1, lanes + 1):
            installation.admin(
                f"set app.organization_id = '{organization(lane)}';\n"
                f"select count(platform.enqueue_job('{KIND}', 1, '{{}}')) from generate_series(1, {count // lanes});")
        while installation.admin(
                f"select count(*) from platform.jobs where kind = '{KIND}' and state <> 'completed'") != "0":
            time.sleep(0.05)
        return count // lanes * lanes / (time.monotonic() - began)
    finally:
        worker.terminate()
        worker.wait(30)
        installation.admin(f"delete from platform.jobs where kind = '{KIND}'; vacuum platform.jobs;")


def raw(installation, folder, count, clients, seconds):
    """Claims per second of a bare table: one job taken and marked done in each transaction."""
    installation.admin(
        "create table if not exists public.raw_jobs (id bigint primary key, state text not null);\n"
        "truncate public.raw_jobs;\n"
        f"insert into public.raw_jobs select n, 'available' from generate_series(1, {count}) as n;\n"
        "create index if not exists raw_jobs_idx on public.raw_jobs (id) where state = 'available';\n"
        "grant select, update on public.raw_jobs to platform_app;\nvacuum (analyze) public.raw_jobs;")
    script = folder / "claim.sql"
    script.write_text((ROOT / "bench" / "peers" / "claim.sql").read_text())
    try:
        return pgbench.run(installation, script, clients, seconds)
    finally:
        installation.admin("drop table public.raw_jobs;")
