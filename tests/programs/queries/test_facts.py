"""Facts of pupils by their forms, and the grounds of study costs that rest on them, or on none."""

from typing import Any

from households.choices import PovertyClass, TraitKind
from households.models import Household, SurveyMember
from programs.models import ProgrammeTerms
from tests.factories import families, reviews
from tests.programs.conftest import Land, day
from tests.programs.queries.test_entitlement import told


def pupil(land: Land, poverty_class: PovertyClass | None, **facts: Any) -> Household:
    """A household of one pupil, by its form."""
    made = reviews.surveyed(land.round, land.village, land.officer, members=[reviews.adult("Trò")])
    facts = {"attending_level": "primary"} | facts
    SurveyMember.objects.filter(survey=made).update(**facts)
    if poverty_class:
        families.on_list(
            made.household, land.decision, since=day("2023-01-01"), poverty_class=poverty_class
        )
    return made.household


def test_a_disabled_pupil_has_two_grounds_where_the_household_is_poor(land: Land) -> None:
    on = day("2024-10-01")
    both = told(pupil(land, PovertyClass.POOR, disabled=True), on, "study_cost")
    assert both
    assert [one.terms.ground for one in both.grounds] == ["poor", "disabled_poor"]
    near = told(pupil(land, PovertyClass.NEAR_POOR, disabled=True), on, "study_cost")
    assert near
    # Nobody has confirmed it: it is told, and decides nothing.
    assert near.best is None
    assert [one.terms.ground for one in near.in_doubt] == ["disabled_near_poor"]


def test_what_the_register_does_not_hold_leaves_nobody_undecided(land: Land) -> None:
    families.trait(land.other_village, TraitKind.EXTREMELY_DIFFICULT, "YES")
    home = pupil(land, None, disabled=False)
    assert told(home, day("2024-10-01"), "study_cost") is None
    ProgrammeTerms.objects.filter(ground="full_orphan").update(doubts={})
    assert told(home, day("2024-10-01"), "study_cost") is None
    orphan = ProgrammeTerms.objects.filter(ground="full_orphan").earliest("valid_from")
    assert not orphan.decides
