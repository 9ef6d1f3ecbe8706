"""Charts of the yearly report as pictures, by typst: bars of places, lines over the rounds. Pure.

Legible in grey: the two classes differ in lightness and in outline or dash, and each figure is
written out.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from households.exchange import paper_printing
from households.exchange.word_printing import Picture
from reports.contents import narrative
from reports.contents.content import Line, Sheet

_ROOT: Final = Path(__file__).resolve().parents[2]
_TEMPLATE: Final = _ROOT / "reports" / "data" / "report_papers" / "narrative_chart.typ"
_WIDTH_CM: Final = 16.0
_POINTS_PER_INCH: Final = 200
#: Places beyond these are in the table only.
MOST_BARS: Final = 25
_RATES: Final = ("poor_rate", "near_poor_rate")
_BARS_ALT: Final = "Biểu đồ cột, tỷ lệ hộ nghèo và hộ cận nghèo theo địa bàn: "
_TREND_ALT: Final = "Biểu đồ đường, tỷ lệ hộ nghèo và hộ cận nghèo qua các kỳ rà soát: "


def places(sheet: Sheet, lines: Sequence[Line]) -> tuple[Picture | None, str]:
    """The area's parts, the highest rate of poor households first, and what is not drawn; None
    where fewer than two have rates. Cost: 0.3 s."""
    top = [one for one in lines if one.number and "." not in one.number]
    bars = [one for one in (_entry(sheet, line) for line in top) if one]
    bars.sort(key=lambda one: -one["values"][0])
    notes = [f"{MOST_BARS} đơn vị có tỷ lệ hộ nghèo cao nhất"] if len(bars) > MOST_BARS else []
    notes += ["không vẽ đơn vị không có số liệu"] if len(bars) < len(top) else []
    return _drawn("bars", bars[:MOST_BARS], _BARS_ALT), "; ".join(notes)


def trend(sheet: Sheet, lines: Sequence[Line]) -> Picture | None:
    """The rounds under one standard from left to right; None where fewer than two have rates."""
    found = [_entry(sheet, line) for line in lines]
    return _drawn("trend", [one for one in found if one], _TREND_ALT)


def _entry(sheet: Sheet, line: Line) -> dict[str, Any] | None:
    cells = dict(zip((one.key for one in sheet.columns), line.cells, strict=True))
    rates = [cells[one] for one in _RATES]
    if not all(isinstance(one, str) for one in rates):
        return None
    shown = narrative.named_cells(sheet, line)
    return {
        "name": line.name,
        "values": [float(str(one)) for one in rates],
        "shown": [shown[one] for one in _RATES],
    }


def _drawn(kind: str, entries: Sequence[dict[str, Any]], alt: str) -> Picture | None:
    most = max((value for one in entries for value in one["values"]), default=0)
    if len(entries) < 2 or not most:
        return None
    data = {"kind": kind, "most": most, "entries": list(entries)}
    png = paper_printing.compiled(_TEMPLATE, data, root=_ROOT, format="png", ppi=_POINTS_PER_INCH)
    told = "; ".join(f"{one['name']} {one['shown'][0]}% và {one['shown'][1]}%" for one in entries)
    return Picture(bytes(png), _WIDTH_CM, f"{alt}{told}")
