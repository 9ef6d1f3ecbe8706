"""What scoring says about one household, with everything needed to explain it."""

from dataclasses import dataclass

from households.scoring.notes import Note


@dataclass(frozen=True)
class IndicatorResult:
    """`deprived` is None while facts are missing that could decide it; `missing` names them.

    `causes` names the members or facts that make the household deprived; empty otherwise.
    """

    code: str
    position: int
    deprived: bool | None
    causes: tuple[Note, ...] = ()
    missing: tuple[Note, ...] = ()


@dataclass(frozen=True)
class QuestionPoints:
    """One question of form B. `option` and `points` are None while it is open."""

    question: str
    is_asked: bool
    option: str | None
    points: int | None
    missing: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Result:
    """One household under one standard.

    `poverty_class` is None when undetermined; `open_because` says why. It is given, in spite of
    missing facts, when they cannot change it. `income_basis` is the instrument that counted:
    DECLARED (income_vnd), POINTS (b1_points from the answers), PAPER (b1_points of the signed
    form) or None. `b2_points` is None while an indicator is unknown. `paper_differences` must be
    settled before the village meeting. `rests_on_sample`: the class was reached through a sample
    point table and decides nothing.
    """

    standard: str
    point_table: str | None
    settlement: str
    indicators: tuple[IndicatorResult, ...]
    questions: tuple[QuestionPoints, ...]
    deprived_bits: int
    unknown_bits: int
    deprivations: int
    income_basis: str | None
    income_vnd: int | None
    b1_points: int | None
    b2_points: int | None
    poverty_class: str | None
    open_because: tuple[Note, ...]
    paper_differences: tuple[Note, ...]
    explanation: tuple[Note, ...]
    rests_on_sample: bool

    @property
    def deprived(self) -> tuple[IndicatorResult, ...]:
        """The indicators the household is deprived in, in the standard's order."""
        return tuple(found for found in self.indicators if found.deprived)

    @property
    def unknown(self) -> tuple[IndicatorResult, ...]:
        """The indicators that missing facts leave open, in the standard's order."""
        return tuple(found for found in self.indicators if found.deprived is None)
