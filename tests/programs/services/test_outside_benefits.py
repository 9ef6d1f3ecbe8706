"""Support of a person outside the register, recorded by hand."""

import pytest
from pytest_django import Settings

from households.errors import Invalid, Refused
from households.models import AuditEvent
from programs.models import Benefit, Programme
from programs.services import outside_benefits
from tests.factories import users
from tests.programs.conftest import Land, day


@pytest.fixture(autouse=True)
def in_2024(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


def record(land: Land, **more: object) -> Benefit:
    facts = {
        "programme": Programme.objects.get(code="health_card"), "place": land.village,
        "name": "Bàn  Văn Cụ", "birth_year": 1940, "ground": "Người có công",
        "acted_on": day("2024-05-10"), "by": land.officer,
    } | more  # fmt: skip
    return outside_benefits.record(**facts)  # type: ignore[arg-type]


def test_it_is_counted_by_its_ground(land: Land) -> None:
    made = record(land)
    assert (made.outside_name, made.commune, made.village) == (
        "Bàn Văn Cụ", land.commune, land.village,
    )  # fmt: skip
    assert AuditEvent.objects.filter(verb="benefit.record_outside").count() == 1
    with pytest.raises(Invalid, match="on record already"):
        record(land, name="BÀN VĂN CỤ")
    assert record(land, birth_year=1941, place=land.commune).village is None


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": " "}, "name"),
        ({"ground": ""}, "ground"),
        ({"birth_year": 2030}, "birth_year"),
        ({"acted_on": day("2024-10-16")}, "acted_on"),
    ],
)
def test_what_is_missing_is_named(land: Land, facts: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as raised:
        record(land, **facts)
    assert field in raised.value.fields


def test_another_area_and_the_practice_area_are_refused(land: Land) -> None:
    stranger = users.user("stranger", "COMMUNE_OFFICER", land.other_commune)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        record(land, by=stranger)
    land.village.is_practice = True
    with pytest.raises(Refused, match="practice"):
        record(land)
