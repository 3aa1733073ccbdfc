"""The peer: the same requests on the same database, with FastAPI, asyncpg, uvloop and httptools.

It checks the token (ES256, checked tokens are kept until they end, as the platform keeps them), loads the principal
once a second, validates with pydantic, and sends the very statements that the platform sends: PEER_STATEMENTS names a
file of them, recorded by the harness.
"""

import datetime
import hashlib
import json
import os
import time
import urllib.request
import uuid

import asyncpg
import jwt
from fastapi import FastAPI, Request, Response
from pydantic import BaseModel, ConfigDict, Field

RECORDED = json.loads(open(os.environ["PEER_STATEMENTS"]).read())
KEYS = jwt.PyJWKSet.from_dict(json.load(urllib.request.urlopen(os.environ["PEER_KEYS"])))
ISSUER = os.environ["PEER_ISSUER"]

app = FastAPI(openapi_url=None)
verified: dict[str, dict] = {}
principals: dict[str, tuple[float, str]] = {}
pool: asyncpg.Pool


class Deal(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: str = Field(min_length=1, max_length=200)
    amount: int | None = Field(default=None, ge=0)
    amount_currency: str | None = Field(default=None, pattern="^[A-Z]{3}$")
    stage_id: uuid.UUID


@app.on_event("startup")
async def connect():
    global pool
    pool = await asyncpg.create_pool(
        host=os.environ["PEER_SOCKETS"], user="platform_app", password=os.environ["PGPASSWORD"], database="stratikey",
        min_size=16, max_size=16)


def claims(request: Request) -> dict:
    token = request.headers["authorization"][7:]
    known = verified.get(token)
    if known and known["exp"] > time.time():
        return known
    key = KEYS[jwt.get_unverified_header(token)["kid"]]
    known = jwt.decode(token, key.key, algorithms=["ES256"], audience="api", issuer=ISSUER)
    verified[token] = known
    return known


async def principal(connection, known: dict) -> None:
    loaded = principals.get(known["sid"])
    if loaded and time.monotonic() - loaded[0] < 1:
        return
    text = await connection.fetchval(
        "select platform.load_principal($1::uuid, $2::uuid)", known["sid"], known["org"])
    if text is None:
        raise PermissionError
    principals[known["sid"]] = (time.monotonic(), text)


def argument(text, kind: str):
    """A recorded value as asyncpg wants it for the parameter's type."""
    if text is None:
        return None
    if kind in ("int2", "int4", "int8"):
        return int(text)
    if kind == "bool":
        return text in ("t", "true")
    if kind == "bytea":
        return bytes.fromhex(text[2:]) if isinstance(text, str) else text
    if kind in ("timestamptz", "timestamp"):
        return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    if kind == "date":
        return datetime.date.fromisoformat(text)
    if kind.endswith("[]"):
        return [part for part in text[1:-1].split(",") if part]
    return text


async def run(connection, recorded, places):
    """The statements in one transaction; answers the last one's rows."""
    rows = None
    async with connection.transaction():
        for text, values in recorded:
            # asyncpg keeps the statement prepared on each connection.
            rows = await connection.fetch(text, *(
                argument(places.get(value, value) if isinstance(value, str) else value, kind)
                for value, kind in zip(values, await kinds(connection, text))))
    return rows


async def kinds(connection, text):
    if text not in parameter_kinds:
        statement = await connection.prepare(text)
        parameter_kinds[text] = [
            kind.name + ("[]" if kind.kind == "array" and not kind.name.endswith("[]") else "")
            for kind in statement.get_parameters()]
    return parameter_kinds[text]


parameter_kinds: dict[str, list[str]] = {}


def answer(body, status=200, **headers):
    return Response(body, status, headers, "application/json")


@app.get("/api/v1/opportunities/{record}")
async def get(record: uuid.UUID, request: Request):
    known = claims(request)
    async with pool.acquire() as connection:
        await principal(connection, known)
        rows = await run(connection, RECORDED["get"], {
            "@organization": known["org"], "@user": known["sub"], "@request": str(uuid.uuid4()),
            "@record": str(record)})
    if not rows:
        return answer(b'{"code":"not_found"}', 404)
    return answer(rows[0][0], ETag='"1"')


@app.get("/api/v1/opportunities")
async def listed(stage_id: uuid.UUID, request: Request, sort: str = "id", limit: int = 50):
    known = claims(request)
    async with pool.acquire() as connection:
        await principal(connection, known)
        rows = await run(connection, RECORDED["list"], {
            "@organization": known["org"], "@user": known["sub"], "@request": str(uuid.uuid4()),
            "@stage": str(stage_id)})
    return answer('{"data":[' + ",".join(row[0] for row in rows[:limit]) + "]}")


@app.post("/api/v1/opportunities")
async def create(deal: Deal, request: Request):
    known = claims(request)
    body = await request.body()
    async with pool.acquire() as connection:
        await principal(connection, known)
        made = str(uuid.uuid4())
        rows = await run(connection, RECORDED["create"], {
            "@organization": known["org"], "@user": known["sub"], "@request": str(uuid.uuid4()), "@record": made,
            "@stage": str(deal.stage_id), "@key": request.headers["idempotency-key"], "@title": deal.title,
            "@amount": str(deal.amount), "@digest": "\\x" + hashlib.sha256(body).hexdigest()})
    text = next((value for row in rows or [] for value in row if isinstance(value, str)), "{}")
    return answer(text, 201, Location=f"/api/v1/opportunities/{made}")
