"""What a column of an output layout may show: the one list of it, made from the exchange format and
the official list, and the SQL of each."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from households.choices import PovertyClass, Sex
from households.choices.layouts import RowKind
from households.choices.returns import AnswerKind
from households.exchange.columns import (
    HOUSEHOLD_COLUMN,
    HOUSEHOLD_COLUMNS,
    MEMBER_COLUMN,
    MEMBER_COLUMNS,
    Column,
    Kind,
)
from households.exchange.own_keys import sql_household_key, sql_person_key
from households.exchange.review_rows import sql_cell
from households.exchange.sheets import Cell

#: Fields that are no fact: the row's number, and a column for others to fill.
ROW_NUMBER: Final = "row_no"
BLANK: Final = "blank"
_ANSWER: Final = "answer."
_SHAPE: Final = "CASE {0}.birth_precision WHEN 'YEAR' THEN 'YYYY' ELSE 'DD/MM/YYYY' END"
_BIRTH: Final = f"to_char({{0}}.birth_date, {_SHAPE})"
_CELLS: Final = {
    Kind.INTEGER: Cell.WHOLE, Kind.MONEY_VND: Cell.WHOLE, Kind.AREA_M2: Cell.DECIMAL,
    Kind.DATE: Cell.DAY,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LayoutField:
    """`sql` over the joins that layout_rows names (`joins`); `choices` are its closed codes, as the
    exchange format writes them. `is_number`: a personal number, as it is stored."""

    code: str
    label: str | Promise
    heading_vi: str
    sql: str
    joins: tuple[str, ...] = ()
    cell: Cell = Cell.TEXT
    of_member: bool = False
    choices: type[TextChoices] | None = None
    is_yes_no: bool = False
    is_number: bool = False
    #: A column of the receiver: empty until he answered, then what he answered last.
    answer: AnswerKind | None = None

    @property
    def codes(self) -> dict[str, str]:
        """Each code of the exchange format with its Vietnamese words; none for an open field."""
        if self.is_yes_no:
            return {"Y": "Có", "N": "Không"}
        if self.choices is None:
            return {}
        with override("vi"):
            return {
                (value if len(value) == 1 else value.lower()): str(label)
                for value, label in self.choices.choices
            }


@dataclass(frozen=True, slots=True)
class LayoutColumn:
    """A column as a layout keeps it; a code that `codes` does not name stays what it is."""

    field: str
    heading: str
    codes: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def codes_text(self) -> str:
        """As one types them: "Y=Có; N=Không", in the order of the field's own codes."""
        order = list(FIELDS[self.field].codes)
        codes = sorted(self.codes, key=lambda code: order.index(code) if code in order else 99)
        return "; ".join(f"{code}={self.codes[code]}" for code in codes)

    def kept(self) -> dict[str, Any]:
        return {"field": self.field, "heading": self.heading, "codes": dict(self.codes)}


def columns_of(kept: list[dict[str, Any]]) -> list[LayoutColumn]:
    """The columns of a stored layout; a field that this version does not know is left out."""
    return [
        LayoutColumn(one["field"], one["heading"], one.get("codes") or {})
        for one in kept
        if one["field"] in FIELDS
    ]


def _of_register() -> Iterator[LayoutField]:
    """The household as it stands in the register and on the list."""
    yield LayoutField(ROW_NUMBER, _("row number"), "STT", "NULL", cell=Cell.WHOLE)
    yield LayoutField(BLANK, _("empty column to fill in"), "Ghi chú", "NULL")
    code = "'H' || lpad(h.id::text, 8, '0')"
    yield LayoutField("code", _("household code"), "Mã hộ povreg", code)
    yield _from(HOUSEHOLD_COLUMN["household_id"], sql_household_key("h.id"))
    yield _from(HOUSEHOLD_COLUMN["province_code"], "p.code", "province")
    yield LayoutField("province", _("province"), "Tỉnh", "p.name", ("province",))
    yield _from(HOUSEHOLD_COLUMN["district_code"], "d.code", "district")
    yield _from(HOUSEHOLD_COLUMN["district"], "d.name", "district")
    yield _from(HOUSEHOLD_COLUMN["commune_code"], "c.code")
    yield _from(HOUSEHOLD_COLUMN["commune"], "c.name")
    yield _from(HOUSEHOLD_COLUMN["village"], "v.name")
    yield _from(HOUSEHOLD_COLUMN["head_name"], "card.head_name")
    yield LayoutField(
        "head_sex", _("sex of the head"), "Giới tính chủ hộ", "hp.sex", ("head",), choices=Sex
    )
    yield LayoutField(
        "head_birth_date", _("birth date of the head"), "Ngày sinh chủ hộ", _BIRTH.format("hp"),
        ("head",),
    )  # fmt: skip
    yield LayoutField(
        "head_cccd", _("personal number of the head"), "Số định danh chủ hộ", "hp.personal_id",
        ("head",), is_number=True,
    )  # fmt: skip
    yield LayoutField(
        "head_cmnd", _("old 9-digit number of the head"), "Số CMND cũ chủ hộ", "hp.old_number",
        ("head",), is_number=True,
    )  # fmt: skip
    yield _from(HOUSEHOLD_COLUMN["household_size"], "card.members")


