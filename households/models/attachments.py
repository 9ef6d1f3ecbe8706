"""Photos and scans kept with a form or a step: rows here, files in the attachments folder."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from households.choices import PHOTO_KINDS, AttachmentKind
from households.models.audit import Recorded
from households.models.codes import known
from households.models.complaints import Complaint
from households.models.lists import RecognitionDecision
from households.models.reorganisations import Reorganisation
from households.models.requests import ReviewRequest
from households.models.steps import StepTaken
from households.models.surveys import Survey
from households.models.triggers import keeps_history
from households.models.users import User

#: The things a file may belong to.
OWNERS = ("survey", "step", "complaint", "decision", "request", "reorganisation")


def _exactly_one(*names: str) -> Q:
    """One of these keys is set and the others are not."""
    either = Q()
    for name in names:
        either |= Q(**{f"{other}__isnull": other != name for other in names})
    return either


class Attachment(Recorded):
    """One file of a form, a step, a complaint, a decision, a request or a reorganisation (the scan
    of its resolution). It is never changed: a better picture is another one.

    `uuid` is its address and the name of its file: nothing can be learnt or guessed from it.
    `source_sha256` is the digest of the file as it came, so that the same one sent twice is kept
    once. `page_count` is 1 for a picture. The file is a JPEG or a PDF made by services.attachments,
    never the bytes that were sent.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    survey = models.ForeignKey(
        Survey, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments"
    )
    step = models.ForeignKey(
        StepTaken, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments"
    )
    complaint = models.ForeignKey(
        Complaint, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments"
    )
    decision = models.ForeignKey(
        RecognitionDecision,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="attachments",
    )
    request = models.ForeignKey(
        ReviewRequest, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments"
    )
    reorganisation = models.ForeignKey(
        Reorganisation, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments"
    )
    kind = models.CharField(_("what it shows"), max_length=20, choices=AttachmentKind)
    page_count = models.SmallIntegerField(default=1)
    size_bytes = models.IntegerField()
    source_sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("attachment")
        ordering = ["pk"]
        constraints = [
            known("attachment", "kind", AttachmentKind),
            models.UniqueConstraint(
                fields=[*OWNERS, "kind", "source_sha256"],
                nulls_distinct=False,
                name="households_attachment_once",
                violation_error_message=_("This picture is there already."),
            ),
            models.CheckConstraint(
                name="households_attachment_of_one_thing",
                condition=_exactly_one(*OWNERS),
                violation_error_message=_("A file belongs to one thing."),
            ),
            models.CheckConstraint(
                name="households_attachment_has_content",
                condition=Q(page_count__gte=1) & Q(size_bytes__gte=1),
                violation_error_message=_("The file is empty."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"

    @property
    def is_photo(self) -> bool:
        return self.kind in PHOTO_KINDS

    @property
    def media_type(self) -> str:
        return "image/jpeg" if self.is_photo else "application/pdf"

    @property
    def file_name(self) -> str:
        """Below the attachments folder; two digits first, so that no folder grows huge."""
        name = self.uuid.hex
        return f"{name[:2]}/{name}.{'jpg' if self.is_photo else 'pdf'}"

    @property
    def small_file_name(self) -> str:
        """The small picture of a photo, or of a paper's first page that was a picture."""
        name = self.uuid.hex
        return f"{name[:2]}/{name}-small.jpg"
