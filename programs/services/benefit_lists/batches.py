"""Lists of support as they come: kept, checked by a job, recorded once, taken back.

Each run of the job holds a lock of the database session (households.services.job_locks): a second
worker finds it taken, a killed one lets it go. What it records and the state that says so are one
transaction, so a run that is begun anew records nothing twice.
"""

import datetime as dt
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from hashlib import sha256
from typing import Any, Final, Protocol

from celery import signature
from django.core.cache import cache
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from households import clock
from households.errors import Conflict, DomainError, Invalid, Refused, Words
from households.models import Area, User
from households.services import audit, job_locks
from programs.choices import FundingLine
from programs.choices.benefit_lists import HERE, UNDER_WAY, ListState
from programs.models import BenefitList, Programme
from programs.policies.benefit_lists import why_not_take_in_list
from programs.services.benefit_lists import reading, writing

MOST_BYTES: Final = 200_000_000
_OLDEST_YEAR: Final = 2000
_LOCK: Final = 7_356
_SENT: Final = "sent"
_KEPT_FOR: Final = timedelta(days=30)


class Sent(Protocol):
    """A file that came."""

    @property
    def name(self) -> str | None: ...

    @property
    def size(self) -> int | None: ...

    def chunks(self) -> Iterable[bytes]: ...


@dataclass(frozen=True)
class ListFacts:
    """What is known beside the sheet: one programme, one calendar year, of whom and of which day.
    `takes_outside`: whom the register does not know is recorded as a person outside of it."""

    programme: Programme
    area: Area
    year: int
    sender: str
    listed_on: dt.date
    number: str = ""
    funding: str = ""
    takes_outside: bool = False


def receive(*, facts: ListFacts, file: Sent, by: User) -> BenefitList:
    """Keep a list; a job checks it. The very file that is here already for the programme, year and
    area is not taken twice: what became of it is given. Raises Refused, Invalid with the fields."""
    if reason := why_not_take_in_list(by, facts.area):
        raise Refused(reason)
    facts_checked(facts, file)
    hashed = sha256()
    for chunk in file.chunks():
        hashed.update(chunk)
    with audit.act(
        by=by, verb="benefits.receive_list", area=facts.area, subject=facts.programme,
        details={"year": facts.year},
    ):  # fmt: skip
        Programme.objects.select_for_update(no_key=True).get(pk=facts.programme.pk)
        here = BenefitList.objects.filter(
            programme=facts.programme, area=facts.area, year=facts.year,
            file_hash=hashed.hexdigest(), state__in=HERE,
        ).first()  # fmt: skip
        if here:
            return here
        made = BenefitList.objects.create(
            programme=facts.programme, area=facts.area, year=facts.year,
            sender=" ".join(facts.sender.split()), listed_on=facts.listed_on,
            number=facts.number.strip(), funding=facts.funding,
            takes_outside=facts.takes_outside, sent_by=by,
            file_name=(file.name or "")[:200], file_hash=hashed.hexdigest(),
        )  # fmt: skip
        made.folder.mkdir(parents=True, mode=0o700)
        with (made.folder / _SENT).open("wb") as stream:
            for chunk in file.chunks():
                stream.write(chunk)
        transaction.on_commit(partial(_fire, made.pk))
    return made


def facts_checked(facts: ListFacts, file: Sent | None = None) -> None:
    """Raises Invalid where what is typed cannot be."""
    faults: dict[str, list[Words]] = {}
    if file is not None and (file.size or 0) > MOST_BYTES:
        faults["sent"] = [_("A file is larger than 200 MB.")]
    if not facts.sender.strip():
        faults["sender"] = [_("Write from whom the list is.")]
    if facts.listed_on > clock.today():
        faults["listed_on"] = [_("This day is still to come.")]
    if not _OLDEST_YEAR <= facts.year <= clock.today().year:
        faults["year"] = [_("Lists are of a year between 2000 and today.")]
    if facts.funding and facts.funding not in FundingLine.values:
        faults["funding"] = [_("This code does not exist.")]
    if faults:
        raise Invalid(next(iter(faults.values()))[0], fields=faults)


def _fire(pk: int) -> None:
    signature("programs.run_benefit_list", args=[pk]).delay()


def confirm(*, listed: BenefitList, by: User, good_only: bool = False) -> None:
    """Have it recorded; with `good_only` without the rows in error, which stay to be settled.
    Raises Refused, Conflict (it stands elsewhere), Invalid (rows in error; nothing to record)."""
    verb = "benefits.confirm_good_rows" if good_only else "benefits.confirm_list"
    with _asked(listed, by, verb, ListState.CHECKED) as found:
        if found.counts.get("in_error") and not good_only:
            raise Invalid(_("Correct the rows in error, or record the good rows only."))
        if not found.counts.get("times"):
            raise Invalid(_("There is nothing new to record."))
        _become(found, ListState.TO_WRITE, good_only=good_only, failure="")


def ask_to_undo(*, listed: BenefitList, by: User) -> None:
    """Have it taken back. Raises Refused, Conflict."""
    with _asked(listed, by, "benefits.ask_to_undo", ListState.WRITTEN) as found:
        _become(found, ListState.TO_UNDO, failure="")


