"""Sheets that come back from the receiver of a layout: kept, read by a job, looked at, then their
answers count; taken back, they count no more.

Each run of the job holds a lock of the database session (services.job_locks) and writes all rows of
a sheet or none, so a killed worker's sheet is read anew, once.
"""

import datetime as dt
import shutil
from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from hashlib import sha256
from typing import Any, Final, Protocol

from celery import signature
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from households import clock, policies
from households.choices.returns import READING_STATES, ReturnState
from households.errors import Conflict, DomainError, Invalid, Refused, Words
from households.exchange import layout_fields, returned_sheet
from households.models import (
    Area,
    LayoutAnswer,
    LayoutReturn,
    OutputLayout,
    ReturnedDifference,
    ReturnedRow,
    User,
)
from households.models.layout_returns import HERE
from households.services import audit, job_locks, returned_rows

MOST_BYTES: Final = 200_000_000
_SENT: Final = "sent"
_LONGEST_RECEIVER: Final = 120
_KEPT_FOR: Final = timedelta(days=30)


class Sent(Protocol):
    """A file that came."""

    name: str | None
    size: int | None

    def chunks(self) -> Iterable[bytes]: ...


def receive(
    *,
    layout: OutputLayout,
    area: Area,
    file: Sent,
    receiver: str,
    returned_on: dt.date,
    by: User,
) -> LayoutReturn:
    """Keep the sheet that came back for an area; a job reads it. The very file that is here already
    is not taken twice: what became of it is given. Raises Refused, Invalid (sent, receiver,
    returned_on, or the layout has no key)."""
    if reason := policies.why_not_read_back(by, area):
        raise Refused(reason)
    receiver = _checked(layout, file, receiver, returned_on)
    hashed = sha256()
    for chunk in file.chunks():
        hashed.update(chunk)
    with audit.act(by=by, verb="layout.return.receive", area=area, subject=layout):
        OutputLayout.objects.select_for_update().get(pk=layout.pk)
        known = LayoutReturn.objects.filter(
            layout=layout, area=area, file_hash=hashed.hexdigest(), state__in=HERE
        )
        if here := known.first():
            return here
        made = LayoutReturn.objects.create(
            layout=layout, area=area, receiver=receiver, returned_on=returned_on, sent_by=by,
            file_name=(file.name or "")[:200], file_hash=hashed.hexdigest(),
            columns=layout.columns,
        )  # fmt: skip
        made.folder.mkdir(parents=True, mode=0o700)
        with (made.folder / _SENT).open("wb") as stream:
            for chunk in file.chunks():
                stream.write(chunk)
        transaction.on_commit(partial(_fire, made.pk))
    return made


def _checked(layout: OutputLayout, file: Sent, receiver: str, returned_on: dt.date) -> str:
    """The receiver's name, tidied. Raises Invalid."""
    if reason := returned_sheet.why_cannot_return(layout_fields.columns_of(layout.columns)):
        raise Invalid(reason)
    receiver = " ".join(receiver.replace("\x00", "").split())
    faults: dict[str, list[Words]] = {}
    if (file.size or 0) > MOST_BYTES:
        faults["sent"] = [_("A file is larger than 200 MB.")]
    if not receiver:
        faults["receiver"] = [_("Write who sent it back.")]
    elif len(receiver) > _LONGEST_RECEIVER:
        faults["receiver"] = [_("The name is too long.")]
    if returned_on > clock.today():
        faults["returned_on"] = [_("This day has not come yet.")]
    if faults:
        raise Invalid(next(iter(faults.values()))[0], fields=faults)
    return receiver


def _fire(pk: int) -> None:
    signature("households.read_return", args=[pk]).delay()


def keep(*, returned: LayoutReturn, by: User) -> None:
    """From now on its answers count and its differences are settled one by one. Raises Refused,
    Conflict (it stands elsewhere)."""
    _become(returned, "layout.return.keep", (ReturnState.CHECKED,), ReturnState.KEPT, by)


