"""Targets of the reduction as tests need them."""

from decimal import Decimal

from households.models import Area, PovertyStandard
from households.services.system_user import system_user
from reports.choices import TargetWhom
from reports.models import ReductionTarget
from tests.factories import reviews


def target(
    area: Area, least: str = "2", most: str | None = "2.5", *, year: int = 2023,
    standard: PovertyStandard | None = None, is_over: bool = False,
    whom: TargetWhom = TargetWhom.ALL, is_confirmed: bool = True,
) -> ReductionTarget:  # fmt: skip
    return ReductionTarget.objects.create(
        area=area, year=year, standard=standard or reviews.standard(), whom=whom,
        points_from=Decimal(least), points_to=Decimal(most) if most else None, is_over=is_over,
        legal_basis="Nghị quyết 1/NQ", is_confirmed=is_confirmed, entered_by=system_user(),
    )  # fmt: skip
