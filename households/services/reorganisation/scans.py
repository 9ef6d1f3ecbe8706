"""The scan of the resolution that orders a reorganisation."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from households import policies
from households.choices.reorganisations import ReorganisationState
from households.errors import Refused
from households.models import Attachment, Reorganisation, User
from households.services import attachments, audit


def add(*, reorganisation: Reorganisation, pages: Sequence[bytes], by: User) -> Attachment:
    """Keep all pages as one PDF, of a draft or a signed act; the same again is kept once.

    Raises Refused (no right, taken back), Invalid (nothing, too large, not a picture or PDF).
    """
    if reason := policies.why_not_reorganise(by, reorganisation.area):
        raise Refused(reason)
    made = attachments.made_paper(pages)
    with audit.act(
        by=by, verb="area.add_resolution", area=reorganisation.area, subject=reorganisation
    ):
        locked = Reorganisation.objects.select_for_update().get(pk=reorganisation.pk)
        if locked.state == ReorganisationState.UNDONE:
            raise Refused(_("This act is taken back already."))
        same = Attachment.objects.filter(reorganisation=locked, source_sha256=made.source_sha256)
        return same.first() or attachments.keep_paper(of=locked, paper=made, by=by)


def of(reorganisation: Reorganisation) -> list[Attachment]:
    """In the order they came. One query."""
    return list(Attachment.objects.filter(reorganisation=reorganisation).order_by("pk"))
