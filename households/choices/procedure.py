"""Words of the review procedure: meetings, posting, complaints, what is sent up."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MeetingOutcome(TextChoices):
    """What a village meeting came to (Decision 24/2021/QĐ-TTg: at least half of those present)."""

    AGREED = "AGREED", _("Agreed")
    AGREED_EXCEPT = "AGREED_EXCEPT", _("Agreed except single households")
    NOT_AGREED = "NOT_AGREED", _("Not agreed")


class ComplaintKind(TextChoices):
    """Three different things in law: what is remarked, a complaint, a denunciation."""

    OPINION = "OPINION", _("Remark")
    COMPLAINT = "COMPLAINT", _("Complaint")
    DENUNCIATION = "DENUNCIATION", _("Denunciation")


class ComplaintState(TextChoices):
    OPEN = "OPEN", _("To be answered")
    RECHECK = "RECHECK", _("Being re-checked")
    UPHELD = "UPHELD", _("Upheld")
    KEPT = "KEPT", _("Result kept")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")
    HANDED_ON = "HANDED_ON", _("Handed on")


class RoundStage(TextChoices):
    """What the department may set a last day of its own for, in the order of the way."""

    SURVEYED = "SURVEYED", _("Surveys complete")
    MEETING_HELD = "MEETING_HELD", _("Village meetings held")
    CLOSED = "CLOSED", _("Postings ended")
    SENT_UP = "SENT_UP", _("Results sent up")
    RECOGNISED = "RECOGNISED", _("Lists decided")


class SignerTitle(TextChoices):
    """Who signs for the commune, as the state's form for documents writes it."""

    CHAIR = "CHAIR", _("Chair")
    DEPUTY_FOR_CHAIR = "DEPUTY_FOR_CHAIR", _("Deputy chair, for the chair")


#: A complaint that still waits for its end.
COMPLAINT_IS_OPEN = frozenset({ComplaintState.OPEN, ComplaintState.RECHECK})
