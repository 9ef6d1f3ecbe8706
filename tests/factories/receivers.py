"""Another system that takes messages: a real server of this process."""

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Taken:
    """A message as it came."""

    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def told(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found

    def is_signed_with(self, secret: str) -> bool:
        """As a receiver reckons it from the specification, with nothing of povreg's own."""
        key = base64.b64decode(secret.removeprefix("whsec_"))
        told = f"{self.id}.{self.headers['webhook-timestamp']}.".encode() + self.body
        own = base64.b64encode(hmac.new(key, told, hashlib.sha256).digest()).decode()
        return self.headers["webhook-signature"] == f"v1,{own}"


@dataclass
class Receiver:
    """`answers` are given one after the other, then 200; `slow`: seconds before each byte of an
    answer that never ends."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    location: str = ""
    slow: float = 0
    taken: list[Taken] = field(default_factory=list)


@contextmanager
def receiver() -> Iterator[Receiver]:
    found = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            found.taken.append(Taken(headers, body))
            if found.slow:
                self.wfile.write(b"HTTP/1.1 200 OK\r\n")
                for __ in range(200):
                    self.wfile.write(b"X")
                    time.sleep(found.slow)
                return
            self.send_response(found.answers.pop(0) if found.answers else 200)
            if found.location:
                self.send_header("Location", found.location)
            self.end_headers()
            self.wfile.write(b"taken <b>&")

        def log_message(self, *args: Any) -> None:
            """Silent."""

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:
                """The other side broke off."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    found.url = f"http://127.0.0.1:{server.server_port}/hook"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
