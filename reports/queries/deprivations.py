"""T4 to T7: what poor and near-poor households lack, as counts and as rates of their number; and
what both lack together."""

from collections.abc import Sequence

from households.scoring.readings import Unanswerable
from households.services import standards
from reports.queries import cells, facts, kept
from reports.queries.cells import Cell, Source, Totals
from reports.queries.questions import Question
from reports.queries.rows import NO_HOUSEHOLDS, NOT_ASKED, NOT_ENOUGH, Line, Row

_WITHOUT_FORM = ("without_form", None)


def columns(question: Question) -> tuple[str, ...]:
    """Households, deprivations, then the indicators in the standard's order."""
    return ("households", "deprivations", *_indicators(question))


def source(question: Question, *classes: str) -> Source:
    """Households of the classes."""
    return Source(
        f"SELECT * FROM ({facts.select(question.status)}) f WHERE poverty_class = ANY(%(classes)s)",
        {
            ("households", None): Cell("true"),
            ("deprivations", None): Cell("true", "a.deprivations"),
            _WITHOUT_FORM: Cell("NOT a.has_form"),
            **{
                (code, None): Cell(f"a.deprived_bits & {1 << position} <> 0")
                for code, position in _indicators(question).items()
            },
        },
        values={"classes": list(classes)},
    )


def of(question: Question, *classes: str, as_rates: bool = False) -> list[Row]:
    """Of the classes. As rates: households lacking the indicator in a hundred of them. Where a
    household of the list has no form, what is lacked is not known, and neither is what the form
    of the standard does not ask for. One statement."""
    indicators, unasked = _indicators(question), _unasked(question)
    found = _kept(question, classes)
    if found is None:
        found = cells.totals(source(question, *classes), question)
    rows = []
    for unit in question.units.rows:
        counts = found.get(unit.key, {})
        line = Line(unit)
        households = line.figures["households"] = counts.get(("households", None), 0)
        for code in ("deprivations", *indicators):
            count = counts.get((code, None), 0)
            if counts.get(_WITHOUT_FORM):
                line.lacks(code, NOT_ENOUGH)
            elif code in unasked:
                line.lacks(code, NOT_ASKED)
            elif as_rates and code != "deprivations":
                line.rate(code, count, households, NO_HOUSEHOLDS)
            else:
                line.figures[code] = count
        rows.append(line.done())
    return rows


def _unasked(question: Question) -> set[str]:
    rules = standards.rules_of(question.standard)
    return {one.code for one in rules.indicators if isinstance(one.reading, Unanswerable)}


def _kept(question: Question, classes: Sequence[str]) -> Totals | None:
    indicators = _indicators(question)
    from_sums = kept.deprivations(question, classes, len(indicators))
    if from_sums is None:
        return None
    found = cells.Adding()
    for unit, one in from_sums:
        numbers = {"households": one.households, "deprivations": one.deprivations}
        numbers |= {code: one.deprived[position] for code, position in indicators.items()}
        found.add(unit, {(code, None): number for code, number in numbers.items()})
    return found.totals


def _indicators(question: Question) -> dict[str, int]:
    """Code to bit. Codes are identifiers (the standard's reader sees to it)."""
    rules = standards.rules_of(question.standard)
    return {one.code: one.position for one in rules.indicators}
