"""A list as the sheet that goes to bank, insurer or school, with empty columns for its answer; and
the lines of that sheet read again. Headings are Vietnamese, whatever the screen: others read it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from households.choices import BirthPrecision, Sex
from households.exchange.sheets import Cell, Head, Part
from households.folding import fold
from households.models import Person
from programs.choices import ProgrammeKind
from programs.choices.support_lists import LoanPurpose
from programs.models import SupportList
from programs.queries.support_lists import Listed
from programs.workflow.support_lists import SCHOOLING

_NUMBER, _NAME = "TT", "Họ và tên"

#: What the receiver fills in, by kind: the names of services.list_answers.Answer.
_OF_CARDS: Final = {
    "number": "Số thẻ", "valid_from": "Có giá trị từ ngày", "valid_to": "Có giá trị đến ngày",
}  # fmt: skip
_OF_SCHOOLS: Final = {"months": "Số tháng được chi trả", "amount_vnd": "Số tiền được chi trả"}
_OF_BANKS: Final = {
    "amount_vnd": "Số tiền được duyệt", "loan_months": "Thời hạn được duyệt (tháng)",
    "number": "Số hợp đồng",
}  # fmt: skip
_REASON: Final = {"reason": "Lý do không duyệt"}
_DAYS, _SUMS = frozenset({"valid_from", "valid_to"}), frozenset({"amount_vnd"})


def answer_heads(kind: str) -> dict[str, str]:
    """The columns that come back, with their headings."""
    if kind == ProgrammeKind.HEALTH_CARD:
        return _OF_CARDS | _REASON
    return (_OF_SCHOOLS if kind in SCHOOLING else _OF_BANKS) | _REASON


def sheet(found: SupportList, rows: Sequence[Listed], *, with_numbers: bool, foot: str) -> Part:
    """All rows; full personal numbers only `with_numbers`. `foot` says who took it out."""
    kind = found.programme.kind
    heads = [
        Head(_NUMBER, Cell.WHOLE, width=6),
        Head("Mã hộ"),
        Head(_NAME, width=26),
        Head("Ngày sinh", width=12),
        Head("Giới tính", width=10),
        *([Head("Số định danh cá nhân", width=18)] if with_numbers else []),
        Head("Nơi ở", width=22),
        Head("Diện", width=30),
        *_asked_heads(kind),
        *(Head(words, width=20) for words in answer_heads(kind).values()),
    ]
    return Part(
        found.programme.name_vi, heads, _cells(kind, rows, with_numbers), count=len(rows), top=foot
    )


def _asked_heads(kind: str) -> list[Head]:
    if kind == ProgrammeKind.HEALTH_CARD:
        return [Head("Mức hỗ trợ (%)", Cell.DECIMAL)]
    if kind in SCHOOLING:
        return [
            Head("Cấp học", width=16),
            Head("Mức miễn, giảm (%)", Cell.DECIMAL),
            Head("Số tháng", Cell.WHOLE, width=10),
            Head("Số tiền (đồng)", Cell.WHOLE, width=16),
        ]
    return [
        Head("Số tiền đề nghị vay (đồng)", Cell.WHOLE, width=18),
        Head("Thời hạn đề nghị (tháng)", Cell.WHOLE),
        Head("Mục đích", width=20),
        Head("Tổ tiết kiệm và vay vốn", width=24),
    ]


def _cells(kind: str, rows: Sequence[Listed], with_numbers: bool) -> Iterator[list[object]]:
    blank = [""] * len(answer_heads(kind))
    for one in rows:
        person = one.person
        number = [(person.personal_id or "") if person else ""] if with_numbers else []
        yield [
            one.number, one.code, one.name, born(person), sex(person), *number,
            one.row.village.name, one.row.terms.name_vi, *_asked(kind, one), *blank,
        ]  # fmt: skip


def born(person: Person | None) -> str:
    """dd/mm/yyyy, or the year where only that is known."""
    if person is None or person.birth_date is None:
        return ""
    is_year = person.birth_precision == BirthPrecision.YEAR
    return f"{person.birth_date:%Y}" if is_year else f"{person.birth_date:%d/%m/%Y}"


def sex(person: Person | None) -> str:
    return {Sex.MALE: "Nam", Sex.FEMALE: "Nữ"}[Sex(person.sex)] if person else ""


def _asked(kind: str, one: Listed) -> list[object]:
    row = one.row
    if kind == ProgrammeKind.HEALTH_CARD:
        return [row.terms.share_percent]
    if kind in SCHOOLING:
        return [
            row.get_school_level_display(), row.terms.share_percent, row.months, row.amount_vnd,
        ]  # fmt: skip
    purpose = str(LoanPurpose(row.purpose).label) if row.purpose else ""
    return [row.amount_vnd, row.loan_months, purpose, row.savings_group]


@dataclass(frozen=True)
class AnswerLine:
    """A line that came back: where it stood (from 1), its number and name on the list, and what it
    tells by the names of Answer, as typed."""

    line: int
    listed_no: str
    name: str
    told: dict[str, str] = field(default_factory=dict)


class NoHeadings(Exception):
    """The lines hold no line with the headings of the sheet."""


def answer_lines(kind: str, lines: Sequence[Sequence[str]]) -> list[AnswerLine]:
    """The lines below the headings that tell something. Columns are found by their headings, in
    any order; others are passed over. Raises NoHeadings."""
    wanted = {fold(words): name for name, words in answer_heads(kind).items()}
    wanted |= {fold(_NUMBER): "listed_no", fold(_NAME): "name"}
    for at, line in enumerate(lines):
        places = {wanted[words]: place for place, cell in enumerate(line)
                  if (words := fold(cell.strip())) in wanted}  # fmt: skip
        if {"listed_no", "name"} <= set(places):
            return list(_told(lines, at, places))
    raise NoHeadings


def _told(lines: Sequence[Sequence[str]], at: int, places: dict[str, int]) -> Iterator[AnswerLine]:
    for number, line in enumerate(lines[at + 1 :], start=at + 2):
        cells = {name: line[place].strip() for name, place in places.items() if place < len(line)}
        listed_no, name = cells.pop("listed_no", ""), cells.pop("name", "")
        told = {key: value for key, value in cells.items() if value}
        if told:
            yield AnswerLine(number, listed_no, name, told)
