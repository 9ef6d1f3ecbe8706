"""Which outcomes can be compared."""

from programs.choices.what_helped import Began, Outcome
from programs.workflow.comparison import ASKED_ABOUT, COMPARED, limits


def test_what_is_asked_about_is_compared() -> None:
    assert set(ASKED_ABOUT) == set(Began)
    assert all(asked <= COMPARED for asked in ASKED_ABOUT.values())
    assert set(Outcome) - COMPARED == {Outcome.GONE, Outcome.OTHER_STANDARD, Outcome.OPEN}


def test_the_limits_are_read_from_their_file() -> None:
    assert limits() == {"smallest_group": 30, "escaped_within_months": 36}
