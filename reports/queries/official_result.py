"""T1: poor, near-poor and recognised average households, their persons, and their rates."""

from reports.queries import facts, kept, residents, units
from reports.queries.questions import Question
from reports.queries.rows import NO_RESIDENTS, Counts, Line, Row, by_unit, fetched

#: Class to the word that stands in its columns.
CLASSES = {"POOR": "poor", "NEAR_POOR": "near_poor", "AVERAGE": "average"}

_COUNTS = ", ".join(
    f"(count(*) FILTER (WHERE poverty_class = '{code}'))::int AS {word}_households,"
    f" (sum(persons) FILTER (WHERE poverty_class = '{code}'))::int AS {word}_persons"
    for code, word in CLASSES.items()
)

COLUMNS = (
    "resident_households",
    "resident_persons",
    *(f"{word}_{what}" for word in CLASSES.values() for what in ("households", "rate")),
    *(f"{word}_{what}" for word in CLASSES.values() for what in ("persons", "persons_rate")),
)


def of(question: Question) -> list[Row]:
    """Rates of households stand on resident households, those of persons on resident persons. Three
    statements at most."""
    living = residents.of(question)
    rows = []
    for unit, counts in by_unit(_counts(question), question.units.rows):
        line = Line(unit)
        base = living[unit.key]
        for what, number in (("households", base.households), ("persons", base.persons)):
            line.figures[f"resident_{what}"] = number
            if number is None:
                line.lacks(f"resident_{what}", NO_RESIDENTS)
        for word in CLASSES.values():
            for what, number, rate in (
                ("households", base.households, "rate"),
                ("persons", base.persons, "persons_rate"),
            ):
                count = counts.get(f"{word}_{what}", 0)
                line.figures[f"{word}_{what}"] = count
                line.rate(f"{word}_{rate}", count, number, NO_RESIDENTS)
        rows.append(line.done())
    return rows


def _counts(question: Question) -> list[Counts]:
    from_sums = kept.classes(question, list(CLASSES))
    if from_sums is None:
        sql = (
            f"SELECT unit_id, {_COUNTS} FROM ({facts.select(question.status)}) f {units.HERE}"
            " WHERE poverty_class IN ('POOR', 'NEAR_POOR', 'AVERAGE') GROUP BY 1"
        )
        return fetched(sql, question.values)
    found = kept.Adding()
    for unit, one in from_sums:
        word = CLASSES[one.poverty_class]
        of_farms = one.poverty_class == "AVERAGE"
        households = one.farm_households if of_farms else one.households
        persons = one.farm_persons if of_farms else one.persons
        found.add(unit, {f"{word}_households": households, f"{word}_persons": persons})
    return found.rows
