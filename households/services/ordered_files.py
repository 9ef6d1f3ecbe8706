"""Files of more households than one waits for: ordered with their purpose, written by a job, kept
for three days, fetched by who ordered them, each time on record.

As imports (services.import_batches): a run holds a lock of the database session; the file takes its
name only when it is whole, so a killed worker leaves none, and the order is begun anew.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeVar

from celery import signature
from django.core.cache import cache
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from households import policies
from households.choices.ordered_files import (
    BEING_WRITTEN,
    OrderedForm,
    OrderedKind,
    OrderedState,
)
from households.errors import Conflict, DomainError, Refused
from households.models import OrderedFile, User
from households.services import audit, job_locks, ordered_writers

#: Households that are written while one waits; more of them are ordered.
MOST_AT_ONCE: Final = 5_000
KEPT_FOR: Final = timedelta(days=3)
#: Rows after which it is told how far it is; of a small file a twentieth.
_TOLD_EACH: Final = 1_000
_TOLD_TIMES: Final = 20
_TOLD_FOR: Final = 3_600
_Row = TypeVar("_Row")
_NO_MORE: Final[ordered_writers.Writers] = MappingProxyType({})


def order(
    *,
    kind: OrderedKind,
    form: OrderedForm,
    title: str,
    file_name: str,
    wanted: Mapping[str, Any],
    rows: int,
    by: User,
) -> OrderedFile:
    """Have a file written; the same order that is being written already is given instead. Whoever
    calls records what the file is for, in the same transaction. Raises Refused."""
    if reason := policies.why_not_read_households(by):
        raise Refused(reason)
    wanted = {**wanted, "language": translation.get_language() or "vi"}
    # The line with who and when does not make it another order.
    same = {name: value for name, value in wanted.items() if name != "foot"}
    told = json.dumps([kind, form, same], sort_keys=True, default=str)
    key = sha256(told.encode()).hexdigest()
    details = {"kind": kind, "rows": rows}
    with audit.act(by=by, verb="file.order", details=details):
        User.objects.select_for_update().get(pk=by.pk)
        under_way = OrderedFile.objects.filter(
            ordered_by=by, key=key, state__in=sorted(BEING_WRITTEN)
        )
        if here := under_way.first():
            return here
        made = OrderedFile.objects.create(
            kind=kind, form=form, title=title[:200], file_name=file_name[:200], wanted=wanted,
            key=key, rows=rows, ordered_by=by,
        )  # fmt: skip
        transaction.on_commit(partial(_fire, made.pk))
    return made


def _fire(pk: int) -> None:
    signature("households.write_file", args=[pk]).delay()


def run(*, file_id: int, writers: ordered_writers.Writers = _NO_MORE) -> str:
    """Write what waits to be written; gives the state it ends in. Repeating it does no harm.
    `writers`: of kinds that ordered_writers does not know."""
    with job_locks.held(job_locks.EXPORTS, file_id) as is_mine:
        ordered = OrderedFile.objects.select_related("ordered_by").get(pk=file_id)
        if not is_mine or ordered.state not in BEING_WRITTEN:
            return str(ordered.state)
        _become(ordered, OrderedState.WRITING)
        begun = ordered.path.with_suffix(".begun")
        begun.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            with translation.override(ordered.wanted.get("language", "vi")):
                ordered_writers.write(ordered, begun, _watched(ordered), writers)
            begun.replace(ordered.path)
            _become(ordered, OrderedState.READY)
        except (DomainError, OSError) as fault:
            begun.unlink(missing_ok=True)
            reason = str(getattr(fault, "message", fault))
            _become(ordered, OrderedState.FAILED, failure=reason)
        return str(ordered.state)


def _watched(ordered: OrderedFile) -> Callable[[Iterable[Any]], Iterator[Any]]:
    """Passes rows on and tells how many were written, for the page alone."""
    written = 0
    each = max(1, min(_TOLD_EACH, ordered.rows // _TOLD_TIMES))

    def watched(rows: Iterable[_Row]) -> Iterator[_Row]:
        nonlocal written
        for row in rows:
            yield row
            written += 1
            if written % each == 0:
                cache.set(_key(ordered), written, _TOLD_FOR)

    return watched


def _key(ordered: OrderedFile) -> str:
    return f"ordered-file-{ordered.uuid}"


def written(ordered: OrderedFile) -> int:
    """Rows written so far, at most a thousand too few; 0 where nothing is known."""
    return min(int(cache.get(_key(ordered)) or 0), ordered.rows)


def fetch(*, ordered: OrderedFile, by: User) -> Path:
    """Where the file lies; on record. Raises Refused (not one's own, or no right any more),
    Conflict (not ready, or gone)."""
    if ordered.ordered_by_id != by.pk:
        raise Refused(_("Only who ordered a file fetches it."))
    if reason := ordered_writers.why_not_any_more(ordered):
        raise Refused(reason)
    if ordered.state != OrderedState.READY or not ordered.path.exists():
        raise Conflict(_("The file is not there: it is not ready, or its time is over."))
    with audit.act(by=by, verb="file.fetch", subject=ordered, details={"rows": ordered.rows}):
        return ordered.path


def _become(ordered: OrderedFile, state: OrderedState, **values: Any) -> None:
    given = {"state": state, **values}
    OrderedFile.objects.filter(pk=ordered.pk).update(**given, changed_at=Now())
    for name, value in given.items():
        setattr(ordered, name, value)


def sweep() -> int:
    """Fire again what nobody took up within a minute; files whose time is over go. Gives how many
    were fired."""
    now = timezone.now()
    waiting = OrderedFile.objects.filter(
        state__in=sorted(BEING_WRITTEN), changed_at__lt=now - timedelta(minutes=1)
    )
    fired = list(waiting.values_list("pk", flat=True))
    for pk in fired:
        _fire(pk)
    over = OrderedFile.objects.filter(state=OrderedState.READY, changed_at__lt=now - KEPT_FOR)
    for one in over:
        one.path.unlink(missing_ok=True)
        _become(one, OrderedState.GONE)
    return len(fired)
