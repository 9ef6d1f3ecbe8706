"""T9: poor and near-poor households by the ethnic group that their form states."""

from collections.abc import Mapping
from typing import Final

from households.models import EthnicGroup
from households.queries import terms
from reports.queries import cells, facts, kept
from reports.queries.cells import Cell, Source, Totals
from reports.queries.groups import CLASSES
from reports.queries.questions import Question
from reports.queries.rows import NOT_ENOUGH, Line, Row

KINH = "01"
_LACKS_FORMS = ("lacks_forms", None)
#: No columns of the table: what pages show beside it, with the lists of it. Minorities that the
#: province does not list apart, and households whose form states no group.
_BESIDE: Final = ("other_minority", "unstated")
BESIDE = tuple(f"{word}_{group}" for word in CLASSES.values() for group in _BESIDE)


def columns() -> tuple[str, ...]:
    """Total, Kinh, all minorities, then each minority by its code; first of the poor. One query."""
    __, minorities = _groups()
    return tuple(
        f"{word}_{group}"
        for word in CLASSES.values()
        for group in ("total", "kinh", "minority", *minorities)
    )


def listed_apart(question: Question) -> list[str]:
    """Codes of the minorities that the province lists apart on the round's day; none: all of them.
    One query."""
    return terms.in_force(question.round.as_of).listed_minorities


def source(question: Question) -> Source:
    """Poor and near-poor households. Two queries."""
    return _source(question, *_groups())


def _source(question: Question, kinh: int, minorities: Mapping[str, int]) -> Source:
    apart = [minorities[one] for one in listed_apart(question) if one in minorities]
    groups = {
        "total": "true",
        "kinh": f"a.ethnic_group_id = {kinh}",
        "minority": f"a.ethnic_group_id <> {kinh}",
        **{code: f"a.ethnic_group_id = {int(pk)}" for code, pk in minorities.items()},
        "other_minority": f"a.ethnic_group_id <> {kinh} AND a.ethnic_group_id <> ALL(%(apart)s)"
        if apart
        else "false",
        "unstated": "a.ethnic_group_id IS NULL",
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
        values={"apart": apart},
    )


def of(question: Question) -> list[Row]:
    """Where a household of the list has no form, only the total is known. Four statements."""
    kinh, minorities = _groups()
    asked = _source(question, kinh, minorities)
    found = _kept(question, asked, kinh, minorities)
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


def _kept(
    question: Question, asked: Source, kinh: int, minorities: Mapping[str, int]
) -> Totals | None:
    from_sums = kept.ethnic_groups(question, list(CLASSES))
    if from_sums is None:
        return None
    code_of = {pk: code for code, pk in minorities.items()}
    apart = asked.values["apart"]
    assert isinstance(apart, list)
    found = cells.Adding()
    for unit, one in from_sums:
        group = one.ethnic_group_id
        counts_in = ["total"]
        if group is None:
            counts_in.append("unstated")
        elif group == kinh:
            counts_in.append("kinh")
        else:
            counts_in += ["minority", *(["other_minority"] if apart and group not in apart else [])]
        if group in code_of:
            counts_in.append(code_of[group])
        word = CLASSES[one.poverty_class]
        found.add(unit, {(f"{word}_{name}", None): one.households for name in counts_in})
    return found.totals


def _groups() -> tuple[int, dict[str, int]]:
    """The key of Kinh (0 where there is none), and those of minorities by code, which is two
    digits. One query."""
    found = dict(EthnicGroup.objects.order_by("code").values_list("code", "pk"))
    kinh = int(found.pop(KINH, 0))
    return kinh, {code: int(pk) for code, pk in found.items() if code.isdigit()}
