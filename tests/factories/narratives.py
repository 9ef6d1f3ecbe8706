"""The yearly report as a content, without a register."""

from typing import Any

from reports import definitions
from reports.contents.content import CellValue, Content, Line, Sheet
from tests.factories import report_contents as told

VALUES: dict[str, CellValue] = {
    "resident_households": 10_000, "resident_persons": 40_000, "rate_why": "",
    "poor_households": 1_234, "poor_persons": 5_000, "poor_rate": "12.34",
    "near_poor_households": 790, "near_poor_persons": 3_000, "near_poor_rate": "7.90",
    "both_households": 2_024, "both_persons": 8_000, "both_rate": "20.24",
    "before": "2023", "before_why": "",
    "poor_households_before": 1_500, "poor_rate_before": "15.00", "poor_change": -266,
    "poor_points": "-2.66", "near_poor_households_before": 780, "near_poor_rate_before": "7.90",
    "near_poor_change": 10, "near_poor_points": "0.00", "both_points": "-2.66",
    "escaped": 400, "fell": 150, "near_poor_escaped": 90, "poor_relapsed": None,
    "poor_new_entry": None, "near_poor_relapsed": None, "near_poor_new_entry": None,
    "poor_ethnic_minority": 1_000, "poor_ethnic_minority_share": "81.04",
    "poor_no_labour": 120, "poor_no_labour_share": "9.72",
    "poor_districts": "063",
}  # fmt: skip


def content(**given: Any) -> Content:
    """`given` are fields of the head."""
    head = told.head(**({"report": "BC", "values": VALUES} | given))
    units = [
        _unit("district", "1", "Huyện Một", 5000, 1100, 1000, "20.00", "-2.00", 395, 400, "8.00",
              "0.10", code="063"),
        _unit("commune", "1.1", "Xã Hai", 5000, 1100, 1000, "20.00", "-2.00", 395, 400, "8.00",
              "0.10", code="02008"),
        _unit("district", "2", "Huyện Hai", 5000, 400, 234, "4.68", "-3.32", 385, 390, "7.80",
              "-0.10", code="064"),
        _unit("province", "", "Mẫu", 10000, 1500, 1234, "12.34", "-2.66", 780, 790, "7.90",
              "0.00", code="06"),
    ]  # fmt: skip
    trend = [
        told.unit("entry", "1", "2023", 10000, 1500, "15.00", 780, "7.90", "chính thức"),
        told.unit("entry", "2", "2024", 10000, 1234, "12.34", 790, "7.90", "chính thức"),
    ]
    lacks = [
        told.unit("entry", str(at), name, count, share)
        for at, (name, count, share) in enumerate(
            [("Nước sạch", 900, "72.93"), ("Nhà vệ sinh", 800, "64.83"),
             ("Chất lượng nhà ở", 700, "56.73"), ("Bảo hiểm y tế", 10, "0.81")], start=1,
        )
    ]  # fmt: skip
    results = [told.unit("entry", "1", "Vay vốn", 100, 90, "90.00", 80, 320, 0, 9_000_000, 0)]
    money = [told.unit("entry", "1", "Tín dụng", 10_000_000, 9_500_000, 9_000_000, "90.00", 90)]
    return told.content(
        head,
        (_sheet("units"), units), (_sheet("trend"), trend), (_sheet("lacks"), lacks),
        (_sheet("causes"), []), (_sheet("results", "CT"), results), (_sheet("money", "CT"), money),
    )  # fmt: skip


def _unit(level: str, number: str, name: str, *cells: CellValue, code: str) -> Line:
    return Line(level, number, code, name, cells)


def _sheet(name: str, report: str = "BC") -> Sheet:
    definition = definitions.named(report)
    keys = [one.column for one in definition.columns if one.sheet == name]
    columns = definition.columns_for(keys, {}, name)
    rates = tuple(one for one in definition.rates_of(columns) if one[0] in keys)
    notes = ("Số liệu ghi nhận đến 31/12/2024.",) if name == "results" else ()
    return Sheet(definition.sheets[name], columns, ("STT", "Đơn vị"), rates=rates, notes=notes)
