"""What proves a household's place on the list: the certificate, and confirmations for a purpose."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from households.choices import (
    CertificateState,
    ConfirmationPurpose,
    ConfirmedStatus,
    PovertyClass,
    SignerTitle,
)
from households.models.areas import Area
from households.models.audit import Recorded
from households.models.codes import known
from households.models.household_events import HouseholdEvent
from households.models.lists import RecognitionDecision, StatusPeriod
from households.models.people import Household, Person
from households.models.triggers import keeps_history
from households.models.users import User

#: Classes that a certificate proves (Decision 24/2021/QĐ-TTg, form 03).
CERTIFIED = (PovertyClass.POOR, PovertyClass.NEAR_POOR)

#: What each class is called where a household stands on the list, and after it escaped.
STATUS_IN_FORCE = {
    PovertyClass.POOR: ConfirmedStatus.POOR,
    PovertyClass.NEAR_POOR: ConfirmedStatus.NEAR_POOR,
}
STATUS_ESCAPED = {
    PovertyClass.POOR: ConfirmedStatus.ESCAPED_POVERTY,
    PovertyClass.NEAR_POOR: ConfirmedStatus.ESCAPED_NEAR_POVERTY,
}


class Certificate(Recorded):
    """A certificate of a poor or near-poor household (Giấy chứng nhận hộ nghèo, hộ cận nghèo).

    `serial` runs within the commune and the year of issue. `period` is the place on the list it
    proves; the decision that ends the place withdraws the certificate (`ended_by`).
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="certificates")
    commune = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="certificates")
    period = models.ForeignKey(StatusPeriod, on_delete=models.PROTECT, related_name="certificates")
    poverty_class = models.CharField(max_length=10, choices=PovertyClass)
    year = models.SmallIntegerField()
    serial = models.IntegerField()
    issued_on = models.DateField(_("issued on"))
    signed_by = models.CharField(_("signed by"), max_length=120)
    signer_title = models.CharField(_("title of the signer"), max_length=20, choices=SignerTitle)
    state = models.CharField(
        max_length=10, choices=CertificateState, default=CertificateState.IN_FORCE
    )
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(
        RecognitionDecision,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="certificates_ended",
    )
    #: Why it was issued again: lost, damaged, written full.
    reissue_reason = models.CharField(_("why again"), max_length=200, blank=True)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    handed_over_on = models.DateField(_("handed over on"), null=True, blank=True)
    handed_to = models.CharField(_("handed to"), max_length=120, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("certificate")
        ordering = ["year", "serial"]
        indexes = [models.Index(fields=["commune", "state"], name="households_certificate_state")]
        constraints = [
            known("certificate", "state", CertificateState),
            known("certificate", "signer_title", SignerTitle),
            models.CheckConstraint(
                name="households_certificate_class_of_a_list",
                condition=Q(poverty_class__in=CERTIFIED),
                violation_error_message=_("Only poor and near-poor households have one."),
            ),
            models.UniqueConstraint(
                fields=["commune", "year", "serial"],
                name="households_certificate_number_once",
                violation_error_message=_("The commune has given this number already."),
            ),
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(state=CertificateState.IN_FORCE),
                name="households_certificate_one_in_force",
                violation_error_message=_("The household has a certificate in force."),
            ),
            models.CheckConstraint(
                name="households_certificate_end_has_a_day",
                condition=Q(state=CertificateState.IN_FORCE, ended_on__isnull=True)
                | (~Q(state=CertificateState.IN_FORCE) & Q(ended_on__isnull=False)),
                violation_error_message=_("What is not in force any more has its last day."),
            ),
            models.CheckConstraint(
                name="households_certificate_handed_to_somebody",
                condition=Q(handed_over_on__isnull=True, handed_to="")
                | (Q(handed_over_on__isnull=False) & ~Q(handed_to="")),
                violation_error_message=_("Write who took it, and when."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """As it stands on the paper."""
        return f"{self.serial:04d}/{self.year}/GCN-HN.HCN"


class CertificateChange(Recorded):
    """A change of the members that was written on the paper by hand."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="changes")
    event = models.ForeignKey(HouseholdEvent, on_delete=models.PROTECT, related_name="+")
    written_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("change written on a certificate")
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "event"],
                name="households_certificatechange_once",
                violation_error_message=_("This change is written on it already."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.event_id}"


class StatusConfirmation(Recorded):
    """A paper that says what a household (or one of its members as such) was on a day, for one
    purpose. What it said is kept as it was issued."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="confirmations")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    commune = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="confirmations")
    period = models.ForeignKey(StatusPeriod, on_delete=models.PROTECT, related_name="+")
    year = models.SmallIntegerField()
    serial = models.IntegerField()
    issued_on = models.DateField()
    on_day = models.DateField(_("on the day"))
    status = models.CharField(max_length=24, choices=ConfirmedStatus)
    purpose = models.CharField(_("for"), max_length=10, choices=ConfirmationPurpose)
    purpose_note = models.CharField(_("in words"), max_length=200, blank=True)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("confirmation of a status")
        ordering = ["-year", "-serial"]
        constraints = [
            known("statusconfirmation", "status", ConfirmedStatus),
            known("statusconfirmation", "purpose", ConfirmationPurpose),
            models.UniqueConstraint(
                fields=["commune", "year", "serial"],
                name="households_statusconfirmation_number_once",
                violation_error_message=_("The commune has given this number already."),
            ),
            models.CheckConstraint(
                name="households_statusconfirmation_other_in_words",
                condition=~Q(purpose=ConfirmationPurpose.OTHER) | ~Q(purpose_note=""),
                violation_error_message=_("Write what it is for."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"{self.serial:04d}/{self.year}/XN-UBND"
