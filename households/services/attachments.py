"""Photos and scans of a form or a step: taken in, made small and harmless, kept, shown.

The file is written before its row is committed and taken away again when that fails; a file is
deleted only after the row's deletion is committed. What a killed process may leave is a file
without a row, which `sweep` takes away; never a row without its file.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from households import policies
from households.choices import PHOTO_KINDS, AttachmentKind
from households.errors import Invalid, Refused
from households.exchange import papers, pictures
from households.models import (
    Attachment,
    Complaint,
    RecognitionDecision,
    Reorganisation,
    ReviewRequest,
    StepTaken,
    Survey,
    User,
)
from households.services import audit

MOST_BYTES: Final = 10 * 1024 * 1024
MOST_PER_SURVEY: Final = 12
_LEFT_OVER_AFTER: Final = dt.timedelta(days=1)


@dataclass(frozen=True)
class MadePaper:
    """A signed paper ready to be kept."""

    content: bytes
    page_count: int
    source_sha256: str


def add(
    *, survey: Survey, kind: AttachmentKind, sources: Sequence[bytes], by: User
) -> list[Attachment]:
    """Keep each photo, or all pages of a signed paper as one PDF; the same again is kept once.

    `sources` are whole files of at most 10 MB each, told by their content (JPEG, PNG; PDF for a
    paper). Place, time and device in a photo are dropped. All are kept or none.
    Raises Refused (who may not edit the form now), Invalid (nothing, too large, too many, not a
    picture). Cost: some 0.1 s of work for a photo, before any lock is taken.
    """
    if reason := policies.why_not_edit_survey(by, survey):
        raise Refused(reason)
    check_sizes(sources)
    made = _made(kind, sources)
    written: list[str] = []
    try:
        with audit.act(
            by=by,
            verb="attachment.add",
            area=survey.village,
            household=survey.household,
            subject=survey,
            details={"kind": str(kind), "files": len(made)},
        ):
            return _keep(survey, kind, made, by, written)
    except BaseException:
        _delete(written)
        raise


#: The digest of what came, the file to keep, its small picture, its pages.
_Made = tuple[str, bytes, bytes | None, int]


def check_sizes(sources: Sequence[bytes]) -> None:
    """Raise Invalid for nothing, and for a file over 10 MB."""
    if not sources:
        raise Invalid(_("Choose a file."))
    if any(len(source) > MOST_BYTES for source in sources):
        raise Invalid(_("A file may be 10 MB at most."))


def keep_paper(
    *,
    of: StepTaken | Complaint | RecognitionDecision | ReviewRequest | Reorganisation,
    paper: MadePaper,
    by: User,
) -> Attachment:
    """Keep the signed paper of a step, a complaint, a decision, a request or a reorganisation,
    within the running act. When that fails later, the file is one that no row names (see sweep)."""
    row = Attachment(
        step=of if isinstance(of, StepTaken) else None,
        complaint=of if isinstance(of, Complaint) else None,
        decision=of if isinstance(of, RecognitionDecision) else None,
        request=of if isinstance(of, ReviewRequest) else None,
        reorganisation=of if isinstance(of, Reorganisation) else None,
        kind=AttachmentKind.STEP_PAPER,
        page_count=paper.page_count,
        size_bytes=len(paper.content),
        source_sha256=paper.source_sha256,
        added_by=by,
    )
    default_storage.save(row.file_name, ContentFile(paper.content))
    row.save(force_insert=True)
    return row


def made_paper(sources: Sequence[bytes]) -> MadePaper:
    """The pages of a signed paper as one PDF; to be made before any lock is taken.

    Raises Invalid (nothing, too large, not a picture or PDF).
    """
    check_sizes(sources)
    made = papers.paper(sources)
    digest = hashlib.sha256(b"".join(sources)).hexdigest()
    return MadePaper(made.content, made.page_count, digest)


def _made(kind: AttachmentKind, sources: Sequence[bytes]) -> list[_Made]:
    if kind in PHOTO_KINDS:
        found: list[_Made] = []
        for source in sources:
            photo = pictures.photo(source)
            digest = hashlib.sha256(source).hexdigest()
            found.append((digest, photo.content, photo.small, 1))
        return found
    paper = papers.paper(sources)
    digest = hashlib.sha256(b"".join(sources)).hexdigest()
    return [(digest, paper.content, paper.small, paper.page_count)]


def _keep(
    survey: Survey, kind: AttachmentKind, made: list[_Made], by: User, written: list[str]
) -> list[Attachment]:
    """One at a time for a form: whoever comes second sees what the first kept."""
    Survey.objects.select_for_update(of=("self",)).get(pk=survey.pk)
    there = {(one.kind, one.source_sha256): one for one in of(survey)}
    kept: list[Attachment] = []
    for digest, content, small, page_count in made:
        if found := there.get((kind, digest)):
            kept.append(found)
            continue
        if len(there) >= MOST_PER_SURVEY:
            raise Invalid(_("A form keeps %(most)s pictures at most.") % {"most": MOST_PER_SURVEY})
        row = Attachment(
            survey=survey,
            kind=kind,
            page_count=page_count,
            size_bytes=len(content),
            source_sha256=digest,
            added_by=by,
        )
        _write(row.file_name, content, written)
        if small is not None:
            _write(row.small_file_name, small, written)
        row.save(force_insert=True)
        there[(kind, digest)] = row
        kept.append(row)
    return kept


def _write(name: str, content: bytes, written: list[str]) -> None:
    written.append(name)
    default_storage.save(name, ContentFile(content))


def _delete(names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(name)


def of(survey: Survey) -> list[Attachment]:
    """In the order they came. One query."""
    return list(Attachment.objects.filter(survey=survey).select_related("added_by").order_by("pk"))


def of_complaint(complaint: Complaint) -> list[Attachment]:
    """Letters and answers, in the order they came. One query."""
    return list(Attachment.objects.filter(complaint=complaint).order_by("pk"))


def opened(attachment: Attachment, *, small: bool) -> IO[bytes]:
    """The file to send, or its small picture. Raises FileNotFoundError where there is none."""
    name = attachment.small_file_name if small else attachment.file_name
    found: IO[bytes] = default_storage.open(name, "rb")
    return found


def remove(*, attachment: Attachment, by: User) -> None:
    """Take a picture of a form away, row and file; that it was there stays in the history.

    Raises Refused; the paper of a step stays.
    """
    survey = attachment.survey
    if survey is None:
        raise Refused(_("The paper of a step is not taken away."))
    if reason := policies.why_not_edit_survey(by, survey):
        raise Refused(reason)
    with audit.act(
        by=by,
        verb="attachment.remove",
        area=survey.village,
        household=survey.household,
        subject=survey,
        details={"kind": attachment.kind},
    ):
        forget([attachment])


def forget(attachments: Iterable[Attachment]) -> None:
    """Delete rows within the running act, and their files when it is committed."""
    gone = list(attachments)
    Attachment.objects.filter(pk__in=[one.pk for one in gone]).delete()
    names = [name for one in gone for name in (one.file_name, one.small_file_name)]
    transaction.on_commit(lambda: _delete(names))


def sweep(folder: Path) -> int:
    """Delete files that no row names and that are older than a day; how many. Memory grows with
    one of the 256 folders, not with all files."""
    before = (timezone.now() - _LEFT_OVER_AFTER).timestamp()
    deleted = 0
    for part in sorted(folder.glob("[0-9a-f][0-9a-f]")):
        old = [path for path in part.iterdir() if path.stat().st_mtime < before]
        keys = {path: _key_of(path) for path in old}
        asked = {key for key in keys.values() if key}
        known = set(Attachment.objects.filter(uuid__in=asked).values_list("uuid", flat=True))
        for path, key in keys.items():
            if key is not None and key not in known:
                path.unlink(missing_ok=True)
                deleted += 1
    return deleted


def _key_of(path: Path) -> UUID | None:
    try:
        return UUID(path.stem.removesuffix("-small"))
    except ValueError:
        return None
