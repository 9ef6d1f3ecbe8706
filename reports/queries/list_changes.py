"""T2 and T3: how poor and near-poor households changed between two periodic closings.

Each household makes one net move: it is read once in the closing before and once in this one. Who
counts in another commune than before is an "other" decrease there and an "other" increase here,
whatever his class, so that every column of a district is the sum of its communes'.
"""

from reports.choices import FigureStatus
from reports.choices import Unit as Counted
from reports.queries import cells, completeness, facts
from reports.queries.cells import Cell, Key, Source, Totals
from reports.queries.list_changes_sql import CELLS, CLOSING_ONLY
from reports.queries.questions import Question
from reports.queries.rows import NOT_ENOUGH, Line, Row

#: Of the class the table is about: the other class and the words of the columns.
_OTHER = {"POOR": "NEAR_POOR", "NEAR_POOR": "POOR"}
_COLUMNS = {
    "POOR": (
        "opening", "to_near_poor", "to_not_poor", "other_out", "from_near_poor", "relapsed",
        "new_entry", "other_in", "closing",
    ),
    "NEAR_POOR": (
        "opening", "to_not_poor", "to_poor", "other_out", "from_poor", "relapsed", "new_entry",
        "other_in", "closing",
    ),
}  # fmt: skip
#: They need lists known to be complete.
_FROM_HISTORY = ("relapsed", "new_entry")

#: What pages say together of poor households, and of which columns it is the sum.
SUMS = {
    "escaped": ("to_near_poor", "to_not_poor"),
    "fell": ("from_near_poor", "relapsed", "new_entry"),
}
# Who became poor is known though nobody knows who of them fell back and who is new: by the form's
# own formula. Columns that are added, and that are taken off.
_FORMULAS = {
    "escaped": (SUMS["escaped"], ()),
    "fell": (("closing", "to_near_poor", "to_not_poor", "other_out"), ("opening", "other_in")),
}


def columns(poverty_class: str) -> tuple[str, ...]:
    """In the order of the form."""
    return _COLUMNS[poverty_class]


def of(question: Question, poverty_class: str) -> list[Row]:
    """Two rows an area. Without a closing before under the same standard only `closing` is there.
    Who re-fell and who newly arose is told only where every commune of the row said that its lists
    are complete since the standard's look-back. Two statements."""
    counts = counted(question, poverty_class)
    known = _complete_rows(question)
    rows = []
    for unit in question.units.rows:
        for what in Counted:
            line = Line(unit, what)
            for column in columns(poverty_class):
                number = counts.get(unit.key, {}).get((column, what), 0)
                line.figures[column] = number
                if column != "closing" and question.opening is None:
                    line.lacks(column, question.no_opening)
                elif column in _FROM_HISTORY and unit.key not in known:
                    line.lacks(column, NOT_ENOUGH)
            rows.append(line.done())
    return rows


def sum_of(row: Row, name: str) -> tuple[int | None, str]:
    """One of SUMS of a row of T2, or None and why it is not known. No query."""
    added, taken_off = _FORMULAS[name]
    total = 0
    for column in (*added, *taken_off):
        count = row.figures[column]
        if not isinstance(count, int):
            return None, row.reasons.get(column, "")
        total += -count if column in taken_off else count
    return total, ""


def counted(question: Question, poverty_class: str) -> Totals:
    """By row, households and persons of each column; everything that is known, complete or not."""
    return cells.totals(source(question, poverty_class), question)


def households_of(question: Question, poverty_class: str, unit: int, column: str) -> list[int]:
    """Keys of the households behind a column of a row. One query."""
    asked = source(question, poverty_class)
    cell = asked.cells[column, Counted.HOUSEHOLDS]
    return [one.household_id for one in cells.households(asked, cell, question, unit)]


def source(question: Question, poverty_class: str) -> Source:
    """Each household once in the opening and the closing, and once in what it moved by; once more,
    counting persons only, where it stays and its persons changed."""
    values: dict[str, object] = {
        "this": poverty_class,
        "other": _OTHER[poverty_class],
        "to_other": f"to_{_OTHER[poverty_class].lower()}",
        "from_other": f"from_{_OTHER[poverty_class].lower()}",
    }
    now = facts.select(question.status)
    if question.opening is None:
        rows = CLOSING_ONLY.format(now=now)
    else:
        values |= {
            "look_back": completeness.look_back(question.round, question.standard),
            "is_official": question.status == FigureStatus.OFFICIAL,
        }
        rows = CELLS.format(
            now=now,
            then=facts.select(question.opening.status, "then"),
            opened=facts.opened_on("then", question.opening.status),
            closed=facts.opened_on("now", question.status),
        )
    found: dict[Key, Cell] = {
        (column, what): Cell(f"a.cell = '{column}'", f"a.{what.value}")
        for column in columns(poverty_class)
        for what in Counted
    }
    places = _homes(question) if question.opening else {}
    return Source(rows, found, before="a.was", now="a.became", values=values, places=places)


def _complete_rows(question: Question) -> set[int]:
    """Rows whose communes all said that their lists reach back as far as is looked."""
    communes_of = question.units.communes_of_rows
    every = {pk for some in communes_of.values() for pk in some}
    complete = completeness.complete(question.round, question.standard, every)
    return {row for row, communes in communes_of.items() if communes <= complete}


def _homes(question: Question) -> dict[str, object]:
    """Where villages lie on the round's day, and whether figures of their commune are there."""
    undecided = set(question.undecided) if question.status == FigureStatus.OFFICIAL else set()
    homes = question.units.homes
    return {
        "all_villages": list(homes),
        "homes": list(homes.values()),
        "decided": [question.units.commune_of[pk] not in undecided for pk in homes],
    }
