"""What a form means for the open request of its household. Inside the act of who calls."""

from households.choices import REVIEWED_KINDS, RequestState
from households.models import Household, ReviewRequest, Survey


def look_into(draft: Survey) -> None:
    """A form begun for a household looks into its open request, whoever began it from where. One
    statement, or two."""
    waiting = ReviewRequest.objects.filter(
        household=draft.household_id,
        state=RequestState.OPEN,
        kind__in=REVIEWED_KINDS,
        survey__isnull=True,
    )
    if waiting.update(survey=draft):
        draft.asked_for_review = True
        Survey.objects.filter(pk=draft.pk).update(asked_for_review=True)


def let_go(draft: Survey) -> None:
    """A form thrown away: its request waits again; an asker whom the register knew by this form
    alone is unknown again. Before the form is deleted. Two statements at most."""
    asking = ReviewRequest.objects.filter(survey=draft)
    others = Survey.objects.filter(household=draft.household_id).exclude(pk=draft.pk)
    is_known = others.exists() or draft.household.memberships.exists()
    asking.update(survey=None, household=draft.household if is_known else None)


def follow_merger(ended: Household, into: Household) -> None:
    """The open request of a household that was merged is the other's now, unless that has one; then
    it waits for its answer where it is. One statement."""
    if not ReviewRequest.objects.filter(household=into, state=RequestState.OPEN).exists():
        ReviewRequest.objects.filter(household=ended, state=RequestState.OPEN).update(
            household=into
        )
