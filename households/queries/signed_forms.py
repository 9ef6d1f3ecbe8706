"""Forms whose signed paper is not attached."""

from django.db.models import Exists, OuterRef, QuerySet

from households.choices import AttachmentKind, SurveyState
from households.models import Area, Attachment, ReviewRound, Survey


def without_paper(round: ReviewRound, village: Area) -> QuerySet[Survey]:
    """Complete forms of the village without it. No query of its own."""
    papers = Attachment.objects.filter(survey=OuterRef("pk"), kind=AttachmentKind.SIGNED_FORM)
    forms = Survey.objects.filter(round=round, village=village, state=SurveyState.COMPLETE)
    return forms.filter(~Exists(papers))
