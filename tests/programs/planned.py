"""A commune whose round is decided, and its plan list."""

from households.choices import DecisionOrigin
from households.models import Area, Household, RecognitionDecision
from households.services.system_user import system_user
from programs.models import PlanEntry
from programs.queries import plan_list as queries
from programs.services import companions, plan_list, plan_rules
from programs.services.companions import Who
from tests.factories import families, plans, reviews
from tests.programs.conftest import Land, day
from tests.programs.movers import moved


def decided(land: Land) -> RecognitionDecision:
    plan_rules.load(by=system_user())
    land.round.is_closed = True
    land.round.save()
    round = reviews.periodic(land.province, 2023, reviews.standard())
    return families.decided(
        land.commune, round, reviews.standard(), land.officer, since=day("2024-01-01"),
        origin=DecisionOrigin.PROCEDURE,
    )  # fmt: skip


def put(land: Land, *homes: Household, year: int = 2025) -> int:
    return plan_list.put_on(
        commune=land.commune, year=year, households=[one.pk for one in homes], by=land.officer
    )


def standing(commune: Area, on: str = "2024-06-01", year: int = 2025) -> list[int]:
    """Keys of the households that count in the commune."""
    told = queries.planned([commune], year, day(on))
    return [one.entry.household_id for one in told.standing]


def planned_mover(land: Land, decision: RecognitionDecision) -> Household:
    """Planned, accompanied since January, and gone to the other commune in May."""
    home = plans.decided_form(decision, land.village, land.officer)
    put(land, home)
    companions.assign(
        household=home, commune=land.commune, who=Who(name="Hoàng Thị Cũ"),
        valid_from=day("2024-01-10"), by=land.officer,
    )  # fmt: skip
    plan_list.agree(
        entry=PlanEntry.objects.get(), words="Nuôi bò", programme=None, due_on=day("2025-03-31"),
        by=land.officer,
    )  # fmt: skip
    moved(land, home, day("2024-05-01"))
    return home
