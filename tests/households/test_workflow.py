"""The ways of a review as tables: nothing skipped, nothing stuck, nobody's turn unknown."""

import pytest
from django.core.management import call_command

from households import policies, procedure
from households.choices import CommuneState, Role, VillageState
from households.workflow import COMMUNE_STEPS, VILLAGE_STEPS, Step, all_steps
from tests.factories import users
from tests.households.conftest import World

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
    order = {state: position for position, state in enumerate(states)}  # type: ignore[call-overload]
    onward = {s.source for s in steps if order[s.target] > order[s.source]}
    last = set(states) - onward  # type: ignore[call-overload]
    assert last - {CommuneState.RETURNED} in ({VillageState.CLOSED}, {CommuneState.RECOGNISED})


@pytest.mark.parametrize(("states", "steps"), WAYS)
def test_each_arrow_is_there_once_and_has_its_own_name(
    states: type, steps: tuple[Step, ...]
) -> None:
    assert len({(s.source, s.target) for s in steps}) == len(steps)
    assert len({s.verb for s in steps}) == len(steps)


@pytest.mark.parametrize("step", list(all_steps()), ids=lambda step: step.verb)
def test_each_step_is_refused_to_every_role_but_its_owner_and_the_commune_officer(
    world: World, step: Step
) -> None:
    takes = {
        role
        for role in Role
        if not policies.why_not_take_step(
            users.user(f"u_{role}", role, world.commune), step, world.commune
        )
    }
    assert takes == {step.owner, Role.COMMUNE_OFFICER}


def test_every_deadline_is_a_term_of_the_procedure() -> None:
    assert {step.deadline for step in all_steps()} - {""} <= set(procedure.TERMS)


def test_going_back_needs_a_reason() -> None:
    order = {state: position for position, state in enumerate(VillageState)}
    for step in VILLAGE_STEPS:
        assert step.needs_reason == (order[step.target] < order[step.source])


def test_the_page_in_docs_is_drawn_from_the_tables() -> None:
    call_command("review_states", check=True)
