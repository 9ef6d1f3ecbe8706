"""What is due first in one's villages: late or soon, the most pressing first."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from households import policies, workflow
from households.choices import COMPLAINT_IS_OPEN, CommuneState, RoundStage, VillageState
from households.models import Area, CommuneReview, Complaint, ReviewRound, User
from households.queries import deadlines
from households.queries.deadlines import Deadlines
from households.queries.village_ways import VillageWay

MOST_SHOWN = 6


class What(Enum):
    """Kinds of things due, as a page words them."""

    COMPLAINT = auto()
    POSTING_OVER = auto()
    NOT_AGREED = auto()
    RECHECK = auto()
    TO_POST = auto()
    TO_MEET = auto()
    COMMUNE_TURN = auto()
    FORMS = auto()


#: Whose turn each is, where it is a step; surveying is for who enters forms.
_STEPS = {
    What.POSTING_OVER: workflow.CLOSED,
    What.TO_POST: workflow.POSTED,
    What.TO_MEET: workflow.MEETING_HELD,
}
_SURVEYING = frozenset({What.NOT_AGREED, What.RECHECK, What.FORMS})
#: What a commune's own turn may be, by its state.
_COMMUNE_STEPS = {
    CommuneState.VILLAGES_CLOSED: (workflow.SENT_UP, workflow.RECOGNISED),
    CommuneState.SENT_UP: (workflow.OPINION,),
    CommuneState.OPINION: (workflow.RECOGNISED,),
    CommuneState.RETURNED: (workflow.REOPENED,),
}


#: The stage whose last day is the commune's in each of them.
_COMMUNE_STAGES = {
    CommuneState.VILLAGES_CLOSED: RoundStage.SENT_UP,
    CommuneState.SENT_UP: RoundStage.RECOGNISED,
    CommuneState.OPINION: RoundStage.RECOGNISED,
    CommuneState.RETURNED: RoundStage.SENT_UP,
}


@dataclass(frozen=True)
class Due:
    """One thing: its last day (None: no day of its own), how many of them, and the day that made it
    due. `complaint` is its id for What.COMPLAINT; for COMMUNE_TURN the place is a commune, and
    `state` where it stands."""

    what: What
    round: ReviewRound
    place: Area
    last_day: dt.date | None = None
    number: int = 0
    since: dt.date | None = None
    complaint: int | None = None
    state: CommuneState | None = None

    def days_left(self, today: dt.date) -> int | None:
        return (self.last_day - today).days if self.last_day else None


def due_in(
    round: ReviewRound, ways: Iterable[VillageWay], *, user: User, today: dt.date
) -> list[Due]:
    """What is the user's to do, the most pressing first: what is late, then what has a day, then
    what waits. Three queries."""
    ways = list(ways)
    days = deadlines.of_round(round)
    found = [due for way in ways if (due := _of_village(round, way, days)) and _is_his(due, user)]
    found += _of_communes(round, ways, user, days)
    if policies.rights(user).holds_anywhere(policies.SETTLES_COMPLAINTS):
        villages = {way.village.pk: way.village for way in ways}
        open_ones = Complaint.objects.filter(
            round=round, village__in=villages, state__in=COMPLAINT_IS_OPEN
        )
        found += [
            Due(
                What.COMPLAINT,
                round,
                villages[one.village_id],
                last_day=one.due_on,
                since=one.received_on,
                complaint=one.pk,
            )
            for one in open_ones
        ]
    return sorted(found, key=lambda due: _pressing(due, today))[:MOST_SHOWN]


def _is_his(due: Due, user: User) -> bool:
    """Whether the user may do it, so that nobody is sent to a page that refuses him."""
    if due.what in _SURVEYING:
        return policies.why_not_write_surveys(user, due.place) is None
    return policies.why_not_take_step(user, _STEPS[due.what], due.place) is None


def _of_communes(
    round: ReviewRound, ways: Iterable[VillageWay], user: User, days: Deadlines
) -> list[Due]:
    """Communes whose villages are done and whose next step is the user's."""
    communes = {way.village.parent_id for way in ways}
    waiting = CommuneReview.objects.filter(
        round=round, commune__in=communes, state__in=_COMMUNE_STEPS
    ).select_related("commune")
    return [
        Due(
            What.COMMUNE_TURN,
            round,
            one.commune,
            state=CommuneState(one.state),
            last_day=days.set_for(_COMMUNE_STAGES[CommuneState(one.state)]),
        )
        for one in waiting
        if any(
            policies.why_not_take_step(user, step, one.commune) is None
            for step in _COMMUNE_STEPS[CommuneState(one.state)]
        )
    ]


def _pressing(due: Due, today: dt.date) -> tuple[bool, int, int, str]:
    left = due.days_left(today)
    return (left is None, left or 0, due.what.value, due.place.folded_name)


def _of_village(round: ReviewRound, way: VillageWay, days: Deadlines) -> Due | None:
    village = way.village
    not_agreed = way.last(workflow.MEETING_NOT_AGREED.verb, workflow.MEETING_HELD.verb)
    if way.state == VillageState.LISTED:
        last_day = days.set_for(RoundStage.SURVEYED)
        if not_agreed and not_agreed.verb == workflow.MEETING_NOT_AGREED.verb:
            return Due(What.NOT_AGREED, round, village, last_day, since=not_agreed.acted_on)
        left = way.begun + way.due
        if left and (way.done or last_day):  # begun, not finished; or a day is set for it
            return Due(What.FORMS, round, village, last_day or round.closes_on, number=left)
        return None
    if way.state == VillageState.SURVEYED:
        last_day = days.set_for(RoundStage.MEETING_HELD)
        if way.reopened:
            return Due(What.RECHECK, round, village, last_day, number=way.reopened)
        since = _since(way, workflow.SURVEYED.verb)
        return Due(What.TO_MEET, round, village, last_day, since=since)
    if way.state == VillageState.MEETING_HELD:
        last_day = days.set_for(RoundStage.CLOSED)
        since = _since(way, workflow.MEETING_HELD.verb)
        return Due(What.TO_POST, round, village, last_day, since=since)
    if way.state == VillageState.POSTED and way.posting:
        return Due(What.POSTING_OVER, round, village, last_day=way.posting.ends_on)
    return None


def _since(way: VillageWay, verb: str) -> dt.date | None:
    step = way.last(verb)
    return step.acted_on if step else None
