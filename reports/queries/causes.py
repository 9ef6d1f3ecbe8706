"""T10: why households are poor. A form may name several causes, so columns do not add up."""

from reports.queries import cells, facts
from reports.queries.cells import Cell, Key, Source
from reports.queries.questions import Question
from reports.queries.rows import NOT_ENOUGH, Line, Row, by_unit

#: Prefix of the columns to the class: T10 is about the poor; the near-poor stand beside them.
PREFIXES = {"": "POOR", "near_poor_": "NEAR_POOR"}
#: The eight causes of Circular 07/2021/TT-BLĐTBXH; the list of causes has their names.
CAUSES = tuple(str(number) for number in range(1, 9))
COLUMNS = tuple(f"{prefix}cause_{cause}" for prefix in PREFIXES for cause in CAUSES)

_CELLS: dict[Key, Cell] = {
    **{
        (f"{prefix}cause_{cause}", None): Cell(
            f"a.poverty_class = '{code}' AND a.causes ? '{cause}'"
        )
        for prefix, code in PREFIXES.items()
        for cause in CAUSES
    },
    ("lacks_forms", None): Cell("NOT a.has_form"),
}


def source(question: Question) -> Source:
    """Poor and near-poor households with the causes their form names."""
    return Source(
        f"SELECT f.*, w.causes FROM ({facts.listed(question.status)}) f"
        " LEFT JOIN households_survey w ON w.id = f.survey_id",
        _CELLS,
    )


def of(question: Question) -> list[Row]:
    """Households naming each cause. Where a household of the list has no form, nothing is known.
    One statement."""
    found = cells.totals(source(question), question)
    rows = []
    for unit, counts in by_unit(found, question.units.rows):
        line = Line(unit)
        for column in COLUMNS:
            line.figures[column] = counts.get(column, 0)
            if counts.get("lacks_forms"):
                line.lacks(column, NOT_ENOUGH)
        rows.append(line.done())
    return rows
