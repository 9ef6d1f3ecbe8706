"""Reports as they were made: kept for ever, with the households behind each figure."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from households.models import Area, PovertyStandard, ReviewRound
from households.models.audit import Recorded
from households.models.codes import known
from households.models.triggers import append_only
from reports.choices import FigureStatus, FileForm, FileVersion


class Edition(Recorded):
    """One report of an area as it was at `cut_off_at`. Never changed: `content` are packed lines
    (contents.canonical), `sha256` is of them, `figures_sha256` the same for equal figures.

    `areas_on`: by the units of that day; None: of the round's own.
    `corrects` is the signed edition that this one stands in for, and `reason` why.
    """

    report = models.CharField(max_length=20)
    definition_version = models.SmallIntegerField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="+")
    standard = models.ForeignKey(PovertyStandard, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=11, choices=FigureStatus)
    areas_on = models.DateField(null=True)
    number = models.IntegerField()
    cut_off_at = models.DateTimeField()
    software = models.CharField(max_length=40)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    figures_sha256 = models.CharField(max_length=64)
    lines = models.IntegerField()
    has_names = models.BooleanField(default=False)
    #: Communes of the area without a decided list.
    missing = models.SmallIntegerField(default=0)
    corrects = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="corrections"
    )
    reason = models.TextField(blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("edition")
        ordering = ["-pk"]
        constraints = [
            known("edition", "status", FigureStatus, app="reports"),
            models.UniqueConstraint(
                fields=["report", "area", "round", "standard", "status", "areas_on", "number"],
                name="reports_edition_number_once",
                nulls_distinct=False,
                violation_error_message=_("There is an edition of this number already."),
            ),
            models.CheckConstraint(
                name="reports_edition_counted_from_one",
                condition=Q(number__gte=1, lines__gte=0, missing__gte=0),
            ),
            models.CheckConstraint(
                name="reports_edition_correction_has_reason",
                condition=Q(corrects__isnull=True, reason="")
                | Q(corrects__isnull=False) & ~Q(reason__regex=r"^\s*$"),
                violation_error_message=_("Say why a signed edition is corrected."),
            ),
            models.CheckConstraint(
                name="reports_edition_digests_whole",
                condition=Q(sha256__regex="^[0-9a-f]{64}$", figures_sha256__regex="^[0-9a-f]{64}$"),
            ),
        ]
        indexes = [models.Index(fields=["round", "area"], name="reports_edition_of_round")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.report} {self.area_id}/{self.round_id} {self.status} #{self.number}"


class EditionBasis(models.Model):
    """The households of a commune behind a table, and what each of them adds to each column: packed
    lines, stored once however many editions rest on them."""

    commune = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        verbose_name = _("households behind an edition")
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "sha256"], name="reports_editionbasis_stored_once"
            )
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.commune_id} {self.sha256[:8]}"


class EditionRests(models.Model):
    """That an edition rests on a basis."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="rests")
    basis = models.ForeignKey(EditionBasis, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("what an edition rests on")
        constraints = [
            models.UniqueConstraint(fields=["edition", "basis"], name="reports_editionrests_once")
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.edition_id}/{self.basis_id}"


class EditionSignature(Recorded):
    """Who signed the paper of an edition, as what, and on which day; `recorded_by` put it here.
    `broken_reason` says why it was signed although identities did not hold."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="signature")
    signed_by = models.CharField(_("signed by"), max_length=120)
    position = models.CharField(_("position"), max_length=120)
    signed_on = models.DateField(_("signed on"))
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    broken_identities = models.JSONField(default=list)
    broken_reason = models.TextField(blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("signature of an edition")
        constraints = [
            models.CheckConstraint(
                name="reports_editionsignature_has_signer",
                condition=~Q(signed_by__regex=r"^\s*$") & ~Q(position__regex=r"^\s*$"),
                violation_error_message=_("Write who signed, and as what."),
            ),
            models.CheckConstraint(
                name="reports_editionsignature_breaks_explained",
                condition=Q(broken_identities=[]) | ~Q(broken_reason__regex=r"^\s*$"),
                violation_error_message=_("Say why it is signed although the tables do not fit."),
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.edition_id} {self.signed_on}"


class EditionFile(models.Model):
    """A file of an edition as it was first given out. Never changed."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="files")
    form = models.CharField(max_length=4, choices=FileForm)
    version = models.CharField(max_length=8, choices=FileVersion)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("file of an edition")
        constraints = [
            known("editionfile", "form", FileForm, app="reports"),
            known("editionfile", "version", FileVersion, app="reports"),
            models.UniqueConstraint(
                fields=["edition", "form", "version"], name="reports_editionfile_once"
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.edition_id}.{self.form}"
