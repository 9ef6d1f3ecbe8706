"""The ways of a review as tables: nothing skipped, nothing stuck, nobody's turn unknown."""

import pytest
from django.core.management import call_command

from households.choices import CommuneState, VillageState
from households.workflow import COMMUNE_STEPS, VILLAGE_STEPS, Step, next_steps

WAYS = [(VillageState, VILLAGE_STEPS), (CommuneState, COMMUNE_STEPS)]


def _reached(steps: tuple[Step, ...]) -> set[object]:
    reached = {steps[0].source}
    while more := {s.target for s in steps if s.source in reached} - reached:
        reached |= more
    return reached


@pytest.mark.parametrize(("states", "steps"), WAYS)
def test_every_state_is_reached_from_the_first(states: type, steps: tuple[Step, ...]) -> None:
    assert _reached(steps) == set(states)


@pytest.mark.parametrize(("states", "steps"), WAYS)
def test_only_the_last_state_has_no_next_step(states: type, steps: tuple[Step, ...]) -> None:
    last = {state for state in states if not next_steps(state)}
    assert last in ({VillageState.CLOSED}, {CommuneState.RECOGNISED})


@pytest.mark.parametrize(("states", "steps"), WAYS)
def test_each_arrow_is_there_once_and_has_its_own_name(
    states: type, steps: tuple[Step, ...]
) -> None:
    assert len({(s.source, s.target) for s in steps}) == len(steps)
    assert len({s.verb for s in steps}) == len(steps)


def test_going_back_needs_a_reason() -> None:
    order = {state: position for position, state in enumerate(VillageState)}
    for step in VILLAGE_STEPS:
        assert step.needs_reason == (order[step.target] < order[step.source])


def test_the_page_in_docs_is_drawn_from_the_tables() -> None:
    call_command("review_states", check=True)
