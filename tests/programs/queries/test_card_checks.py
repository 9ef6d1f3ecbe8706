"""Health-insurance cards held against the people of a commune."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from households.choices import HowOut, PovertyClass
from households.models import Household, StatusPeriod
from programs.models import Benefit, Programme, ProgrammeTerms
from programs.queries import card_checks, list_candidates
from programs.queries.card_checks import CardCheck, Checked
from tests.factories import families, people
from tests.programs.conftest import Land, day
from tests.programs.queries.test_standing import given
from tests.programs.support_lists import listed_home

ON = day("2024-10-15")
PROGRAMME = "health_card"


def ground(name: str) -> ProgrammeTerms:
    return ProgrammeTerms.objects.get(programme__code=PROGRAMME, ground=name)


def with_card(land: Land, home: Household, said: str = "poor", **values: Any) -> Benefit:
    facts: dict[str, Any] = {
        "person": home.memberships.get().person, "terms": ground(said), "number": "HN1",
        "valid_from": day("2024-01-01"), "valid_to": day("2025-12-31"),
    }  # fmt: skip
    return given(land, home, PROGRAMME, **(facts | values))


def told(land: Land) -> dict[CardCheck, list[Checked]]:
    programme = Programme.objects.get(code=PROGRAMME)
    found = card_checks.of_commune(programme, land.commune, ON)
    return {check: rows for check, rows in found.items() if rows}


def test_a_valid_card_on_the_best_ground_asks_for_nothing(land: Land) -> None:
    with_card(land, listed_home(land))
    assert told(land) == {}


def test_without_a_card_and_one_that_ends_within_sixty_days(land: Land) -> None:
    none, lapsed, soon, late = (listed_home(land) for _number in range(4))
    with_card(land, lapsed, valid_to=day("2024-10-14"))
    with_card(land, soon, valid_to=day("2024-12-14"))
    with_card(land, late, valid_to=day("2024-12-15"))
    followed = listed_home(land)
    with_card(land, followed, valid_to=day("2024-12-14"))
    with_card(land, followed, valid_from=day("2024-12-15"), served_on=day("2024-10-01"))
    found = told(land)
    assert [one.household_id for one in found[CardCheck.WITHOUT]] == [none.pk, lapsed.pk]
    assert [one.household_id for one in found[CardCheck.LAPSING]] == [soon.pk]
    assert set(found) == {CardCheck.WITHOUT, CardCheck.LAPSING}


@pytest.mark.parametrize(
    ("said", "now", "check"),
    [
        ("near_poor", PovertyClass.POOR, CardCheck.BETTER),
        ("poor", PovertyClass.NEAR_POOR, CardCheck.WORSE),
        ("minority_zone", PovertyClass.POOR, CardCheck.OTHER_GROUND),
    ],
)
def test_a_card_that_says_another_ground_than_the_best_of_today(
    land: Land, said: str, now: PovertyClass, check: CardCheck
) -> None:
    home = listed_home(land, since=day("2024-07-01"), poverty_class=now)
    card = with_card(land, home, said)
    found = told(land)
    (one,) = found[check]
    assert set(found) == {check}
    assert one.card
    assert (one.card.benefit_id, one.best and one.best.ground) == (card.pk, now.lower())
    # Since the official list changed, after the card was given.
    assert one.since == day("2024-07-01")


def test_a_change_before_the_card_is_not_its_reason(land: Land) -> None:
    with_card(land, listed_home(land, since=day("2024-02-01")), "near_poor")
    ((one,),) = told(land).values()
    assert one.since is None


def test_a_card_whose_ground_has_ended(land: Land) -> None:
    families.trait(land.commune, "ZONE", "I")  # type: ignore[arg-type]
    families.trait(land.district, "POOR_DISTRICT", "YES")  # type: ignore[arg-type]
    home = people.household(
        land.village,
        people.person(ethnic_group=families.ethnic_group("Kinh", "01", is_minority=False)),
    )
    families.on_list(
        home, land.decision, since=day("2022-01-01"), until=day("2024-06-30"),
        how_out=HowOut.ESCAPED,
    )  # fmt: skip
    with_card(land, home)
    found = told(land)
    # Whether there is merit or an allowance no form says: nobody can tell that it has ended.
    assert set(found) == {CardCheck.UNCLEAR}
    ProgrammeTerms.objects.filter(ground__in=["merit", "social_allowance"]).delete()
    found = told(land)
    assert set(found) == {CardCheck.ENDED}
    (one,) = found[CardCheck.ENDED]
    assert (one.best, one.since) == (None, day("2024-07-01"))


def test_cards_of_the_dead_and_of_those_who_left(land: Land) -> None:
    dead, left, moved = (listed_home(land) for _number in range(3))
    for home in (dead, left, moved):
        with_card(land, home)
    person = dead.memberships.get().person
    person.died_on = day("2024-09-01")
    person.save()
    left.memberships.update(valid_to=day("2024-08-31"))
    moved.residences.update(valid_to=day("2024-07-31"))
    moved.residences.create(village=land.other_village, valid_from=day("2024-08-01"))
    found = told(land)
    assert set(found) == {CardCheck.GONE}
    days = {one.household_id: one.since for one in found[CardCheck.GONE]}
    assert days == {
        dead.pk: day("2024-09-01"), left.pk: day("2024-09-01"), moved.pk: day("2024-08-01"),
    }  # fmt: skip


def test_a_card_taken_back_and_one_of_another_commune_are_not_here(land: Land) -> None:
    home = listed_home(land)
    with_card(land, home, "near_poor", state="CANCELLED", reason="nhầm")
    elsewhere = people.household(land.other_village, people.person())
    families.on_list(elsewhere, land.other_decision, since=day("2022-01-01"))
    assert [one.household_id for one in told(land)[CardCheck.WITHOUT]] == [home.pk]


def test_queries_do_not_grow_with_the_cards(land: Land) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as made:
            told(land)
        return len(made)

    with_card(land, listed_home(land), "near_poor")
    one = count()
    for said in ("near_poor", "poor", "minority_zone"):
        home = listed_home(land)
        with_card(land, home, said)
        StatusPeriod.objects.filter(household=home).update(poverty_class="NEAR_POOR")
    assert count() == one <= 24


def test_only_households_of_holders_in_doubt_are_asked_about(
    land: Land, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a commune of thousands they are few."""
    asked: list[set[int]] = []
    known = list_candidates.undecided

    def undecided(*given: Any, households: set[int], **more: Any) -> Any:
        asked.append(households)
        return known(*given, households=households, **more)

    monkeypatch.setattr(list_candidates, "undecided", undecided)
    with_card(land, listed_home(land))
    listed_home(land)
    told(land)
    assert asked == []
    families.trait(land.commune, "ZONE", "I")  # type: ignore[arg-type]
    families.trait(land.district, "POOR_DISTRICT", "YES")  # type: ignore[arg-type]
    home = people.household(
        land.village,
        people.person(ethnic_group=families.ethnic_group("Kinh", "01", is_minority=False)),
    )
    with_card(land, home)
    assert CardCheck.UNCLEAR in told(land)
    assert asked == [{home.pk}]
