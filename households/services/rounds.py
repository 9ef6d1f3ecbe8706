"""Opening and closing review rounds, and the ways of communes and villages through them."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from households import policies, procedure
from households.choices import AreaLevel, RoundKind, RoundStage, StandardPart
from households.errors import Conflict, Invalid, Refused, Words
from households.models import (
    Area,
    CommuneReview,
    PovertyStandard,
    ReviewRound,
    RoundDeadline,
    RoundStandard,
    User,
)
from households.services import audit
from households.services.constraint_messages import told_plainly

Parts = Sequence[tuple[PovertyStandard, StandardPart]]
#: The last day of each stage that has one.
Deadlines = Mapping[RoundStage, dt.date]


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
    communes: Sequence[Area] | None = None,
    deadlines: Deadlines | None = None,
) -> ReviewRound:
    """Open a round of a province under one standard, or two (closing old, opening new), for all its
    communes or for those given.

    Dates default to the law's for a periodic round (data/procedure.toml). Nothing is copied: forms
    begin with last year's answers, and who is due is read from the list (queries.due). Raises
    Refused, Invalid (parts, days or communes that do not fit), Conflict (the round exists).
    """
    if reason := policies.why_not_open_round(by, province):
        raise Refused(reason)
    _check_parts(kind, standards)
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
            covers_all_communes=communes is None,
        )
        _set_deadlines(round, deadlines or {})
        _take_in(round, communes or [])
        _set_standards(round, standards)
    return round


def _set_standards(round: ReviewRound, parts: Parts) -> None:
    RoundStandard.objects.bulk_create(
        RoundStandard(round=round, standard=standard, part=part) for standard, part in parts
    )


def _check_parts(kind: RoundKind, standards: Parts) -> None:
    parts = sorted(part for __, part in standards)
    if parts == [StandardPart.BOTH]:
        return
    if parts != [StandardPart.CLOSING, StandardPart.OPENING]:
        raise Invalid(_("A round has one standard, or one to close and another to open with."))
    if kind == RoundKind.AD_HOC:
        # Its lists count from the decision: both from the same day, which no household can have.
        raise Invalid(only_periodic_change_period())


def only_periodic_change_period() -> str:
    """Why a round has no second standard; told at its field too."""
    return _("Only a periodic review changes the period; an ad-hoc one has one standard.")


def _take_in(round: ReviewRound, communes: Sequence[Area]) -> None:
    """Communes of a round that is not for all, with their villages. Three statements."""
    if not communes:
        return
    pks = [one.pk for one in communes]
    own = Area.objects.at(AreaLevel.COMMUNE).under(round.province).filter(pk__in=pks)
    if own.on(round.as_of).count() != len(set(pks)):
        told = _("A commune is not in the province on the day of the round.")
        raise Invalid(told, fields={"communes": [told]})
    villages = Area.objects.filter(parent__in=pks, level=AreaLevel.VILLAGE).on(round.as_of)
    _begin_ways(round, pks, villages.values_list("pk", flat=True))


def _set_deadlines(round: ReviewRound, deadlines: Deadlines) -> None:
    """Instead of those it had. Each within the round, none before that of an earlier stage."""
    faults: dict[str, list[Words]] = {}
    before = round.opens_on
    for stage in RoundStage:
        day = deadlines.get(stage)
        if day is None:
            continue
        if not round.opens_on <= day <= round.closes_on:
            faults[f"due_{stage}"] = [_("This day is not within the round.")]
        elif day < before:
            faults[f"due_{stage}"] = [_("An earlier stage ends after this day.")]
        before = max(before, day)
    if faults:
        raise Invalid(_("The last days do not fit together."), fields=faults)
    RoundDeadline.objects.filter(round=round).exclude(stage__in=list(deadlines)).delete()
    for stage, day in deadlines.items():
        RoundDeadline.objects.update_or_create(round=round, stage=stage, defaults={"due_on": day})


def change_terms(
    *,
    round: ReviewRound,
    closes_on: dt.date,
    deadlines: Deadlines,
    reason: str,
    by: User,
    more_communes: Sequence[Area] = (),
) -> None:
    """Another last day, other last days of stages, further communes of a round that is not for all;
    with a written reason. Raises Refused, Invalid, Conflict (the round is closed)."""
    if why_not := policies.why_not_open_round(by, round.province):
        raise Refused(why_not)
    if not reason.strip():
        told = _("Write the reason.")
        raise Invalid(told, fields={"reason": [told]})
    if closes_on < round.opens_on:
        told = _("The round closes before it opens.")
        raise Invalid(told, fields={"closes_on": [told]})
    with audit.act(
        by=by, verb="round.change_terms", area=round.province, subject=round, reason=reason
    ):
        found = ReviewRound.objects.select_for_update().get(pk=round.pk)
        if found.is_closed:
            raise Conflict(_("The round is closed already."))
        found.closes_on = closes_on
        found.save(update_fields=["closes_on"])
        _set_deadlines(found, deadlines)
        if not found.covers_all_communes:
            _take_in(found, more_communes)
    round.closes_on = closes_on


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
    return [one.standard for one in _closing_first(round.parts.all())]


def standards_of(found: Collection[ReviewRound]) -> dict[int, list[PovertyStandard]]:
    """As `scored_under`, of each of many rounds by its key. One query."""
    parts = RoundStandard.objects.filter(round__in=found)
    by_round: dict[int, list[PovertyStandard]] = {one.pk: [] for one in found}
    for one in _closing_first(parts):
        by_round[one.round_id].append(one.standard)
    return by_round


def _closing_first(parts: QuerySet[RoundStandard]) -> list[RoundStandard]:
    found = parts.select_related("standard").defer("standard__document")
    return sorted(found, key=lambda one: one.part != StandardPart.CLOSING)


def start_ways(
    *, round: ReviewRound, commune_ids: Iterable[int], village_ids: Iterable[int]
) -> None:
    """Begin the ways of communes and villages where they are not begun yet. Two statements, one
    more where the round is not for all; to be called inside an act. Raises Refused for a commune
    that the round is not for."""
    wanted = set(commune_ids)
    if not round.covers_all_communes:
        inside = CommuneReview.objects.filter(round=round, commune__in=wanted)
        if inside.count() != len(wanted):
            raise Refused(_("This commune is not in the round %(round)s.") % {"round": round.key})
    _begin_ways(round, wanted, village_ids)


def _begin_ways(round: ReviewRound, commune_ids: Iterable[int], village_ids: Iterable[int]) -> None:
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
