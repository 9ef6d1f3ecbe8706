"""Every kind of programme has a life, and every state in it can be reached and ends somewhere."""

import pytest

from programs.choices import BenefitState, ProgrammeKind
from programs.workflow import (
    OPEN_STATES,
    SERVED_STATES,
    STEPS,
    VOID_STATES,
    next_states,
    states_of,
)


def test_every_kind_has_a_life() -> None:
    assert set(STEPS) == set(ProgrammeKind)


@pytest.mark.parametrize("kind", ProgrammeKind)
def test_what_follows_is_known_and_leads_to_being_served(kind: ProgrammeKind) -> None:
    begun = states_of(kind)
    for state in begun:
        reached, waiting = set(), [state]
        while waiting:
            for following in next_states(kind, waiting.pop()):
                if following not in reached:
                    reached.add(following)
                    waiting.append(following)
        assert state in SERVED_STATES or reached & SERVED_STATES


def test_each_state_counts_one_way() -> None:
    assert set(BenefitState) == SERVED_STATES | OPEN_STATES | VOID_STATES
    assert not SERVED_STATES & OPEN_STATES
    assert not VOID_STATES & (SERVED_STATES | OPEN_STATES)
