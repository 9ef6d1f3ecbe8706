"""Kinds whose support begins on a page of its own: a meeting, a work, a project, an event."""

from programs.choices import BenefitState, ProgrammeKind
from programs.workflow import next_states

#: Never begun by a plain benefit: without its house, work or project it would be counted in one
#: place and missed in the others.
OWN_WAY_KINDS = frozenset(
    {
        ProgrammeKind.HOUSING,
        ProgrammeKind.WORKS,
        ProgrammeKind.PROJECT,
        ProgrammeKind.COMMUNICATION,
    }
)


def plain_steps(
    kind: str, state: str, *, is_built: bool = False, is_tied: bool = False
) -> tuple[BenefitState, ...]:
    """What may follow on the benefit's own page. `is_built`: a house stands behind it, which goes
    its steps alone. `is_tied`: a work or a project does; then only its end is recorded there."""
    if is_built:
        return ()
    steps = next_states(kind, state)
    return tuple(one for one in steps if one == BenefitState.CLOSED) if is_tied else steps
