"""Asking for reports, and making them one area after the other.

A worker holds a lock of its database session on the part it makes (services.job_locks); the edition
and the word that it is made are written in one transaction. A killed worker leaves a part as it was
before; so does a database or a store of kept answers that goes away. The broker, or the sweep, has
it made again.
"""

import datetime as dt
import json
import logging
import time
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any, Final

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models.functions import Now
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from redis import exceptions as store

from households.choices import AreaLevel
from households.errors import Conflict, DomainError, Refused
from households.models import Area, ReviewRound, User
from households.services import audit, job_locks, rounds
from reports import definitions
from reports.choices import TO_MAKE, FigureStatus, FileForm, FileVersion, OrderWhat, PartState
from reports.definitions import ReportDefinition
from reports.definitions.definition import ReportKind
from reports.models import Edition, ReportOrder, ReportPart
from reports.policies.editions import why_not_order_reports, why_not_read_names
from reports.services import edition_files, editions, order_firing
from reports.services.contents import Asked
from reports.services.editions import ChangedMeanwhile

#: What can be told by the units of any day; results of programmes are of the year's own.
BY_UNITS: Final = (ReportKind.TABLE, ReportKind.NAMES)
_TRIES: Final = 3
_DEPTH: Final = {AreaLevel.COMMUNE: 0, AreaLevel.DISTRICT: 1, AreaLevel.PROVINCE: 2}
#: After that a job of an area lets others come first.
_TURN_SECONDS: Final = 30.0
#: What nothing can be said of but that it has to be done again.
_STORE_AWAY: Final = (store.ConnectionError, store.TimeoutError)
_AWAY: Final = (OperationalError, InterfaceError, *_STORE_AWAY)
_log = logging.getLogger(__name__)


class ServerAway(Exception):
    """The database or the store of kept answers does not answer, or not in this session any more.
    What was made before is made."""


def order(
    *,
    what: OrderWhat,
    area: Area,
    round: ReviewRound,
    status: FigureStatus,
    reports: Sequence[str] = (),
    forms: Sequence[str] = (),
    reason: str = "",
    areas_on: dt.date | None = None,
    is_scheduled: bool = False,
    by: User,
) -> ReportOrder:
    """Have reports made as the register is now; without `reports` all that the round has and `by`
    may see. With `areas_on` by the units of that day. With `is_scheduled` the clock orders, whose
    `by` has no area. The same order that is under way already is given instead. Work begins at
    commit.

    Raises Refused (no right in the area, or to names), DomainError (no such report), Conflict (the
    round has nothing to report). Cost: ten small statements.
    """
    if not is_scheduled and (refusal := why_not_order_reports(by, area)):
        raise Refused(refusal)
    on = areas_on if areas_on != round.as_of else None
    wanted = _wanted(area, round, reports, None if is_scheduled else by, on)
    day = on.isoformat() if on else None
    told = json.dumps([what, area.pk, round.pk, status, wanted, sorted(forms), reason.strip(), day])
    key = sha256(told.encode()).hexdigest()
    details = {"what": what, "round": round.key, "status": status, "reports": wanted}
    with audit.act(by=by, verb="reports.order", area=area, subject=round, details=details):
        ReviewRound.objects.select_for_update(no_key=True).get(pk=round.pk)
        if under_way := ReportOrder.objects.filter(key=key, ended_at__isnull=True).first():
            return under_way
        made = ReportOrder.objects.create(
            what=what, area=area, round=round, status=status, reports=wanted, forms=list(forms),
            reason=reason.strip(), key=key, cut_off_at=timezone.now(), is_scheduled=is_scheduled,
            asked_by=by, areas_on=on,
        )  # fmt: skip
        areas = _areas(what, area, on or round.as_of)
        _add_parts(made, areas, wanted)
        order_firing.fire_at_commit(made, [one.pk for one in areas])
    return made


