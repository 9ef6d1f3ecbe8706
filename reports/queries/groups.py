"""T8: poor and near-poor households by group, and the persons in them. Groups overlap: "other" is
who is in none, not what is left of a subtraction."""

from reports.choices import Unit as Counted
from reports.queries import facts, kept, units
from reports.queries.questions import Question
from reports.queries.rows import NOT_ENOUGH, Counts, Line, Row, by_unit, fetched

CLASSES = {"POOR": "poor", "NEAR_POOR": "near_poor"}
#: Column to its condition; a group that was not asked is not stated.
_GROUPS = {
    "total": "true",
    "ethnic_minority": "is_minority IS TRUE",
    "no_labour": "no_labour IS TRUE",
    "merit": "merit IS TRUE",
    "other": "is_minority IS NOT TRUE AND no_labour IS NOT TRUE AND merit IS NOT TRUE",
}
COLUMNS = tuple(f"{word}_{group}" for word in CLASSES.values() for group in _GROUPS)

_COUNTS = ", ".join(
    f"(count(*) FILTER (WHERE {condition} AND poverty_class = '{code}'))::int"
    f" AS {word}_{group}_households,"
    f" (sum(persons) FILTER (WHERE {condition} AND poverty_class = '{code}'))::int"
    f" AS {word}_{group}_persons"
    for code, word in CLASSES.items()
    for group, condition in _GROUPS.items()
)
_UNKNOWN = ", ".join(
    f"(count(*) FILTER (WHERE NOT has_form AND poverty_class = '{code}'))::int AS {word}_unknown"
    for code, word in CLASSES.items()
)


def of(question: Question) -> list[Row]:
    """Two rows an area. Where a household of the list has no form, only the total is known. One
    statement."""
    rows = []
    for unit, counts in by_unit(_counts(question), question.units.rows):
        for counted in Counted:
            line = Line(unit, counted)
            for word in CLASSES.values():
                for group in _GROUPS:
                    column = f"{word}_{group}"
                    line.figures[column] = counts.get(f"{column}_{counted.value}", 0)
                    if group != "total" and counts.get(f"{word}_unknown", 0):
                        line.lacks(column, NOT_ENOUGH)
            rows.append(line.done())
    return rows


#: Group to the columns of the kept sums.
_KEPT = {
    "total": ("households", "persons"),
    "ethnic_minority": ("minority_households", "minority_persons"),
    "no_labour": ("no_labour_households", "no_labour_persons"),
    "merit": ("merit_households", "merit_persons"),
    "other": ("other_households", "other_persons"),
}


def _counts(question: Question) -> list[Counts]:
    from_sums = kept.classes(question, list(CLASSES))
    if from_sums is None:
        sql = (
            f"SELECT unit_id, {_COUNTS}, {_UNKNOWN} FROM ({facts.select(question.status)}) f"
            f" {units.HERE} WHERE poverty_class IN ('POOR', 'NEAR_POOR') GROUP BY 1"
        )
        return fetched(sql, question.values)
    found = kept.Adding()
    for unit, one in from_sums:
        word = CLASSES[one.poverty_class]
        for group, (households, persons) in _KEPT.items():
            found.add(
                unit,
                {
                    f"{word}_{group}_households": getattr(one, households),
                    f"{word}_{group}_persons": getattr(one, persons),
                },
            )
    return found.rows
