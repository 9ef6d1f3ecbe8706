"""Which programmes are listed for whom, and what a list's rows need."""

from programs.choices import BenefitState, ProgrammeKind
from programs.choices.support_lists import Receiver

_K, _S = ProgrammeKind, BenefitState

#: Kinds whose recipients a commune lists, with who gets the list.
RECEIVERS: dict[ProgrammeKind, Receiver] = {
    _K.LOAN: Receiver.BANK,
    _K.HEALTH_CARD: Receiver.INSURER,
    _K.TUITION: Receiver.SCHOOL,
    _K.STUDY_COST: Receiver.SCHOOL,
}
#: Given for a school year, in months of it.
SCHOOLING = frozenset({_K.TUITION, _K.STUDY_COST})
#: Receivers who know a recipient by his personal number; a school knows its pupils by name.
NEEDS_NUMBERS = frozenset({Receiver.BANK, Receiver.INSURER})

#: States of a benefit that wait for an answer, in the order of its life. A loan that runs is told
#: when it is closed.
WAITING: dict[ProgrammeKind, tuple[BenefitState, ...]] = {
    kind: (_S.LISTED, _S.DECIDED, _S.SERVED) if kind == _K.LOAN else (_S.LISTED,)
    for kind in RECEIVERS
}

#: Months of tuition: a school year as study costs count it, where the terms say nothing else.
MONTHS_OF_A_SCHOOL_YEAR = 9


def is_listed(kind: str) -> bool:
    return kind in RECEIVERS


def school_year_words(year: int) -> str:
    """The school year that begins in `year`, as everybody writes it."""
    return f"{year}–{year + 1}"
