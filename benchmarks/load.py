"""Asking a web server as fast as it answers, over connections that stay open."""

import socket
import statistics
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """`status`: what has to be answered; anything else ends the benchmark."""

    path: str
    headers: Mapping[str, str]
    status: int = 200

    @property
    def told(self) -> bytes:
        heads = "".join(f"{name}: {value}\r\n" for name, value in self.headers.items())
        return f"GET {self.path} HTTP/1.1\r\nHost: localhost\r\n{heads}\r\n".encode()


@dataclass(frozen=True)
class Taken:
    """Milliseconds of half of the answers and of all but one in twenty; answers a second."""

    p50: float
    p95: float
    slowest: float
    per_second: float


@dataclass(frozen=True)
class Answer:
    """Names of headers in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def ask(port: int, question: Question, *, connections: int, times: int) -> Taken:
    """`times` questions over each of so many connections at once."""
    began = time.perf_counter()
    with ThreadPoolExecutor(connections) as pool:
        work = [pool.submit(_one_by_one, port, question, times) for _ in range(connections)]
        taken = [ms for one in work for ms in one.result()]
    seconds = time.perf_counter() - began
    p95 = statistics.quantiles(taken, n=20)[-1]
    return Taken(statistics.median(taken), p95, max(taken), len(taken) / seconds)


def fetch(port: int, question: Question) -> Answer:
    """One answer, whole. Raises SystemExit where it is another one than expected."""
    with socket.create_connection(("127.0.0.1", port)) as line:
        return _asked(line, question.told, question)


def _one_by_one(port: int, question: Question, times: int) -> list[float]:
    told, taken = question.told, []
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _ in range(times):
            began = time.perf_counter()
            _asked(line, told, question)
            taken.append((time.perf_counter() - began) * 1000)
    return taken


def _asked(line: socket.socket, told: bytes, question: Question) -> Answer:
    line.sendall(told)
    got = b""
    while b"\r\n\r\n" not in got:
        got += _more(line)
    head, __, body = got.partition(b"\r\n\r\n")
    first, *others = head.decode("latin-1").split("\r\n")
    pairs = (one.partition(": ") for one in others)
    headers = {name.lower(): value for name, __, value in pairs}
    parts, left = [body], int(headers.get("content-length", 0)) - len(body)
    while left > 0:
        parts.append(_more(line))
        left -= len(parts[-1])
    answer = Answer(int(first.split()[1]), headers, b"".join(parts))
    if answer.status != question.status:
        raise SystemExit(f"{question.path}: {first} {answer.body[:200]!r}")
    return answer


def _more(line: socket.socket) -> bytes:
    found = line.recv(1 << 18)
    if not found:
        raise SystemExit("the server hung up")
    return found
