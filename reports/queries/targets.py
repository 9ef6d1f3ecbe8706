"""Targets of the reduction, and how a year stands to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext as _

from households.models import Area, PovertyStandard
from households.templatetags.povreg import number
from reports.choices import TargetOutcome, TargetWhom
from reports.models import ReductionTarget

_HUNDREDTH: Final = Decimal("0.01")


@dataclass(frozen=True)
class Rate:
    """Of one year in percent (None: no figure), and the standard (its id) it was counted under."""

    percent: Fraction | Decimal | None
    standard_id: int


@dataclass(frozen=True)
class Change:
    """From the end of the year before to the end of the year; None where a year has no round."""

    before: Rate | None
    after: Rate | None


@dataclass(frozen=True)
class Verdict:
    """`points` by which the rate fell (below 0: it rose), to the hundredth. `short` is what is
    missing to the lower end, `beyond` what lies above the upper one; both None unless above 0.
    `reason` says why there is no figure."""

    outcome: TargetOutcome
    points: Decimal | None = None
    short: Decimal | None = None
    beyond: Decimal | None = None
    reason: str = ""

    @property
    def sentence(self) -> str:
        """As a figure tells it, without the target itself."""
        if self.reason:
            return self.reason
        if self.short is not None:
            return _("short by %(points)s points") % {"points": number(self.short)}
        if self.beyond is not None:
            return _("beyond it by %(points)s points") % {"points": number(self.beyond)}
        if self.outcome == TargetOutcome.MISSED:
            return _("not above the lower end")
        return str(TargetOutcome(self.outcome).label)


def against(target: ReductionTarget | None, change: Change) -> Verdict:
    """Whether the rate fell as it should. No query.

    The fall is the difference of both rates, rounded to two decimals (I8). Rates of two standards
    are never taken from one another; nor is a target of another standard.
    """
    if target is None:
        return Verdict(TargetOutcome.NO_TARGET)
    if reason := _why_no_figure(target, change):
        return Verdict(TargetOutcome.NO_FIGURE, reason=reason)
    assert change.before
    assert change.after
    fell = _published(_exact(change.before) - _exact(change.after))
    if fell < target.points_from:
        return Verdict(TargetOutcome.MISSED, fell, short=target.points_from - fell)
    if target.is_over and fell == target.points_from:
        return Verdict(TargetOutcome.MISSED, fell)
    above = fell - target.points_to if target.points_to is not None else Decimal(0)
    return Verdict(TargetOutcome.MET, fell, beyond=above if above > 0 else None)


def _why_no_figure(target: ReductionTarget, change: Change) -> str:
    before, after = change.before, change.after
    if after is None or after.percent is None:
        return _("no rate of %(year)s yet") % {"year": target.year}
    if before is None or before.percent is None:
        return _("no rate of %(year)s") % {"year": target.year - 1}
    if before.standard_id != after.standard_id:
        return _("%(before)s and %(after)s were counted under two standards") % {
            "before": target.year - 1, "after": target.year,
        }  # fmt: skip
    if after.standard_id != target.standard_id:
        return _("the target is one of another standard")
    return ""


def _exact(rate: Rate) -> Fraction:
    assert rate.percent is not None
    return Fraction(rate.percent)


def _published(exact: Fraction) -> Decimal:
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(
        _HUNDREDTH, ROUND_HALF_UP
    )


def of_year(
    areas: Iterable[Area | int], year: int, standard: PovertyStandard,
    whom: TargetWhom = TargetWhom.ALL,
) -> dict[int, ReductionTarget]:  # fmt: skip
    """The targets by area (its id). One query."""
    ids = [one if isinstance(one, int) else one.pk for one in areas]
    found = ReductionTarget.objects.filter(
        area__in=ids, year=year, standard=standard, whom=whom
    ).select_related("entered_by")
    return {one.area_id: one for one in found}


def words(target: ReductionTarget) -> str:
    """The points as a sentence has them: "2–2,5", "from 3", "over 3"; without the unit."""
    least = number(target.points_from.normalize())
    if target.points_to is not None and target.points_to != target.points_from:
        span = f"{least}–{number(target.points_to.normalize())}"
        return _("over %(points)s") % {"points": span} if target.is_over else span
    if target.is_over:
        return _("over %(points)s") % {"points": least}
    return least if target.points_to is not None else _("from %(points)s") % {"points": least}


def above(area: Area) -> list[Area]:
    """The units above it, from the top. At most one query."""
    ids = [int(pk) for pk in area.path.rstrip(".").split(".") if pk]
    found = Area.objects.in_bulk(ids) if ids else {}
    return [found[pk] for pk in ids]
