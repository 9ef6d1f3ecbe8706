"""The members of the review form: an editable table, one row a person."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from households.choices import BirthPrecision
from households.exchange.card_numbers import CardNumbers, typed_number
from households.exchange.columns import HOUSEHOLD_COLUMN, MEMBER_COLUMN, Column, Kind
from households.exchange.values import BadValue, BirthDate
from households.forms.fields import Field, Words, as_text, copy_of, of_column, read
from households.forms.review_lists import ReviewLists
from households.models import Survey, SurveyMember
from households.models.personal_id import mask_personal_id

#: As many as a household may have in the exchange format.
MOST_ROWS = HOUSEHOLD_COLUMN["household_size"].maximum
_ROW_NAME = re.compile(r"members-(\d{1,3})-full_name", re.ASCII)


class TooManyRows(SuspiciousOperation):
    """More rows than any household has: no officer typed them."""


@dataclass(frozen=True)
class Group:
    """Columns under one heading."""

    title: Words
    columns: tuple[Column, ...]


def _group(title: Words, *names: str) -> Group:
    return Group(title=title, columns=tuple(MEMBER_COLUMN[name] for name in names))


GROUPS = (
    _group(
        gettext_lazy("Person"),
        "full_name", "relation", "sex", "birth_date", "ethnic_group", "cccd",
    ),
    _group(
        gettext_lazy("Schooling"), "attending_level", "highest_qualification", "in_training"
    ),
    _group(gettext_lazy("Work"), "able_to_work", "employment", "has_labour_contract"),
    _group(
        gettext_lazy("Health, allowances"),
        "health_insurance_valid", "malnourished_height", "malnourished_weight", "disabled",
        "monthly_social_assistance", "merit", "pension",
    ),
    _group(gettext_lazy("Information"), "uses_internet"),
)  # fmt: skip
COLUMNS = tuple(column for group in GROUPS for column in group.columns)


@dataclass
class Row:
    """One row. `key` numbers its posted names; `stored` is the survey's member it came from."""

    key: str
    cells: list[Field]
    stored: SurveyMember | None = None

    def cell(self, field_name: str) -> Field:
        return next(one for one in self.cells if one.path == field_name)

    @property
    def name(self) -> str:
        return self.cells[0].raw

    @property
    def is_blank(self) -> bool:
        return not any(cell.raw.strip() for cell in self.cells)

    @property
    def groups(self) -> list[tuple[Words, list[Field]]]:
        """The cells under their headings, for the narrow screen."""
        parts, start = [], 0
        for group in GROUPS:
            end = start + len(group.columns)
            parts.append((group.title, self.cells[start:end]))
            start = end
        return parts


def stored_rows(survey: Survey) -> list[Row]:
    """The survey's members as rows; one blank row for a household without any."""
    members = list(survey.members.select_related("ethnic_group").order_by("member_no"))
    rows = []
    for index, member in enumerate(members):
        row = _empty_row(str(index))
        row.stored = member
        for column, cell in zip(COLUMNS, row.cells, strict=True):
            cell.raw = stored_text(column, member)
        rows.append(row)
    return rows or [_empty_row("0")]


def stored_text(column: Column, member: SurveyMember) -> str:
    value = getattr(member, column.field or "")
    if column.kind is Kind.BIRTH_DATE and value:
        return as_text(BirthDate(value, BirthPrecision(member.birth_precision)))
    if column.kind is Kind.PERSONAL_ID:
        return mask_personal_id(value or member.old_number or "")
    return as_text(value)


def _empty_row(key: str) -> Row:
    prefix = f"members-{key}-"
    return Row(key=key, cells=[copy_of(cell, prefix=prefix) for cell in _cells(get_language())])


@cache
def _cells(language: str | None) -> list[Field]:
    """The empty cell of each column, in the language of the page."""
    return [of_column(column) for column in COLUMNS]


def template_row() -> Row:
    """What the page's script copies for a new person."""
    return _empty_row("NEW")


def posted_rows(members: Iterable[SurveyMember], posted: QueryDict) -> list[Row]:
    """The rows as typed, blank ones left out, in the order of their numbers. `members` are those
    of the survey.

    Raises TooManyRows rather than leave anyone out in silence.
    """
    stored = {str(member.pk): member for member in members}
    keys = sorted({int(found[1]) for name in posted if (found := _ROW_NAME.fullmatch(name))})
    rows = []
    if len(keys) > MOST_ROWS:
        raise TooManyRows
    for key in keys:
        row = _empty_row(str(key))
        row.stored = stored.get(posted.get(f"members-{key}-row", ""))
        for cell in row.cells:
            cell.raw = posted.get(cell.name, "")
        if not row.is_blank:
            rows.append(row)
    return rows


def with_blank(rows: list[Row]) -> list[Row]:
    """The rows and one more to fill in (for browsers without script)."""
    key = max((int(row.key) for row in rows), default=-1) + 1
    return [*rows, _empty_row(str(key))]


def values_of(row: Row, lists: ReviewLists) -> Mapping[str, Any]:
    """The row as services.surveys.save takes it; errors go to the cells."""
    values: dict[str, Any] = {"person_id": row.stored.person_id if row.stored else None}
    for column, cell in zip(COLUMNS, row.cells, strict=True):
        name = column.field or ""
        if column.kind is Kind.PERSONAL_ID:
            values |= _numbers(cell, row.stored)._asdict()
        elif column.kind is Kind.ETHNIC_GROUP:
            values[name] = _ethnic_group(cell, lists)
        elif column.kind is Kind.BIRTH_DATE:
            born = read(column, cell)
            values[name] = born.date if born else None
            if born:
                values["birth_precision"] = born.precision
        else:
            values[name] = _as_stored(column, read(column, cell))
    return values


def _as_stored(column: Column, value: Any) -> Any:
    """Texts and codes are never NULL in the register; yes/no is."""
    return "" if value is None and column.kind in (Kind.TEXT, Kind.CODE) else value


def _numbers(cell: Field, stored: SurveyMember | None) -> CardNumbers:
    """One cell for either number. An untouched mask keeps what the row already has; a new number
    leaves the other one as it is."""
    kept = CardNumbers(stored.personal_id, stored.old_number) if stored else CardNumbers()
    shown = kept.personal_id or kept.old_number or ""
    if shown and cell.raw.strip() == mask_personal_id(shown):
        return kept
    try:
        typed = typed_number(cell.raw)
    except BadValue as fault:
        cell.errors.append(str(fault.reason))
        return CardNumbers()
    if typed.old_number:
        return typed._replace(personal_id=kept.personal_id)
    return typed._replace(
        old_number=kept.old_number if kept.personal_id or typed.personal_id else None
    )


def _ethnic_group(cell: Field, lists: ReviewLists) -> Any:
    if not cell.raw.strip():
        return None
    group = lists.ethnic_group(cell.raw)
    if group is None:
        cell.errors.append(_("This ethnic group is not in the list."))
    return group
