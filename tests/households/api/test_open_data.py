"""Open data: closed unless the installation opens it, then what everybody may have and no more."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from households.choices.api import ApiScope
from households.models import ApiUse
from households.services import api_use
from reports.queries import aggregates
from reports.services import public_patterns, signing
from tests.factories import api
from tests.reports.services.made import Reporting, reporting
from tests.reports.services.test_editions import SIGNER
from tests.security.test_addresses import rows_written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
FORMATS = ("json", "csv", "json-stat", "sdmx-csv", "dhis2")


@pytest.fixture
def opened(settings: Settings) -> None:
    settings.OPEN_DATA = True
    settings.OPEN_DATA_CALLS = 10_000


@pytest.fixture
def made() -> Reporting:
    """A province with an edition of T1 that was weighed for everybody."""
    found = reporting()
    edition = found.made("T1")
    signing.sign(edition=edition, signer=SIGNER, by=found.department)
    public_patterns.weigh(edition=edition)
    return found


def questions(made: Reporting) -> Iterator[str]:
    for name in ("areas", "rounds", "standards", "indicators", "programmes", "reports"):
        yield reverse(f"api:{name}")
    yield reverse("api:variables") + f"?area_id={made.world.province.pk}"
    for dataset in aggregates.DATASETS:
        for form in FORMATS:
            for level in ("province", "district", "commune"):
                yield f"{reverse(f'api:aggregates_{dataset}')}?level={level}&format={form}"
    yield reverse("api:aggregates_poverty") + "?round=all&status=any&level=commune&format=csv"


def body(answer: object) -> bytes:
    found: bytes = answer.getvalue() if answer.streaming else answer.content  # type: ignore[attr-defined]
    return found


def test_it_is_closed_unless_it_is_opened() -> None:
    assert Client().get(reverse("api:rounds")).status_code == 401


@pytest.mark.usefixtures("opened")
def test_anybody_gets_what_a_token_without_small_numbers_gets(made: Reporting) -> None:
    token = api.asker(made.world.province, ApiScope.AGGREGATES)
    answered = 0
    for url in questions(made):
        told, anybodys = token.get(url), Client().get(url)
        assert anybodys.status_code == told.status_code, url
        assert body(anybodys) == body(told), url
        answered += anybodys.status_code == 200
    assert answered >= 15 + 7, "the figures of T1 in every format and level, and reference data"


@pytest.mark.usefixtures("opened")
def test_exact_numbers_are_not_among_it(made: Reporting) -> None:
    url = reverse("api:aggregates_poverty") + "?level=commune"
    exact = api.asker(made.world.province, ApiScope.EXACT)
    anybodys = Client().get(url).json()
    assert anybodys["rows"] != exact.get(url).json()["rows"]
    assert "suppressed" in str(anybodys["rows"])
    assert anybodys["licence"] == "CC-BY-4.0"
    assert all(one["edition"] for one in anybodys["parts"])
    (report,) = Client().get(reverse("api:reports")).json()["results"]
    assert report["sha256"] is None


@pytest.mark.usefixtures("opened")
def test_nothing_is_written_and_nothing_taken(made: Reporting) -> None:
    before = rows_written()
    for url in questions(made):
        assert Client().post(url).status_code == 405
        Client().get(url)
    assert rows_written() == before
    assert not ApiUse.objects.exists()
    assert not Client().get(reverse("api:rounds")).cookies


@pytest.mark.usefixtures("opened")
def test_a_token_that_is_not_valid_is_not_taken_for_nobody() -> None:
    assert api.with_token("povreg_xxxxxxxx_no").get(reverse("api:rounds")).status_code == 401


def test_calls_are_counted_by_address(
    settings: Settings, made: Reporting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api_use, "minute", lambda: 7)
    settings.OPEN_DATA, settings.OPEN_DATA_CALLS = True, 2
    url = reverse("api:rounds")

    def asked(address: str) -> int:
        return Client(REMOTE_ADDR=address).get(url).status_code

    assert [asked("203.0.113.5") for __ in range(3)] == [200, 200, 429]
    refusal = Client(REMOTE_ADDR="203.0.113.5").get(url)
    assert refusal["Retry-After"]
    translations = refusal.json()["translations"]
    assert translations["vi"]["detail"] != translations["en"]["detail"]
    assert asked("203.0.113.6") == 200
    network = [asked(f"2001:db8:1:2::{last}") for last in (1, 2, 3)]
    assert network == [200, 200, 429], "a network of IPv6 is one caller"
    assert asked("2001:db8:1:3::1") == 200
    invented = Client(REMOTE_ADDR="203.0.113.5", headers={"x-forwarded-for": "198.51.100.7"})
    assert invented.get(url).status_code == 429, "no proxy of ours wrote this"
    token = api.asker(made.world.province, ApiScope.AGGREGATES)
    assert [token.get(url).status_code for __ in range(4)] == [200] * 4


@pytest.mark.usefixtures("opened")
def test_the_schema_and_its_pages_are_open_too() -> None:
    answer = Client().get(reverse("api:schema") + "?format=json")
    assert answer.status_code == 200
    assert {} in answer.json()["paths"]["/api/v1/rounds/"]["get"]["security"]
    assert Client().get(reverse("api:docs")).status_code == 200


def test_the_page_of_systems_says_whether_it_is_open(settings: Settings, client: Client) -> None:
    made = reporting()
    client.force_login(api.keeper(made.world.province))
    url = reverse("households:api_client_list")
    closed = client.get(url).content.decode()
    settings.OPEN_DATA, settings.OPEN_DATA_CALLS = True, 33
    opened = client.get(url).content.decode()
    assert "POVREG_OPEN_DATA" in closed
    assert "POVREG_OPEN_DATA" not in opened
    assert " 33 " in opened
