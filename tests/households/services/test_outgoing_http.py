"""Sending to addresses that somebody typed: nothing of our own network is reached by it."""

import socket
import time
from collections.abc import Iterator
from ipaddress import ip_address, ip_network
from typing import Any

import pytest
from pytest_django import Settings

from households.choices.webhooks import SendFault
from households.services import outgoing_http
from tests.factories.receivers import Receiver, receiver

LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1/128"))


@pytest.fixture
def server() -> Iterator[Receiver]:
    with receiver() as found:
        yield found


@pytest.fixture
def open_loopback(settings: Settings) -> None:
    settings.WEBHOOK_NETWORKS = LOOPBACK


def post(url: str, seconds: float = 5) -> outgoing_http.Answer:
    return outgoing_http.post(url, b"{}", {"webhook-id": "msg_1"}, seconds=seconds)


@pytest.mark.usefixtures("open_loopback")
def test_what_is_sent_arrives_and_the_answer_comes_back(server: Receiver) -> None:
    server.answers = [202, 500]
    first, second = post(server.url + "?a=b"), post(server.url)
    assert (first.status, first.is_taken, first.text) == (202, True, "taken <b>&")
    assert (second.status, second.is_taken) == (500, False)
    assert [one.body for one in server.taken] == [b"{}", b"{}"]
    assert server.taken[0].headers["host"] == server.url.split("/")[2]


def test_this_machine_is_not_reached_unless_it_is_opened(server: Receiver) -> None:
    answer = post(server.url)
    assert (answer.status, answer.fault) == (None, SendFault.INTERNAL)
    assert server.taken == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1",
        "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1",
        "64:ff9b::a00:1", "2002:a00:1::", "2001:0:1::1", "2001:db8::1", "240.0.0.1",
    ],
)  # fmt: skip
def test_addresses_of_internal_networks_are_closed(address: str) -> None:
    assert not outgoing_http.is_open(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "203.162.4.191", "2001:4860:4860::8888"])
def test_public_addresses_are_open(address: str) -> None:
    assert outgoing_http.is_open(ip_address(address))


def test_a_network_can_be_opened(settings: Settings) -> None:
    settings.WEBHOOK_NETWORKS = (ip_network("10.20.0.0/16"),)
    assert outgoing_http.is_open(ip_address("10.20.3.4"))
    assert outgoing_http.is_open(ip_address("::ffff:10.20.3.4"))
    assert not outgoing_http.is_open(ip_address("10.21.3.4"))


def resolving(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """The name service answers these, one look-up after the other; gives the names asked for."""
    asked: list[str] = []
    left = list(answers)
    real = socket.getaddrinfo

    def getaddrinfo(host: str, port: int, *args: Any, **more: Any) -> list[Any]:
        if host[0].isdigit() or ":" in host:
            return real(host, port, *args, **more)
        asked.append(host)
        return [(0, 0, 0, "", (one, port)) for one in left.pop(0)]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


def test_a_name_of_the_internal_network_is_found_out_when_sending(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resolving(monkeypatch, ["8.8.8.8", "10.0.0.5"], ["169.254.169.254"])
    for __ in range(2):
        assert post("https://friendly.example/").fault == SendFault.INTERNAL


def test_the_checked_address_is_the_one_that_is_called(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, server: Receiver
) -> None:
    """A name that means another address a moment later (DNS rebinding) is not looked up again."""
    settings.WEBHOOK_NETWORKS = (ip_network("127.0.0.1/32"),)
    asked = resolving(monkeypatch, ["127.0.0.1"], ["127.0.0.2"])
    assert post(server.url.replace("127.0.0.1", "moving.example")).status == 200
    assert asked == ["moving.example"]
    assert server.taken[0].headers["host"].startswith("moving.example:")


@pytest.mark.usefixtures("open_loopback")
def test_a_redirect_is_an_answer_and_is_not_followed(server: Receiver) -> None:
    server.answers, server.location = [302], server.url + "/inside"
    answer = post(server.url)
    assert (answer.status, answer.is_taken) == (302, False)
    assert len(server.taken) == 1


@pytest.mark.usefixtures("open_loopback")
def test_an_answer_that_drips_is_cut_off(server: Receiver) -> None:
    server.slow = 0.05
    begun = time.monotonic()
    assert post(server.url, seconds=0.5).fault == SendFault.TIME
    assert time.monotonic() - begun < 2


@pytest.mark.usefixtures("open_loopback")
def test_nobody_there_and_no_such_name_and_no_tls(
    server: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert post(f"http://127.0.0.1:{port}/").fault == SendFault.CONNECTION
    assert post(server.url.replace("http:", "https:")).fault == SendFault.TLS

    def unknown(*args: Any, **more: Any) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert post("https://nobody.invalid/").fault == SendFault.NAME


@pytest.mark.parametrize(
    ("url", "is_good"),
    [
        ("https://thongke.example.vn/hook?from=povreg", True),
        ("https://thongke.example.vn:8443/", True),
        ("https://203.162.4.191/", True),
        ("http://thongke.example.vn/", False),
        ("http://localhost:8000/", False),
        ("https://127.0.0.1/", False),
        ("https://[::1]/", False),
        ("https://10.0.0.1/", False),
        ("https://user:secret@thongke.example.vn/", False),
        ("https://thongke.example.vn/#part", False),
        ("https://thongke.example.vn:99999/", False),
        ("https://thống-kê.vn/", False),
        ("https://thongke.example.vn/a b", False),
        ("https://thongke.example.vn/\r\nX: y", False),
        ("ftp://thongke.example.vn/", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("thongke.example.vn", False),
        ("", False),
    ],
)
def test_what_may_be_typed(url: str, is_good: bool) -> None:
    assert outgoing_http.is_address(url) is is_good


@pytest.mark.usefixtures("open_loopback")
def test_plain_http_is_for_this_machine_only_where_it_is_opened() -> None:
    assert outgoing_http.is_address("http://localhost:8000/")
    assert outgoing_http.is_address("http://127.0.0.1:8000/")
    assert not outgoing_http.is_address("http://thongke.example.vn/")
