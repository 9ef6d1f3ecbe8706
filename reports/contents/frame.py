"""The words of the official frame around a sheet, and how a cell is written: the same in every
format. Pure; in the language of the form."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from reports.contents.content import CellValue, Column, Head, Kind, Line, Sheet

SAMPLE: Final = "Số liệu mẫu, không dùng để công nhận"
TRIAL: Final = "Tính thử, không dùng để công nhận"
RESTRICTED: Final = "Không công bố"
NATION: Final = ("Cộng hòa xã hội chủ nghĩa Việt Nam", "Độc lập - Tự do - Hạnh phúc")
#: Why a cell of a public version is empty, and what stands in it.
SMALL: Final = "số nhỏ"
SMALL_MARK: Final = "…"
_STATUSES: Final = {"preliminary": "Số liệu sơ bộ", "official": "Số liệu chính thức"}
_COUNTED: Final = {"households": "Hộ", "persons": "Nhân khẩu"}
#: Lines of units that stand over others.
_BOLD: Final = frozenset({"province", "district", "group"})
_UNITS: Final = _BOLD | {"commune", "village"}
_MINUS: Final = "−"
#: Letters.
_NARROW: Final = 10


@dataclass(frozen=True, slots=True)
class Frame:
    """`marks` stand at the head of every page, `under` below the title, `foot` at the foot."""

    marks: tuple[str, ...]
    issuer: tuple[str, str]
    title: str
    under: tuple[str, ...]
    notes: tuple[str, ...]
    dated: str
    signers: tuple[tuple[str, ...], ...]
    foot: str


def frame_of(head: Head, sheet: Sheet, *, is_public: bool, foot: str = "") -> Frame:
    """`foot` says more there (number and digest of the edition)."""
    above, *issuer = head.issuer
    return Frame(
        marks=_marks(head, is_public),
        issuer=(above, " ".join(issuer)),
        title=sheet.title,
        under=tuple(_under(head)),
        notes=sheet.notes,
        dated="Ngày …… tháng …… năm ……",
        signers=(("Người lập biểu",), ("TM. Ủy ban nhân dân", "Chủ tịch")),
        foot=" · ".join(part for part in (head.report, foot) if part),
    )


def _marks(head: Head, is_public: bool) -> tuple[str, ...]:
    is_restricted = not is_public and (head.is_restricted or head.has_names)
    told = [(SAMPLE, head.is_sample), (TRIAL, head.is_trial), (RESTRICTED, is_restricted)]
    return tuple(words for words, is_so in told if is_so)


def _under(head: Head) -> list[str]:
    at = cut_off(head)
    told = [
        f"Theo {head.standard_name[:1].lower()}{head.standard_name[1:]}",
        f"{status_of(head)}, đến {at:%H:%M} ngày {at:%d/%m/%Y}",
    ]
    if head.areas_on:
        on = dt.date.fromisoformat(head.areas_on)
        told.append(f"Theo địa giới hành chính ngày {on:%d/%m/%Y}")
    if head.missing:
        told.append(f"Còn thiếu {len(head.missing)} xã: {', '.join(head.missing)}")
    return told


def status_of(head: Head) -> str:
    """ "Số liệu chính thức"."""
    return _STATUSES.get(head.status, head.status)


def cut_off(head: Head) -> dt.datetime:
    """The moment of the inputs, with its zone, to the second: files know nothing smaller."""
    return dt.datetime.fromisoformat(head.cut_off_at).replace(microsecond=0)


def leading_cells(line: Line, sheet: Sheet, head: Head) -> list[str]:
    """What stands before the figures: number, unit, and what is counted."""
    name = f"Tổng cộng {line.name}" if is_total(line, head) else line.name
    return [line.number, name, _COUNTED.get(line.counted, line.counted)][: len(sheet.names)]


def is_total(line: Line, head: Head) -> bool:
    """Whether it is the line of the report's own area."""
    return line.level == head.level.lower() and not head.has_names


def is_bold(line: Line, head: Head) -> bool:
    """Units that stand over others; in a list of names all units."""
    return line.level in (_UNITS if head.has_names else _BOLD) or is_total(line, head)


def printed(cell: CellValue, column: Column, reasons: Mapping[str, str]) -> str:
    """A figure as officers write it: 1.234, 21,95, a sign for one that is not published, nothing
    where there is none."""
    if cell is None:
        return SMALL_MARK if reasons.get(column.key) == SMALL else ""
    if isinstance(cell, int):
        return f"{cell:,}".replace(",", ".").replace("-", _MINUS)
    if column.kind is Kind.RATE:
        return cell.replace(".", ",").replace("-", _MINUS)
    return cell


def is_left_out(line: Line, column: str) -> bool:
    """Whether a number stands there that is not published."""
    return line.reasons.get(column) == SMALL


def notes_of_left_out(sheets: Iterable[Sheet]) -> list[str]:
    """What sheets say where numbers are left out, each once."""
    found: dict[str, None] = {}
    for sheet in sheets:
        is_mark = [one.startswith(SMALL_MARK) for one in sheet.notes]
        if any(is_mark):
            found |= dict.fromkeys(sheet.notes[is_mark.index(True) :])
    return list(found)


def alignment(column: Column) -> str:
    """Where a column's cells stand: "right", "left"; words of a narrow one in the "center"."""
    if column.kind is not Kind.TEXT:
        return "right"
    return "center" if column.width <= _NARROW else "left"


def is_numeric(column: Column) -> bool:
    """Of numbers, which stand on the right."""
    return column.kind != Kind.TEXT
