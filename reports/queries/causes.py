"""T10: why households are poor. A form may name several causes, so columns do not add up."""

from reports.queries import facts, units
from reports.queries.questions import Question
from reports.queries.rows import NOT_ENOUGH, Line, Row, by_unit, fetched

#: Prefix of the columns to the class: T10 is about the poor; the near-poor stand beside them.
_PREFIXES = {"": "POOR", "near_poor_": "NEAR_POOR"}
#: The eight causes of Circular 07/2021/TT-BLĐTBXH; the list of causes has their names.
CAUSES = tuple(str(number) for number in range(1, 9))
COLUMNS = tuple(f"{prefix}cause_{cause}" for prefix in _PREFIXES for cause in CAUSES)

_COUNTS = ", ".join(
    f"(count(*) FILTER (WHERE f.poverty_class = '{code}' AND w.causes ? '{cause}'))::int"
    f" AS {prefix}cause_{cause}"
    for prefix, code in _PREFIXES.items()
    for cause in CAUSES
)


def of(question: Question) -> list[Row]:
    """Households naming each cause. Where a household of the list has no form, nothing is known.
    One statement."""
    sql = (
        f"SELECT unit_id, {_COUNTS}, bool_or(NOT has_form)::int AS lacks_forms"
        f" FROM ({facts.select(question.status)}) f"
        " LEFT JOIN households_survey w ON w.id = f.survey_id"
        f" {units.HERE.replace('USING (village_id)', 'ON here.village_id = f.village_id')}"
        " WHERE f.poverty_class IN ('POOR', 'NEAR_POOR') GROUP BY 1"
    )
    rows = []
    for unit, counts in by_unit(fetched(sql, question.values), question.units.rows):
        line = Line(unit)
        for column in COLUMNS:
            line.figures[column] = counts.get(column, 0)
            if counts.get("lacks_forms", 0):
                line.lacks(column, NOT_ENOUGH)
        rows.append(line.done())
    return rows
