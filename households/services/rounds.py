"""Opening and closing review rounds, and the ways of communes and villages through them."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import connection, transaction
from django.utils.translation import gettext as _

from households import policies, procedure
from households.choices import RoundKind, StandardPart
from households.errors import Conflict, Invalid, Refused
from households.models import Area, PovertyStandard, ReviewRound, RoundStandard, User
from households.services import audit
from households.services.constraint_messages import told_plainly

Parts = Sequence[tuple[PovertyStandard, StandardPart]]


def open_round(
    *,
    province: Area,
    kind: RoundKind,
    year: int,
    as_of: dt.date,
    standards: Parts,
    by: User,
    month: int | None = None,
    opens_on: dt.date | None = None,
    closes_on: dt.date | None = None,
    covers_all_residents: bool = False,
) -> ReviewRound:
    """Open a round of a province under one standard, or two (closing old, opening new).

    Dates default to the law's for a periodic round (data/procedure.toml). Raises Refused, Invalid
    (parts that do not fit together), Conflict (the round exists, or its dates cannot be).
    """
    if reason := policies.why_not_open_round(by, province):
        raise Refused(reason)
    _check_parts(standards)
    if kind == RoundKind.PERIODIC:
        first, last = procedure.periodic_dates(year)
    else:
        first, last = as_of, as_of
    details = {"year": year, "month": month}
    with (
        told_plainly(ReviewRound),
        audit.act(by=by, verb="round.open", area=province, details=details),
    ):
        round = ReviewRound.objects.create(
            province=province,
            kind=kind,
            year=year,
            month=month,
            as_of=as_of,
            opens_on=opens_on or first,
            closes_on=closes_on or last,
            covers_all_residents=covers_all_residents,
        )
        RoundStandard.objects.bulk_create(
            RoundStandard(round=round, standard=standard, part=part) for standard, part in standards
        )
    return round


def _check_parts(standards: Parts) -> None:
    parts = sorted(part for __, part in standards)
    if parts in ([StandardPart.BOTH], [StandardPart.CLOSING, StandardPart.OPENING]):
        return
    raise Invalid(_("A round has one standard, or one to close and another to open with."))


def close_round(*, round: ReviewRound, by: User) -> None:
    """Close a round: no survey of it may be written any more. Raises Refused, Conflict."""
    if reason := policies.why_not_open_round(by, round.province):
        raise Refused(reason)
    with audit.act(by=by, verb="round.close", area=round.province, subject=round):
        if not ReviewRound.objects.filter(pk=round.pk, is_closed=False).update(is_closed=True):
            raise Conflict(_("The round is closed already."))
    round.is_closed = True


def reopen_round(*, round: ReviewRound, reason: str, by: User) -> None:
    """Open a closed round again, with a written reason. Raises Refused, Invalid, Conflict."""
    if why_not := policies.why_not_open_round(by, round.province):
        raise Refused(why_not)
    if not reason.strip():
        raise Invalid(_("Reopening needs a reason."), fields={"reason": [_("Write the reason.")]})
    with audit.act(by=by, verb="round.reopen", area=round.province, subject=round, reason=reason):
        if not ReviewRound.objects.filter(pk=round.pk, is_closed=True).update(is_closed=False):
            raise Conflict(_("The round is open already."))
    round.is_closed = False


def find(*, province: Area, key: str) -> ReviewRound | None:
    """The round named "2023" or "2023-04" of the province (or of a predecessor with its code)."""
    year, __, month = key.partition("-")
    if not year.isdigit() or (month and not month.isdigit()):
        return None
    return ReviewRound.objects.filter(
        province__code=province.code,
        year=int(year),
        month=int(month) if month else None,
        kind=RoundKind.AD_HOC if month else RoundKind.PERIODIC,
    ).first()


def scored_under(round: ReviewRound) -> list[PovertyStandard]:
    """The round's standards, the opening one last. One query; their long documents are read only
    where their rules are not known to this process yet."""
    parts = list(round.parts.select_related("standard").defer("standard__document"))
    return [p.standard for p in sorted(parts, key=lambda p: p.part != StandardPart.CLOSING)]


def start_ways(
    *, round: ReviewRound, commune_ids: Iterable[int], village_ids: Iterable[int]
) -> None:
    """Open the review of communes and villages that are not in the round yet. Two statements;
    to be called inside an act."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table, column, ids, state in (
            ("households_communereview", "commune_id", commune_ids, "OPEN"),
            ("households_villagereview", "village_id", village_ids, "LISTED"),
        ):
            cursor.execute(
                f"""
                INSERT INTO {table} (round_id, {column}, state)
                SELECT %s, area_id, %s FROM unnest(%s::bigint[]) AS area_id ORDER BY area_id
                ON CONFLICT (round_id, {column}) DO NOTHING
                """,
                [round.pk, state, sorted(set(ids))],
            )
