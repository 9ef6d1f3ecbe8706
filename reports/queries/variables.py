"""The code book of aggregates: every column of every dataset in words, with its unit and base."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils import translation

from reports.queries import (
    column_words,
    coverage_aggregates,
    programme_aggregates,
    tables,
    unit_measures,
)
from reports.queries.aggregates import DATASETS, Cut, names_of
from reports.queries.questions import Question

_LANGUAGES: Final = ("vi", "en")
_RATE: Final = "_rate"
#: Datasets that are no tables of a round, with their cuts and columns.
SUPPORT: Final = {"coverage": coverage_aggregates, "programmes": programme_aggregates}
#: All that there are.
KNOWN: Final = (*DATASETS, *SUPPORT)


@dataclass(frozen=True)
class Variable:
    """`unit`: households, persons, per_cent, or row (each row says its own); of support also times,
    vnd and number. `base` and `formula` are of rates; `table` is the table of the yearly report it
    stands in, if any."""

    dataset: str
    by: str
    code: str
    names: dict[str, str]
    unit: str
    base: str
    formula: str
    table: str


def of(question: Question, wanted: str = "") -> Iterator[Variable]:
    """Of all datasets, or of the one wanted, as the round's standard has them. A few queries."""
    for dataset, cuts in DATASETS.items():
        for by, cut in cuts.items():
            if wanted in ("", dataset):
                yield from _of_cut(question, dataset, by, cut)
    for dataset in SUPPORT:
        if wanted in ("", dataset):
            yield from _of_support(dataset)


def _of_support(dataset: str) -> Iterator[Variable]:
    """`table` of what the yearly summary has."""
    for by, cut in SUPPORT[dataset].CUTS.items():
        for one in SUPPORT[dataset].columns(by):
            names = {}
            for language in _LANGUAGES:
                with translation.override(language):
                    names[language] = str(one.name)
            yield Variable(
                dataset, by, one.code, names, one.unit, one.base, one.formula,
                cut.table if cut.table == "CT" else "",
            )  # fmt: skip


def _of_cut(question: Question, dataset: str, by: str, cut: Cut) -> Iterator[Variable]:
    words = {}
    for language in _LANGUAGES:
        with translation.override(language):
            words[language] = column_words.of(cut.table, question)
    counts, rates = names_of(cut, lambda code: tables.columns(code, question))
    for code in (*counts, *rates):
        own = code if code in words["vi"] else code.removesuffix(_RATE)
        is_rate = code.endswith(_RATE)
        base = _base(code, cut.of_round(question.round)) if is_rate else ""
        yield Variable(
            dataset=dataset,
            by=by,
            code=code,
            names={language: told[own].full for language, told in words.items()},
            unit="per_cent" if is_rate else _unit(dataset, code),
            base=base,
            formula=_formula(code, cut, own if code in rates else _part_of(code))
            if is_rate
            else "",
            table=cut.rates if code in rates else cut.table,
        )


def _formula(code: str, cut: Cut, part: str) -> str:
    if cut.table == unit_measures.TABLE:
        return unit_measures.formula(code)
    return f"100 * {part} / {_base(code, cut)}"


def _part_of(code: str) -> str:
    """What a rate of T1 is the share of: poor_rate of households, poor_persons_rate of persons."""
    own = code.removesuffix(_RATE)
    return own if own.endswith("_persons") else f"{own}_households"


def _base(code: str, cut: Cut) -> str:
    """Of a rate: of persons, the persons; in a table of shares the households of the class."""
    if cut.table == unit_measures.TABLE:
        return cut.base
    if cut.rates:
        return "households"
    return "resident_persons" if "_persons" in code else "resident_households"


def _unit(dataset: str, code: str) -> str:
    if dataset == "movements" or dataset == "groups":
        return "row"
    return "persons" if code.endswith("persons") else "households"
