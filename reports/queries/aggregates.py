"""Figures as other systems ask for them: the tables of the pages, side by side, row by row.

A dataset is one or two tables over the same units. Nothing is counted here: rows come from
queries.tables, by way of what is kept of them.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Final, Protocol

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from households.models import ReviewRound
from reports.choices import FigureLevel, FigureStatus, RecordStatus
from reports.queries import measures, unit_measures
from reports.queries import rows as reading
from reports.queries.kept_answers import KeptAnswers
from reports.queries.questions import Question
from reports.queries.rows import Figure, Row


class Lack(TextChoices):
    """Why a figure is null."""

    SUPPRESSED = (
        "suppressed",
        pgettext_lazy("no figure", "A small number, or one that would tell it"),
    )
    NOT_COLLECTED = "not_collected", pgettext_lazy("no figure", "Nobody asked for it")
    NO_DENOMINATOR = (
        "no_denominator",
        pgettext_lazy("no figure", "The base of the rate is not entered"),
    )
    NOT_APPLICABLE = "not_applicable", pgettext_lazy("no figure", "There is no such thing here")
    NOT_ENOUGH = "not_enough_known", pgettext_lazy("no figure", "Not enough is known to say it")


_LACKS: Final[Mapping[Promise, Lack]] = {
    reading.NO_RESIDENTS: Lack.NO_DENOMINATOR,
    reading.RESIDENTS_SPLIT: Lack.NO_DENOMINATOR,
    reading.NO_MINORITY_RESIDENTS: Lack.NO_DENOMINATOR,
    reading.NO_LOCAL_MINORITIES: Lack.NOT_COLLECTED,
    reading.NOT_ENOUGH: Lack.NOT_ENOUGH,
    reading.NO_HOUSEHOLDS: Lack.NOT_APPLICABLE,
    reading.NO_INDICATOR: Lack.NOT_APPLICABLE,
    reading.NOT_ASKED: Lack.NOT_COLLECTED,
    reading.NO_CHILD_AGE: Lack.NOT_COLLECTED,
    measures.WHY_NO_HEADCOUNT: Lack.NOT_COLLECTED,
}


@dataclass(frozen=True)
class Cut:
    """`table` has the counts, `rates` the same in per cent; `base` is what the rates are of, in a
    round of all residents `base_of_all`. `is_weighed`: it stands in the pattern of what is not
    given to everybody; what does not is given as exact numbers, or not at all."""

    table: str
    base: str
    rates: str = ""
    base_of_all: str = ""
    is_weighed: bool = True

    def of_round(self, round: ReviewRound) -> "Cut":
        """With the base that it has there."""
        if self.base_of_all and measures.base_of(round) == measures.Base.RESIDENTS:
            return replace(self, base=self.base_of_all)
        return self


#: Dataset → by which cut ("" is the only one, or the first) → tables.
DATASETS: Final[dict[str, dict[str, Cut]]] = {
    "poverty": {"": Cut("T1", "resident_households")},
    "deprivations": {
        "poor": Cut("T4", "poor_households", "T5"),
        "near-poor": Cut("T6", "near_poor_households", "T7"),
    },
    "movements": {
        "poor": Cut("T2", "poor_households"),
        "near-poor": Cut("T3", "near_poor_households"),
    },
    "groups": {
        "group": Cut("T8", "listed_households"),
        "ethnic": Cut("T9", "listed_households"),
        "cause": Cut("T10", "poor_households"),
        "children": Cut("T11", "children_of_listed_households"),
    },
    "mpi": {
        "": Cut(
            unit_measures.TABLE,
            "listed_households",
            base_of_all="surveyed_resident_households",
            is_weighed=False,
        )
    },
}


@dataclass(frozen=True)
class Told:
    """A row: figures unrounded, and why one is null (code, words)."""

    row: Row
    figures: Mapping[str, Figure | Decimal]
    lacks: Mapping[str, tuple[Lack, str]]


@dataclass(frozen=True)
class EditionOf:
    """The edition that figures were given out in, by its key and its number."""

    pk: int
    number: int
    is_signed: bool
    definition_version: int


class Dated(Protocol):
    """A round, or a year or day of records: its name in addresses, and the day it is of."""

    @property
    def key(self) -> str: ...
    @property
    def as_of(self) -> dt.date: ...


class Coded(Protocol):
    """A standard, or none (its code is "")."""

    @property
    def code(self) -> str: ...


@dataclass(frozen=True)
class PartHead:
    """What the rows of a part are of. `broken`: why nothing is compared with the round before, ""
    where it is. `edition` None: the figures are those of the register now. `about`: what else tells
    it from other parts (name to code), as (("programme", "loan"),); every row says it too. `more`:
    what is told of the part beside."""

    round: Dated
    standard: Coded
    status: FigureStatus | RecordStatus
    level: FigureLevel
    on: dt.date
    broken: str = ""
    undecided: int = 0
    edition: EditionOf | None = None
    #: The one that shares were given out in, where it is another.
    edition_of_rates: EditionOf | None = None
    about: tuple[tuple[str, str], ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """A round under a standard. `rows` are read when asked for. `question` is what they answer,
    None where they were given out before."""

    head: PartHead
    cut: Cut
    columns: tuple[str, ...]
    rows: Callable[[], Iterator[Told]]
    question: Question | None = None

    @property
    def key(self) -> str:
        """Tells it from the other parts of an answer."""
        of = [self.head.round.key, self.head.standard.code]
        return "|".join([*of, *(code for _name, code in self.head.about)])


Columns = Callable[[str], Sequence[str]]


def names_of(cut: Cut, columns: Columns) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the counts, and of the rates beside them; `columns` gives those of a table."""
    rates = [one for one in columns(cut.rates) if one not in _BESIDE] if cut.rates else []
    return tuple(columns(cut.table)), tuple(f"{one}{RATE}" for one in rates)


def part(cut: Cut, question: Question, kept: KeptAnswers, columns: Columns) -> Part:
    """A round under a standard as an answer has it. No query until its rows are read."""
    counts, rates = names_of(cut, columns)

    def rows() -> Iterator[Told]:
        beside = kept.rows(cut.rates, question) if cut.rates else []
        for at, row in enumerate(kept.rows(cut.table, question)):
            figures, reasons = dict(row.figures), dict(row.reasons)
            if rates:
                for name in rates:
                    own = name.removesuffix(RATE)
                    figures[name] = beside[at].figures[own]
                    if own in beside[at].reasons:
                        reasons[name] = beside[at].reasons[own]
            lacks = {one: (lack_of(why), why) for one, why in reasons.items() if one in figures}
            yield Told(row, figures, lacks)

    head = PartHead(
        question.round,
        question.standard,
        question.status,
        question.level,
        question.on,
        question.no_opening,
        len(question.undecided),
        about=question.narrowing.about,
    )
    return Part(head, cut.of_round(question.round), (*counts, *rates), rows, question)


#: What a rate is called beside its count.
RATE: Final = "_rate"
#: In a table of rates these are counts, as in the one of counts.
_BESIDE: Final = ("households", "deprivations")


def lack_of(words: str) -> Lack:
    """The code of what a row says, whatever language it was said in."""
    return next((code for known, code in _LACKS.items() if str(known) == words), Lack.NOT_ENOUGH)
