"""What is due first in one's area: late or soon, the most pressing first."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from households import policies, workflow
from households.choices import COMPLAINT_IS_OPEN, CommuneState, RoundStage, VillageState
from households.models import (
    Area,
    CommuneReview,
    Complaint,
    RecognitionDecision,
    ReviewRound,
    User,
)
from households.queries import deadlines, decision_draft
from households.queries.deadlines import Deadlines
from households.queries.village_ways import VillageWay

MOST_SHOWN = 6
_MOST_LOOKED_AT = 50


class What(Enum):
    """Kinds of things due, as a page words them."""

    COMPLAINT = auto()
    POSTING_OVER = auto()
    NOT_AGREED = auto()
    RECHECK = auto()
    TO_POST = auto()
    TO_MEET = auto()
    COMMUNE_TURN = auto()
    VILLAGES_DONE = auto()
    SUPPLEMENT = auto()
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


def due_for(
    user: User, works: Iterable[tuple[ReviewRound, list[VillageWay]]], *, today: dt.date
) -> list[Due]:
    """What is the user's to do, the most pressing first: what is late, then what has a day, then
    what waits. `works` are rounds under way with the villages he works in one by one; communes,
    complaints and households kept back are his whether or not their round is. One query a round and
    five more."""
    found: list[Due] = []
    for round, ways in works:
        days = deadlines.of_round(round)
        dues = (_of_village(round, way, days) for way in ways)
        found += [due for due in dues if due and _is_his(due, user)]
        found += _villages_done(round, ways, user, days)
    found += [*_of_communes(user, today), *_complaints(user), *_kept_back(user)]
    return sorted(found, key=lambda due: _pressing(due, today))[:MOST_SHOWN]


def _complaints(user: User) -> list[Due]:
    """Open ones of one's communes, also of lists that are decided. One query."""
    branches = policies.rights(user).branches(policies.SETTLES_COMPLAINTS)
    if not branches:
        return []
    communes = Area.objects.under_any(branches)
    open_ones = Complaint.objects.filter(commune__in=communes, state__in=COMPLAINT_IS_OPEN)
    return [
        Due(
            What.COMPLAINT,
            one.round,
            one.village,
            last_day=one.due_on,
            since=one.received_on,
            complaint=one.pk,
        )
        for one in open_ones.select_related("round", "village").order_by("due_on")[:_MOST_LOOKED_AT]
    ]


def _kept_back(user: User) -> list[Due]:
    """Communes whose decision left households out that are settled since: a supplement is due.
    One query; four more for each such commune."""
    branches = policies.rights(user).branches(policies.RECORDS_DECISIONS)
    if not branches:
        return []
    left = RecognitionDecision.objects.on_lists().exclude(left_out=[])
    recent = left.filter(commune__in=Area.objects.under_any(branches), round__is_closed=False)
    found = []
    for one in {(one.round_id, one.commune_id): one for one in recent.select_related(
        "round__province", "commune"
    )}.values():  # fmt: skip
        if number := len(decision_draft.settled_since(one.round, one.commune)):
            found.append(Due(What.SUPPLEMENT, one.round, one.commune, number=number))
    return found


def _is_his(due: Due, user: User) -> bool:
    """Whether the user may do it, so that nobody is sent to a page that refuses him."""
    if due.what in _SURVEYING:
        return policies.why_not_write_surveys(user, due.place) is None
    return policies.why_not_take_step(user, _STEPS[due.what], due.place) is None


def _of_communes(user: User, today: dt.date) -> list[Due]:
    """Communes whose villages are done and whose next step is the user's. Two queries, and one for
    each round."""
    branches = policies.rights(user).branches(policies.READS_HOUSEHOLDS)
    waiting = CommuneReview.objects.filter(
        commune__in=Area.objects.under_any(branches) if branches else [],
        state__in=_COMMUNE_STEPS,
        round__is_closed=False,
        round__opens_on__lte=today,
    ).select_related("commune", "round")
    his = [
        one
        for one in waiting
        if any(
            policies.why_not_take_step(user, step, one.commune) is None
            for step in _COMMUNE_STEPS[CommuneState(one.state)]
        )
    ]
    days = {one.round_id: deadlines.of_round(one.round) for one in his}
    return [
        Due(
            What.COMMUNE_TURN,
            one.round,
            one.commune,
            state=CommuneState(one.state),
            last_day=days[one.round_id].set_for(_COMMUNE_STAGES[CommuneState(one.state)]),
        )
        for one in his
    ]


def _villages_done(
    round: ReviewRound, ways: Iterable[VillageWay], user: User, days: Deadlines
) -> list[Due]:
    """Communes still open all of whose villages with work have closed. One query at most."""
    by_commune: dict[int, list[VillageWay]] = {}
    for way in ways:
        if way.has_work and way.village.parent_id:
            by_commune.setdefault(way.village.parent_id, []).append(way)
    closed = [
        pk
        for pk, group in by_commune.items()
        if all(way.state == VillageState.CLOSED for way in group)
    ]
    if not closed:
        return []
    open_ones = CommuneReview.objects.filter(
        round=round, commune__in=closed, state=CommuneState.OPEN
    ).select_related("commune")
    return [
        Due(What.VILLAGES_DONE, round, one.commune, last_day=days.set_for(RoundStage.SENT_UP))
        for one in open_ones
        if policies.why_not_take_step(user, workflow.VILLAGES_CLOSED, one.commune) is None
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
