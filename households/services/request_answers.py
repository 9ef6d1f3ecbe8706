"""Which requests a decision on a commune's lists answers."""

from django.db.models import Exists, OuterRef, Q

from households.choices import HowOut, RequestKind, RequestState, SurveyState
from households.models import (
    Area,
    RecognitionDecision,
    ReviewRequest,
    ReviewRound,
    StatusPeriod,
    User,
)
from households.models.certificates import CERTIFIED


def answer_granted(
    *, round: ReviewRound, commune: Area, decision: RecognitionDecision, by: User
) -> int:
    """Open requests that the decision grants, answered by it; how many. Who asked for a review is
    on the list now; who asked to be recognised as escaped was taken off it by this paper. All
    others wait for their refusal in writing. One statement; to be called inside the act that wrote
    the decision."""
    mine = StatusPeriod.objects.filter(household=OuterRef("household"), list_owner__isnull=True)
    is_listed = Exists(mine.filter(valid_to__isnull=True, poverty_class__in=CERTIFIED))
    by_this_paper = {
        "decision_out__round": round,
        "decision_out__commune": commune,
        "decision_out__number": decision.number,
    }
    has_escaped = Exists(mine.filter(how_out=HowOut.ESCAPED, **by_this_paper))
    granted = ReviewRequest.objects.filter(
        Q(kind=RequestKind.REVIEW) & is_listed | Q(kind=RequestKind.ESCAPE) & has_escaped,
        commune=commune,
        state=RequestState.OPEN,
        survey__round=round,
        survey__state=SurveyState.COMPLETE,
    ).exclude(household__in=decision.left_out)
    if decision.only_about:
        granted = granted.filter(household__in=decision.only_about)
    return granted.update(
        state=RequestState.ANSWERED,
        answered_on=decision.decided_on,
        answer_number=decision.number,
        answered_by=decision.decided_by,
        signer_title=decision.signer_title,
        settled_by=by,
    )
