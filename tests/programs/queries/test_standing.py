"""Who is entitled to a programme in an area, and whom it serves already."""

import datetime as dt
from typing import Any

from programs.choices import BenefitState
from programs.models import Benefit, Programme
from programs.queries import standing
from tests.factories import areas, families, people
from tests.programs.conftest import Land, day

ON = day("2024-10-15")


def given(land: Land, household: Any, code: str, **values: Any) -> Benefit:
    served = values.pop("served_on", day("2024-03-01"))
    return Benefit.objects.create(
        programme=Programme.objects.get(code=code), household=household, commune=land.commune,
        village=land.village, state=values.pop("state", BenefitState.SERVED), acted_on=served,
        served_on=served, recorded_by=land.officer, **values,
    )  # fmt: skip


def poor(land: Land, *members: Any) -> Any:
    home = people.household(land.village, people.person(), *members)
    families.on_list(home, land.decision, since=day("2022-01-01"))
    return home


def gaps(code: str, land: Land, on: dt.date = ON) -> list[int]:
    rows = standing.entitled(
        Programme.objects.get(code=code), on, branches=[land.commune.inner_path]
    )
    return [row.household_id for row in rows if row.served_by is None]


def test_a_running_loan_serves_and_a_closed_one_does_not(land: Land) -> None:
    running, closed, none = poor(land), poor(land), poor(land)
    given(land, running, "loan", served_on=day("2021-01-10"))
    given(land, closed, "loan", served_on=day("2024-01-10"), state=BenefitState.CLOSED)
    assert gaps("loan", land) == [closed.pk, none.pk]


def test_a_card_serves_while_it_is_valid_and_only_its_person(land: Land) -> None:
    home = poor(land)
    head = home.memberships.get().person
    card = given(
        land, home, "health_card", person=head,
        valid_from=day("2024-01-01"), valid_to=day("2024-12-31"),
    )  # fmt: skip
    (row,) = standing.entitled(Programme.objects.get(code="health_card"), ON, households=[home.pk])
    assert (row.person_id, row.served_by, row.valid_to) == (head.pk, card.pk, day("2024-12-31"))
    assert gaps("health_card", land, day("2025-01-01")) == [home.pk]


def test_a_card_given_back_serves_no_longer(land: Land) -> None:
    home = poor(land)
    given(
        land, home, "health_card", person=home.memberships.get().person,
        valid_from=day("2024-01-01"), state=BenefitState.CLOSED,
    )  # fmt: skip
    assert gaps("health_card", land) == [home.pk]


def test_what_was_taken_back_or_lies_ahead_serves_nobody(land: Land) -> None:
    back, ahead = poor(land), poor(land)
    given(land, back, "loan", state=BenefitState.CANCELLED, reason="nhầm")
    given(land, ahead, "loan", served_on=day("2024-11-01"))
    assert gaps("loan", land) == [back.pk, ahead.pk]


def test_who_lives_elsewhere_is_not_in_the_area(land: Land) -> None:
    home = people.household(land.other_village, people.person())
    families.on_list(home, land.other_decision, since=day("2022-01-01"))
    assert gaps("loan", land) == []


def test_a_village_is_answered_for_alone(land: Land) -> None:
    home = poor(land)
    beside = areas.village(land.commune, name="Thôn Bên")
    other = people.household(beside, people.person())
    families.on_list(other, land.decision, since=day("2022-01-01"))
    loan = Programme.objects.get(code="loan")
    found = {
        branch: [row.household_id for row in standing.entitled(loan, ON, branches=[branch])]
        for branch in (land.village.inner_path, beside.inner_path, land.commune.inner_path)
    }
    assert found == {
        land.village.inner_path: [home.pk],
        beside.inner_path: [other.pk],
        land.commune.inner_path: sorted([home.pk, other.pk]),
    }
