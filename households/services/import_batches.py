"""Files of a review imported in the browser: kept, checked by a job, looked at, written once.

Each run of the job holds a lock of the database session: a second worker finds it taken, and a
killed one lets it go, so a run that is begun and not locked is taken up again.
"""

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Protocol

from celery import signature
from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from households import policies
from households.choices.importing import UNDER_WAY, ImportState
from households.errors import Conflict, DomainError, Invalid, Refused
from households.exchange import workbooks
from households.models import ImportBatch, User
from households.services import audit
from households.services.imports import ImportResult, RowProblem, import_review

MOST_BYTES = 200_000_000
#: Problems kept for reading: the first ones; the rest is counted.
MOST_PROBLEMS = 20_000
_KEPT_FOR = timedelta(days=30)
_LOCKS = 7_301  # this module's number among advisory locks


class Sent(Protocol):
    """A file that came."""

    name: str | None
    size: int | None

    def chunks(self) -> Iterable[bytes]: ...


def receive(*, files: Sequence[Sent], by: User) -> ImportBatch:
    """Keep a workbook, or the two CSV files (in either order of sending: that of the households
    first); a job checks them. Raises Refused, Invalid."""
    if reason := policies.why_not_import_anywhere(by):
        raise Refused(reason)
    if not 1 <= len(files) <= len(_NAMES):
        raise Invalid(_("Send one workbook, or the files of households and of members."))
    if any((one.size or 0) > MOST_BYTES for one in files):
        raise Invalid(_("A file is larger than 200 MB."))
    ordered = sorted(files, key=lambda one: "member" in (one.name or "").lower())
    with audit.act(by=by, verb="import.receive", details={"files": len(files)}):
        batch = ImportBatch.objects.create(
            sent_by=by,
            household_file=(ordered[0].name or "")[:200],
            member_file=(ordered[1].name or "")[:200] if len(ordered) > 1 else "",
        )
        batch.folder.mkdir(parents=True, mode=0o700)
        for one, name in zip(ordered, _NAMES, strict=False):
            with (batch.folder / name).open("wb") as stream:
                for chunk in one.chunks():
                    stream.write(chunk)
        transaction.on_commit(partial(_fire, batch.pk))
    return batch


_NAMES = ("sent-1", "sent-2")


def _fire(pk: int) -> None:
    signature("households.run_import", args=[pk]).delay()


def confirm(*, batch: ImportBatch, by: User) -> None:
    """Have the checked files written. Raises Refused (not one's own), Invalid (rows in error),
    Conflict (asked for already)."""
    _check_own(batch, by)
    with audit.act(by=by, verb="import.confirm", subject=batch):
        found = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if found.state != ImportState.CHECKED:
            raise Conflict(_("It stands elsewhere now: %(state)s.") % {
                "state": ImportState(found.state).label
            })  # fmt: skip
        if found.errors:
            raise Invalid(_("Correct the rows in error and send the files again."))
        _become(found, ImportState.TO_WRITE)
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
    with _locked(batch_id) as is_mine:
        batch = ImportBatch.objects.select_related("sent_by").get(pk=batch_id)
        if not is_mine or batch.state not in UNDER_WAY:
            return str(batch.state)
        is_check = batch.state in (ImportState.TO_CHECK, ImportState.CHECKING)
        _become(batch, ImportState.CHECKING if is_check else ImportState.WRITING)
        try:
            _check(batch) if is_check else _write(batch)
        except (DomainError, OSError) as fault:
            reason = str(getattr(fault, "message", fault))
            _become(batch, ImportState.FAILED, failure=reason)
        return str(batch.state)


def _check(batch: ImportBatch) -> None:
    _keep(batch, _imported(batch, commit=False), ImportState.CHECKED)


def _write(batch: ImportBatch) -> None:
    """The rows and the state that says so, together or not at all."""
    with transaction.atomic():
        result = _imported(batch, commit=True)
        if result.committed:
            _keep(batch, result, ImportState.WRITTEN)
    if not result.committed:
        _keep(batch, result, ImportState.CHECKED)


def _imported(batch: ImportBatch, *, commit: bool) -> ImportResult:
    first, second = (batch.folder / name for name in _NAMES)
    if workbooks.is_workbook(first):
        households, members = workbooks.unpack(first, batch.folder)
    else:
        if not second.exists():
            raise Invalid(_("Send one workbook, or the files of households and of members."))
        households, members = _named(batch, first, second)
    return import_review(
        households_path=households, members_path=members, commit=commit, by=batch.sent_by
    )


def _named(batch: ImportBatch, first: Path, second: Path) -> tuple[Path, Path]:
    """Under names that the problems may show."""
    paths = batch.folder / "households.csv", batch.folder / "members.csv"
    for source, path in zip((first, second), paths, strict=True):
        if not path.exists():
            path.hardlink_to(source)
    return paths


def _keep(batch: ImportBatch, result: ImportResult, state: ImportState) -> None:
    with (batch.folder / "problems.jsonl").open("w", encoding="utf-8") as stream:
        for problems, kind in ((result.errors, "error"), (result.warnings, "warning")):
            for one in islice(problems, MOST_PROBLEMS):
                line = {**asdict(one), "kind": kind}
                stream.write(json.dumps(line, ensure_ascii=False) + "\n")
    _become(
        batch, state, round_key=result.round, created=result.created, updated=result.updated,
        unchanged=result.unchanged, errors=len(result.errors), warnings=len(result.warnings),
    )  # fmt: skip


def _become(batch: ImportBatch, state: ImportState, **values: object) -> None:
    given = {"state": state, **values}
    ImportBatch.objects.filter(pk=batch.pk).update(**given, changed_at=Now())
    for name, value in given.items():
        setattr(batch, name, value)


def problems_of(batch: ImportBatch) -> Iterator[tuple[str, RowProblem]]:
    """(error | warning, what and where), errors first; none once the files are gone."""
    path = batch.folder / "problems.jsonl"
    if not path.exists():
        return
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            told = json.loads(line)
            yield told.pop("kind"), RowProblem(**told)


@contextmanager
def _locked(batch_id: int) -> Iterator[bool]:
    """Whether this session has the batch to itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCKS, batch_id])
        is_mine = bool(cursor.fetchone()[0])
    try:
        yield is_mine
    finally:
        if is_mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCKS, batch_id])


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
