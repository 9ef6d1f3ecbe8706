"""Payments, photos and papers of houses and works."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from households.models.audit import Recorded
from households.models.codes import known
from households.models.triggers import keeps_history
from programs.choices.houses import PaymentLine
from programs.models.houses import HousingCase, HousingMeeting, HousingStage
from programs.models.works import WorksProject


class SitePayment(Recorded):
    """Money paid for a house or a work. One recorded by mistake stays, and counts nowhere."""

    case = models.ForeignKey(
        HousingCase, null=True, blank=True, on_delete=models.PROTECT, related_name="payments"
    )
    works = models.ForeignKey(
        WorksProject, null=True, blank=True, on_delete=models.PROTECT, related_name="payments"
    )
    paid_on = models.DateField(_("paid on"))
    line = models.CharField(_("money from"), max_length=10, choices=PaymentLine)
    amount_vnd = models.BigIntegerField(_("amount (VND)"))
    number = models.CharField(_("number of the voucher"), max_length=60, blank=True)
    taken_back_because = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("payment for a house or work")
        ordering = ["paid_on", "pk"]
        constraints = [
            known("sitepayment", "line", PaymentLine, app="programs"),
            models.CheckConstraint(
                name="programs_sitepayment_of_one_thing",
                condition=Q(case__isnull=False, works__isnull=True)
                | Q(case__isnull=True, works__isnull=False),
                violation_error_message=_("A payment is for one house or one work."),
            ),
            models.CheckConstraint(
                name="programs_sitepayment_is_money",
                condition=Q(amount_vnd__gt=0),
                violation_error_message=_("A payment is more than nothing."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.paid_on} {self.line} {self.amount_vnd}"


def _one_owner() -> Q:
    owners = ("meeting", "case", "works")
    either = Q()
    for name in owners:
        either |= Q(**{f"{other}__isnull": other != name for other in owners})
    return either


class SiteFile(Recorded):
    """A photo (JPEG) or a paper (PDF of all its pages) of a meeting, a house or a work, made by
    services.site_files, never the bytes that were sent. `uuid` is its address and its name."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(
        HousingMeeting, null=True, blank=True, on_delete=models.PROTECT, related_name="files"
    )
    case = models.ForeignKey(
        HousingCase, null=True, blank=True, on_delete=models.PROTECT, related_name="files"
    )
    works = models.ForeignKey(
        WorksProject, null=True, blank=True, on_delete=models.PROTECT, related_name="files"
    )
    #: Which step of the house it shows.
    stage = models.ForeignKey(
        HousingStage, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_photo = models.BooleanField(default=True)
    page_count = models.SmallIntegerField(default=1)
    size_bytes = models.IntegerField()
    source_sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("photo or paper of a house or work")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="programs_sitefile_of_one_thing",
                condition=_one_owner(),
                violation_error_message=_("A file belongs to one thing."),
            ),
            models.CheckConstraint(
                name="programs_sitefile_stage_of_a_house",
                condition=Q(stage__isnull=True) | Q(case__isnull=False),
                violation_error_message=_("Only a house has steps."),
            ),
            models.CheckConstraint(
                name="programs_sitefile_has_content",
                condition=Q(page_count__gte=1, size_bytes__gte=1),
                violation_error_message=_("The file is empty."),
            ),
            models.UniqueConstraint(
                fields=["meeting", "case", "works", "stage", "source_sha256"],
                nulls_distinct=False,
                name="programs_sitefile_once",
                violation_error_message=_("This picture is there already."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def file_name(self) -> str:
        """Below the attachments folder, in a branch of its own."""
        name = self.uuid.hex
        return f"sites/{name[:2]}/{name}.{'jpg' if self.is_photo else 'pdf'}"

    @property
    def small_file_name(self) -> str:
        name = self.uuid.hex
        return f"sites/{name[:2]}/{name}-small.jpg"
