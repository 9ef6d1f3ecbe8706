"""The two ways of a review as tables: what may follow what, whose turn it is, what is recorded.

Legal source: Decision 24/2021/QĐ-TTg (periodic and ad-hoc review); domain facts in
docs/review-states.md, which is drawn from these tables.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from households.choices import CommuneState, Role, VillageState

State = VillageState | CommuneState


@dataclass(frozen=True)
class Step:
    """One arrow: who may take it and what the audit calls it.

    `deadline` names the parameter of data/procedure.toml that says how long the state `source` may
    last; "" where only the round's last day counts. `has_paper`: signed paper is the act, and who
    records it for somebody else attaches it.
    """

    source: State
    target: State
    owner: Role
    verb: str
    #: Going back needs a written reason.
    needs_reason: bool = False
    deadline: str = ""
    has_paper: bool = False


_OFFICER, _HEAD, _CHAIR = Role.COMMUNE_OFFICER, Role.VILLAGE_HEAD, Role.COMMUNE_CHAIR
_DISTRICT = Role.DISTRICT_READER
_V, _C = VillageState, CommuneState

SURVEYED = Step(_V.LISTED, _V.SURVEYED, _OFFICER, "village.surveyed")
SURVEY_REOPENED = Step(
    _V.SURVEYED, _V.LISTED, _OFFICER, "village.survey_reopened", needs_reason=True
)
MEETING_HELD = Step(_V.SURVEYED, _V.MEETING_HELD, _HEAD, "village.meeting_held", has_paper=True)
# Something is found wrong after the meeting: survey and meeting again, for this village only.
SURVEY_AGAIN = Step(_V.MEETING_HELD, _V.LISTED, _OFFICER, "village.survey_again", needs_reason=True)
POSTED = Step(_V.MEETING_HELD, _V.POSTED, _OFFICER, "village.posted")
CLOSED = Step(
    _V.POSTED, _V.CLOSED, _OFFICER, "village.closed", deadline="posting_days", has_paper=True
)
# Only after the commune's results were returned from above.
VILLAGE_REOPENED = Step(_V.CLOSED, _V.LISTED, _OFFICER, "village.reopened", needs_reason=True)

VILLAGE_STEPS: tuple[Step, ...] = (
    SURVEYED,
    MEETING_HELD,
    SURVEY_REOPENED,
    SURVEY_AGAIN,
    POSTED,
    CLOSED,
    VILLAGE_REOPENED,
)
#: A meeting under half of those present: recorded, and the village is surveyed again. It is the
#: same arrow as a reopening; the meeting itself is the reason.
MEETING_NOT_AGREED = Step(
    _V.SURVEYED, _V.LISTED, _HEAD, "village.meeting_not_agreed", has_paper=True
)
#: Agreed but for single households: those are surveyed again, the village stays where it is.
MEETING_AGREED_EXCEPT = Step(
    _V.SURVEYED, _V.SURVEYED, _HEAD, "village.meeting_agreed_except", has_paper=True
)
MEETING_ENDS: tuple[Step, ...] = (MEETING_HELD, MEETING_NOT_AGREED, MEETING_AGREED_EXCEPT)

VILLAGES_CLOSED = Step(_C.OPEN, _C.VILLAGES_CLOSED, _OFFICER, "commune.villages_closed")
SENT_UP = Step(_C.VILLAGES_CLOSED, _C.SENT_UP, _CHAIR, "commune.sent_up", has_paper=True)
OPINION = Step(
    _C.SENT_UP, _C.OPINION, _DISTRICT, "commune.opinion", deadline="opinion_days", has_paper=True
)
RETURNED = Step(
    _C.SENT_UP,
    _C.RETURNED,
    _DISTRICT,
    "commune.returned",
    needs_reason=True,
    deadline="opinion_days",
    has_paper=True,
)
REOPENED = Step(_C.RETURNED, _C.OPEN, _OFFICER, "commune.reopened")
RECOGNISED = Step(_C.OPINION, _C.RECOGNISED, _CHAIR, "commune.recognised", has_paper=True)
# Without a district, or where its opinion is switched off, recognition follows directly.
RECOGNISED_DIRECTLY = Step(
    _C.VILLAGES_CLOSED,
    _C.RECOGNISED,
    _CHAIR,
    "commune.recognised_without_opinion",
    has_paper=True,
)

COMMUNE_STEPS: tuple[Step, ...] = (
    VILLAGES_CLOSED,
    SENT_UP,
    OPINION,
    RETURNED,
    REOPENED,
    RECOGNISED,
    RECOGNISED_DIRECTLY,
)

#: Where surveys may still be written; later a step has to reopen them.
SURVEYS_OPEN_IN_VILLAGE = frozenset({VillageState.LISTED})
SURVEYS_OPEN_IN_COMMUNE = frozenset({CommuneState.OPEN})
#: Where complaints about what is posted come in and hold a household back.
VILLAGE_IS_POSTED = frozenset({VillageState.POSTED, VillageState.CLOSED})


def all_steps() -> Iterable[Step]:
    """Every arrow, the ends of a meeting included, each once."""
    extra = [step for step in MEETING_ENDS if step not in VILLAGE_STEPS]
    return (*VILLAGE_STEPS, *extra, *COMMUNE_STEPS)


def next_steps(state: State) -> tuple[Step, ...]:
    """The arrows that leave a state."""
    steps = VILLAGE_STEPS if isinstance(state, VillageState) else COMMUNE_STEPS
    return tuple(step for step in steps if step.source == state)
