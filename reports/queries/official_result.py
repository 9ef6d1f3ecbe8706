"""T1: poor, near-poor and recognised average households, their persons, and their rates."""

from reports.queries import cells, facts, kept, residents
from reports.queries.cells import ONE, Cell, Key, Source, Totals
from reports.queries.questions import Question
from reports.queries.rows import Line, Row

#: Class to the word that stands in its columns.
CLASSES = {"POOR": "poor", "NEAR_POOR": "near_poor", "AVERAGE": "average"}

_CELLS: dict[Key, Cell] = {
    (f"{word}_{what}", None): Cell(f"a.poverty_class = '{code}'", amount)
    for code, word in CLASSES.items()
    for what, amount in (("households", ONE), ("persons", "a.persons"))
}

COLUMNS = (
    "resident_households",
    "resident_persons",
    *(f"{word}_{what}" for word in CLASSES.values() for what in ("households", "rate")),
    *(f"{word}_{what}" for word in CLASSES.values() for what in ("persons", "persons_rate")),
)


def source(question: Question) -> Source:
    """Households of the three classes."""
    listed = "SELECT * FROM ({}) f WHERE poverty_class IN ('POOR', 'NEAR_POOR', 'AVERAGE')"
    return Source(listed.format(facts.select(question.status)), _CELLS)


def of(question: Question) -> list[Row]:
    """Rates of households stand on resident households, those of persons on resident persons. Three
    statements at most."""
    found = _kept(question)
    if found is None:
        found = cells.totals(source(question), question)
    living = residents.of(question)
    rows = []
    for unit in question.units.rows:
        counts = found.get(unit.key, {})
        line = Line(unit)
        base = living[unit.key]
        for what, number in (("households", base.households), ("persons", base.persons)):
            line.figures[f"resident_{what}"] = number
            if number is None:
                line.lacks(f"resident_{what}", base.why_unknown)
        for word in CLASSES.values():
            for what, number, rate in (
                ("households", base.households, "rate"),
                ("persons", base.persons, "persons_rate"),
            ):
                count = counts.get((f"{word}_{what}", None), 0)
                line.figures[f"{word}_{what}"] = count
                line.rate(f"{word}_{rate}", count, number, base.why_unknown)
        rows.append(line.done())
    return rows


def _kept(question: Question) -> Totals | None:
    from_sums = kept.heads(question, list(CLASSES))
    if from_sums is None:
        return None
    found = cells.Adding()
    for unit, one in from_sums:
        word = CLASSES[one.poverty_class]
        of_farms = one.poverty_class == "AVERAGE"
        households = one.farm_households if of_farms else one.households
        persons = one.farm_persons if of_farms else one.persons
        numbers = {f"{word}_households": households, f"{word}_persons": persons}
        found.add(unit, {(name, None): number for name, number in numbers.items()})
    return found.totals
