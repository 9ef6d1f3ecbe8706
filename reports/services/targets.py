"""Setting and taking back by how much the poverty rate is to fall."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from households.errors import Invalid, Refused
from households.models import Area, PovertyStandard, User
from households.services import audit
from households.services.constraint_messages import told_plainly
from reports.choices import TargetWhom
from reports.models import ReductionTarget
from reports.policies.targets import why_not_keep_targets

MOST_POINTS: Final = Decimal(50)
_FIRST_YEAR: Final = 2000
_LAST_YEAR: Final = 2100


@dataclass(frozen=True)
class Points:
    """Points a year: from `least` (not itself if `is_over`) to `most`; None: no upper end."""

    least: Decimal
    most: Decimal | None = None
    is_over: bool = False


@dataclass(frozen=True)
class Aim:
    """What is asked of an area."""

    area: Area
    points: Points


@dataclass(frozen=True)
class Basis:
    """The text that sets the targets, and where it was read."""

    legal_basis: str
    source: str = ""


def state(
    *, year: int, standard: PovertyStandard, whom: TargetWhom, aims: Sequence[Aim], basis: Basis,
    by: User,
) -> int:  # fmt: skip
    """Set the targets of a year, in place of those these areas had; all or none. Gives how many are
    new or changed; what stands already and is confirmed is not written again.

    Raises Refused (no right there), Invalid (year, points, an area not there that year, no basis,
    a standard of another province).
    """
    _check(year, standard, aims, basis)
    for aim in aims:
        if reason := why_not_keep_targets(by, aim.area):
            raise Refused(f"{aim.area.name}: {reason}")
        _check_aim(year, aim)
    wanted = [_row(year, standard, whom, aim, basis, by) for aim in aims]
    stored = {
        row.area_id: row
        for row in ReductionTarget.objects.filter(
            area__in=[aim.area for aim in aims], year=year, standard=standard, whom=whom
        )
    }
    changed = [row for row in wanted if not _same(row, stored.get(row.area_id))]
    if not changed:
        return 0
    details = {"year": year, "standard": standard.code, "whom": whom, "rows": len(changed)}
    with told_plainly(ReductionTarget), audit.act(
        by=by, verb="targets.state", area=changed[0].area, subject=standard, details=details,
    ):  # fmt: skip
        ReductionTarget.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["area", "year", "standard", "whom"],
            update_fields=[*_STATED, "is_confirmed", "entered_by"],
        )  # fmt: skip
    return len(changed)


_STATED: Final = ("points_from", "points_to", "is_over", "legal_basis", "source")


def _same(row: ReductionTarget, stored: ReductionTarget | None) -> bool:
    if stored is None or not stored.is_confirmed:
        return False
    return all(getattr(row, name) == getattr(stored, name) for name in _STATED)


def _row(
    year: int, standard: PovertyStandard, whom: TargetWhom, aim: Aim, basis: Basis, by: User
) -> ReductionTarget:
    return ReductionTarget(
        area=aim.area, year=year, standard=standard, whom=whom, points_from=aim.points.least,
        points_to=aim.points.most, is_over=aim.points.is_over,
        legal_basis=basis.legal_basis.strip(), source=basis.source.strip(), entered_by=by,
    )  # fmt: skip


def _check(year: int, standard: PovertyStandard, aims: Sequence[Aim], basis: Basis) -> None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise Invalid(_("This is no year of a target."))
    if not basis.legal_basis.strip():
        raise Invalid(
            _("Write by which text the target was set."),
            fields={"legal_basis": [_("This is missing.")]},
        )
    if standard.owner_id:
        for aim in aims:
            if not aim.area.inner_path.startswith(f"{standard.owner_id}."):
                raise Invalid(_("This standard is one of another province."))


def _check_aim(year: int, aim: Aim) -> None:
    points, name = aim.points, aim.area.name
    if not 0 < points.least <= (points.most or points.least) <= MOST_POINTS:
        raise Invalid(
            _("%(area)s: points lie above 0 and at most at %(most)s, the smaller ones first.")
            % {"area": name, "most": MOST_POINTS}
        )
    if aim.area.valid_from.year > year or (aim.area.valid_to and aim.area.valid_to.year < year):
        raise Invalid(_("%(area)s is not there in %(year)s.") % {"area": name, "year": year})


@transaction.atomic
def withdraw(*, target: ReductionTarget, reason: str, by: User) -> None:
    """Take a target back; what it said stays in the history. Raises Refused, Invalid (why)."""
    if refusal := why_not_keep_targets(by, target.area):
        raise Refused(refusal)
    if not reason.strip():
        raise Invalid(_("Write why."), fields={"reason": [_("This is missing.")]})
    details = {"year": target.year, "whom": target.whom, "standard": target.standard.code}
    with audit.act(
        by=by, verb="targets.withdraw", area=target.area, subject=target, details=details,
        reason=reason.strip(),
    ):  # fmt: skip
        target.delete()
