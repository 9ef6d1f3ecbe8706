"""What the decision says, and whether its list can be taken over at all."""

import datetime as dt
from typing import Any

import pytest

from households.choices import Role, StandardPart
from households.errors import Invalid, Refused
from households.models import Area, RecognitionDecision, RoundStandard, StatusPeriod
from tests.factories import reviews, users
from tests.factories.standards import standard, standard_document
from tests.households.conftest import World
from tests.households.services.taking_over.conftest import Taken


def test_a_list_of_before_comes_before_the_later_one(taken: Taken) -> None:
    taken()
    with pytest.raises(Refused, match="the oldest first"):
        taken(
            year=2022, decided_on=dt.date(2022, 12, 20), effective_from=dt.date(2023, 1, 1),
            number="40/QĐ-UBND",
        )  # fmt: skip


def test_a_commune_with_forms_in_that_round_decides_there(world: World, taken: Taken) -> None:
    reviews.surveyed(world.round, world.village, world.officer)
    with pytest.raises(Refused, match="decided there"):
        taken(year=2024, decided_on=dt.date(2024, 10, 14), effective_from=dt.date(2025, 1, 1))


def test_only_the_officer_of_the_commune(world: World, taken: Taken) -> None:
    for role, area in (
        (Role.COMMUNE_OFFICER, world.other_commune),
        (Role.REVIEWER, world.commune),
        (Role.DEPARTMENT, world.province),
    ):
        with pytest.raises(Refused, match="only lists of your own"):
            taken(by=users.user(f"u_{role}", role, area))
    assert not RecognitionDecision.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"number": " "}, "number"),
        ({"decided_on": dt.date(2024, 12, 1), "year": 2024}, "decided_on"),
        ({"year": 2019}, "year"),
        ({"effective_from": dt.date(2020, 1, 1)}, "effective_from"),
        ({"poor": -1}, "poor_households"),
    ],
)
def test_facts_that_do_not_fit_are_told_by_field(
    taken: Taken, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as fault:
        taken(**given)
    assert set(fault.value.fields) == {field}


def test_a_commune_that_was_another_then_is_refused(world: World, taken: Taken) -> None:
    Area.objects.filter(pk=world.commune.pk).update(valid_from=dt.date(2024, 7, 1))
    world.commune.refresh_from_db()
    with pytest.raises(Invalid) as fault:
        taken()
    assert set(fault.value.fields) == {"effective_from"}


def test_of_a_double_review_the_closing_list_comes_first(world: World, taken: Taken) -> None:
    """Both are taken over: the closing one ends the day before the opening one counts."""
    old = standard(
        standard_document("std_old", weak=False, valid_from="2010-01-01", valid_to="2011-12-31")
    )
    new = world.round.parts.get().standard
    round = reviews.periodic(world.province, 2023, new)
    round.parts.update(part=StandardPart.OPENING)
    RoundStandard.objects.create(round=round, standard=old, part=StandardPart.CLOSING)
    last = dt.date(2023, 12, 31)
    with pytest.raises(Refused, match="first"):
        taken(standard=new)
    with pytest.raises(Invalid) as fault:
        taken(standard=old)
    assert set(fault.value.fields) == {"effective_from"}
    assert not RecognitionDecision.objects.exists()
    taken(standard=old, effective_from=last)
    taken(standard=new, number="58/QĐ-UBND")
    listed = StatusPeriod.objects.order_by("valid_from").values_list("standard__code", "valid_to")
    assert set(listed) == {("std_old", last), ("std_2022", None)}
    with pytest.raises(Refused, match="oldest first"):
        taken(standard=new, number="59/QĐ-UBND")
