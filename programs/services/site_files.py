"""Photos and papers of meetings, houses and works: made small and harmless, kept, shown.

Files lie in `sites/` of the attachments folder: the sweep of the households' pictures leaves them
alone. Each is written before its row is committed, and taken away again when that fails.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from households.errors import Invalid, Refused
from households.exchange import papers, pictures
from households.models import User
from households.services import audit
from households.services.attachments import check_sizes
from programs import policies
from programs.models import HousingCase, HousingMeeting, HousingStage, SiteFile, WorksProject

MOST_FILES: Final = 40


@dataclass(frozen=True)
class Made:
    """A file ready to be kept; `small`: the small picture of a photo."""

    content: bytes
    small: bytes | None
    page_count: int
    source_sha256: str

    @property
    def is_photo(self) -> bool:
        return self.small is not None


def made_photos(sources: Sequence[bytes]) -> list[Made]:
    """Each picture without place, time and device. Raises Invalid (nothing, too large, not a
    picture). To be made before any lock is taken: some 0.1 s each."""
    check_sizes(sources)
    made = []
    for source in sources:
        photo = pictures.photo(source)
        digest = hashlib.sha256(source).hexdigest()
        made.append(Made(photo.content, photo.small, 1, digest))
    return made


def made_paper(sources: Sequence[bytes]) -> Made:
    """All pages of a paper as one PDF. Raises Invalid."""
    check_sizes(sources)
    paper = papers.paper(sources)
    digest = hashlib.sha256(b"".join(sources)).hexdigest()
    return Made(paper.content, None, paper.page_count, digest)


def keep(
    files: Sequence[Made],
    *,
    by: User,
    meeting: HousingMeeting | None = None,
    case: HousingCase | None = None,
    works: WorksProject | None = None,
    stage: HousingStage | None = None,
) -> list[SiteFile]:
    """Keep files of one thing within the running act; one that is there already is kept once.
    Raises Invalid (too many)."""
    there = SiteFile.objects.filter(meeting=meeting, case=case, works=works)
    known = {(one.stage_id, one.source_sha256) for one in there}
    written: list[str] = []
    rows: list[SiteFile] = []
    try:
        for file in files:
            if (stage.pk if stage else None, file.source_sha256) in known:
                continue
            if len(known) + len(rows) >= MOST_FILES:
                raise Invalid(_("At most %(most)s pictures and papers.") % {"most": MOST_FILES})
            row = SiteFile(
                meeting=meeting, case=case, works=works, stage=stage, is_photo=file.is_photo,
                page_count=file.page_count, size_bytes=len(file.content),
                source_sha256=file.source_sha256, added_by=by,
            )  # fmt: skip
            _write(row.file_name, file.content, written)
            if file.small is not None:
                _write(row.small_file_name, file.small, written)
            row.save(force_insert=True)
            rows.append(row)
    except BaseException:
        for name in written:
            default_storage.delete(name)
        raise
    return rows


def _write(name: str, content: bytes, written: list[str]) -> None:
    written.append(name)
    default_storage.save(name, ContentFile(content))


def add(
    *,
    by: User,
    sources: Sequence[bytes],
    case: HousingCase | None = None,
    works: WorksProject | None = None,
    meeting: HousingMeeting | None = None,
) -> list[SiteFile]:
    """Add photos of a house (at the step it has reached now) or a work, or pages of a meeting's
    minutes. Raises Refused, Invalid."""
    if meeting is not None:
        area, household = meeting.village, None
    elif case is not None:
        area, household = case.benefit.village or case.benefit.commune, case.benefit.household
    else:
        assert works is not None
        area, household = works.village, None
    if reason := policies.why_not_record_benefit(by, area):
        raise Refused(reason)
    made = [made_paper(sources)] if meeting else made_photos(sources)
    with audit.act(
        by=by, verb="site.file", area=area, household=household,
        subject=case or works or meeting, details={"files": len(made)},
    ):  # fmt: skip
        return keep(
            made, by=by, meeting=meeting, case=case, works=works,
            stage=case.stage if case else None,
        )  # fmt: skip


def opened(file: SiteFile, *, small: bool) -> IO[bytes]:
    """The file to send, or its small picture. Raises FileNotFoundError where there is none."""
    name = file.small_file_name if small else file.file_name
    found: IO[bytes] = default_storage.open(name, "rb")
    return found
