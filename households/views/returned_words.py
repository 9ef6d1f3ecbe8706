"""Rows of a returned sheet as the page tells them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from households import policies
from households.choices.returns import AnswerKind, DifferenceState, ReturnState, WhyNotFound
from households.exchange.layout_fields import FIELDS
from households.exchange.returned_cells import FACTS
from households.models import (
    LayoutAnswer,
    LayoutReturn,
    Person,
    ReturnedDifference,
    ReturnedRow,
    User,
)
from households.models.personal_id import mask_personal_id
from households.queries import layout_returns


@dataclass(frozen=True)
class DifferenceWords:
    """Theirs against ours; `accepts` and `disputes` are the acts that can be offered."""

    difference: ReturnedDifference
    label: str
    theirs: str
    ours: str
    is_open: bool
    accepts: bool
    disputes: bool


@dataclass(frozen=True)
class RowWords:
    """`why` tells why nobody was found; `said` is what then stood there. `may_settle`: the user
    settles differences of this household."""

    row: ReturnedRow
    why: str
    said: list[tuple[str, str]]
    faults: list[tuple[str, str]]
    answers: list[tuple[str, Any]]
    differences: list[DifferenceWords]
    may_settle: bool


def told(user: User, returned: LayoutReturn, rows: Sequence[ReturnedRow]) -> list[RowWords]:
    """One query, for the numbers that somebody else holds."""
    numbers = [row.personal_id for row in rows if row.differs and row.personal_id]
    held = set(
        Person.objects.filter(personal_id__in=numbers).values_list("personal_id", flat=True)
        if numbers
        else ()
    )
    return [_row(user, returned, row, held) for row in rows]


def _row(user: User, returned: LayoutReturn, row: ReturnedRow, held: set[Any]) -> RowWords:
    home = row.household.card.village if row.household else None
    is_changer = home is not None and policies.rights(user).holds(policies.CHANGES_HOUSEHOLDS, home)
    cells = list(row.cells.items())
    if row.personal_id and row.why_not and not cells:
        cells = [("", mask_personal_id(row.personal_id))]
    return RowWords(
        row=row,
        why=str(WhyNotFound(row.why_not).label) if row.why_not else "",
        said=cells if row.why_not else [],
        faults=[(heading, reason) for heading, reason in row.faults.items()],
        answers=[
            (one.heading, _value(returned, one))
            for one in sorted(row.answers.all(), key=lambda one: one.pk)
        ],
        differences=list(_differences(row, held)),
        may_settle=is_changer and returned.state == ReturnState.KEPT,
    )


def _differences(row: ReturnedRow, held: set[Any]) -> Iterable[DifferenceWords]:
    for one in row.differences.all():
        is_held = FACTS.get(one.field) == "personal_id" and row.personal_id in held
        field = FIELDS.get(one.field)
        codes = field.codes if field else {}
        yield DifferenceWords(
            difference=one,
            label=str(field.label) if field else one.field,
            theirs=codes.get(one.theirs, one.theirs),
            ours=codes.get(one.ours, one.ours),
            is_open=one.state == DifferenceState.OPEN,
            accepts=one.field in FACTS and not is_held,
            disputes=is_held,
        )


def _value(returned: LayoutReturn, one: LayoutAnswer) -> Any:
    if one.kind == AnswerKind.CODE:
        return layout_returns.word_of(returned.columns, one)
    return one.day_value or (one.text_value if one.number_value is None else one.number_value)
