"""Clients that hold connections open: what the server's memory is measured under."""

import asyncio
import json
import resource
import time

from .installation import PORT

PER_ADDRESS = 800


def _source(number):
    return (f"127.0.0.{2 + number // PER_ADDRESS}", 0)


class Streams:
    """Subscribers of /api/v1/stream, each on a connection of its own."""

    def __init__(self, tokens):
        self.tokens = tokens
        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))

    async def open(self, count):
        self.held = []
        for start in range(0, count, 200):
            self.held += await asyncio.gather(*(
                self._subscribe(number) for number in range(start, min(count, start + 200))))

    async def _subscribe(self, number):
        reader, writer = await asyncio.open_connection("127.0.0.1", PORT, local_addr=_source(number))
        token = self.tokens[number % len(self.tokens)]
        writer.write(
            f"GET /api/v1/stream HTTP/1.1\r\nHost: localhost:{PORT}\r\nAuthorization: Bearer {token}\r\n"
            "Accept: text/event-stream\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in head.split(b"\r\n", 1)[0]:
            raise SystemExit(f"a stream was refused: {head[:200]!r}")
        return reader, writer

    async def seconds_until(self, identifier, numbers, change):
        """Runs `change` and answers how long each of the numbered subscribers waited for the record's event."""
        began = time.monotonic()
        waits = [asyncio.create_task(self._await(self.held[number][0], identifier, began)) for number in numbers]
        await asyncio.to_thread(change)
        return await asyncio.wait_for(asyncio.gather(*waits), 30)

    @staticmethod
    async def _await(reader, identifier, began):
        while True:
            line = (await reader.readline()).decode()
            if not line:
                raise SystemExit("a stream was closed")
            if line.startswith("data:") and json.loads(line[5:]).get("id") == identifier:
                return time.monotonic() - began

    def close(self):
        for _, writer in self.held:
            writer.close()
