"""Requests of households to be reviewed or recognised, and the answer each gets on paper."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from households.choices import RequestChannel, RequestKind, RequestState, SignerTitle
from households.models.areas import Area
from households.models.audit import Recorded
from households.models.codes import known
from households.models.people import Household
from households.models.surveys import Survey
from households.models.triggers import keeps_history
from households.models.users import User


class ReviewRequest(Recorded):
    """A request (form 01 or 04), received by a commune under its own yearly number.

    `household` is empty until the asker is in the register. `due_on` is the day the answer is
    promised on the receipt. `survey` is the form that looks into it. `income_year_vnd` is the
    income of the last 12 months without state allowances, of `income_members` people, for the
    recognitions that are told by income.
    """

    commune = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="requests_received")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="requests")
    household = models.ForeignKey(
        Household, null=True, blank=True, on_delete=models.PROTECT, related_name="requests"
    )
    kind = models.CharField(_("what is asked for"), max_length=10, choices=RequestKind)
    channel = models.CharField(_("how it came"), max_length=20, choices=RequestChannel)
    dossier_code = models.CharField(_("dossier code of the portal"), max_length=60, blank=True)
    year = models.SmallIntegerField()
    serial = models.IntegerField()
    received_on = models.DateField(_("received on"))
    due_on = models.DateField(_("answer due on"))
    from_name = models.CharField(_("who asks"), max_length=120)
    birth_year = models.SmallIntegerField(_("birth year"), null=True, blank=True)
    contact = models.CharField(_("how to reach"), max_length=200, blank=True)
    reason = models.TextField(_("why"), blank=True)
    income_year_vnd = models.BigIntegerField(null=True, blank=True)
    income_members = models.SmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.OPEN)
    survey = models.ForeignKey(
        Survey, null=True, blank=True, on_delete=models.PROTECT, related_name="requests"
    )
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer_number = models.CharField(_("number of the answer"), max_length=60, blank=True)
    answered_by = models.CharField(_("signed by"), max_length=120, blank=True)
    signer_title = models.CharField(
        _("title of the signer"), max_length=20, choices=SignerTitle, blank=True
    )
    answer = models.TextField(_("answer"), blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    settled_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("request")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["commune", "state"], name="households_request_state")]
        constraints = [
            known("reviewrequest", "kind", RequestKind),
            known("reviewrequest", "channel", RequestChannel),
            known("reviewrequest", "state", RequestState),
            known("reviewrequest", "signer_title", SignerTitle, or_empty=True),
            models.UniqueConstraint(
                fields=["commune", "year", "serial"],
                name="households_reviewrequest_number_once",
                violation_error_message=_("The commune has given this number already."),
            ),
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(state=RequestState.OPEN),
                name="households_reviewrequest_one_open",
                violation_error_message=_("The household has an open request already."),
            ),
            models.CheckConstraint(
                name="households_reviewrequest_end_has_a_day",
                condition=Q(state=RequestState.OPEN, answered_on__isnull=True)
                | (~Q(state=RequestState.OPEN) & Q(answered_on__isnull=False)),
                violation_error_message=_("What is settled has the day of its answer."),
            ),
            models.CheckConstraint(
                name="households_reviewrequest_refusal_says_why",
                condition=~Q(state=RequestState.REFUSED) | (~Q(answer="") & ~Q(answer_number="")),
                violation_error_message=_("A refusal has its number and its reason."),
            ),
            models.CheckConstraint(
                name="households_reviewrequest_portal_has_its_code",
                condition=~Q(channel=RequestChannel.PORTAL) | ~Q(dossier_code=""),
                violation_error_message=_("Write the dossier code of the portal."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """As it stands on the receipt."""
        return f"{self.serial:04d}/{self.year}/TN"

    @property
    def income_month_vnd(self) -> int | None:
        """Per person and month, rounded down."""
        if not self.income_year_vnd or not self.income_members:
            return None
        return self.income_year_vnd // (12 * self.income_members)
