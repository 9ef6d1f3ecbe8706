"""Lists taken over in the browser: what the decision says is typed, then the sheet is sent."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from households import policies
from households.choices.importing import ImportKind, ImportState
from households.errors import Conflict, Invalid, Refused
from households.models import ImportBatch, TakenOverList, User
from households.services import attachments, audit, import_batches, import_files, recognition
from households.services.taking_over import ListFacts, batch_work
from households.services.taking_over.facts import target_of


class KeptFile:
    """A sheet that was sent before."""

    name: str | None
    size: int | None

    def __init__(self, batch: ImportBatch) -> None:
        self._path, self.name = import_files.sent(batch)[0]
        self.size = self._path.stat().st_size

    def chunks(self) -> Sequence[bytes]:
        """All of it."""
        return [self._path.read_bytes()]


def receive(
    *,
    facts: ListFacts,
    files: Sequence[import_batches.Sent],
    pages: Sequence[bytes],
    by: User,
    after: ImportBatch | None = None,
) -> ImportBatch:
    """Keep a list's sheet with the facts and the scan of its decision; a job checks it. `after`: an
    earlier try of one's own, whose sheet and scan are taken where none is sent.

    Raises Refused (no right in this commune; decided already, or later), Invalid with the fields.
    """
    if after is not None and after.sent_by_id != by.pk:
        raise Refused(_("Only who sent the files has them written."))
    kept = batch_work.scan_of(after) if after is not None and not pages else None
    faults = recognition.paper_faults(facts.paper, [kept.content] if kept else pages)
    target = target_of(facts, by)
    if not files and after is not None and after.folder.exists():
        files = [KeptFile(after)]
    if len(files) != 1:
        faults["sent"] = [_("Choose the sheet of the list.")]
    if faults:
        raise Invalid(_("The list cannot be taken over yet."), fields=faults)
    scan = kept or attachments.made_paper(pages)

    def beside(batch: ImportBatch) -> None:
        batch_work.keep_scan(batch, scan)
        TakenOverList.objects.create(
            batch=batch,
            commune=facts.commune,
            standard=target.standard,
            year=facts.year,
            of_escapes=facts.of_escapes,
            number=facts.paper.number.strip(),
            decided_on=facts.paper.decided_on,
            effective_from=facts.effective_from,
            decided_by=facts.paper.decided_by.strip(),
            signer_title=facts.paper.signer_title or "",
            **vars(facts.totals),
        )

    return import_batches.receive(files=files, by=by, kind=ImportKind.LIST, beside=beside)


def confirm(*, batch: ImportBatch, reason: str, by: User) -> None:
    """Have the checked list written; `reason` where it does not come to the totals of the paper.
    Raises as import_batches.confirm, and Invalid without that reason."""
    typed = TakenOverList.objects.get(batch=batch)
    if why_not := policies.why_not_take_over_list(by, typed.commune):
        raise Refused(why_not)
    with audit.act(
        by=by, verb="list.confirm", area=typed.commune, subject=batch, reason=reason.strip()
    ):
        found = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if found.state != ImportState.CHECKED:
            raise Conflict(
                _("It stands elsewhere now: %(state)s.") % {"state": ImportState(found.state).label}
            )
        typed.difference_reason = reason.strip()
        typed.save(update_fields=["difference_reason"])
        import_batches.confirm(batch=batch, by=by)
