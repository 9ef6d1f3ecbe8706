"""The yearly report as everybody may read it: each figure as the tables give it to everybody. Pure.

Moves and groups are not told at all (contents.narrative).
"""

from collections.abc import Callable, Iterator, Set
from dataclasses import replace
from typing import Final

from reports.contents import narrative
from reports.contents.content import CellValue, Content, Head, Kind, Line, Sheet
from reports.contents.narrative_figures import (
    TOTALS,
    Measures,
    at_round,
    name_in_trend,
    name_of_value,
)  # fmt: skip
from reports.contents.programme_figures import Told
from reports.contents.programme_hiding import NOTE, Hiding, numbered
from reports.contents.suppressing import left_out, with_note
from reports.contents.webs import Name

_WORDS: Final = ("before", "before_why", "rate_why", "poor_districts")
_CLASSES: Final = ("poor", "near_poor")
_BEFORE: Final = "resident_households_before"
#: Figures of the text, and what they tell.
_DERIVED: Final = {
    "{}_rate": ("{}_households", "resident_households"),
    "{}_rate_before": ("{}_households_before", _BEFORE),
    "{}_change": ("{}_households", "{}_households_before"),
    "{}_points": ("{}_rate", "{}_rate_before"),
}
_BOTH: Final = {
    "both_households": ("poor_households", "near_poor_households"),
    "both_persons": ("poor_persons", "near_poor_persons"),
    "both_rate": ("poor_rate", "near_poor_rate"),
    "both_points": ("poor_points", "near_poor_points"),
}
_ORDER: Final = "Chỉ số thiếu hụt và nguyên nhân chỉ được xếp thứ tự trong các số được công bố."


def public(content: Content, *, hidden: Set[Name], measures: Measures, least: int) -> Content:
    """Raises ValueError: it shows a count from 1 to `least` - 1 (it was not weighed)."""
    head, parts = content.head, narrative.parts_of(content)
    leaving = _Leaving(head, hidden, measures, least)
    programmes = Hiding(str(head.area_key), hidden, least)
    sheets = [
        with_note(*leaving.units(parts.units), least),
        with_note(*leaving.trend(parts.trend), least),
        with_note(*leaving.ranked(parts.lacks, measures.lack), least, _ORDER),
        with_note(*leaving.ranked(parts.causes, measures.cause), least, _ORDER),
        with_note(*programmes.results(parts.results), least, NOTE),
        with_note(*programmes.money(parts.money), least, NOTE),
    ]
    return Content(replace(head, broken=(), values=leaving.values()), sheets)


class _Leaving:
    def __init__(self, head: Head, hidden: Set[Name], measures: Measures, least: int) -> None:
        self.head, self.hidden = head, hidden
        self.measures, self.least = measures, least

    def values(self) -> dict[str, CellValue]:
        """Of the text: what it counts, and what it says of these."""
        told = self.head.values
        out = {
            one
            for one in (*TOTALS, _BEFORE, *(f"{word}_households_before" for word in _CLASSES))
            if name_of_value(self.head, one, self.measures) in self.hidden
        }
        rules = {
            rule.format(word): [one.format(word) for one in of]
            for word in _CLASSES
            for rule, of in _DERIVED.items()
        }
        for rule, of in (rules | _BOTH).items():
            if out.intersection(of):
                out.add(rule)
        known = {*TOTALS, _BEFORE, *rules, *_BOTH, *_WORDS}
        known |= {f"{word}_households_before" for word in _CLASSES}
        return {one: None if one in out else told[one] for one in told if one in known}

    def units(self, told: Told) -> tuple[Sheet, list[Line]]:
        """As the tables; points tell the residents of before too."""
        sheet, lines = told
        before = at_round("resident_households", str(self.head.values.get("before")))
        points = {f"{word}_points" for word in _CLASSES}

        def out_of(line: Line) -> set[str]:
            area = str(line.key)
            out = self._out(sheet, lambda column: (area, self.measures.of_unit(column)))
            is_told = (area, before) not in self.hidden and "resident_households" not in out
            return out if is_told else out | points

        return sheet, [self._without(line, sheet, out_of(line)) for line in lines]

    def trend(self, told: Told) -> tuple[Sheet, list[Line]]:
        sheet, lines = told
        return sheet, [
            self._without(line, sheet, self._out(sheet, self._in_trend(line))) for line in lines
        ]

    def _in_trend(self, line: Line) -> Callable[[str], Name]:
        return lambda column: name_in_trend(self.head, line, column)

    def ranked(self, told: Told, named: Callable[[str], str]) -> tuple[Sheet, list[Line]]:
        """What is left out comes last, by name: its place would tell between which numbers it
        lies. A share tells what it is of."""
        sheet, lines = told
        area = str(self.head.area_key)
        is_share_out = (area, "poor_households") in self.hidden
        shown, out = [], []
        for line in lines:
            if (area, named(line.code)) in self.hidden:
                out.append(self._without(line, sheet, {"households", "share"}))
            else:
                shown.append(self._without(line, sheet, {"share"} if is_share_out else set()))
        out.sort(key=lambda line: line.name)
        return sheet, numbered([*shown, *out])

    def _out(self, sheet: Sheet, named: Callable[[str], Name]) -> set[str]:
        """Counts, and rates of them."""
        out = set(self._counts_out(sheet, named))
        return out | {rate for rate, *of in sheet.rates if out.intersection(of)}

    def _counts_out(self, sheet: Sheet, named: Callable[[str], Name]) -> Iterator[str]:
        for column in sheet.columns:
            if column.kind is Kind.COUNT and named(column.key) in self.hidden:
                yield column.key

    def _without(self, line: Line, sheet: Sheet, out: Set[str]) -> Line:
        for column, cell in zip(sheet.columns, line.cells, strict=True):
            is_count = column.kind is Kind.COUNT and column.key not in out
            if is_count and isinstance(cell, int) and 0 < cell < self.least:
                raise ValueError(f"{column.key} of {line.name} was not weighed")
        return left_out(line, sheet, out)
