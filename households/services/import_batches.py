"""Files of a review imported in the browser: kept, checked by a job, looked at, written once.

Each run of the job holds a lock of the database session: a second worker finds it taken, and a
killed one lets it go, so a run that is begun and not locked is taken up again.
"""

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Protocol

from celery import signature
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from households import policies
from households.choices.importing import UNDER_WAY, ImportKind, ImportState
from households.errors import Conflict, DomainError, Invalid, Refused
from households.models import ImportBatch, User
from households.services import audit, import_files, import_notes, job_locks
from households.services.imports import ImportResult, import_review, undoing
from households.services.taking_over import batch_work

MOST_BYTES = 200_000_000
#: How often the rest is tried, when good rows turn out wrong without those that are left out.
_MOST_TRIES = 5
_KEPT_FOR = timedelta(days=30)


class Sent(Protocol):
    """A file that came."""

    name: str | None
    size: int | None

    def chunks(self) -> Iterable[bytes]: ...


def receive(
    *,
    files: Sequence[Sent],
    by: User,
    kind: ImportKind = ImportKind.REVIEW,
    beside: Callable[[ImportBatch], None] = lambda batch: None,
) -> ImportBatch:
    """Keep a workbook, or the files of households and of members in any order, and what is known
    `beside` them; a job checks them. Raises Refused, Invalid."""
    if reason := policies.why_not_import_anywhere(by):
        raise Refused(reason)
    if not 1 <= len(files) <= len(import_files.SENT):
        raise Invalid(_("Send one workbook, or the files of households and of members."))
    if any((one.size or 0) > MOST_BYTES for one in files):
        raise Invalid(_("A file is larger than 200 MB."))
    ordered = sorted(files, key=lambda one: "member" in (one.name or "").lower())
    with audit.act(by=by, verb="import.receive", details={"files": len(files)}):
        batch = ImportBatch.objects.create(
            sent_by=by,
            kind=kind,
            household_file=(ordered[0].name or "")[:200],
            member_file=(ordered[1].name or "")[:200] if len(ordered) > 1 else "",
        )
        batch.folder.mkdir(parents=True, mode=0o700)
        for one, name in zip(ordered, import_files.SENT, strict=False):
            with (batch.folder / name).open("wb") as stream:
                for chunk in one.chunks():
                    stream.write(chunk)
        beside(batch)
        transaction.on_commit(partial(_fire, batch.pk))
    return batch


def _fire(pk: int) -> None:
    signature("households.run_import", args=[pk]).delay()


def confirm(*, batch: ImportBatch, by: User) -> None:
    """Have the checked files written. Raises Refused (not one's own), Invalid (rows in error),
    Conflict (asked for already)."""
    with _asked(batch, by, "import.confirm", ImportState.CHECKED) as found:
        if found.errors:
            raise Invalid(_("Correct the rows in error and send the files again."))
        if found.kind == ImportKind.LIST:
            batch_work.check_totals(found)
        _become(found, ImportState.TO_WRITE)


def confirm_good_rows(*, batch: ImportBatch, by: User) -> None:
    """Have the households without an error written; the others are left out whole. Raises as
    confirm, and Invalid where the files themselves are at fault."""
    with _asked(batch, by, "import.confirm_good_rows", ImportState.CHECKED) as found:
        if found.left_out is None:
            raise Invalid(_("What is wrong is not about single households."))
        _become(found, ImportState.TO_WRITE)


def ask_to_undo(*, batch: ImportBatch, by: User) -> None:
    """Have the written import taken back. Raises Refused, Conflict (not written, or asked for)."""
    with _asked(batch, by, "import.ask_to_undo", ImportState.WRITTEN) as found:
        if found.written_act is None:
            raise Conflict(_("It changed nothing; there is nothing to undo."))
        _become(found, ImportState.TO_UNDO, failure="")


def check_again(*, batch: ImportBatch, by: User) -> None:
    """Read the files anew, with the columns that were chosen. Raises Refused, Conflict."""
    states = (ImportState.CHECKED, ImportState.FAILED)
    with _asked(batch, by, "import.check_again", *states) as found:
        _become(found, ImportState.TO_CHECK, failure="")


@contextmanager
def _asked(batch: ImportBatch, by: User, verb: str, *states: ImportState) -> Iterator[ImportBatch]:
    """The batch locked in one of these states, in an act; then a job takes it up."""
    _check_own(batch, by)
    with audit.act(by=by, verb=verb, subject=batch):
        found = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if found.state not in states:
            raise Conflict(_("It stands elsewhere now: %(state)s.") % {
                "state": ImportState(found.state).label
            })  # fmt: skip
        yield found
        transaction.on_commit(partial(_fire, found.pk))