def check_again(*, listed: BenefitList, by: User, takes_outside: bool | None = None) -> None:
    """Read it anew, with the columns chosen and the register as it is now. Raises Refused,
    Conflict."""
    states = (ListState.CHECKED, ListState.FAILED)
    with _asked(listed, by, "benefits.check_again", *states) as found:
        if not (found.folder / _SENT).exists():
            raise Conflict(_("The file is gone after thirty days; send it again."))
        given = found.takes_outside if takes_outside is None else takes_outside
        _become(found, ListState.TO_READ, failure="", takes_outside=given)


@contextmanager
def _asked(listed: BenefitList, by: User, verb: str, *states: ListState) -> Iterator[BenefitList]:
    """The list locked in one of these states, in an act; then a job takes it up."""
    check_own(listed, by)
    with audit.act(by=by, verb=verb, area=listed.area, subject=listed):
        found = BenefitList.objects.select_for_update(of=("self",)).get(pk=listed.pk)
        if found.state not in states:
            raise Conflict(_("The list stands elsewhere now: %(state)s.") % {
                "state": ListState(found.state).label
            })  # fmt: skip
        yield found
        transaction.on_commit(partial(_fire, found.pk))


def discard(*, listed: BenefitList, by: User) -> None:
    """Throw it away; nothing of it was recorded. Raises Refused, Conflict."""
    check_own(listed, by)
    with audit.act(by=by, verb="benefits.discard_list", area=listed.area, subject=listed):
        done = BenefitList.objects.filter(
            pk=listed.pk, state__in=[ListState.CHECKED, ListState.FAILED]
        ).update(state=ListState.DISCARDED, changed_at=Now())
        if not done:
            raise Conflict(_("It is being worked on, or recorded already."))
        listed.rows.all().delete()
        transaction.on_commit(partial(shutil.rmtree, listed.folder, ignore_errors=True))


def check_own(listed: BenefitList, by: User) -> None:
    """Raises Refused: only who sent a list has it recorded or taken back."""
    if listed.sent_by_id != by.pk:
        raise Refused(_("Only who sent the list has it recorded or taken back."))
    if reason := why_not_take_in_list(by, listed.area):
        raise Refused(reason)


def run(*, list_id: int) -> str:
    """Check, record or take back what waits; gives the state it ends in. Repeating it does no
    harm."""
    with job_locks.held(_LOCK, list_id) as is_mine:
        joined = BenefitList.objects.select_related("sent_by", "programme", "area__parent__parent")
        listed = joined.get(pk=list_id)
        if not is_mine or listed.state not in UNDER_WAY:
            return str(listed.state)
        work = _WORK[ListState(listed.state)]
        if listed.state in _MEANWHILE:
            _become(listed, _MEANWHILE[ListState(listed.state)])
        try:
            work(listed)
        except (DomainError, OSError) as fault:
            reason = str(getattr(fault, "message", fault))
            is_undo = listed.state == ListState.TO_UNDO
            _become(listed, ListState.WRITTEN if is_undo else ListState.FAILED, failure=reason)
        return str(listed.state)


def read_now(listed: BenefitList, *, commit: bool) -> None:
    """One run over the file, in an act. Raises as reading.read; then nothing is written."""
    verb = "benefits.import_list" if commit else "benefits.check_list"
    with audit.act(
        by=listed.sent_by, verb=verb, area=listed.area, subject=listed,
        details={"programme": listed.programme.code, "year": listed.year},
    ) as event:  # fmt: skip
        read = reading.read(
            listed, listed.folder / _SENT, commit=commit, tell=partial(_tell_rows, listed)
        )
        is_recorded = read.pop("recorded")
        _become(
            listed, ListState.WRITTEN if is_recorded else ListState.CHECKED, failure="",
            written_act=event.pk if is_recorded else None, **read,
        )  # fmt: skip


def _check(listed: BenefitList) -> None:
    read_now(listed, commit=False)


def _write(listed: BenefitList) -> None:
    read_now(listed, commit=True)


def _undo(listed: BenefitList) -> None:
    with transaction.atomic():
        writing.take_back(listed)
        _become(listed, ListState.UNDONE)


_WORK: Final[dict[ListState, Callable[[BenefitList], None]]] = {
    ListState.TO_READ: _check,
    ListState.READING: _check,
    ListState.TO_WRITE: _write,
    ListState.WRITING: _write,
    ListState.TO_UNDO: _undo,
}
_MEANWHILE: Final = {ListState.TO_READ: ListState.READING, ListState.TO_WRITE: ListState.WRITING}


def _tell_rows(listed: BenefitList, rows: int) -> None:
    cache.set(f"benefit-list-{listed.pk}", rows, timeout=600)


def rows_read(listed: BenefitList) -> int:
    """How far a run has come; 0 where nobody knows."""
    return int(cache.get(f"benefit-list-{listed.pk}") or 0)


def _become(listed: BenefitList, state: ListState, **values: Any) -> None:
    given = {"state": state, **values}
    BenefitList.objects.filter(pk=listed.pk).update(**given, changed_at=Now())
    for name, value in given.items():
        setattr(listed, name, value)


def sweep() -> int:
    """Fire again what nobody took up within a minute; files of old lists go, their rows stay. Gives
    how many were fired."""
    now = timezone.now()
    waiting = BenefitList.objects.filter(
        state__in=UNDER_WAY, changed_at__lt=now - timedelta(minutes=1)
    )
    fired = list(waiting.values_list("pk", flat=True))
    for pk in fired:
        _fire(pk)
    old = BenefitList.objects.exclude(state__in=UNDER_WAY)
    for one in old.filter(changed_at__lt=now - _KEPT_FOR):
        shutil.rmtree(one.folder, ignore_errors=True)
    return len(fired)
