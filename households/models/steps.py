"""The steps a village and a commune took in a round: who acted on paper, and who recorded it."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from households.choices import MeetingOutcome
from households.models.audit import Recorded
from households.models.codes import known
from households.models.people import Household
from households.models.rounds import CommuneReview, VillageReview
from households.models.surveys import Survey
from households.models.triggers import keeps_history
from households.models.users import User


class StepTaken(Recorded):
    """One step of a village or of a commune; never changed, the newest is where it stands.

    `verb` is that of the workflow. `acted_by_name` signed or led (a name on paper, not an account);
    `recorded_by` typed it, `recorded_at` by the clock. `note` is the reason of a step back.
    """

    commune_review = models.ForeignKey(
        CommuneReview, on_delete=models.PROTECT, related_name="steps"
    )
    #: Empty for a step of the commune itself.
    village_review = models.ForeignKey(
        VillageReview, null=True, blank=True, on_delete=models.PROTECT, related_name="steps"
    )
    verb = models.CharField(max_length=60)
    acted_on = models.DateField(_("done on"))
    acted_by_name = models.CharField(_("done by"), max_length=120, blank=True)
    paper_number = models.CharField(_("number of the paper"), max_length=60, blank=True)
    note = models.TextField(_("note"), blank=True)
    #: Who records it states that the signed paper of each form is in the commune's file.
    papers_in_file = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("step taken")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["commune_review", "-id"], name="households_step_commune"),
            models.Index(fields=["village_review", "-id"], name="households_step_village"),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.verb} {self.acted_on}"


class VillageMeeting(Recorded):
    """A village meeting (họp dân) and its one vote for all households.

    `agreed` of `present` agreed with the results; `required_percent` is the share the law asked for
    on that day. Households with a vote of their own stand in MeetingVote.
    """

    step = models.OneToOneField(
        StepTaken, primary_key=True, on_delete=models.PROTECT, related_name="meeting"
    )
    place = models.CharField(_("place"), max_length=200)
    chair_name = models.CharField(_("chair"), max_length=120)
    secretary_name = models.CharField(_("secretary"), max_length=120)
    present = models.SmallIntegerField(_("present"))
    agreed = models.SmallIntegerField(_("agreed"))
    required_percent = models.SmallIntegerField()
    outcome = models.CharField(max_length=20, choices=MeetingOutcome)
    opinions = models.TextField(_("differing opinions"), blank=True)

    class Meta:
        verbose_name = _("village meeting")
        constraints = [
            known("villagemeeting", "outcome", MeetingOutcome),
            models.CheckConstraint(
                name="households_villagemeeting_votes_of_those_present",
                condition=Q(present__gte=1) & Q(agreed__gte=0) & Q(agreed__lte=F("present")),
                violation_error_message=_("No more can agree than were present."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.step_id} {self.outcome}"


class MeetingVote(Recorded):
    """How many agreed with one household's result, where that differs from the vote for all."""

    meeting = models.ForeignKey(VillageMeeting, on_delete=models.PROTECT, related_name="votes")
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="votes")
    agreed = models.SmallIntegerField(_("agreed"))

    class Meta:
        verbose_name = _("vote on one household")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "survey"],
                name="households_meetingvote_once",
                violation_error_message=_("The household has its vote already."),
            ),
            models.CheckConstraint(
                name="households_meetingvote_not_negative",
                condition=Q(agreed__gte=0),
                violation_error_message=_("Votes cannot be negative."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.survey_id} {self.agreed}"


class PublicPosting(Recorded):
    """A list hung out (niêm yết): a village's, or one household's again after its re-check.

    It hangs from `posted_on` to `ends_on`, the last of the working days the law asks for; it is
    closed by `closed_on`.
    """

    village_review = models.ForeignKey(
        VillageReview, on_delete=models.PROTECT, related_name="postings"
    )
    household = models.ForeignKey(
        Household, null=True, blank=True, on_delete=models.PROTECT, related_name="postings"
    )
    places = models.CharField(_("places"), max_length=300)
    is_read_out = models.BooleanField(_("read out by loudspeaker"), default=False)
    posted_on = models.DateField(_("posted on"))
    ends_on = models.DateField(_("ends on"))
    closed_on = models.DateField(_("taken down on"), null=True, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("public posting")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="households_publicposting_ends_after_start",
                condition=Q(ends_on__gt=F("posted_on")),
                violation_error_message=_("The posting ends before it begins."),
            ),
            models.CheckConstraint(
                name="households_publicposting_hangs_to_its_end",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("ends_on")),
                violation_error_message=_("The list hangs out its full time."),
            ),
            models.UniqueConstraint(
                fields=["village_review"],
                condition=Q(closed_on__isnull=True, household__isnull=True),
                name="households_publicposting_one_open_for_all",
                violation_error_message=_("The village's list is posted already."),
            ),
            models.UniqueConstraint(
                fields=["village_review", "household"],
                condition=Q(closed_on__isnull=True, household__isnull=False),
                name="households_publicposting_one_open_for_one",
                violation_error_message=_("The household is posted already."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.village_review_id} {self.posted_on}"


class SurveyReopening(Recorded):
    """One household's form opened again although its village is past its survey: after a meeting
    that did not agree to it, an upheld complaint, or a re-check that was ordered."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="reopenings")
    reason = models.TextField(_("reason"))
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(db_default=Now(), editable=False)
    due_on = models.DateField(_("due on"))
    #: The commune ordered it of itself: no complaint and no meeting stands behind it.
    is_ordered = models.BooleanField(default=False)
    #: The day an ordered one was settled; a posting of the household from then on hangs it out.
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    #: When the form was locked again.
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("form opened again")
        constraints = [
            models.UniqueConstraint(
                fields=["survey"],
                condition=Q(ended_at__isnull=True),
                name="households_surveyreopening_one_open",
                violation_error_message=_("This form is open already."),
            ),
            models.CheckConstraint(
                name="households_surveyreopening_has_reason",
                condition=~Q(reason=""),
                violation_error_message=_("Write the reason."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.survey_id} {self.opened_at}"
