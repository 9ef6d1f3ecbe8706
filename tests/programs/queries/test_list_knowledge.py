"""Who newly escaped rests on what the commune says of its lists, not on the first one known."""

from households.choices import DecisionOrigin
from households.models import RecognitionDecision
from tests.factories import families, people
from tests.programs.conftest import Land, day
from tests.programs.queries.test_entitlement import best, told


def test_nobody_can_say_where_the_lists_are_not_complete_that_far_back(land: Land) -> None:
    families.lists_complete(land.commune, 2022, land.officer)
    home = people.household(land.village, people.person())
    loan = told(home, day("2024-06-01"), "loan")
    assert loan
    assert loan.best is None
    assert [ground.terms.ground for ground in loan.open] == ["newly_escaped"]
    assert loan.open[0].because[0][1]["lists_since"] == day("2023-01-01")
    assert told(home, day("2026-01-01"), "loan") is None  # three years on
    families.lists_complete(land.commune, None, land.officer)
    assert told(home, day("2026-01-01"), "loan") is not None


def test_who_escaped_by_lists_that_are_not_said_to_be_complete_is_not_known(land: Land) -> None:
    """A list between may be missing: when it went off nobody knows, unless a decision names it."""
    home = people.household(land.village, people.person())
    families.on_list(home, land.decision, since=day("2019-03-01"), until=day("2021-12-31"))
    families.lists_complete(land.commune, None, land.officer)
    loan = told(home, day("2022-06-01"), "loan")
    assert loan
    assert (loan.best, len(loan.open)) == (None, 1)
    families.lists_complete(land.commune, 2021, land.officer)  # the list without it is the first
    assert best(home, day("2022-06-01"), "loan") is None
    families.lists_complete(land.commune, 2020, land.officer)
    assert best(home, day("2022-06-01"), "loan") == "newly_escaped"
    families.lists_complete(land.commune, None, land.officer)
    RecognitionDecision.objects.filter(pk=land.decision.pk).update(origin=DecisionOrigin.PROCEDURE)
    assert best(home, day("2022-06-01"), "loan") == "newly_escaped"
