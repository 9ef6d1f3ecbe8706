"""Entitlement of hand-made families: the right answer, and the right reason."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from households.choices import BirthPrecision, HowOut, PovertyClass, TraitKind
from households.models import Household, Residence
from programs.models import ProgrammeTerms
from programs.queries import entitlement
from programs.queries.entitlement import Entitlement
from tests.factories import families, people, reviews
from tests.programs.conftest import Land, day

ESCAPED = day("2022-01-01")


def told(household: Household, on: dt.date, programme: str) -> Entitlement | None:
    """What one programme says about the household or its head."""
    found = [
        one for one in entitlement.of_household(household.pk, on) if one.programme.code == programme
    ]
    assert len(found) <= 1
    return found[0] if found else None


def best(household: Household, on: dt.date, programme: str) -> str | None:
    one = told(household, on, programme)
    return one.best.terms.ground if one and one.best else None


@pytest.mark.parametrize(
    ("on", "ground"),
    [
        ("2021-12-31", "poor"),
        ("2022-01-01", "newly_escaped"),
        ("2024-12-01", "newly_escaped"),  # 35 months
        ("2025-01-01", "newly_escaped"),  # 36 months, "at most three years"
        ("2025-01-02", None),
        ("2025-02-01", None),  # 37 months
    ],
)
def test_a_newly_escaped_household_may_borrow_for_three_years(
    land: Land, on: str, ground: str | None
) -> None:
    home = people.household(land.village, people.person())
    families.on_list(home, land.decision, since=day("2019-03-01"), until=day("2021-12-31"))
    assert best(home, day(on), "loan") == ground


def test_who_became_near_poor_has_not_escaped(land: Land) -> None:
    home = people.household(land.village, people.person())
    families.on_list(
        home, land.decision, since=day("2019-03-01"), until=day("2021-12-31"),
        how_out=HowOut.TO_NEAR_POOR,
    )  # fmt: skip
    families.on_list(home, land.decision, since=ESCAPED, poverty_class=PovertyClass.NEAR_POOR)
    assert best(home, day("2022-06-01"), "loan") == "near_poor"


def test_who_left_the_list_otherwise_has_not_escaped(land: Land) -> None:
    home = people.household(land.village, people.person())
    families.on_list(
        home, land.decision, since=day("2019-03-01"), until=day("2021-12-31"),
        how_out=HowOut.OTHER_OUT,
    )  # fmt: skip
    assert told(home, day("2022-06-01"), "loan") is None


def test_where_no_list_is_known_no_class_is_known(land: Land) -> None:
    land.decision.delete()
    home = people.household(land.village, people.person())
    card = told(home, day("2024-06-01"), "health_card")
    assert card
    assert card.best is None
    assert "poor" in [ground.terms.ground for ground in card.open]


@pytest.mark.parametrize(
    ("is_poor_district", "ground", "share"),
    [(True, "near_poor_in_poor_district", 100), (False, "near_poor", 70)],
)
def test_near_poor_members_in_a_poor_district_pay_nothing(
    land: Land, is_poor_district: bool, ground: str, share: int
) -> None:
    marked = land.district if is_poor_district else land.other_commune
    families.trait(marked, TraitKind.POOR_DISTRICT, "YES")
    home = people.household(land.village, people.person())
    families.on_list(home, land.decision, since=ESCAPED, poverty_class=PovertyClass.NEAR_POOR)
    card = told(home, day("2023-01-01"), "health_card")
    assert card
    assert card.best
    assert (card.best.terms.ground, card.best.terms.share_percent) == (ground, share)
    # The lower one holds as well, and is told after it.
    assert card.grounds[-1].terms.ground == "near_poor"


def test_without_a_list_of_poor_districts_the_better_ground_is_open(land: Land) -> None:
    home = people.household(land.village, people.person())
    families.on_list(home, land.decision, since=ESCAPED, poverty_class=PovertyClass.NEAR_POOR)
    card = told(home, day("2026-01-01"), "health_card")
    assert card
    assert card.best
    assert card.best.terms.ground == "near_poor"
    assert "near_poor_in_poor_district" in [ground.terms.ground for ground in card.open]


@pytest.mark.parametrize(
    ("on", "ground"),
    [("2024-05-31", "under_six"), ("2024-06-01", None), ("2018-06-01", "under_six")],
)
def test_a_child_turning_six(land: Land, on: str, ground: str | None) -> None:
    child = people.person("Nông Thị Bé", birth_date=day("2018-06-01"))
    home = people.household(land.village, child, since=day("2018-06-01"))
    assert best(home, day(max(on, "2018-12-01")), "health_card") == ground


@pytest.mark.parametrize(
    ("on", "ground", "is_open"),
    [
        ("2023-12-31", "under_six", False),
        ("2024-06-01", None, True),  # born some day of 2018
        ("2025-01-01", None, False),
    ],
)
def test_a_child_of_whom_only_the_year_is_known(
    land: Land, on: str, ground: str | None, is_open: bool
) -> None:
    child = people.person(
        "Nông Thị Bé", birth_date=day("2018-01-01"), birth_precision=BirthPrecision.YEAR
    )
    home = people.household(land.village, child)
    card = told(home, day(on), "health_card")
    assert best(home, day(on), "health_card") == ground
    grounds = [one.terms.ground for one in card.open] if card else []
    assert ("under_six" in grounds) is is_open


def test_a_person_with_three_grounds_gets_the_best_and_is_told_all(land: Land) -> None:
    families.trait(land.commune, TraitKind.ZONE, "III")
    child = people.person(
        "Nông Thị Bé", birth_date=day("2020-06-01"), ethnic_group=families.ethnic_group()
    )
    home = people.household(land.village, child, since=day("2020-06-01"))
    families.on_list(home, land.decision, since=ESCAPED)
    card = told(home, day("2023-01-01"), "health_card")
    assert card
    assert [one.terms.ground for one in card.grounds] == ["under_six", "poor", "minority_zone"]
    read = {c.kind: facts for one in card.grounds for c, facts in one.because}
    assert read["age"] == {"birth_date": day("2020-06-01")}
    assert read["class"] == {"poverty_class": "POOR", "listed_since": ESCAPED}
    assert read["zone"] == {"zone": "III"}
    assert read["minority"] == {"is_minority": True}


@pytest.mark.parametrize(("on", "ground"), [("2023-05-31", "minority_zone"), ("2023-06-01", None)])
def test_a_household_that_moves_out_of_the_zone(land: Land, on: str, ground: str | None) -> None:
    families.trait(land.commune, TraitKind.ZONE, "III")
    families.trait(land.other_commune, TraitKind.ZONE, "I")
    home = people.household(land.village, people.person(ethnic_group=families.ethnic_group()))
    Residence.objects.update(valid_to=day("2023-05-31"))
    Residence.objects.create(
        household=home, village=land.other_village, valid_from=day("2023-06-01")
    )
    assert best(home, day(on), "health_card") == ground


def test_a_zone_ends_with_its_list(land: Land) -> None:
    families.trait(land.commune, TraitKind.ZONE, "III", until=day("2025-06-30"))
    home = people.household(land.village, people.person(ethnic_group=families.ethnic_group()))
    assert best(home, day("2025-06-30"), "health_card") == "minority_zone"
    card = told(home, day("2025-07-01"), "health_card")
    assert card
    assert card.best is None
    (missing,) = [one for one in card.open if one.terms.ground == "minority_zone"]
    assert [condition.kind for condition, _facts in missing.because] == ["zone"]


def test_what_is_in_doubt_decides_about_nobody_until_it_is_confirmed(land: Land) -> None:
    home = people.household(land.village, people.person())
    families.on_list(home, land.decision, since=ESCAPED)
    gift = told(home, day("2023-01-20"), "tet_gift")
    assert gift
    assert (gift.best, [one.terms.ground for one in gift.in_doubt]) == (None, ["poor"])
    ProgrammeTerms.objects.filter(programme__code="tet_gift").update(doubts={})
    assert best(home, day("2023-01-20"), "tet_gift") == "poor"


def test_tuition_by_poverty_ends_with_the_decree(land: Land) -> None:
    home = people.household(land.village, people.person())
    pupil = reviews.adult(
        birth_date=day("2005-05-01"), employment="student", attending_level="upper_secondary",
        highest_qualification="lower_secondary", person_id=home.memberships.get().person_id,
    )  # fmt: skip
    reviews.surveyed(land.round, land.village, land.officer, household=home, members=[pupil])
    families.on_list(home, land.decision, since=ESCAPED)
    assert best(home, day("2025-09-02"), "tuition") == "poor"
    assert best(home, day("2025-09-03"), "tuition") is None
    assert best(home, day("2025-09-02"), "study_cost") == "poor"


def test_the_dead_and_those_who_left_are_not_entitled(land: Land) -> None:
    head, gone = people.person(), people.person("Nông Văn Xa")
    home = people.household(land.village, head, gone)
    families.on_list(home, land.decision, since=ESCAPED)
    head.died_on = day("2023-01-01")
    head.save()
    home.memberships.filter(person=gone).update(valid_to=day("2023-03-31"))

    def holders(on: str) -> set[int | None]:
        found = entitlement.of_household(home.pk, day(on))
        return {one.person_id for one in found if one.programme.code == "health_card"}

    assert holders("2022-12-31") == {head.pk, gone.pk}
    assert holders("2023-01-01") == {gone.pk}
    assert holders("2023-04-01") == set()
    # A household without a head is still a poor household.
    assert best(home, day("2023-04-01"), "loan") == "poor"


def test_a_province_gives_more_only_to_its_own(land: Land) -> None:
    terms = ProgrammeTerms.objects.get(programme__code="health_card", ground="near_poor")
    terms.pk, terms.owner, terms.share_percent = None, land.province, 100
    terms.save()
    home = people.household(land.village, people.person())
    families.on_list(home, land.decision, since=ESCAPED, poverty_class=PovertyClass.NEAR_POOR)
    card = told(home, day("2023-01-01"), "health_card")
    assert card
    assert card.best
    assert card.best.terms.owner == land.province


def numbers(land: Land, on: str, **scope: Any) -> dict[tuple[str, str | None], tuple[int, int]]:
    """(programme, ground) to (recipients, households), over the branches given."""
    branches = scope.get("branches", [land.province.inner_path])
    codes = dict(ProgrammeTerms.objects.values_list("pk", "programme__code"))
    grounds = dict(ProgrammeTerms.objects.values_list("pk", "ground"))
    totals: dict[tuple[str, str | None], tuple[int, int]] = {}
    for row in entitlement.counted(branches, day(on)):
        if row.terms_id:
            key = codes[row.terms_id], grounds[row.terms_id]
            before = totals.get(key, (0, 0))
            totals[key] = before[0] + row.recipients, before[1] + row.households
    return totals


def test_the_numbers_of_an_area_are_those_of_its_families(land: Land) -> None:
    families.trait(land.commune, TraitKind.ZONE, "III")
    poor = people.household(
        land.village, people.person(), people.person("Nông Văn Hai"),
    )  # fmt: skip
    families.on_list(poor, land.decision, since=ESCAPED)
    near = people.household(land.other_village, people.person("Lý Văn Ba"))
    families.on_list(near, land.other_decision, since=ESCAPED, poverty_class=PovertyClass.NEAR_POOR)
    everywhere = numbers(land, "2023-01-01")
    assert everywhere["health_card", "poor"] == (2, 1)
    assert everywhere["health_card", "near_poor"] == (1, 1)
    assert everywhere["loan", "poor"] == (1, 1)
    assert everywhere["loan", "near_poor"] == (1, 1)
    assert ("tet_gift", "poor") not in everywhere  # in doubt
    here = numbers(land, "2023-01-01", branches=[land.commune.inner_path])
    assert ("health_card", "near_poor") not in here
    assert here["health_card", "poor"] == (2, 1)


def test_the_number_of_queries_does_not_grow_with_the_area(land: Land) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as ran:
            entitlement.counted([land.province.inner_path], day("2023-01-01"))
        return len(ran)

    people.household(land.village, people.person())
    before = queries()
    for index in range(5):
        people.household(land.other_village, people.person(f"Lý Văn {index}"))
    assert queries() == before == 15