def _of_list() -> Iterator[LayoutField]:
    """Class, since when, by which decision; the certificate."""
    yield LayoutField(
        "class", _("class on the official list"), "Loại hộ", "lower(sp.poverty_class)",
        choices=PovertyClass,
    )  # fmt: skip
    yield LayoutField(
        "class_since", _("on the list since"), "Từ ngày", "sp.valid_from", cell=Cell.DAY
    )
    yield LayoutField(
        "decision_number", _("number of the decision"), "Số quyết định", "rd.number", ("decision",)
    )
    yield LayoutField(
        "decided_on", _("date of the decision"), "Ngày quyết định", "rd.decided_on",
        ("decision",), Cell.DAY,
    )  # fmt: skip
    number = "lpad(ce.serial::text, 4, '0') || '/' || ce.year || '/GCN-HN.HCN'"
    yield LayoutField(
        "certificate_number", _("number of the certificate"), "Số giấy chứng nhận", number,
        ("certificate",),
    )  # fmt: skip
    yield LayoutField(
        "certificate_on", _("certificate issued on"), "Ngày cấp giấy chứng nhận", "ce.issued_on",
        ("certificate",), Cell.DAY,
    )  # fmt: skip


def _of_members() -> Iterator[LayoutField]:
    """The person as the register knows him, the answers of the household's newest form."""
    own = {
        "member_id": (sql_person_key("pe.id"), ()),
        "full_name": ("pe.full_name", ()),
        "sex": ("pe.sex", ()),
        "birth_date": (_BIRTH.format("pe"), ()),
        "relation": ("lower(ms.relation)", ()),
        "ethnic_group": ("ge.name", ("member_ethnic",)),
        "cccd": ("pe.personal_id", ()),
        "cmnd": ("pe.old_number", ()),
    }
    for name, (sql, joins) in own.items():
        yield _from(MEMBER_COLUMN[name], sql, *joins, of_member=True)
    for column in MEMBER_COLUMNS:
        if column.field and column.name not in own:
            yield _from(column, _answer(column, "m"), "survey", "answers", of_member=True)


def _of_survey() -> Iterator[LayoutField]:
    taken = {"head_name", "household_size"}
    for column in HOUSEHOLD_COLUMNS:
        if column.field and column.name not in taken:
            yield _from(column, _answer(column, "s"), "survey", "ethnic")


def _of_receiver() -> Iterator[LayoutField]:
    """What the receiver is asked to fill in, each kind as often as a layout wants it."""
    kinds = {
        AnswerKind.TEXT: (_("answer of the receiver: text"), Cell.TEXT),
        AnswerKind.NUMBER: (_("answer of the receiver: number"), Cell.DECIMAL),
        AnswerKind.DAY: (_("answer of the receiver: day"), Cell.DAY),
        AnswerKind.CODE: (_("answer of the receiver: one of some codes"), Cell.TEXT),
    }
    for kind, (label, cell) in kinds.items():
        code = f"{_ANSWER}{kind.lower()}"
        yield LayoutField(code, label, "Trả lời", "NULL", cell=cell, answer=kind)


def _answer(column: Column, form: str) -> str:
    return f"{form}.{column.field}" if column.kind is Kind.DATE else sql_cell(column, form)


def _from(column: Column, sql: str, *joins: str, of_member: bool = False) -> LayoutField:
    return LayoutField(
        code=f"member.{column.name}" if of_member else column.name,
        label=column.label,
        heading_vi=column.heading_vi,
        sql=sql,
        joins=joins,
        cell=_CELLS.get(column.kind, Cell.TEXT),
        of_member=of_member,
        choices=column.choices,
        is_yes_no=column.kind is Kind.YES_NO,
        is_number=column.kind in (Kind.PERSONAL_ID, Kind.OLD_NUMBER),
    )


#: By code, in the order in which a menu offers them.
FIELDS: Final = {
    one.code: one
    for one in (*_of_register(), *_of_list(), *_of_receiver(), *_of_members(), *_of_survey())
}


def offered(row_kind: str) -> list[LayoutField]:
    """What a column of such a layout may show."""
    return [one for one in FIELDS.values() if row_kind == RowKind.MEMBER or not one.of_member]


def begun_with(row_kind: str) -> list[LayoutColumn]:
    """The columns that a new layout begins with."""
    of_member = ("member.full_name", "member.birth_date", "member.relation")
    codes = [ROW_NUMBER, *(of_member if row_kind == RowKind.MEMBER else ()), "head_name", "village"]
    return [column_for(code) for code in (*codes, "class")]


def column_for(code: str) -> LayoutColumn:
    """A new column, with its Vietnamese heading and words."""
    of = FIELDS[code]
    # Codes of a receiver are his own; a column of them begins with two to change.
    begun = {"Y": "Có", "N": "Không"} if of.answer is AnswerKind.CODE else of.codes
    return LayoutColumn(code, of.heading_vi, begun)
