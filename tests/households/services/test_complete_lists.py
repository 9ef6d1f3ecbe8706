"""A commune says from which year its lists are complete."""

from types import SimpleNamespace

import pytest

from households.choices import Role
from households.errors import Invalid, Refused
from households.models import AuditEvent
from households.services import complete_lists
from tests.factories import people, reviews, users


def test_the_act_is_the_record(place: SimpleNamespace) -> None:
    complete_lists.say(commune=place.commune, year=2021, by=place.officer)
    act = AuditEvent.objects.get(verb=complete_lists.VERB)
    assert (act.area, act.by, act.details) == (place.commune, place.officer, {"year": 2021})


def test_only_who_records_decisions_may_say_it(place: SimpleNamespace) -> None:
    reviewer = users.user("reviewer", Role.REVIEWER, place.village)
    with pytest.raises(Refused):
        complete_lists.say(commune=place.commune, year=2021, by=reviewer)
    assert not AuditEvent.objects.filter(verb=complete_lists.VERB).exists()


@pytest.mark.parametrize("year", [1900, 2999])
def test_a_year_that_cannot_be_is_refused(place: SimpleNamespace, year: int) -> None:
    with pytest.raises(Invalid):
        complete_lists.say(commune=place.commune, year=year, by=place.officer)


def test_a_village_has_no_lists(place: SimpleNamespace) -> None:
    with pytest.raises(Invalid):
        complete_lists.say(commune=place.village, year=2021, by=place.officer)


def test_who_arose_is_told_only_where_the_lists_reach_back_as_far_as_the_standard(
    place: SimpleNamespace,
) -> None:
    """Whoever came may have been on a list of 2022 that nobody brought in."""
    came = people.household(place.village, people.person())
    reviews.listed(
        reviews.periodic(place.province, 2024, place.standard), place.commune, place.officer, came
    )
    decision = came.status_periods.get().decision_in
    assert not complete_lists.tells_who_arose(decision)
    complete_lists.say(commune=place.commune, year=2024, by=place.officer)
    assert not complete_lists.tells_who_arose(decision)
    complete_lists.say(commune=place.commune, year=2021, by=place.officer)
    assert complete_lists.tells_who_arose(decision)
