"""Sending to a server whose address somebody typed, without being led into our own network.

The name is looked up once, every address it has must be open, and the connection goes to the one
that was checked: a name that means something else a moment later leads nowhere. Redirects are not
followed, no proxy is asked, the whole exchange ends in time however slowly the other side writes,
and only the beginning of the answer is read.
"""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from households.choices.webhooks import SendFault

_READ_BYTES: Final = 2_000
_PORTS: Final = {"http": 80, "https": 443}
_LOCAL_NAMES: Final = frozenset({"localhost", "127.0.0.1", "::1"})
#: Ranges in which an IPv4 address is hidden: NAT64, Teredo, 6to4.
_TUNNELS: Final = tuple(
    map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16"))
)


@dataclass(frozen=True)
class Answer:
    """Either `status` or `fault`; `text` is how the answer begins."""

    milliseconds: int
    status: int | None = None
    fault: SendFault | None = None
    text: str = ""

    @property
    def is_taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


class _Fault(Exception):
    def __init__(self, fault: SendFault) -> None:
        self.fault = fault
        super().__init__(fault)


def is_address(url: str) -> bool:
    """Whether it is https:// to a name or an open address, in plain letters; http:// only to this
    machine, where that is allowed. Looks nothing up."""
    try:
        URLValidator(schemes=["http", "https"])(url)
        parts = urlsplit(url)
        host, __ = parts.hostname or "", parts.port
    except (ValidationError, ValueError):
        return False
    if not url.isascii() or parts.username or parts.password is not None or parts.fragment:
        return False
    try:
        if not is_open(ip_address(host)):
            return False
    except ValueError:
        """A name: looked up when something is sent."""
    if parts.scheme == "http":
        return host in _LOCAL_NAMES and is_open(ip_address("127.0.0.1"))
    return True


def is_open(address: IPv4Address | IPv6Address) -> bool:
    """Whether the address lies in the public network, or in one that POVREG_WEBHOOK_NETWORKS
    opens."""
    plain = getattr(address, "ipv4_mapped", None) or address
    if any(plain in network for network in settings.WEBHOOK_NETWORKS):
        return True
    if any(plain in network for network in _TUNNELS):
        return False
    return bool(plain.is_global) and not (plain.is_multicast or plain.is_reserved)


def post(url: str, body: bytes, headers: Mapping[str, str], *, seconds: float) -> Answer:
    """Send and wait for the answer, `seconds` in all; looking the name up is not counted."""
    begun = time.monotonic()
    try:
        status, text = _posted(url, body, headers, seconds)
    except _Fault as told:
        return Answer(_since(begun), fault=told.fault)
    except ssl.SSLError:
        return Answer(_since(begun), fault=SendFault.TLS)
    except TimeoutError:
        return Answer(_since(begun), fault=SendFault.TIME)
    except (OSError, http.client.RemoteDisconnected, http.client.IncompleteRead):
        return Answer(_since(begun), fault=SendFault.CONNECTION)
    except (http.client.HTTPException, ValueError):
        return Answer(_since(begun), fault=SendFault.ANSWER)
    return Answer(_since(begun), status=status, text=text)


def _since(begun: float) -> int:
    return int((time.monotonic() - begun) * 1000)


def _posted(url: str, body: bytes, headers: Mapping[str, str], seconds: float) -> tuple[int, str]:
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or _PORTS[parts.scheme]
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    context = ssl.create_default_context() if parts.scheme == "https" else None
    addresses = looked_up(host, port)
    with _connected(addresses, port, host, context, seconds) as connection:
        connection.request(
            "POST",
            path,
            body=body,
            headers={"Host": parts.netloc, "Connection": "close", **headers},
        )
        answer = connection.getresponse()
        return answer.status, answer.read(_READ_BYTES).decode("utf-8", errors="replace")


def looked_up(host: str, port: int) -> list[str]:
    """The addresses of a name, all of them open."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise _Fault(SendFault.NAME) from error
    addresses = list(dict.fromkeys(str(place[0]) for *__, place in found))
    if not addresses or not all(is_open(ip_address(one)) for one in addresses):
        raise _Fault(SendFault.INTERNAL)
    return addresses


@contextmanager
def _connected(
    addresses: list[str], port: int, host: str, context: ssl.SSLContext | None, seconds: float
) -> Iterator[http.client.HTTPConnection]:
    """A connection to the first address that takes one; whatever still goes on after `seconds` is
    cut off by another thread, since a socket's own time-out begins anew with each byte."""
    ends = time.monotonic() + seconds
    sock = _reached(addresses, port, ends)
    if context is not None:
        sock = context.wrap_socket(sock, server_hostname=host, do_handshake_on_connect=False)
    is_late = threading.Event()

    def cut_off() -> None:
        is_late.set()
        try:
            socket.socket.shutdown(sock, socket.SHUT_RDWR)
        except OSError:
            """Closed meanwhile."""

    timer = threading.Timer(max(ends - time.monotonic(), 0), cut_off)
    timer.daemon = True
    timer.start()
    try:
        if isinstance(sock, ssl.SSLSocket):
            sock.do_handshake()
        connection = http.client.HTTPConnection(host, port)
        connection.sock = sock
        yield connection
        if is_late.is_set():  # an answer that was cut off can look whole
            raise TimeoutError
    except (OSError, http.client.HTTPException, ValueError) as error:
        if is_late.is_set():
            raise TimeoutError from error
        raise
    finally:
        timer.cancel()
        sock.close()


def _reached(addresses: list[str], port: int, ends: float) -> socket.socket:
    last: OSError = TimeoutError()
    for address in addresses:
        left = ends - time.monotonic()
        if left <= 0:
            break
        try:
            return socket.create_connection((address, port), timeout=left)
        except OSError as error:
            last = error
    raise last
