"""Some households of the demonstration served, two of them twice, some without a known ground."""

import datetime as dt
from collections.abc import Iterable

from households import clock
from households.models import Household, User
from programs.choices import BenefitState
from programs.models import Benefit, Programme
from programs.services import benefits
from programs.services.benefit_checks import Given

_NUMBER = "MẪU"
_SERVED = 12
_WITHOUT_GROUND = ("theo danh sách của ngân hàng", "thôn đề nghị bổ sung", "theo danh sách trường")


def load(by: User) -> None:
    """Invented benefits of the demonstration's own households; a second run adds nothing."""
    today = clock.today()
    if not Benefit.objects.filter(number__startswith=_NUMBER).exists():
        homes = Household.objects.real().filter(
            residences__valid_to=None, residences__valid_from__lt=dt.date(today.year, 1, 1)
        )
        listed = homes.filter(status_periods__isnull=False, status_periods__valid_to=None).order_by(
            "pk"
        )
        _loans(listed[: 3 * _SERVED], by, today)
        _unexplained(homes.filter(status_periods=None).order_by("pk"), by, today)


def _loans(homes: Iterable[Household], by: User, today: dt.date) -> None:
    """Every third of them; the first two run two at a time."""
    for at, home in enumerate(list(homes)[::3]):
        for turn in range(2 if at < 2 else 1):
            number = f"{_NUMBER}-{at + 1}/{turn + 1}"
            _record("loan", home, by, today - dt.timedelta(days=20 - turn), number)


def _unexplained(homes: Iterable[Household], by: User, today: dt.date) -> None:
    for home, why in zip(homes, _WITHOUT_GROUND, strict=False):
        _record("loan", home, by, today - dt.timedelta(days=9), f"{_NUMBER}-{home.pk}", why)


def _record(code: str, home: Household, by: User, on: dt.date, number: str, why: str = "") -> None:
    benefits.record(
        programme=Programme.objects.get(code=code), household=home, by=by, acted_on=on,
        state=BenefitState.SERVED, given=Given(amount_vnd=30_000_000, number=number),
        without_ground_because=why or "số liệu mẫu",
    )  # fmt: skip
