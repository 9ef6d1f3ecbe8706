"""The two ways of a review as tables: what may follow what, whose turn it is, what is recorded.

Legal source: Decision 24/2021/QĐ-TTg (periodic and ad-hoc review); domain facts in
docs/review-states.md, which is drawn from these tables.
"""

from dataclasses import dataclass

from households.choices import CommuneState, Role, VillageState

State = VillageState | CommuneState


@dataclass(frozen=True)
class Step:
    """One arrow: who may take it and what the audit calls it."""

    source: State
    target: State
    owner: Role
    verb: str
    #: Reopening a locked stage needs a written reason.
    needs_reason: bool = False


VILLAGE_STEPS: tuple[Step, ...] = (
    Step(VillageState.LISTED, VillageState.SURVEYED, Role.COMMUNE_OFFICER, "village.surveyed"),
    Step(
        VillageState.SURVEYED, VillageState.MEETING_HELD, Role.VILLAGE_HEAD, "village.meeting_held"
    ),
    # Under half of those present agreed: step 2 again and a new meeting, for this village only.
    Step(
        VillageState.MEETING_HELD,
        VillageState.LISTED,
        Role.COMMUNE_OFFICER,
        "village.survey_again",
        needs_reason=True,
    ),
    Step(
        VillageState.SURVEYED,
        VillageState.LISTED,
        Role.COMMUNE_OFFICER,
        "village.survey_reopened",
        needs_reason=True,
    ),
    Step(VillageState.MEETING_HELD, VillageState.POSTED, Role.COMMUNE_OFFICER, "village.posted"),
    Step(VillageState.POSTED, VillageState.CLOSED, Role.COMMUNE_OFFICER, "village.closed"),
)

COMMUNE_STEPS: tuple[Step, ...] = (
    Step(
        CommuneState.OPEN,
        CommuneState.VILLAGES_CLOSED,
        Role.COMMUNE_OFFICER,
        "commune.villages_closed",
    ),
    Step(CommuneState.VILLAGES_CLOSED, CommuneState.SENT_UP, Role.COMMUNE_CHAIR, "commune.sent_up"),
    Step(CommuneState.SENT_UP, CommuneState.OPINION, Role.DISTRICT_READER, "commune.opinion"),
    Step(
        CommuneState.SENT_UP,
        CommuneState.RETURNED,
        Role.DISTRICT_READER,
        "commune.returned",
        needs_reason=True,
    ),
    Step(CommuneState.RETURNED, CommuneState.OPEN, Role.COMMUNE_OFFICER, "commune.reopened"),
    Step(CommuneState.OPINION, CommuneState.RECOGNISED, Role.COMMUNE_CHAIR, "commune.recognised"),
    # Without a district, or where its opinion is switched off, recognition follows directly.
    Step(
        CommuneState.VILLAGES_CLOSED,
        CommuneState.RECOGNISED,
        Role.COMMUNE_CHAIR,
        "commune.recognised_without_opinion",
    ),
)

#: Where surveys may still be written; later a step has to reopen them.
SURVEYS_OPEN_IN_VILLAGE = frozenset({VillageState.LISTED})
SURVEYS_OPEN_IN_COMMUNE = frozenset({CommuneState.OPEN})


def next_steps(state: State) -> tuple[Step, ...]:
    """The arrows that leave a state."""
    steps = VILLAGE_STEPS if isinstance(state, VillageState) else COMMUNE_STEPS
    return tuple(step for step in steps if step.source == state)
