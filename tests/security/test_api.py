"""Every address of the API, tried as everyone: closed by default, and no area tells of another."""

import json
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from households.choices import Role
from households.choices.api import ApiScope
from households.models import Household, Survey
from households.policies.roles import READS_FIGURES
from reports.queries import aggregates
from tests.factories import api, entry, figures
from tests.factories.figures import World
from tests.security.addresses import patterns
from tests.security.conftest import SECRETS, Register
from tests.security.test_addresses import LogIn, rows_written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
_ARGUMENTS = {
    "api:area": [1], "api:standard": ["std_2022"], "api:report_file": [1, "xlsx"],
    "api:review": ["k-1"],
}  # fmt: skip
#: Where systems of communes enter reviews; the others are only asked.
ENTRY = ("api:reviews", "api:review")
METHODS = ("post", "put", "patch", "delete")


def addresses() -> Iterator[tuple[str, str]]:
    for name, _pattern in patterns():
        if name.startswith("api:"):
            yield name, reverse(name, args=_ARGUMENTS.get(name, []))


def test_the_api_has_addresses() -> None:
    assert len(dict(addresses())) >= 6 + len(aggregates.DATASETS)


def test_nobody_is_let_in_without_a_token() -> None:
    for name, url in addresses():
        assert Client().get(url).status_code == 401, name


def test_a_token_without_the_scope_is_refused() -> None:
    asker = api.asker(figures.land().province, ApiScope.LISTS)
    for name, url in addresses():
        assert asker.get(url).status_code == 403, name


def test_nothing_is_taken_and_reading_writes_nothing() -> None:
    asker = api.asker(figures.world().province, ApiScope.EXACT)
    before = rows_written()
    for name, url in addresses():
        if name in ENTRY:
            for method in ("get", *METHODS):
                assert getattr(asker, method)(url).status_code == 403, (name, method)
            continue
        assert asker.get(url).status_code in (200, 404), name
        for method in METHODS:
            assert getattr(asker, method)(url).status_code == 405, (name, method)
    assert rows_written() == before


@pytest.mark.parametrize("role", list(Role))
def test_a_role_asks_what_it_sees_on_the_pages(
    register: Register, logged_in: LogIn, role: Role
) -> None:
    client = logged_in(register.people[role])
    expected = {200, 404} if role in READS_FIGURES else {403}
    for name, url in addresses():
        answer = client.get(url)
        assert answer.status_code in ({403} if name in ENTRY else expected), name
        text = answer.content.decode(errors="replace") if not answer.streaming else ""
        assert not [secret for secret in SECRETS if secret in text], name


@pytest.fixture
def world() -> World:
    return figures.world()


#: What tells of no unit, and what is asked for by its key.
_NO_LIST = ("api:docs", "api:schema", "api:nowhere", "api:area", "api:report_file")


def test_no_answer_tells_of_another_area(world: World) -> None:
    """A commune's own client: no name and no code of another commune in any answer or format."""
    own = api.asker(world.a, ApiScope.EXACT)
    foreign = [one.name for one in (world.b, world.c, world.far)]
    for name, url in addresses():
        if name in (*_NO_LIST, *ENTRY):
            continue
        formats = (
            ("json", "csv", "json-stat", "sdmx-csv", "dhis2") if "aggregates" in url else ("",)
        )
        for form in formats:
            answer = own.get(f"{url}?format={form}" if form else url)
            assert answer.status_code == 200, (name, form)
            told = (answer.getvalue() if answer.streaming else answer.content).decode()
            assert not [one for one in foreign if f'"{one}"' in told or f",{one}," in told], name
    for one in (world.b, world.c, world.near, world.far):
        for dataset in aggregates.DATASETS:
            url = reverse(f"api:aggregates_{dataset}")
            assert own.get(f"{url}?area_id={one.pk}").status_code == 404
    for stranger in (world.b, world.c):
        assert own.get(reverse("api:area", args=[stranger.pk])).status_code == 404


def test_entry_takes_only_what_is_sent_there() -> None:
    world = figures.world()
    asker = api.asker(world.province, ApiScope.REVIEWS, acts_as=world.by)
    before = rows_written()
    methods = {"api:reviews": ("put", "patch", "delete"), "api:review": METHODS}
    for name in ENTRY:
        for method in methods[name]:
            url = reverse(name, args=_ARGUMENTS.get(name, []))
            assert getattr(asker, method)(url).status_code == 405, (name, method)
    assert asker.get(reverse("api:reviews")).status_code == 405
    assert rows_written() == before


def test_who_tries_keys_learns_nothing_of_another_commune(world: World) -> None:
    """A commune's system, in the name of an account that may do everything."""
    own = api.asker(world.a, ApiScope.REVIEWS, acts_as=world.by)
    before = rows_written()
    for household in Household.objects.exclude(surveys__commune=world.a).distinct():
        survey = Survey.objects.filter(household=household).latest("pk")
        told = entry.household(
            household_id=f"povreg-H{household.pk:08d}", review_year=2023, as_of="2023-10-01",
            commune_code=survey.commune.code, district_code=None,
        )  # fmt: skip
        answer = own.post(
            f"{reverse('api:reviews')}?dry_run=1", json.dumps(told),
            content_type="application/json", headers={"idempotency-key": "k"},
        )  # fmt: skip
        assert answer.status_code == 422
        assert "not_your_area" in answer.json()["codes"]["households.commune_code"]
        text = answer.content.decode()
        assert not [one.full_name for one in survey.members.all() if one.full_name in text]
        assert survey.village.name not in text
    assert rows_written() == before
