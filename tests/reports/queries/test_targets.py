"""How a year stands to its target, as officers count it."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from reports.choices import TargetOutcome, TargetWhom
from reports.models import ReductionTarget
from reports.queries import targets
from reports.queries.targets import Change, Rate
from tests.factories import areas, reviews
from tests.factories.targets import target

STANDARD, OTHER = 1, 2
MET, MISSED, NO_FIGURE = TargetOutcome.MET, TargetOutcome.MISSED, TargetOutcome.NO_FIGURE


def aim(least: str, most: str | None = None, *, is_over: bool = False) -> ReductionTarget:
    """Not stored."""
    return ReductionTarget(
        year=2023, standard_id=STANDARD, points_from=Decimal(least),
        points_to=Decimal(most) if most else None, is_over=is_over,
    )  # fmt: skip


def fell(before: str, after: str) -> Change:
    return Change(Rate(Decimal(before), STANDARD), Rate(Decimal(after), STANDARD))


@pytest.mark.parametrize(
    ("target", "change", "outcome", "points", "short", "beyond"),
    [
        # The province in 2023, and its two poor districts.
        (aim("2", "2.5"), fell("24.71", "21.95"), MET, "2.76", None, "0.26"),
        (aim("4", "5"), fell("49.99", "46.61"), MISSED, "3.38", "0.62", None),
        (aim("2", "2.5"), fell("24.71", "22.50"), MET, "2.21", None, None),
        (aim("2", "2.5"), fell("24.00", "22.00"), MET, "2.00", None, None),
        (aim("2", "2.5"), fell("24.00", "21.50"), MET, "2.50", None, None),
        (aim("2", "2.5"), fell("24.00", "22.01"), MISSED, "1.99", "0.01", None),
        # A rate that rose is short by more than the whole target.
        (aim("2"), fell("20.00", "21.50"), MISSED, "-1.50", "3.50", None),
        (aim("3"), fell("30.00", "27.00"), MET, "3.00", None, None),
        (aim("3"), fell("30.00", "20.00"), MET, "10.00", None, None),
        (aim("3", is_over=True), fell("30.00", "27.00"), MISSED, "3.00", None, None),
        (aim("3", is_over=True), fell("30.00", "26.99"), MET, "3.01", None, None),
    ],
)
def test_the_fall_is_held_against_both_ends(
    target: ReductionTarget, change: Change, outcome: TargetOutcome, points: str,
    short: str | None, beyond: str | None,
) -> None:  # fmt: skip
    found = targets.against(target, change)
    assert found.outcome == outcome
    assert found.points == Decimal(points)
    assert found.short == (Decimal(short) if short else None)
    assert found.beyond == (Decimal(beyond) if beyond else None)


def test_rates_are_rounded_as_they_are_published_before_they_are_compared() -> None:
    """20281/82080 is 24.709 %, 18067/82310 is 21.950 %: 2.76 points, as the paper says."""
    change = Change(
        Rate(Fraction(2028100, 82080), STANDARD), Rate(Fraction(1806700, 82310), STANDARD)
    )
    assert targets.against(aim("2", "2.5"), change).points == Decimal("2.76")


def test_no_target_is_told_before_anything_else() -> None:
    assert targets.against(None, fell("24", "22")).outcome == TargetOutcome.NO_TARGET


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change(Rate(Decimal(27), OTHER), Rate(Decimal(24), STANDARD)), "two standards"),
        (Change(Rate(Decimal(27), OTHER), Rate(Decimal(24), OTHER)), "another standard"),
        (Change(None, Rate(Decimal(24), STANDARD)), "2022"),
        (Change(Rate(None, STANDARD), Rate(Decimal(24), STANDARD)), "2022"),
        (Change(Rate(Decimal(24), STANDARD), None), "2023"),
        (Change(Rate(Decimal(24), STANDARD), Rate(None, STANDARD)), "2023"),
    ],
)
def test_without_two_rates_of_one_standard_there_is_no_figure(change: Change, words: str) -> None:
    with translation.override("en"):
        found = targets.against(aim("2"), change)
        assert (found.outcome, found.points) == (NO_FIGURE, None)
        assert words in found.sentence


def test_verdicts_and_targets_read_as_officers_say_them() -> None:
    with translation.override("vi"):
        missed = targets.against(aim("4", "5"), fell("49.99", "46.61"))
        met = targets.against(aim("2", "2.5"), fell("24.71", "21.95"))
        assert (missed.sentence, met.sentence) == ("thiếu 0,62 điểm", "vượt 0,26 điểm")
        assert targets.against(aim("2"), fell("24", "22")).sentence == "Đạt"
        assert targets.words(aim("2.00", "2.50")) == "2–2,5"
        assert targets.words(aim("10")) == "từ 10"
        assert targets.words(aim("3", is_over=True)) == "trên 3"
        assert targets.words(aim("3", "3")) == "3"


@pytest.mark.django_db
def test_targets_of_a_year_by_area(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    province = areas.province()
    district = areas.district(province)
    standard = reviews.standard()
    kept = target(province, standard=standard)
    target(district, year=2024, standard=standard)
    minority = target(district, standard=standard, whom=TargetWhom.MINORITY)
    with django_assert_num_queries(1):
        assert targets.of_year([province, district.pk], 2023, standard) == {province.pk: kept}
    assert targets.of_year([district], 2023, standard, TargetWhom.MINORITY) == {
        district.pk: minority
    }
    assert targets.above(district) == [province]
    assert targets.above(province) == []
