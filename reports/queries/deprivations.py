"""T4 to T7: what poor and near-poor households lack, as counts and as rates of their number."""

from households.services import standards
from reports.queries import cells, facts, kept
from reports.queries.cells import Cell, Source
from reports.queries.questions import Question
from reports.queries.rows import NO_HOUSEHOLDS, NOT_ENOUGH, Counts, Line, Row, by_unit


def columns(question: Question) -> tuple[str, ...]:
    """Households, deprivations, then the indicators in the standard's order."""
    return ("households", "deprivations", *_indicators(question))


def source(question: Question, poverty_class: str) -> Source:
    """Households of the class."""
    return Source(
        f"SELECT * FROM ({facts.select(question.status)}) f"
        f" WHERE poverty_class = '{poverty_class}'",
        {
            ("households", None): Cell("true"),
            ("deprivations", None): Cell("true", "a.deprivations"),
            ("without_form", None): Cell("NOT a.has_form"),
            **{
                (code, None): Cell(f"a.deprived_bits & {1 << position} <> 0")
                for code, position in _indicators(question).items()
            },
        },
    )


def of(question: Question, poverty_class: str, *, as_rates: bool) -> list[Row]:
    """Of the class. As rates: households lacking the indicator in a hundred of the class. Where a
    household of the list has no form, what is lacked is not known. One statement."""
    indicators = _indicators(question)
    rows = []
    for unit, counts in by_unit(_counts(question, poverty_class, indicators), question.units.rows):
        line = Line(unit)
        households = line.figures["households"] = counts.get("households", 0)
        for code in ("deprivations", *indicators):
            if counts.get("without_form", 0):
                line.lacks(code, NOT_ENOUGH)
            elif as_rates and code != "deprivations":
                line.rate(code, counts.get(code, 0), households, NO_HOUSEHOLDS)
            else:
                line.figures[code] = counts.get(code, 0)
        rows.append(line.done())
    return rows


def _counts(question: Question, poverty_class: str, indicators: dict[str, int]) -> list[Counts]:
    from_sums = kept.deprivations(question, [poverty_class], len(indicators))
    if from_sums is not None:
        found = kept.Adding()
        for unit, one in from_sums:
            lacking = {code: one.deprived[position] for code, position in indicators.items()}
            totals = {"households": one.households, "deprivations": one.deprivations}
            found.add(unit, totals | lacking)
        return found.rows
    return cells.totals(source(question, poverty_class), question)


def _indicators(question: Question) -> dict[str, int]:
    """Code to bit. Codes are identifiers (the standard's reader sees to it)."""
    rules = standards.rules_of(question.standard)
    return {one.code: one.position for one in rules.indicators}
