"""Editions for tests: the world of tests.factories.figures, and who makes reports in it."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from households.choices import Role
from households.models import Area, User
from reports import definitions
from reports.choices import FigureStatus
from reports.models import Edition
from reports.services import editions
from reports.services.contents import Asked
from tests.factories import figures, users


@dataclass
class Reporting:
    """A department and an officer of commune A; the lists of 2023 are decided if so asked."""

    world: figures.World
    department: User
    officer: User

    def asked(
        self, area: Area | None = None, status: FigureStatus = FigureStatus.OFFICIAL
    ) -> Asked:
        return Asked(
            area or self.world.province, self.world.rounds[2023], self.world.standard, status,
            timezone.now(),
        )  # fmt: skip

    def made(self, report: str = "T2", area: Area | None = None, **more: object) -> Edition:
        reason = str(more.pop("reason", ""))
        return editions.make(
            definition=definitions.named(report), asked=self.asked(area, **more), reason=reason,
            by=self.department,
        )  # fmt: skip


def reporting(*, decide_last: bool = True) -> Reporting:
    world = figures.world(decide_last=decide_last)
    return Reporting(
        world,
        users.user("so_bao_cao", Role.DEPARTMENT, world.province),
        users.user("can_bo_bao_cao", Role.COMMUNE_OFFICER, world.a),
    )


TODAY = dt.date(2023, 12, 20)
