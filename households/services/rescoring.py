"""Computing again what is still open, after the rules it rests on have changed."""

from households import workflow
from households.choices import SurveyState
from households.models import CommuneReview, PovertyStandard, ReviewRound, Survey
from households.services import assessments, marks


def of_open_rounds(standard: PovertyStandard) -> int:
    """Compute again, under a standard, the results that answers to point questions told, in
    rounds not closed and communes still at their survey stage. Gives the number of surveys.

    To be called inside an act. A few statements for each round under way.
    """
    computed = 0
    for round in ReviewRound.objects.filter(is_closed=False, standards=standard):
        past = CommuneReview.objects.filter(round=round).exclude(
            state__in=workflow.SURVEYS_OPEN_IN_COMMUNE
        )
        surveys = (
            Survey.objects.filter(round=round, state=SurveyState.COMPLETE)
            .filter(income_per_capita_month_vnd__isnull=True)
            .exclude(commune__in=past.values("commune"))
        )
        found = dict(surveys.values_list("pk", "commune_id"))
        assessments.assess(survey_ids=found, standard=standard)
        if found:
            marks.mark_changed(round_id=round.pk, commune_ids=found.values())
        computed += len(found)
    return computed
