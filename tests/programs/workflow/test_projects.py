"""Where a project stands on a day, and when its inputs come: worked cases."""

import datetime as dt

import pytest

from programs.choices.projects import StepOutcome
from programs.workflow.projects import Entry, Norm, Progress, progress

NORMS = [
    Norm(1, "dossier", 20, False),
    Norm(2, "appraisal", 15, False),
    Norm(3, "approval", 7, False),
    Norm(4, "contract", 30, True),
    Norm(5, "acceptance", 20, False),
]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(f"2023-{text}")


def stay(number: int, since: str, until: str = "", outcome: str = StepOutcome.DONE) -> Entry:
    return Entry(number, day(since), day(until) if until else None, outcome if until else "")


def on(text: str, *entries: Entry, deadline: str = "09-30") -> Progress:
    return progress(NORMS, entries, day(deadline), day(text))


def test_a_project_that_slips_is_told_before_its_season_is_lost() -> None:
    entries = [stay(1, "06-01", "06-30"), stay(2, "06-30")]
    in_time = on("07-10", *entries)
    assert (in_time.at, in_time.waited_days, in_time.inputs_on) == (2, 10, day("08-21"))
    assert not in_time.will_miss
    # 52 days in a step of 15: it needs its norm once more, then 7 and 30.
    slipped = on("08-21", *entries)
    assert (slipped.over_days, slipped.inputs_on) == (37, day("10-12"))
    assert (slipped.will_miss, slipped.late_days) == (True, 12)
    assert slipped.on < slipped.deadline
    lost = on("10-05", *entries)
    assert (lost.will_miss, lost.has_missed) == (False, True)


def test_on_an_earlier_day_what_came_later_is_not_known() -> None:
    entries = [stay(1, "06-01", "06-30"), stay(2, "06-30", "07-10"), stay(3, "07-12", "07-15")]
    assert on("05-01", *entries).done == 0
    assert on("05-01", *entries).since is None
    assert (on("06-29", *entries).done, on("06-30", *entries).done) == (0, 1)
    between = on("07-11", *entries)
    # It waits for the next step since the last was left.
    assert (between.done, between.at, between.waited_days) == (2, 3, 1)


@pytest.mark.parametrize(
    ("text", "inputs_on", "are_there"), [("08-01", "08-30", False), ("08-20", "08-19", True)]
)
def test_inputs_are_there_when_their_step_is_done(
    text: str, inputs_on: str, *, are_there: bool
) -> None:
    entries = [
        stay(1, "06-01", "06-10"), stay(2, "06-10", "06-20"), stay(3, "06-20", "07-31"),
        stay(4, "07-31", "08-19"), stay(5, "08-19"),
    ]  # fmt: skip
    found = on(text, *entries)
    assert (found.inputs_on, found.inputs_are_there) == (day(inputs_on), are_there)
    assert not found.is_complete


def test_inputs_after_the_season_have_missed_it() -> None:
    entries = [stay(number, "06-01", "06-01") for number in (1, 2, 3)]
    found = on("12-01", *entries, stay(4, "06-01", "10-02"))
    assert (found.has_missed, found.will_miss, found.late_days) == (True, False, 2)


def test_rejected_it_goes_nowhere_until_it_is_reopened() -> None:
    entries = [stay(1, "06-01", "06-10"), stay(2, "06-10", "06-20", StepOutcome.REJECTED)]
    found = on("06-25", *entries)
    assert (found.is_rejected, found.at, found.inputs_on, found.will_miss) == (
        True, None, None, False,
    )  # fmt: skip
    again = on("07-01", *entries, stay(1, "06-28"))
    assert (again.is_rejected, again.done, again.at) == (False, 0, 1)


def test_all_steps_done_is_complete() -> None:
    entries = [stay(one.number, "06-01", "06-02" if one.number == 5 else "06-01") for one in NORMS]
    found = on("07-01", *entries)
    assert (found.is_complete, found.at, found.over_days) == (True, None, 0)


def test_a_stay_over_its_norm_says_from_which_day() -> None:
    (first,) = on("07-01", stay(1, "06-01", "06-30")).stays
    assert (first.over_from, first.until, first.is_open) == (day("06-21"), day("06-30"), False)


def test_who_kept_it_is_known_twelve_months_after_the_inputs() -> None:
    entries = [
        stay(1, "01-01", "01-20"), stay(2, "01-20", "02-01"), stay(3, "02-01", "02-10"),
        stay(4, "02-10", "03-31"),
    ]  # fmt: skip
    assert on("03-30", *entries).kept_known_from is None
    assert on("03-31", *entries).kept_known_from == dt.date(2024, 3, 31)
