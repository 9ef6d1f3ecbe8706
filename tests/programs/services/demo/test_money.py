"""The demonstration shows plans and money, and a second load adds nothing."""

from pytest_django import Settings

from households.services.system_user import system_user
from programs.choices.money import Counted
from programs.models import MoneyEntry, Target
from programs.queries.progress import of_area
from programs.queries.reach import Reach
from programs.services.demo import money
from tests.programs.conftest import Land, day


def test_two_years_are_there_and_keep_the_rules(land: Land, settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    made = money.load(by=system_user())
    assert made == MoneyEntry.objects.count() == 4 * 2 * 7
    assert Target.objects.count() == (4 + 2) * 2 * 3
    rows = of_area(Reach.alone(land.province), 2024, day("2024-10-15"))
    shown = {row.programme.code: row for row in rows if not row.is_empty}
    assert set(shown) == {"loan", "housing", "livelihood", "training", "communication"}
    counted = {(row.programme.code, one.planned.counts) for row in rows for one in row.reached}
    assert ("livelihood", Counted.PROJECTS) in counted
    assert ("communication", Counted.PEOPLE_REACHED) in counted
    share = shown["housing"].money.share_percent
    assert share is not None
    assert 0 < share < 100
    assert money.load(by=system_user()) == 0
