"""What people say of the results: remarks, complaints, denunciations."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from households.choices import COMPLAINT_IS_OPEN, ComplaintKind, ComplaintState
from households.models.areas import Area
from households.models.audit import Recorded
from households.models.codes import known
from households.models.people import Household
from households.models.rounds import ReviewRound
from households.models.triggers import keeps_history
from households.models.users import User


class Complaint(Recorded):
    """A remark, a complaint or a denunciation about the results of a village.

    `from_name` and `from_contact` say who came; only those who settle it see them. `household` is
    whom it is about, if one (a household left out has none). `holds_back`: it came while the list
    hung out, so the household is not signed before it is settled. A denunciation is registered and
    handed on, never settled here.
    """

    round = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="complaints")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(
        Household, null=True, blank=True, on_delete=models.PROTECT, related_name="complaints"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=ComplaintKind)
    state = models.CharField(max_length=20, choices=ComplaintState, default=ComplaintState.OPEN)
    received_on = models.DateField(_("received on"))
    #: None for a denunciation: it is handed on at once, and whoever settles it answers.
    due_on = models.DateField(_("answer due on"), null=True, blank=True)
    from_name = models.CharField(_("from whom"), max_length=120)
    from_contact = models.CharField(_("how to reach"), max_length=200, blank=True)
    words = models.TextField(_("what is said"))
    holds_back = models.BooleanField(default=False)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer_number = models.CharField(_("number of the answer"), max_length=60, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    settled_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("complaint")
        ordering = ["received_on", "pk"]
        indexes = [models.Index(fields=["round", "commune"], name="households_complaint_place")]
        constraints = [
            known("complaint", "kind", ComplaintKind),
            known("complaint", "state", ComplaintState),
            models.CheckConstraint(
                name="households_complaint_end_is_answered",
                condition=Q(state__in=sorted(COMPLAINT_IS_OPEN), answered_on__isnull=True)
                | (~Q(state__in=sorted(COMPLAINT_IS_OPEN)) & Q(answered_on__isnull=False)),
                violation_error_message=_("What is settled has the day of its answer."),
            ),
            models.CheckConstraint(
                name="households_complaint_answered_after_received",
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("received_on")),
                violation_error_message=_("The answer lies before the complaint."),
            ),
            models.CheckConstraint(
                name="households_complaint_denunciation_handed_on",
                condition=~Q(kind=ComplaintKind.DENUNCIATION)
                | Q(state__in=[ComplaintState.OPEN, ComplaintState.HANDED_ON], holds_back=False),
                violation_error_message=_("A denunciation is only registered and handed on."),
            ),
            models.CheckConstraint(
                name="households_complaint_has_day_of_answer",
                condition=Q(kind=ComplaintKind.DENUNCIATION) | Q(due_on__isnull=False),
                violation_error_message=_("The day of the answer is missing."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.kind} {self.received_on}"
