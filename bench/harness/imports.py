"""An import of 100,000 rows through the product, and COPY into the same table with the same triggers."""

import json
import subprocess
import time
import urllib.request

from .seed import organization

COLUMNS = ("title", "amount", "expected_close_on", "external_code", "stage")


def write_file(path, rows, stage_name):
    with open(path, "w") as file:
        file.write(",".join(COLUMNS) + "\n")
        for number in range(rows):
            file.write(
                f"Imported deal {number},{number % 100_000}.50,2026-{1 + number % 12:02}-15,"
                f"X-{number},{stage_name}\n")


def platform(installation, token, path, pipeline):
    """Seconds from the upload to the mapping, and from `run` to done."""
    began = time.monotonic()
    made = _upload(installation, token, path)
    call = installation.call
    call("PUT", f"/imports/{made}/mapping", {
        "key": "external_code", "on_match": "create", "constants": {"pipeline_id": pipeline, "amount_currency": "EUR"},
        "columns": [
            {"column": "title", "field": "title"}, {"column": "amount", "field": "amount"},
            {"column": "expected_close_on", "field": "expected_close_on"},
            {"column": "external_code", "field": "external_code"},
            {"column": "stage", "field": "stage_id", "match_by": "name"}]}, token)
    mapped = time.monotonic()
    call("POST", f"/imports/{made}/run", token=token)
    while True:
        state = call("GET", f"/imports/{made}", token=token)
        if state["status"] in ("done", "failed"):
            break
        time.sleep(0.1)
    if state["status"] != "done" or state["counts"]["error"]:
        raise SystemExit(json.dumps(state)[:2000])
    return mapped - began, time.monotonic() - mapped


def _upload(installation, token, path):
    boundary = "7f3d0c1e5b"
    with open(path, "rb") as file:
        body = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="entity"\r\n\r\nsales.opportunity\r\n'
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="deals.csv"\r\n'
            "Content-Type: text/csv\r\n\r\n").encode() + file.read() + f"\r\n--{boundary}--\r\n".encode()
    request = urllib.request.Request(f"{installation.base}/api/v1/imports", body, {
        "Authorization": f"Bearer {token}", "Content-Type": f"multipart/form-data; boundary={boundary}"})
    with urllib.request.urlopen(request, timeout=120) as answer:
        return json.load(answer)["id"]


def copy(installation, number, rows, pipeline, stage, user):
    """Seconds for COPY of as many rows into the same table of another organization."""
    lines = "".join(
        f"{organization(number)}\t0d000000-0000-7000-8000-{row:012x}\tImported deal {row}\t{pipeline}\t{stage}\t"
        f"{row % 100_000 * 100 + 50}\tEUR\t2026-{1 + row % 12:02}-15\tX-{row}\t{user}\n" for row in range(rows))
    text = (
        f"set app.organization_id = '{organization(number)}';\nset app.actor_kind = 'user';\n"
        f"set app.actor_id = '{user}';\nset app.request_id = '';\nset app.address = '';\n"
        "copy sales.opportunities (organization_id, id, title, pipeline_id, stage_id, amount, amount_currency, "
        f"expected_close_on, external_code, owner_id) from stdin;\n{lines}\\.\n")
    began = time.monotonic()
    installation.admin(text)
    return time.monotonic() - began
