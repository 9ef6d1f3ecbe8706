"""Whose address is counted, with and without proxies in front."""

import pytest
from django.test import RequestFactory
from rest_framework.settings import api_settings

from povreg.client_address import client_address

CALLER, PROXY, INVENTED = "203.0.113.9", "10.0.0.2", "198.51.100.1"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "counted"),
    [
        (0, None, PROXY),
        (0, INVENTED, PROXY),  # nobody of ours wrote that header
        (1, CALLER, CALLER),
        (1, f"{INVENTED}, {CALLER}", CALLER),
        (2, f"{INVENTED}, {CALLER}, 10.0.0.3", CALLER),
        (1, None, PROXY),
        (1, "unknown", PROXY),
        (1, "2001:db8::7", "2001:db8::7"),
    ],
)
def test_the_address_our_own_proxies_saw_is_counted(
    monkeypatch: pytest.MonkeyPatch, proxies: int, forwarded: str | None, counted: str
) -> None:
    monkeypatch.setattr(api_settings, "NUM_PROXIES", proxies)
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}

    request = RequestFactory().get("/", REMOTE_ADDR=PROXY, **headers)

    assert client_address(request) == counted
