"""The meeting's list: what is taken, and each refusal with the rule it names."""

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from households.choices import Role, TraitKind
from households.errors import Conflict, Invalid, Refused
from households.models import Household
from programs.choices import BenefitState
from programs.choices.houses import Build
from programs.models import Benefit, HousingCase, HousingMeeting, Programme
from programs.services import house_needs, house_steps
from programs.services.house_needs import Held, Need
from tests.factories import families, houses, people, pictures, users
from tests.programs.conftest import Land, day

HELD = day("2024-03-01")


@pytest.fixture(autouse=True)
def in_2024(settings: Settings, land: Land) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"
    families.trait(land.district, TraitKind.POOR_DISTRICT, "YES")
    houses.rules()


def poor(land: Land) -> Household:
    home = people.household(land.village, people.person())
    families.on_list(home, land.decision, since=day("2022-01-01"))
    return home


def test_a_list_makes_a_benefit_and_a_house_for_each_in_order(land: Land) -> None:
    first, second = houses.listed(land.village, land.officer, poor(land), poor(land))
    assert (first.priority, second.priority, first.criteria) == (1, 2, ["LEAKING"])
    benefit = first.benefit
    assert (benefit.state, benefit.once, benefit.terms and benefit.terms.ground) == (
        BenefitState.WISHED, True, "poor_district",
    )  # fmt: skip
    assert [one.stage.code for one in first.steps.all()] == ["MEETING"]
    assert benefit.served_on is None


def test_a_second_house_for_one_household_is_refused_by_rule_and_by_the_database(
    land: Land,
) -> None:
    home = poor(land)
    (case,) = houses.listed(land.village, land.officer, home)
    with pytest.raises(Conflict, match="A second house for one household"):
        houses.listed(land.village, land.officer, home, number="02/BB")
    assert HousingMeeting.objects.count() == 1
    copy = Benefit.objects.get(pk=case.benefit_id)
    copy.pk, copy.uuid = None, "7d9b5c8e-6a0e-4d3c-9f0f-2f9c1b1f6a11"  # type: ignore[assignment]
    with pytest.raises(IntegrityError, match="once_a_household"), transaction.atomic():
        copy.save(force_insert=True)
    house_steps.drop(case=case, by=land.officer, dropped_on=HELD, reason="Hộ xin rút")
    assert houses.listed(land.village, land.officer, home, number="02/BB")


def test_who_has_no_confirmed_ground_needs_a_reason(land: Land) -> None:
    home = people.household(land.village, people.person())
    with pytest.raises(Invalid, match="No confirmed ground"):
        houses.listed(land.village, land.officer, home)
    assert not Benefit.objects.exists()
    (case,) = houses.listed(land.village, land.officer, home, because="Nhà cháy ngày 10/02")
    assert (case.benefit.terms, case.benefit.reason) == (None, "Nhà cháy ngày 10/02")


def recorded(land: Land, *needs: Need, **held: object) -> HousingMeeting:
    facts = {"held_on": HELD, "minutes_number": "01/BB"} | held
    return house_needs.record(
        programme=Programme.objects.get(code="housing"), village=land.village,
        held=Held(**facts), needs=needs, by=land.officer,  # type: ignore[arg-type]
    )  # fmt: skip


def test_wrong_days_places_and_codes_are_refused(land: Land) -> None:
    home, other = poor(land), poor(land)
    with pytest.raises(Invalid, match="still to come"):
        recorded(land, Need(home, Build.NEW, 1), held_on=day("2024-10-16"))
    with pytest.raises(Invalid, match="number of the minutes"):
        recorded(land, Need(home, Build.NEW, 1), minutes_number=" ")
    with pytest.raises(Invalid, match="at least one"):
        recorded(land)
    with pytest.raises(Invalid, match="same place"):
        recorded(land, Need(home, Build.NEW, 1), Need(other, Build.NEW, 1))
    with pytest.raises(Invalid, match="does not exist"):
        recorded(land, Need(home, Build.NEW, 1, ("RICH",)))
    stranger = people.household(land.other_village, people.person())
    with pytest.raises(Invalid, match="Did not live in the village"):
        recorded(land, Need(stranger, Build.NEW, 1))
    assert not HousingCase.objects.exists()


def test_the_minutes_are_kept_as_one_paper(land: Land, settings: Settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.MEDIA_ROOT = tmp_path
    made = recorded(land, Need(poor(land), Build.NEW, 1), pages=[pictures.jpeg(), pictures.pdf(2)])
    paper = made.files.get()
    assert (paper.is_photo, paper.page_count) == (False, 3)
    assert (tmp_path / paper.file_name).read_bytes().startswith(b"%PDF")


def test_another_area_and_the_practice_area_are_refused(land: Land) -> None:
    home = poor(land)
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune)
    with pytest.raises(Refused):
        houses.listed(land.village, stranger, home)
    land.village.is_practice = True
    with pytest.raises(Refused, match="practice area"):
        houses.listed(land.village, land.officer, home)
