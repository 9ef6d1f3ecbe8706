"""The meetings of a village in a round, as they were recorded."""

from households import workflow
from households.choices import MeetingOutcome
from households.models import Area, ReviewRound, StepTaken, SurveyReopening, VillageMeeting


def of_village(round: ReviewRound, village: Area) -> list[VillageMeeting]:
    """The oldest first, each with its votes on single households. Two queries."""
    found = VillageMeeting.objects.filter(
        step__village_review__round=round, step__village_review__village=village
    )
    return list(
        found.select_related("step__village_review")
        .prefetch_related("votes__survey")
        .order_by("step__pk")
    )


def is_next_awaited(last: VillageMeeting) -> bool:
    """Whether the village was surveyed again since this meeting, and meets once more. One query."""
    step = last.step
    later = StepTaken.objects.filter(village_review=step.village_review_id, pk__gt=step.pk)
    return later.filter(verb=workflow.SURVEYED.verb).exists()


def are_forms_reopened_since(meeting: VillageMeeting) -> bool:
    """Whether forms of the village could be written again after this meeting, so that they may say
    something else now than it dealt with. At most two queries."""
    if meeting.outcome == MeetingOutcome.NOT_AGREED:
        return True
    step = meeting.step
    assert step.village_review is not None
    back = (workflow.SURVEY_AGAIN.verb, workflow.VILLAGE_REOPENED.verb)
    later = StepTaken.objects.filter(village_review=step.village_review_id, pk__gt=step.pk)
    if later.filter(verb__in=back).exists():
        return True
    forms = SurveyReopening.objects.filter(
        survey__round=step.village_review.round_id, survey__village=step.village_review.village_id
    )
    return forms.filter(opened_at__gte=step.recorded_at).exists()
