"""The life of a benefit as a table: which states each kind of programme knows, and what follows."""

from programs.choices import BenefitState, ProgrammeKind

_S = BenefitState

#: What counts as served: "lượt".
SERVED_STATES = frozenset({_S.SERVED, _S.CLOSED})
#: Which are on the way; a house on the way is a house.
OPEN_STATES = frozenset({_S.WISHED, _S.LISTED, _S.DECIDED})
#: Where nothing was given in the end.
VOID_STATES = frozenset({_S.REFUSED, _S.CANCELLED})

Steps = dict[BenefitState, tuple[BenefitState, ...]]

#: Wish, list of the commune, decision of who pays, paid out, closed.
_FULL: Steps = {
    _S.WISHED: (_S.LISTED, _S.REFUSED),
    _S.LISTED: (_S.DECIDED, _S.REFUSED),
    _S.DECIDED: (_S.SERVED, _S.REFUSED),
    _S.SERVED: (_S.CLOSED,),
}
#: On a list for who gives it, then received.
_LISTED: Steps = {
    _S.LISTED: (_S.SERVED, _S.REFUSED),
    _S.SERVED: (_S.CLOSED,),
}
#: Recorded once it was received.
_GIVEN: Steps = {_S.SERVED: (_S.CLOSED,)}

STEPS: dict[ProgrammeKind, Steps] = {
    ProgrammeKind.LOAN: _FULL,
    ProgrammeKind.HOUSING: _FULL,
    ProgrammeKind.WORKS: _FULL,
    ProgrammeKind.HEALTH_CARD: _LISTED,
    ProgrammeKind.TUITION: _LISTED,
    ProgrammeKind.STUDY_COST: _LISTED,
    ProgrammeKind.TRAINING: _LISTED,
    ProgrammeKind.LABOUR_EXPORT: _LISTED,
    ProgrammeKind.PROJECT: _LISTED,
    ProgrammeKind.KNOWLEDGE: _GIVEN,
    ProgrammeKind.JOB: _GIVEN,
    ProgrammeKind.COMMUNICATION: _GIVEN,
    ProgrammeKind.OTHER: _GIVEN,
}


def states_of(kind: str) -> tuple[BenefitState, ...]:
    """The states a benefit of this kind may be recorded in, in order."""
    return tuple(STEPS[ProgrammeKind(kind)])


def next_states(kind: str, state: str) -> tuple[BenefitState, ...]:
    """What may follow; a mistake is taken back from anywhere else (services.benefits.cancel)."""
    return STEPS[ProgrammeKind(kind)].get(BenefitState(state), ())