def take_back(*, returned: LayoutReturn, by: User) -> None:
    """Its answers count no more; its rows stay on record, and what somebody corrected by it was an
    act of his own. Raises Refused, Conflict."""
    states = (ReturnState.CHECKED, ReturnState.KEPT, ReturnState.FAILED)
    _become(returned, "layout.return.take_back", states, ReturnState.TAKEN_BACK, by)
    transaction.on_commit(partial(shutil.rmtree, returned.folder, ignore_errors=True))


def read_again(*, returned: LayoutReturn, by: User) -> None:
    """Match it anew, after the register was put right. Raises Refused, Conflict (kept already, or
    its file is gone)."""
    if not (returned.folder / _SENT).exists():
        raise Conflict(_("The file is gone after thirty days; send it again."))
    states = (ReturnState.CHECKED, ReturnState.FAILED)
    _become(returned, "layout.return.read_again", states, ReturnState.TO_READ, by)
    transaction.on_commit(partial(_fire, returned.pk))


@transaction.atomic
def _become(
    returned: LayoutReturn,
    verb: str,
    states: tuple[ReturnState, ...],
    state: ReturnState,
    by: User,
) -> None:
    if reason := policies.why_not_read_back(by, returned.area):
        raise Refused(reason)
    with audit.act(by=by, verb=verb, area=returned.area, subject=returned):
        found = LayoutReturn.objects.select_for_update().get(pk=returned.pk)
        if found.state not in states:
            raise Conflict(_("The sheet stands elsewhere now: %(state)s.") % {
                "state": ReturnState(found.state).label
            })  # fmt: skip
        _set(returned, state)


def _set(returned: LayoutReturn, state: ReturnState, **values: Any) -> None:
    given = {"state": state, **values}
    LayoutReturn.objects.filter(pk=returned.pk).update(**given, changed_at=Now())
    for name, value in given.items():
        setattr(returned, name, value)


def run(*, return_id: int) -> str:
    """Read what waits to be read; gives the state it ends in. Repeating it does no harm."""
    with job_locks.held(job_locks.RETURNS, return_id) as is_mine:
        joined = LayoutReturn.objects.select_related("sent_by", "layout__province", "area")
        returned = joined.get(pk=return_id)
        if not is_mine or returned.state not in READING_STATES:
            return str(returned.state)
        _set(returned, ReturnState.READING)
        try:
            with audit.act(
                by=returned.sent_by, verb="layout.return.read", area=returned.area, subject=returned
            ):
                _forget_rows(returned)
                read = returned_rows.read(returned, returned.folder / _SENT)
                _set(returned, ReturnState.CHECKED, failure="", **read)
        except (DomainError, OSError) as fault:
            reason = str(getattr(fault, "message", fault))
            _set(returned, ReturnState.FAILED, failure=reason)
        return str(returned.state)


def _forget_rows(returned: LayoutReturn) -> None:
    """Of an earlier reading, on which nothing rests yet."""
    ReturnedDifference.objects.filter(row__returned=returned).delete()
    LayoutAnswer.objects.filter(row__returned=returned).delete()
    ReturnedRow.objects.filter(returned=returned).delete()


def sweep() -> int:
    """Fire again what nobody took up within a minute; files of old sheets go, their rows stay.
    Gives how many were fired."""
    now = timezone.now()
    waiting = LayoutReturn.objects.filter(
        state__in=READING_STATES, changed_at__lt=now - timedelta(minutes=1)
    )
    fired = list(waiting.values_list("pk", flat=True))
    for pk in fired:
        _fire(pk)
    old = LayoutReturn.objects.exclude(state__in=READING_STATES)
    for one in old.filter(changed_at__lt=now - _KEPT_FOR):
        shutil.rmtree(one.folder, ignore_errors=True)
    return len(fired)
