"""What is opened to other systems: nothing unless told, and nonsense is refused."""

from ipaddress import ip_network

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from households.choices.api import ApiScope
from povreg import env, openings
from tests.factories import api, areas

ORIGIN = "https://thongke.example.vn"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WEBHOOKS", "WEBHOOK_NETWORKS", "OPEN_DATA", "CORS_ORIGINS", "DEBUG"):
        monkeypatch.delenv(f"POVREG_{name}", raising=False)


def test_nothing_is_open_unless_told() -> None:
    assert openings.webhook_networks() == []
    assert openings.cors_origins() == []
    assert not openings.open_data()
    assert openings.sends_webhooks(), "to whom somebody registered"


def test_networks_of_other_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POVREG_WEBHOOK_NETWORKS", "10.20.0.0/16, 10.30.1.5")
    assert openings.webhook_networks() == [ip_network("10.20.0.0/16"), ip_network("10.30.1.5/32")]
    monkeypatch.setenv("POVREG_DEBUG", "1")
    assert ip_network("127.0.0.0/8") in openings.webhook_networks()
    for wrong in ("10.20.0.0/99", "lan", "10.20.3.4/16"):
        monkeypatch.setenv("POVREG_WEBHOOK_NETWORKS", wrong)
        with pytest.raises(env.Misconfigured):
            openings.webhook_networks()


def test_origins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POVREG_CORS_ORIGINS", f"{ORIGIN}, http://localhost:3000")
    assert openings.cors_origins() == [ORIGIN, "http://localhost:3000"]
    monkeypatch.setenv("POVREG_CORS_ORIGINS", "*")
    assert openings.cors_origins() == ["*"]
    for wrong in ("thongke.example.vn", f"{ORIGIN}/", f"{ORIGIN}/page", "null", "ftp://x.example"):
        monkeypatch.setenv("POVREG_CORS_ORIGINS", wrong)
        with pytest.raises(env.Misconfigured):
            openings.cors_origins()


@pytest.mark.django_db
@pytest.mark.usefixtures("store")
def test_a_page_of_a_named_site_may_ask_the_api_and_nothing_else(settings: Settings) -> None:
    asker = api.asker(areas.province(), ApiScope.AGGREGATES)
    url = reverse("api:rounds")
    assert "Access-Control-Allow-Origin" not in asker.get(url, headers={"origin": ORIGIN})
    settings.CORS_ALLOWED_ORIGINS = [ORIGIN]
    answer = asker.get(url, headers={"origin": ORIGIN})
    assert answer["Access-Control-Allow-Origin"] == ORIGIN
    assert "etag" in answer["Access-Control-Expose-Headers"].lower()
    assert "Access-Control-Allow-Credentials" not in answer
    other = asker.get(url, headers={"origin": "https://other.example"})
    assert "Access-Control-Allow-Origin" not in other
    page = Client().get(reverse("login"), headers={"origin": ORIGIN})
    assert "Access-Control-Allow-Origin" not in page


def test_a_browser_is_told_before_what_it_may_send(settings: Settings) -> None:
    settings.CORS_ALLOWED_ORIGINS = [ORIGIN]
    asked = {
        "origin": ORIGIN,
        "access-control-request-method": "GET",
        "access-control-request-headers": "authorization",
    }
    answer = Client().options(reverse("api:rounds"), headers=asked)
    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "authorization" in answer["Access-Control-Allow-Headers"]