def discard(*, batch: ImportBatch, by: User) -> None:
    """Throw the files away. Raises Refused, Conflict (being worked on, or written)."""
    _check_own(batch, by)
    with audit.act(by=by, verb="import.discard", subject=batch):
        done = ImportBatch.objects.filter(
            pk=batch.pk, state__in=[ImportState.CHECKED, ImportState.FAILED]
        ).update(state=ImportState.DISCARDED, changed_at=Now())
        if not done:
            raise Conflict(_("It is being worked on, or written already."))
        transaction.on_commit(partial(shutil.rmtree, batch.folder, ignore_errors=True))


def _check_own(batch: ImportBatch, by: User) -> None:
    if batch.sent_by_id != by.pk:
        raise Refused(_("Only who sent the files has them written."))
    if reason := policies.why_not_import_anywhere(by):
        raise Refused(reason)


def run(*, batch_id: int) -> str:
    """Check or write what waits; gives the state it ends in. Repeating it does no harm: what is
    written once is unchanged the second time, and a state that waits for nobody stays."""
    with job_locks.held(job_locks.IMPORTS, batch_id) as is_mine:
        batch = ImportBatch.objects.select_related("sent_by").get(pk=batch_id)
        if not is_mine or batch.state not in UNDER_WAY:
            return str(batch.state)
        work = _WORK[ImportState(batch.state)]
        if batch.state in _MEANWHILE:
            _become(batch, _MEANWHILE[ImportState(batch.state)])
        try:
            work(batch)
        except (DomainError, OSError) as fault:
            reason = str(getattr(fault, "message", fault))
            is_undo = batch.state == ImportState.TO_UNDO
            _become(batch, ImportState.WRITTEN if is_undo else ImportState.FAILED, failure=reason)
        return str(batch.state)


def _check(batch: ImportBatch) -> None:
    _keep(batch, _imported(batch, commit=False), ImportState.CHECKED)


def _write(batch: ImportBatch) -> None:
    """The rows and the state that says so, together or not at all. Where only the good rows are
    wanted, what turns out wrong once the others are gone is left out as well."""
    without: set[str] = set()
    for _time in range(_MOST_TRIES):
        with transaction.atomic():
            result = _imported(batch, commit=True, without=without)
            if result.committed:
                _keep(batch, result, ImportState.WRITTEN, left_out=len(without))
                return
        if batch.left_out is None or not result.in_error:
            break
        without |= set(result.in_error)
    _keep(batch, result, ImportState.CHECKED)


def _undo(batch: ImportBatch) -> None:
    assert batch.written_act is not None
    with transaction.atomic():
        undoing.undo(act_id=batch.written_act, by=batch.sent_by)
        _become(batch, ImportState.UNDONE)


_Work = Callable[[ImportBatch], None]
_WORK: dict[ImportState, _Work] = {
    ImportState.TO_CHECK: _check,
    ImportState.CHECKING: _check,
    ImportState.TO_WRITE: _write,
    ImportState.WRITING: _write,
    ImportState.TO_UNDO: _undo,
}
_MEANWHILE = {
    ImportState.TO_CHECK: ImportState.CHECKING,
    ImportState.TO_WRITE: ImportState.WRITING,
}


def _imported(batch: ImportBatch, *, commit: bool, without: Collection[str] = ()) -> ImportResult:
    if batch.kind == ImportKind.LIST:
        return batch_work.taken_over(batch, commit=commit)
    if commit:
        households, members = (batch.folder / name for name in import_files.READ.values())
    else:
        households, members = import_files.prepare(batch)
    return import_review(
        households_path=households,
        members_path=members,
        commit=commit,
        by=batch.sent_by,
        without=without,
    )


def _keep(
    batch: ImportBatch, result: ImportResult, state: ImportState, left_out: int | None = None
) -> None:
    """What the page shows, beside the files; of what was written with households left out, what was
    wrong with them stays."""
    if not left_out:
        import_notes.write(batch, result)
    _become(
        batch, state, round_key=result.round, created=result.created, updated=result.updated,
        unchanged=result.unchanged, errors=len(result.errors), warnings=len(result.warnings),
        left_out=left_out if result.in_error is None else len(result.in_error),
        written_act=result.act_id,
    )  # fmt: skip


def _become(batch: ImportBatch, state: ImportState, **values: object) -> None:
    given = {"state": state, **values}
    ImportBatch.objects.filter(pk=batch.pk).update(**given, changed_at=Now())
    for name, value in given.items():
        setattr(batch, name, value)


def sweep() -> int:
    """Fire again what nobody took up within a minute (whose message was lost, or whose worker
    died); files of old batches go. Gives how many were fired."""
    now = timezone.now()
    waiting = ImportBatch.objects.filter(
        state__in=UNDER_WAY, changed_at__lt=now - timedelta(minutes=1)
    )
    fired = list(waiting.values_list("pk", flat=True))
    for pk in fired:
        _fire(pk)
    for old in ImportBatch.objects.exclude(state__in=UNDER_WAY).filter(
        changed_at__lt=now - _KEPT_FOR
    ):
        shutil.rmtree(old.folder, ignore_errors=True)
    return len(fired)
