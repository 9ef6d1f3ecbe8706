"""Who may need a house: those that lack stand first, who has one stands apart."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from households.choices import PovertyClass, TraitKind
from households.models import Household
from programs.models import Programme
from programs.queries import house_needs
from programs.services import house_steps
from tests.factories import families, houses, people, reviews
from tests.programs.conftest import Land, day

ON = day("2024-03-01")


@pytest.fixture(autouse=True)
def in_2024(settings: Settings, land: Land) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    families.trait(land.district, TraitKind.POOR_DISTRICT, "YES")
    houses.rules()


def home(
    land: Land, name: str, poverty_class: PovertyClass = PovertyClass.POOR, **answers: object
) -> Household:
    made = people.household(land.village, people.person(name))
    families.on_list(made, land.decision, since=day("2022-01-01"), poverty_class=poverty_class)
    if answers:
        reviews.surveyed(land.round, land.village, land.officer, household=made, **answers)
    return made


def found(land: Land) -> list[house_needs.Candidate]:
    return house_needs.of_village(Programme.objects.get(code="housing"), land.village, ON)


def test_those_that_lack_stand_first_and_who_has_one_last(land: Land) -> None:
    fine = home(land, "Lý A", floor_area_m2=90)
    has = home(land, "Lý B", floor_area_m2=7)
    unknown = home(land, "Lý C")
    lacking = home(land, "Lý D", PovertyClass.NEAR_POOR, floor_area_m2=7, roof_durable=False)
    people.household(land.village, people.person("Người Khá"))
    (case,) = houses.listed(land.village, land.officer, has)
    rows = found(land)
    assert [rows[0].card.pk, rows[-1].card.pk] == [lacking.pk, has.pk]
    assert "house_area" in (rows[0].lacks or ())
    assert rows[0].poverty_class == "NEAR_POOR"
    lacks = {one.card.pk: one.lacks for one in rows[1:-1]}
    assert lacks == {fine.pk: (), unknown.pk: None}
    assert all(one.terms_id for one in rows)
    assert rows[-1].has == case.benefit
    house_steps.drop(case=case, by=land.officer, dropped_on=day("2024-03-02"), reason="Xin rút")
    assert [one.has for one in found(land)] == [None] * 4


def test_without_a_confirmed_ground_they_are_still_shown(land: Land) -> None:
    lacking = home(land, "Lý A")
    late = house_needs.of_village(
        Programme.objects.get(code="housing"), land.village, day("2026-03-01")
    )
    assert [(one.card.pk, one.terms_id) for one in late] == [(lacking.pk, None)]


def test_a_large_village_needs_no_more_queries(land: Land) -> None:
    home(land, "Lý A")
    with CaptureQueriesContext(connection) as few:
        found(land)
    for number in range(5):
        home(land, f"Lý {number}")
    with CaptureQueriesContext(connection) as many:
        assert len(found(land)) == 6
    assert len(many) == len(few) <= 18
