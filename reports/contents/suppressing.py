"""The version of a report for everybody: small numbers are left out, and as many others that none
of them can be worked out from what is shown. Pure.

A nothing (0) is no small number: it is shown, unless it must hide another.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from reports.contents.content import CellValue, Content, Head, Line, Sheet
from reports.contents.frame import SMALL, SMALL_MARK
from reports.contents.moves import move_of
from reports.contents.relations import Counted, Place, Relation, counted


def public(content: Content, *, least: int) -> Content:
    """Counts from 1 to `least` - 1 left out, with the rates made of them and enough others; the
    households that identities name are left out too. Figures for a text (Head.values) are left out
    where they are small; nothing hides them further. Sums of money stay.

    Raises ValueError: a report with names has no public version. Cost: all lines of a sheet are in
    memory; a second for the largest table of a province.
    """
    if content.head.has_names:
        raise ValueError("a report with names has no public version")
    values = {name: _unless_small(one, least) for name, one in content.head.values.items()}
    head = replace(content.head, broken=(), values=values)
    return Content(head, _sheets(content, least))


def _unless_small(value: CellValue, least: int) -> CellValue:
    return None if isinstance(value, int) and 0 < value < least else value


def _sheets(content: Content, least: int) -> Iterator[tuple[Sheet, Iterable[Line]]]:
    note = f"{SMALL_MARK} Không công bố: số nhỏ hơn {least} và các số có thể dùng để suy ra số đó."
    for sheet, stream in content.sheets:
        lines = list(stream)
        hidden = to_hide(content.head, sheet, lines, least)
        told = replace(sheet, notes=(*sheet.notes, note)) if hidden else sheet
        yield told, [_without(line, row, sheet, hidden) for row, line in enumerate(lines)]


def _without(line: Line, row: int, sheet: Sheet, hidden: set[Place]) -> Line:
    out = {column.key for at, column in enumerate(sheet.columns) if (row, at) in hidden}
    out |= {rate for rate, *of in sheet.rates if out.intersection(of)}
    if not out:
        return line
    keys = [column.key for column in sheet.columns]
    gone = {
        key for key, cell in zip(keys, line.cells, strict=True) if key in out and cell is not None
    }
    cells = tuple(None if key in out else cell for key, cell in zip(keys, line.cells, strict=True))
    reasons = {**line.reasons, **{key: SMALL for key in keys if key in gone}}
    return replace(line, cells=cells, reasons=reasons)


def to_hide(head: Head, sheet: Sheet, lines: Sequence[Line], least: int) -> set[Place]:
    """Where the counts (or rates that stand for them) are that must not be shown."""
    found = counted(head, sheet, lines)
    small = {place for place, value in found.values.items() if 0 < value < least}
    return _Hiding(found, small).done()


class _Hiding:
    """Grows what is hidden until nothing small can be worked out."""

    def __init__(self, sheet: Counted, small: set[Place]) -> None:
        self.values = sheet.values
        self.relations = sheet.relations
        self.twins = sheet.twins
        self.of_place = sheet.of_place()
        self.small = small
        self.hidden: set[Place] = set()
        for place in sorted(small):
            self._hide(place)

    def done(self) -> set[Place]:
        self._leave_none_alone()
        safe: set[Place] = set()
        while at_risk := sorted((self.small & self.hidden) - safe):
            for place in at_risk:
                if place in safe:
                    continue
                move = move_of(place, self.hidden, self.values, self.of_place)
                if move is not None:
                    safe |= move.keys()
                elif not self._hide_near(place):
                    safe.add(place)  # nothing that is shown is tied to it any more
            self._leave_none_alone()
        return self.hidden

    def _hide(self, place: Place) -> None:
        self.hidden.add(place)
        if twin := self.twins.get(place):
            self.hidden.add(twin)

    def _leave_none_alone(self) -> None:
        """What is hidden alone in a relation is what is left of it."""
        waiting = list(self.relations)
        while waiting:
            again = []
            for relation in waiting:
                places = [place for place, _sign in relation.terms()]
                if sum(place in self.hidden for place in places) == 1:
                    self._hide_best(
                        [place for place in places if place not in self.hidden], relation
                    )
                    again = self.relations
            waiting = list(again)

    def _hide_best(self, shown: list[Place], relation: Relation) -> None:
        if shown:
            self._hide(min(shown, key=lambda place: (*self._cost(place, relation), place)))

    def _cost(self, place: Place, relation: Relation) -> tuple[bool, int, bool, int]:
        """Totals come last: other reports show them. Then what would leave relations with one
        hidden, nothing, and large numbers."""
        alone = sum(
            not any(one in self.hidden for one, _sign in other.terms())
            for other in self.of_place[place]
            if other is not relation
        )
        return place == relation.total, alone, self.values[place] == 0, self.values[place]

    def _hide_near(self, place: Place) -> bool:
        """One more that is tied to it, however far; False where all such are hidden."""
        seen, edge = {place}, [place]
        while edge:
            for relation in (one for near in edge for one in self.of_place[near]):
                shown = [one for one, _sign in relation.terms() if one not in self.hidden]
                if shown:
                    self._hide_best(shown, relation)
                    return True
            ties = {
                one for near in edge for tie in self.of_place[near] for one, _sign in tie.terms()
            }
            edge = sorted(ties - seen)
            seen |= ties
        return False
