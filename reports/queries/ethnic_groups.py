"""T9: poor and near-poor households by the ethnic group that their form states."""

from households.models import EthnicGroup
from reports.queries import cells, facts, kept
from reports.queries.cells import Cell, Source, Totals
from reports.queries.groups import CLASSES
from reports.queries.questions import Question
from reports.queries.rows import NOT_ENOUGH, Line, Row

KINH = "01"
_LACKS_FORMS = ("lacks_forms", None)


def columns() -> tuple[str, ...]:
    """Total, Kinh, all minorities, then each minority by its code; first of the poor. One query."""
    codes = [code for code, __ in _minorities()]
    return tuple(
        f"{word}_{group}"
        for word in CLASSES.values()
        for group in ("total", "kinh", "minority", *codes)
    )


def source(question: Question) -> Source:
    """Poor and near-poor households. Two queries."""
    kinh = EthnicGroup.objects.filter(code=KINH).values_list("pk", flat=True).first()
    groups = {
        "total": "true",
        "kinh": f"a.ethnic_group_id = {int(kinh or 0)}",
        "minority": f"a.ethnic_group_id <> {int(kinh or 0)}",
        **{code: f"a.ethnic_group_id = {int(pk)}" for code, pk in _minorities()},
    }
    return Source(
        facts.listed(question.status),
        {
            **{
                (f"{word}_{group}", None): Cell(f"a.poverty_class = '{code}' AND {condition}")
                for code, word in CLASSES.items()
                for group, condition in groups.items()
            },
            _LACKS_FORMS: Cell("NOT a.has_form"),
        },
    )


def of(question: Question) -> list[Row]:
    """Where a household of the list has no form, only the total is known. Three statements."""
    asked = source(question)
    found = _kept(question)
    if found is None:
        found = cells.totals(asked, question)
    rows = []
    for unit in question.units.rows:
        counts = found.get(unit.key, {})
        line = Line(unit)
        for key in asked.cells:
            column = key[0]
            if key == _LACKS_FORMS:
                continue
            line.figures[column] = counts.get(key, 0)
            if not column.endswith("_total") and counts.get(_LACKS_FORMS):
                line.lacks(column, NOT_ENOUGH)
        rows.append(line.done())
    return rows


def _kept(question: Question) -> Totals | None:
    from_sums = kept.ethnic_groups(question, list(CLASSES))
    if from_sums is None:
        return None
    kinh = EthnicGroup.objects.filter(code=KINH).values_list("pk", flat=True).first()
    code_of = {pk: code for code, pk in _minorities()}
    found = cells.Adding()
    for unit, one in from_sums:
        groups = ["total"]
        if one.ethnic_group_id is not None:
            groups.append("kinh" if one.ethnic_group_id == kinh else "minority")
        if one.ethnic_group_id in code_of:
            groups.append(code_of[one.ethnic_group_id])
        word = CLASSES[one.poverty_class]
        found.add(unit, {(f"{word}_{group}", None): one.households for group in groups})
    return found.totals


def _minorities() -> list[tuple[str, int]]:
    """Codes are two digits."""
    groups = EthnicGroup.objects.exclude(code=KINH).order_by("code")
    return [(code, pk) for code, pk in groups.values_list("code", "pk") if code.isdigit()]