def _wanted(
    area: Area,
    round: ReviewRound,
    reports: Sequence[str],
    by: User | None,
    on: dt.date | None,
) -> list[str]:
    """Codes. `by` None: of the clock, which makes all; who may not read names does not later."""
    named = [definitions.named(code) for code in reports]
    no_names = why_not_read_names(by, area) if by else None
    if no_names and any(one.has_names for one in named):
        raise Refused(no_names)
    if on and (fixed := next((one for one in named if one.kind not in BY_UNITS), None)):
        raise Conflict(
            _("%(report)s is made by the units of the round's own day only.")
            % {"report": fixed.code}
        )
    offered = named or [one for one in offered_for(round, on) if not (one.has_names and no_names)]
    if not offered:
        raise Conflict(_("There is no report of the round %(round)s.") % {"round": round.key})
    return [one.code for one in offered]


def offered_for(round: ReviewRound, on: dt.date | None = None) -> list[ReportDefinition]:
    """The reports of a round of this kind, in the order of the catalogue; those that can be made by
    the units of another day, where one is given."""
    kind = round.kind.lower()
    found = [one for one in definitions.all_reports().values() if kind in one.rounds]
    return [one for one in found if one.kind in BY_UNITS] if on else found


def _areas(what: OrderWhat, area: Area, on: dt.date) -> list[Area]:
    """Communes first, so that districts and the province join what is there. One query."""
    if what != OrderWhat.YEAR:
        return [area]
    inside = Area.objects.on(on).real().filter(level__in=_DEPTH)
    found = inside.under_any([area.inner_path]) | inside.filter(pk=area.pk)
    return sorted(found, key=lambda one: (_DEPTH[AreaLevel(one.level)], one.code, one.name))


def _add_parts(made: ReportOrder, areas: Iterable[Area], reports: Sequence[str]) -> None:
    standards = rounds.scored_under(made.round)
    wanted = [(a, s, report) for a in areas for s in standards for report in reports]
    ReportPart.objects.bulk_create(
        ReportPart(order=made, report=report, area=a, standard=standard, position=at)
        for at, (a, standard, report) in enumerate(wanted)
    )


def make_area(*, order_id: int, area_id: int) -> int:
    """Make what is left to make of one area of an order; gives how many parts were dealt with.
    Where it takes long it fires itself for the rest. Repeating it does no harm. Raises ServerAway:
    it is to be called again."""
    try:
        return _make_area(order_id, area_id)
    except _AWAY as fault:
        raise ServerAway(str(fault)) from fault


def _make_area(order_id: int, area_id: int) -> int:
    done, ends_at = 0, time.monotonic() + _TURN_SECONDS
    asked_for: dict[int, Asked] = {}
    waiting = ReportPart.objects.filter(order=order_id, area=area_id, state__in=sorted(TO_MAKE))
    for pk in waiting.order_by("position").values_list("pk", flat=True):
        with job_locks.held(job_locks.REPORTS, pk) as is_mine:
            if is_mine:
                done += _make_part(pk, asked_for)
        if time.monotonic() > ends_at:
            order_firing.fire(order_id, [area_id])
            break
    order_firing.end(order_id)
    return done


def _make_part(pk: int, asked_for: dict[int, Asked]) -> bool:
    part = ReportPart.objects.select_related(
        "order__round__province", "order__asked_by", "area", "standard"
    ).get(pk=pk)
    if part.state not in TO_MAKE:
        return False
    if part.order.cancelled_by_id:
        _become(part, PartState.CANCELLED)
        return True
    if not _begin(part):
        return True
    try:
        _make(part, asked_for)
    except DomainError as fault:
        _become(part, PartState.FAILED, failure=str(fault.message))
    except Exception as fault:  # one report that cannot be made does not sink the others
        if isinstance(fault, _STORE_AWAY):  # the worker lives: it was no attempt
            _become(part, PartState.MAKING, attempts=part.attempts - 1)
        if isinstance(fault, _AWAY) and not _is_mine_still(fault):
            raise
        _log.exception("report part %s", pk)
        _become(part, PartState.FAILED, failure=_("A fault of povreg; it is in the server's log."))
    return True


def _begin(part: ReportPart) -> bool:
    """Whether it is made now. Counted before it is begun: what ends the worker says nothing."""
    if part.attempts < settings.REPORT_ATTEMPTS:
        _become(part, PartState.MAKING, attempts=part.attempts + 1)
        return True
    told = _(
        "It was begun %(count)s times and broken off each time, as when the server has too little"
        " memory. Tell the administrator, then have it made again."
    )
    _become(part, PartState.FAILED, failure=told % {"count": part.attempts})
    return False


