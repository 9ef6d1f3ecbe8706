"""The words of the letter that goes with a set of reports: figures and list of what is enclosed,
read from the editions themselves. Vietnamese, the language of the law."""

import datetime as dt
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils import timezone

from households.choices import AreaLevel
from households.models import Area
from reports.choices import FigureStatus
from reports.contents import canonical, frame
from reports.contents.content import Head, Line, Sheet
from reports.models import Edition, ReportOrder

_RECEIVERS: Final = Path(__file__).resolve().parents[1] / "data" / "letters.toml"
_STATUSES: Final = {FigureStatus.PRELIMINARY: "sơ bộ", FigureStatus.OFFICIAL: "chính thức"}
#: A sentence for each report that has figures for the letter: columns of the area's own line.
_SENTENCES: Final = {
    "T1": (
        "Tổng số hộ dân cư: {resident_households}; hộ nghèo: {poor_households} hộ, tỷ lệ"
        " {poor_rate}%; hộ cận nghèo: {near_poor_households} hộ, tỷ lệ {near_poor_rate}%.",
    ),
    "T2": (
        "Trong năm: {to_near_poor} hộ nghèo thành hộ cận nghèo, {to_not_poor} hộ vượt chuẩn cận"
        " nghèo; {new_entry} hộ nghèo phát sinh mới, {relapsed} hộ tái nghèo.",
    ),
}
_UNKNOWN: Final = "(chưa có)"
#: Of more communes only their number is told.
_MOST_NAMED: Final = 30
_NAMES: Final = re.compile(r"{(\w+)}")


def words(order: ReportOrder) -> dict[str, Any]:
    """Of the editions of the order's own area; of communes whose list is not decided the names.
    Raises ValueError where none is made. Three queries; reads the contents of T1 and T2."""
    made = enclosed(order)
    if not made:
        raise ValueError("no edition of the order's own area is made")
    heads = [canonical.head_of(bytes(one.content)) for one in made]
    first = heads[0]
    status = _STATUSES[FigureStatus(order.status)]
    issuer = " ".join(first.issuer[1:])
    what = f"kết quả {status} rà soát hộ nghèo, hộ cận nghèo năm {first.year}"
    at = frame.cut_off(first)
    return {
        "title": f"Công văn gửi bộ biểu {status} năm {first.year}",
        "mark": frame.SAMPLE if first.is_sample else "",
        "foot": "",
        "issuer-above": first.issuer[0],
        "issuer": issuer,
        "place": first.area,
        "year": at.year,
        "letter-number": "Số: …………",
        "subject": f"V/v báo cáo {what}",
        "addressee": _addressee(order.area, timezone.localtime(order.cut_off_at).date()),
        "sender": f"Ủy ban nhân dân {_in_a_sentence(issuer, first.area)}",
        "what": what,
        "as-of": f"{at:%d/%m/%Y}",
        "parts": _parts(made),
        "missing": _missing(heads),
        "enclosed": [
            {"report": one.report, "title": _title(one, head), "number": one.number}
            for one, head in zip(made, heads, strict=True)
        ],
        "signer-above": "TM. Ủy ban nhân dân",
        "signer": "Chủ tịch",
    }


def enclosed(order: ReportOrder) -> list[Edition]:
    """The editions of the order's own area, in their order. One query."""
    found = Edition.objects.filter(parts__order=order, area=order.area)
    return list(found.select_related("standard").order_by("parts__position").distinct())


def _missing(heads: list[Head]) -> str:
    """Communes without a decided list; of each standard where they are not the same. Reports that
    need no list name none. Preliminary figures count them all the same."""
    by_standard: dict[str, dict[str, None]] = {}
    for head in heads:
        by_standard.setdefault(head.standard_name, {}).update(dict.fromkeys(head.missing))
    lists = {tuple(names) for names in by_standard.values()}
    told = [
        (standard if len(lists) > 1 else "", list(names))
        for standard, names in by_standard.items()
        if names
    ]
    if len(lists) == 1:
        told = told[:1]
    is_counted = heads[0].status == FigureStatus.PRELIMINARY
    end = "" if is_counted else " Số liệu trên chưa gồm các xã này."
    return " ".join(
        f"{_under(standard) if standard else ''}{_communes(names)}.{end}"
        for standard, names in told
    )


def _under(standard: str) -> str:
    return f"theo {standard[:1].lower()}{standard[1:]}, "


def _communes(names: list[str]) -> str:
    if len(names) > _MOST_NAMED:
        return f"{len(names)} xã chưa có quyết định công nhận danh sách (tên ghi ở đầu các biểu)"
    return f"{len(names)} xã chưa có quyết định công nhận danh sách: {', '.join(names)}"


def _title(edition: Edition, head: Head) -> str:
    return f"{head.title} ({edition.standard.name_vi})"


def _in_a_sentence(issuer: str, name: str) -> str:
    """ "TỈNH BẮC KẠN" as it is written within a sentence."""
    kind = issuer.removesuffix(name.upper()).strip().lower()
    return f"{kind} {name}".strip()


def _addressee(area: Area, day: dt.date) -> str:
    if area.level == AreaLevel.PROVINCE or area.parent is None:
        return _receiver(day)
    kinds = {AreaLevel.DISTRICT: "huyện", AreaLevel.PROVINCE: "tỉnh"}
    above = area.parent
    return f"Ủy ban nhân dân {kinds.get(AreaLevel(above.level), '')} {above.name}"


@cache
def _receivers() -> list[dict[str, Any]]:
    told = tomllib.loads(_RECEIVERS.read_text(encoding="utf-8"))["receivers"]
    return sorted(told, key=lambda one: one["valid_from"])


def _receiver(day: dt.date) -> str:
    known = _receivers()
    found = [one for one in known if one["valid_from"] <= day]
    return str((found or known[:1])[-1]["name"])


def _parts(made: list[Edition]) -> list[dict[str, Any]]:
    """By standard the sentences of the reports that have some."""
    lines: dict[str, list[str]] = {}
    for edition in made:
        for sentence in _SENTENCES.get(edition.report, ()):
            figures = _own_figures(edition)
            said = lines.setdefault(edition.standard.name_vi, [])
            if any(figures.get(name, _UNKNOWN) != _UNKNOWN for name in _NAMES.findall(sentence)):
                said.append(sentence.format_map(figures))
    return [{"standard": standard, "lines": told} for standard, told in lines.items()]


def _own_figures(edition: Edition) -> dict[str, str]:
    """The area's own line (of households, where it has two), as it is printed."""
    content = canonical.unpack(bytes(edition.content))
    for sheet, lines in content.sheets:
        for line in lines:
            if frame.is_total(line, content.head) and line.counted in ("", "households"):
                return _printed(sheet, line)
    return {}


def _printed(sheet: Sheet, line: Line) -> dict[str, str]:
    return {
        column.key: frame.printed(cell, column, {}) or _UNKNOWN
        for cell, column in zip(line.cells, sheet.columns, strict=True)
    }
