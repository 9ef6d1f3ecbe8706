"""T8: poor and near-poor households by group, and the persons in them. Groups overlap: "other" is
who is in none, not what is left of a subtraction."""

from reports.choices import Unit as Counted
from reports.queries import cells, facts, kept
from reports.queries.cells import ONE, Cell, Key, Source, Totals
from reports.queries.questions import Question
from reports.queries.rows import NOT_ENOUGH, Line, Row

CLASSES = {"POOR": "poor", "NEAR_POOR": "near_poor"}
#: Column to its condition; a group that was not asked is not stated.
_GROUPS = {
    "total": "true",
    "ethnic_minority": "a.is_minority IS TRUE",
    "no_labour": "a.no_labour IS TRUE",
    "merit": "a.merit IS TRUE",
    "other": "a.is_minority IS NOT TRUE AND a.no_labour IS NOT TRUE AND a.merit IS NOT TRUE",
}
COLUMNS = tuple(f"{word}_{group}" for word in CLASSES.values() for group in _GROUPS)
#: No column of the table: what pages show beside it, with the list of it. Where a form does not say
#: whether anybody is able to work, somebody is.
_BESIDE = {"labour": "a.no_labour IS NOT TRUE"}
BESIDE = tuple(f"{word}_{group}" for word in CLASSES.values() for group in _BESIDE)
_ALL = _GROUPS | _BESIDE

_CELLS: dict[Key, Cell] = {
    (f"{word}_{group}", counted): Cell(f"a.poverty_class = '{code}' AND {condition}", amount)
    for code, word in CLASSES.items()
    for group, condition in _ALL.items()
    for counted, amount in ((Counted.HOUSEHOLDS, ONE), (Counted.PERSONS, "a.persons"))
}
_UNKNOWN: dict[Key, Cell] = {
    (f"{word}_unknown", None): Cell(f"a.poverty_class = '{code}' AND NOT a.has_form")
    for code, word in CLASSES.items()
}


def source(question: Question) -> Source:
    """Poor and near-poor households."""
    return Source(facts.listed(question.status), _CELLS | _UNKNOWN)


def of(question: Question) -> list[Row]:
    """Two rows an area. Where a household of the list has no form, only the total is known. One
    statement."""
    found = _kept(question)
    if found is None:
        found = cells.totals(source(question), question)
    rows = []
    for unit in question.units.rows:
        counts = found.get(unit.key, {})
        for counted in Counted:
            line = Line(unit, counted)
            for word in CLASSES.values():
                for group in _ALL:
                    column = f"{word}_{group}"
                    line.figures[column] = counts.get((column, counted), 0)
                    if group != "total" and counts.get((f"{word}_unknown", None)):
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


def _kept(question: Question) -> Totals | None:
    from_sums = kept.classes(question, list(CLASSES))
    if from_sums is None:
        return None
    found = cells.Adding()
    for unit, one in from_sums:
        word = CLASSES[one.poverty_class]
        sums = {
            group: [int(getattr(one, name)) for name in names] for group, names in _KEPT.items()
        }
        sums["labour"] = [
            every - out for every, out in zip(sums["total"], sums["no_labour"], strict=True)
        ]
        for group, numbers in sums.items():
            keys = [(f"{word}_{group}", counted) for counted in Counted]
            found.add(unit, dict(zip(keys, numbers, strict=True)))
    return found.totals