def _is_mine_still(fault: Exception) -> bool:
    """Whether the session, and with it the lock on the part, outlived what the database said."""
    return isinstance(fault, OperationalError) and connection.is_usable()


def _make(part: ReportPart, asked_for: dict[int, Asked]) -> None:
    """Raises what keeps it from being made, after three tries where another one may help."""
    for tried in range(1, _TRIES + 1):
        if part.standard_id not in asked_for:
            asked_for[part.standard_id] = _asked(part)
        try:
            with transaction.atomic(), translation.override("vi"):
                _make_once(part, asked_for[part.standard_id])
            return
        except (ChangedMeanwhile, OperationalError) as fault:  # or a deadlock, or out of time
            del asked_for[part.standard_id]
            is_lost = isinstance(fault, OperationalError) and not _is_mine_still(fault)
            if is_lost or tried == _TRIES:
                raise


def _asked(part: ReportPart) -> Asked:
    told = part.order
    status = FigureStatus(told.status)
    return Asked(part.area, told.round, part.standard, status, told.cut_off_at, on=told.areas_on)


def _make_once(part: ReportPart, asked: Asked) -> None:
    definition = definitions.named(part.report)
    edition = editions.make(
        definition=definition, asked=asked, reason=part.order.reason, by=part.order.asked_by
    )
    if not definition.has_names:  # taken one by one, and a PDF of a province's takes minutes
        _prepare(edition, [form for form in part.order.forms if form in definition.forms])
    _become(part, PartState.MADE, edition=edition)


def _prepare(edition: Edition, forms: Sequence[str]) -> None:
    """A file that cannot be made says why when somebody takes it: the report itself is there."""
    for form in forms:
        try:
            with transaction.atomic():
                edition_files.kept(
                    edition=edition, form=FileForm(form), version=FileVersion.INTERNAL
                )
        except DomainError as fault:
            _log.warning("edition %s as %s: %s", edition.pk, form, fault.message)


def _become(part: ReportPart, state: PartState, **values: Any) -> None:
    given = {"state": state, **values}
    ReportPart.objects.filter(pk=part.pk).update(**given, changed_at=Now())
    for name, value in given.items():
        setattr(part, name, value)


def cancel(*, order: ReportOrder, by: User) -> None:
    """Give up what is not made yet; what is made stays. Raises Refused, Conflict (it is over)."""
    if refusal := why_not_order_reports(by, order.area):
        raise Refused(refusal)
    with audit.act(by=by, verb="reports.cancel", area=order.area, subject=order):
        running = ReportOrder.objects.filter(pk=order.pk, ended_at__isnull=True)
        if not running.update(cancelled_by=by):
            raise Conflict(_("These reports are made already."))
        waiting = order.parts.filter(state=PartState.WAITING)
        waiting.update(state=PartState.CANCELLED, changed_at=Now())
        order_firing.end(order.pk)
    order.refresh_from_db()


def retry(*, order: ReportOrder, by: User) -> int:
    """Make again what failed or was given up, and only that; gives how many parts. The figures are
    those of now. Raises Refused, Conflict (nothing is missing)."""
    if refusal := why_not_order_reports(by, order.area):
        raise Refused(refusal)
    with audit.act(by=by, verb="reports.retry", area=order.area, subject=order):
        ReportOrder.objects.select_for_update().get(pk=order.pk)
        missing = order.parts.filter(state__in=[PartState.FAILED, PartState.CANCELLED])
        areas = list(missing.order_by("position").values_list("area_id", flat=True))
        if not areas:
            raise Conflict(_("Nothing of these reports is missing."))
        missing.update(state=PartState.WAITING, failure="", attempts=0, changed_at=Now())
        ReportOrder.objects.filter(pk=order.pk).update(
            ended_at=None, cancelled_by=None, cut_off_at=timezone.now()
        )
        order_firing.fire_at_commit(order, list(dict.fromkeys(areas)))
    order.refresh_from_db()
    return len(areas)
