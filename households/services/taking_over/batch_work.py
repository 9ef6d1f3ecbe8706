"""A list that was sent in the browser, taken over by the job of its batch."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from households.choices import SignerTitle
from households.errors import Invalid
from households.models import ImportBatch, TakenOverList
from households.services import import_files
from households.services.attachments import MadePaper
from households.services.lists import Paper
from households.services.taking_over.facts import ListFacts, Totals
from households.services.taking_over.taking import TakenOver, take_over
from households.services.taking_over.telling import Absent, Listed

#: The signed decision as it will be kept, and what stands beside it.
_SCAN, _PAGES, _ABSENT = "decision.pdf", "decision.json", "absent.jsonl"
_LISTED = "listed.jsonl"
#: Totals of the paper by the names in both the row and `Totals`.
TOTALS: Final = ("poor_households", "near_poor_households", "poor_persons", "near_poor_persons")


def facts_of(typed: TakenOverList) -> ListFacts:
    """What was typed, as the list is taken over by it."""
    return ListFacts(
        commune=typed.commune,
        year=typed.year,
        paper=Paper(
            number=typed.number,
            decided_on=typed.decided_on,
            decided_by=typed.decided_by,
            signer_title=SignerTitle(typed.signer_title) if typed.signer_title else None,
        ),
        effective_from=typed.effective_from,
        totals=stated(typed),
        standard=typed.standard,
        of_escapes=typed.of_escapes,
    )


def stated(typed: TakenOverList) -> Totals:
    """The totals of the paper."""
    return Totals(**{name: getattr(typed, name) for name in TOTALS})


def found(typed: TakenOverList) -> Totals | None:
    """What the sheet came to; None before it was read."""
    if typed.found_poor_households is None:
        return None
    return Totals(**{name: getattr(typed, f"found_{name}") for name in TOTALS})


def check_totals(batch: ImportBatch) -> None:
    """Raise Invalid where the sheet does not come to the totals of the paper and nobody wrote
    why."""
    typed = TakenOverList.objects.get(batch=batch)
    sheet = found(typed)
    if sheet and stated(typed).differ(sheet) and not typed.difference_reason.strip():
        told = _("The list does not come to the totals of the paper; write why.")
        raise Invalid(told, fields={"reason": [told]})


def keep_scan(batch: ImportBatch, scan: MadePaper) -> None:
    """Beside the sheet, until the list is written."""
    (batch.folder / _SCAN).write_bytes(scan.content)
    told = {"page_count": scan.page_count, "source_sha256": scan.source_sha256}
    (batch.folder / _PAGES).write_text(json.dumps(told), encoding="utf-8")


def scan_of(batch: ImportBatch) -> MadePaper | None:
    """The scan kept beside the sheet; None where the files are gone."""
    path = batch.folder / _SCAN
    if not path.exists():
        return None
    return MadePaper(path.read_bytes(), **json.loads((batch.folder / _PAGES).read_text("utf-8")))


def absent_of(batch: ImportBatch) -> Iterator[Absent]:
    """Households on povreg's list that the sheet does not have, the first ones."""
    path = batch.folder / _ABSENT
    if not path.exists():
        return
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            yield Absent(**json.loads(line))


def listed_of(batch: ImportBatch) -> list[Listed]:
    """Households of the checked sheet, the first ones."""
    path = batch.folder / _LISTED
    if not path.exists():
        return []
    with path.open(encoding="utf-8") as stream:
        return [Listed(**json.loads(line)) for line in stream]


def _keep(rows: Iterable[Absent | Listed], path: Path) -> None:
    with path.open("w", encoding="utf-8") as stream:
        for one in rows:
            stream.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")


def taken_over(batch: ImportBatch, *, commit: bool) -> TakenOver:
    """Check or write the list of a batch; what was found is kept beside what was typed. Raises as
    take_over does."""
    typed = TakenOverList.objects.select_related("commune__parent__parent", "standard").get(
        batch=batch
    )
    result = take_over(
        sheet=batch.folder / import_files.READ_AS_LIST
        if commit
        else import_files.prepare_list(batch),
        facts=facts_of(typed),
        commit=commit,
        by=batch.sent_by,
        reason=typed.difference_reason,
        scan=scan_of(batch) if commit else None,
    )
    assert result.found is not None
    for name, number in asdict(result.found).items():
        setattr(typed, f"found_{name}", number)
    typed.absent = result.absent_count
    typed.save(update_fields=["absent", *(f"found_{name}" for name in TOTALS)])
    if not commit:
        _keep(result.absent, batch.folder / _ABSENT)
        _keep(result.listed, batch.folder / _LISTED)
    return result
