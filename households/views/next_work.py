"""The next thing to do for a village, as a link."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from households import policies, workflow
from households.choices import InRound, SurveyState, VillageState
from households.models import ReviewRound, User
from households.queries.village_ways import VillageWay


@dataclass(frozen=True)
class Next:
    """`number` of things, when that is told."""

    label: Promise
    url: str
    number: int = 0


#: By whose right each state is left; surveying is for who enters forms.
_ONWARD = {
    VillageState.SURVEYED: workflow.MEETING_HELD,
    VillageState.MEETING_HELD: workflow.POSTED,
    VillageState.POSTED: workflow.CLOSED,
}


def _refused(one: VillageWay, user: User) -> bool:
    if one.state == VillageState.LISTED:
        return policies.why_not_write_surveys(user, one.village) is not None
    step = _ONWARD.get(one.state)
    return step is not None and policies.why_not_take_step(user, step, one.village) is not None


def next_of(one: VillageWay, round: ReviewRound, user: User) -> Next | None:
    """What comes next in a village for this user; None when it waits for others, or nothing is
    reviewed there."""
    if not one.has_work or _refused(one, user):
        return None
    page = reverse("households:village_way", args=[round.pk, one.village.pk])
    households = f"{reverse('households:household_list')}?village={one.village.pk}"
    if one.state == VillageState.LISTED:
        if one.due:
            return Next(
                gettext_lazy("Enter the next forms"), f"{households}&round={InRound.DUE}", one.due
            )
        if one.begun:
            drafts = f"{households}&round={SurveyState.DRAFT}"
            return Next(gettext_lazy("Complete the forms begun"), drafts, one.begun)
        if one.to_ask:
            asked = reverse("households:households_asked", args=[round.pk, one.village.pk])
            return Next(gettext_lazy("Ask households that may be forgotten"), asked, one.to_ask)
        return Next(gettext_lazy("Say that the survey is done"), page)
    if one.complaints_open:
        words = gettext_lazy("Settle complaints")
        return Next(words, f"{page}#complaints", one.complaints_open)
    if one.state == VillageState.SURVEYED:
        if one.reopened:
            return Next(gettext_lazy("Survey again, then meet again"), page, one.reopened)
        return Next(gettext_lazy("Hold and record the meeting"), page)
    if one.state == VillageState.MEETING_HELD:
        return Next(gettext_lazy("Post the results"), page)
    if one.state == VillageState.POSTED:
        return Next(gettext_lazy("End the posting"), page)
    return None
