"""The yearly report's content as the words of its text, by the names that templates use. Pure; in
the language of the form."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from reports.contents import frame
from reports.contents.content import CellValue, Column, Content, Head, Kind, Line, Sheet
from reports.contents.frame import SMALL_MARK

#: How many of what is lacked and of the causes are told.
MOST_TOLD: Final = 3
NOT_ENOUGH: Final = "chưa đủ dữ liệu"
_NO_RATE: Final = "chưa tính được"
_NOT_PUBLISHED: Final = "không nêu trong bản công bố"
_COUNT: Final = Column("", ())
_RATE: Final = Column("", (), kind=Kind.RATE)
_CLASSES: Final = ("poor", "near_poor")
_CLASS_NAMES: Final = {"poor": "hộ nghèo", "near_poor": "hộ cận nghèo"}
_KIND_WORDS: Final = {"PROVINCE": "tỉnh", "DISTRICT": "huyện", "COMMUNE": "xã"}
#: What stands on a value: it goes where that is unknown, or left out because it is small.
_STANDS_ON: Final = {
    "{}_households": ("{}_rate", "{}_change", "{}_points", "both_households", "both_rate"),
    "{}_households_before": ("{}_rate_before", "{}_change", "{}_points", "both_points"),
    "{}_persons": ("both_persons",),
    "{}_rate": ("both_points",),
}
_MOVES: Final = (
    ("escaped", "Hộ thoát nghèo"),
    ("poor_relapsed", "Hộ tái nghèo"),
    ("poor_new_entry", "Hộ nghèo phát sinh mới"),
    ("near_poor_escaped", "Hộ thoát cận nghèo"),
    ("near_poor_relapsed", "Hộ tái cận nghèo"),
    ("near_poor_new_entry", "Hộ cận nghèo phát sinh mới"),
)
_GROUPS: Final = (
    ("ethnic_minority", "dân tộc thiểu số"),
    ("no_labour", "không có khả năng lao động"),
)

_REACHED: Final = (("households", "hộ"), ("persons", "người"))
_NOTHING: Final = ("", "0")

#: A line of a list: what it is of, and what is said of it.
Told = dict[str, str]


@dataclass(frozen=True)
class Parts:
    """The sheets of the report, each read once."""

    units: tuple[Sheet, list[Line]]
    trend: tuple[Sheet, list[Line]]
    lacks: tuple[Sheet, list[Line]]
    causes: tuple[Sheet, list[Line]]
    results: tuple[Sheet, list[Line]]
    money: tuple[Sheet, list[Line]]


def parts_of(content: Content) -> Parts:
    """Raises TypeError where the content is of another report."""
    return Parts(*((sheet, list(lines)) for sheet, lines in content.sheets))


def named_cells(sheet: Sheet, line: Line) -> dict[str, str]:
    """What is printed in each column."""
    return {
        column.key: frame.printed(cell, column, line.reasons)
        for column, cell in zip(sheet.columns, line.cells, strict=True)
    }


def words(head: Head, parts: Parts, *, is_public: bool) -> dict[str, Any]:
    """Plain values by the name of their tag. A public version says nothing of moves and groups:
    what is left out of one could be worked out from another."""
    values = _known(head.values)
    status, cut_off = frame.status_of(head), frame.cut_off(head)
    told: dict[str, Any] = {
        "title": head.title,
        "issuer_above": head.issuer[0],
        "issuer": head.issuer[-1],
        "place": head.area,
        "area": area_name(head),
        "year": head.year,
        "round": head.round,
        "standard": head.standard_name,
        "status": status,
        "cut_off": f"{cut_off:%H:%M} ngày {cut_off:%d/%m/%Y}",
        "remarks": [{"text": one} for one in (*_remarks(head, values), *_notes(parts))],
        "units": [_unit(head, parts.units[0], line) for line in parts.units[1]],
        "poor_districts": _poor_districts(head, parts.units),
        "moves": _moves(values, is_public=is_public),
        "groups": _groups(values, is_public=is_public),
        "lacks": _most(*parts.lacks),
        "causes": _most(*parts.causes),
        "recorded": " ".join(parts.results[0].notes[:1]),
        "results": _or_none([_result(parts.results[0], one) for one in parts.results[1]]),
        "money": _or_none([_money(parts.money[0], one) for one in parts.money[1]]),
    }
    return told | _totals(values, SMALL_MARK if is_public else NOT_ENOUGH)


def area_name(head: Head) -> str:
    """ "tỉnh Bắc Kạn", "thành phố Bắc Kạn"."""
    kind = head.issuer[-1].removesuffix(head.area.upper()).strip().lower()
    return f"{kind or _KIND_WORDS.get(head.level, '')} {head.area}".strip()


def _known(values: Mapping[str, CellValue]) -> dict[str, CellValue]:
    """Without what stands on a figure that is not there."""
    found = dict(values)
    if found.get("resident_households") == 0:  # the review has not begun
        found |= {"before": "", "before_why": "Kỳ này chưa có số liệu"}
    for word in _CLASSES:
        for one, others in _STANDS_ON.items():
            if found.get(one.format(word)) is None:
                found |= {other.format(word): None for other in others}
    return found


def _shown(value: CellValue, unknown: str = NOT_ENOUGH) -> str:
    return unknown if value is None else frame.printed(value, _COUNT, {})


def _percent(value: CellValue, why: CellValue = "") -> str:
    if value is None:
        return f"{_NO_RATE} ({str(why)[:1].lower()}{str(why)[1:]})" if why else _NO_RATE
    return f"{frame.printed(value, _RATE, {})}%"


def _moved(value: CellValue, unit: str, unknown: str) -> str:
    """ "giảm 3,21 điểm phần trăm"."""
    if value is None:
        return unknown
    column = _COUNT if isinstance(value, int) else _RATE
    text = str(value)
    if not text.strip("-0."):
        return "không thay đổi"
    is_less = text.startswith("-")
    size = -value if isinstance(value, int) and is_less else value
    size = size.removeprefix("-") if isinstance(size, str) else size
    return f"{'giảm' if is_less else 'tăng'} {frame.printed(size, column, {})} {unit}"


def _totals(values: Mapping[str, CellValue], unknown: str) -> dict[str, Any]:
    """Sentences' figures; `unknown` stands for one that is not there. Without `before` nothing is
    compared."""
    why = values.get("rate_why") or ""
    told: dict[str, Any] = {"before": values.get("before") or ""}
    for name in ("resident_households", "resident_persons"):
        told[name] = _shown(values.get(name), unknown)
    for name in ("both_households", "both_persons"):
        told[name] = _shown(values.get(name), unknown)
    told["both_rate"] = _percent(values.get("both_rate"), why)
    told["both_points"] = _moved(values.get("both_points"), "điểm phần trăm", unknown)
    for word in _CLASSES:
        for name in ("households", "persons", "households_before"):
            told[f"{word}_{name}"] = _shown(values.get(f"{word}_{name}"), unknown)
        told[f"{word}_rate"] = _percent(values.get(f"{word}_rate"), why)
        told[f"{word}_rate_before"] = _percent(values.get(f"{word}_rate_before"))
        told[f"{word}_change"] = _moved(values.get(f"{word}_change"), "hộ", unknown)
        told[f"{word}_points"] = _moved(values.get(f"{word}_points"), "điểm phần trăm", unknown)
    return told


def _remarks(head: Head, values: Mapping[str, CellValue]) -> Iterable[str]:
    """What has to be known before figures are compared."""
    if head.missing:
        yield f"Còn thiếu {len(head.missing)} xã: {', '.join(head.missing)}."
    if not values.get("before") and values.get("before_why"):
        yield f"Không so sánh với kỳ rà soát trước. {_sentence(str(values['before_why']))}"
    was, now = values.get("resident_households_before"), values.get("resident_households")
    if values.get("before") and isinstance(was, int) and isinstance(now, int):
        yield (
            f"Số hộ dân cư từ {_shown(was)} hộ ở kỳ rà soát trước thành {_shown(now)} hộ (thay đổi"
            " trên 2%), cần lưu ý khi so sánh tỷ lệ giữa hai kỳ."
        )


def _notes(parts: Parts) -> list[str]:
    return frame.notes_of_left_out(sheet for sheet, _lines in vars(parts).values())


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _unit(head: Head, sheet: Sheet, line: Line) -> dict[str, Any]:
    number, name = frame.leading_cells(line, sheet, head)
    cells = named_cells(sheet, line)
    columns = ["resident_households"]
    columns += [f"{w}_{what}" for w in _CLASSES for what in ("households", "rate", "points")]
    is_bold = frame.is_bold(line, head)
    return {"number": number, "name": name, "bold": is_bold, "cells": [cells[c] for c in columns]}


def _poor_districts(head: Head, units: tuple[Sheet, list[Line]]) -> list[Told]:
    sheet, lines = units
    codes = {one for one in str(head.values.get("poor_districts") or "").split(",") if one}
    found = []
    for line in lines:
        if line.level == "district" and line.code in codes:
            cells = dict(zip((one.key for one in sheet.columns), line.cells, strict=True))
            text = "; ".join(
                f"{_shown_or_mark(sheet, line, f'{word}_households')} {_CLASS_NAMES[word]}, tỷ lệ"
                f" {_percent(cells[f'{word}_rate'])}"
                for word in _CLASSES
            )
            found.append({"name": line.name, "text": text})
    return found


def _shown_or_mark(sheet: Sheet, line: Line, key: str) -> str:
    return named_cells(sheet, line)[key] or NOT_ENOUGH


def _moves(values: Mapping[str, CellValue], *, is_public: bool) -> list[Told]:
    """Who fell back and who is new cannot be told apart without lists of earlier years; who became
    poor in all can."""
    if is_public:
        return [{"name": "Biến động", "text": _NOT_PUBLISHED}]
    if not values.get("before"):
        return [{"name": "Biến động", "text": NOT_ENOUGH}]
    found = [
        {"name": name, "text": NOT_ENOUGH if values.get(key) is None else _households(values[key])}
        for key, name in _MOVES
    ]
    if values.get("poor_relapsed") is None and values.get("fell") is not None:
        text = f"{_households(values['fell'])}, chưa phân biệt được tái nghèo và phát sinh mới"
        found.insert(1, {"name": "Hộ trở thành hộ nghèo trong kỳ", "text": text})
    return found


def _households(value: CellValue) -> str:
    return f"{_shown(value)} hộ"


def _groups(values: Mapping[str, CellValue], *, is_public: bool) -> list[Told]:
    if is_public:
        return [{"name": "Nhóm hộ", "text": _NOT_PUBLISHED}]
    found = []
    for word in _CLASSES:
        for group, words_of in _GROUPS:
            part, share = values.get(f"{word}_{group}"), values.get(f"{word}_{group}_share")
            text = NOT_ENOUGH if part is None else _households(part)
            if share is not None:
                text += f", chiếm {_percent(share)} tổng số {_CLASS_NAMES[word]}"
            name = _CLASS_NAMES[word].capitalize()
            found.append({"name": f"{name} {words_of}", "text": text})
    return found


def _most(sheet: Sheet, lines: Sequence[Line]) -> list[Told]:
    if not lines:
        return [{"name": "Chưa có", "text": "; ".join(sheet.notes) or "không có hộ nghèo"}]
    found = []
    told = [line for line in lines if not frame.is_left_out(line, "households")]
    if not told:
        return [{"name": "Nội dung", "text": _NOT_PUBLISHED}]
    for line in told[:MOST_TOLD]:
        cells = named_cells(sheet, line)
        share = f" ({cells['share']}% số hộ nghèo)" if cells["share"][-1:].isdigit() else ""
        found.append({"name": line.name, "text": f"{cells['households']} hộ{share}"})
    return found


def _or_none(found: list[Told]) -> list[Told]:
    return found or [{"name": "Chưa ghi nhận", "text": "không có số liệu trong năm"}]


def _result(sheet: Sheet, line: Line) -> Told:
    if frame.is_left_out(line, "number"):
        return {"name": line.name, "text": _NOT_PUBLISHED}
    cells = named_cells(sheet, line)
    told = [f"thực hiện {cells['number'] or NOT_ENOUGH}"]
    if cells["planned"]:
        share = f", đạt {cells['percent']}%" if cells["percent"][-1:].isdigit() else ""
        told[0] += f" (kế hoạch {cells['planned']}{share})"
    reached = [f"{cells[one]} {name}" for one, name in _REACHED if cells[one] not in _NOTHING]
    if reached:
        told.append(f"{', '.join(reached)} trong danh sách hộ")
    if cells["amount_vnd"] not in _NOTHING:
        told.append(f"kinh phí {cells['amount_vnd']} đồng")
    return {"name": line.name, "text": "; ".join(told)}


def _money(sheet: Sheet, line: Line) -> Told:
    if frame.is_left_out(line, "disbursed_vnd"):
        return {"name": line.name, "text": _NOT_PUBLISHED}
    cells = named_cells(sheet, line)
    share = f" ({cells['percent']}%)" if cells["percent"] else ""
    allocated = f"{cells['allocated_vnd']} đồng" if cells["allocated_vnd"] else NOT_ENOUGH
    text = f"vốn giao {allocated}, đã giải ngân {cells['disbursed_vnd'] or 0} đồng{share}"
    return {"name": line.name, "text": text}
