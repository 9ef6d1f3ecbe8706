"""The answers of the household's survey before, beside those of the form, so that what changed is
seen at once and what did not is not read again."""

from dataclasses import dataclass

from households.folding import fold
from households.forms.member_rows import Row
from households.forms.survey_form import SurveyForm
from households.models import Survey

#: Says when somebody came, not how the household lives.
_NOT_COMPARED = ("surveyed_on",)


@dataclass(frozen=True)
class Earlier:
    """Which round the answers beside are from, who is new since, and who is gone."""

    round_key: str
    came: list[str]
    left: list[str]


def compare(form: SurveyForm, before: Survey) -> Earlier:
    """Give each question of the form its answer of before. Two queries."""
    other = SurveyForm(before, table=form.table, lists=form.lists)
    for one, that in zip(form.fields(), other.fields(), strict=True):
        if one.path not in _NOT_COMPARED and one.path == that.path:
            one.earlier = that
    left = [row for row in other.rows if not row.is_blank]
    came = []
    for row in form.rows:
        found = next((one for one in left if _is_same(row, one)), None)
        if found:
            left.remove(found)
            for cell, that in zip(row.cells, found.cells, strict=True):
                cell.earlier = that
        elif row.name:
            came.append(row.name)
    return Earlier(before.round.key, came, [row.name for row in left])


def _is_same(row: Row, other: Row) -> bool:
    if row.stored and other.stored and row.stored.person_id:
        return row.stored.person_id == other.stored.person_id
    return bool(row.name.strip()) and fold(row.name) == fold(other.name)
