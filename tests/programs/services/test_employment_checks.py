"""Asking after 3 and 12 months, and what the answers come to."""

import pytest
from pytest_django import Settings

from households.choices import Role
from households.errors import Invalid, Refused
from programs.choices.employment import AskedHow, CheckAfter, StillEmployed
from programs.models import Benefit, EmploymentCheck
from programs.queries import employment as queries
from programs.services import employment_checks
from programs.services.employment_checks import Answer
from tests.factories import users
from tests.programs.conftest import Land, day
from tests.programs.services.test_employment import hired

YES, NO, UNKNOWN = StillEmployed.YES, StillEmployed.NO, StillEmployed.UNKNOWN
THREE = CheckAfter.THREE


@pytest.fixture(autouse=True)
def in_2024(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


def keep(land: Land, *answers: Answer, on: str = "2024-10-01") -> int:
    return employment_checks.record(
        answers=answers, asked_how=AskedHow.PHONE, checked_on=day(on), by=land.officer
    )


def test_one_is_due_three_and_twelve_months_after_the_first_day(land: Land) -> None:
    row = hired(land, acted_on=day("2023-11-30"))
    jobs = Benefit.objects.all()
    for after, before, due in (
        (CheckAfter.THREE, "2024-02-28", "2024-02-29"),
        (CheckAfter.TWELVE, "2024-11-29", "2024-11-30"),
    ):
        assert list(queries.due(jobs, after, day(before))) == []
        assert list(queries.due(jobs, after, day(due))) == [row]


def test_who_was_asked_is_due_no_more_and_may_be_said_otherwise(land: Land) -> None:
    row = hired(land)
    assert keep(land, Answer(row.pk, THREE, YES, 8_000_000)) == 1
    assert list(queries.due(Benefit.objects.all(), THREE, day("2024-10-15"))) == []
    keep(land, Answer(row.pk, THREE, NO))
    kept = EmploymentCheck.objects.get()
    assert (kept.answer, kept.wage_vnd) == (NO, None)


def test_what_cannot_be_is_refused(land: Land) -> None:
    row = hired(land)
    with pytest.raises(Invalid, match="due on 01/05/2024"):
        keep(land, Answer(row.pk, THREE, YES), on="2024-04-30")
    with pytest.raises(Invalid, match="due on 01/02/2025"):
        keep(land, Answer(row.pk, CheckAfter.TWELVE, YES))
    with pytest.raises(Invalid, match="still to come"):
        keep(land, Answer(row.pk, THREE, YES), on="2024-10-16")
    with pytest.raises(Invalid, match="has a wage"):
        keep(land, Answer(row.pk, THREE, NO, 5_000_000))
    with pytest.raises(Invalid, match="Nothing was chosen"):
        keep(land)
    with pytest.raises(Invalid, match="no job"):
        keep(land, Answer(row.pk + 999, THREE, YES))
    with pytest.raises(Refused):
        employment_checks.record(
            answers=[Answer(row.pk, THREE, YES)], asked_how=AskedHow.VISIT,
            checked_on=day("2024-10-01"),
            by=users.user("s", Role.COMMUNE_OFFICER, land.other_commune),
        )  # fmt: skip
    assert not EmploymentCheck.objects.exists()


def test_missing_answers_are_shown_and_never_counted_as_no(land: Land) -> None:
    rows = [hired(land) for _ in range(5)]
    keep(
        land, Answer(rows[0].pk, THREE, YES), Answer(rows[1].pk, THREE, YES),
        Answer(rows[2].pk, THREE, NO), Answer(rows[3].pk, THREE, UNKNOWN),
    )  # fmt: skip
    (three,) = queries.lasting(Benefit.objects.all(), day("2024-10-15"))
    assert (three.due, three.asked, three.not_asked) == (5, 4, 1)
    assert (three.answered, three.no_answer, three.working) == (3, 1, 2)
    assert three.share_percent == pytest.approx(200 / 3)
    assert queries.lasting(Benefit.objects.all(), day("2024-04-30")) == []
