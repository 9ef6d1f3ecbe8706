"""Which numbers of a web are not shown: small ones, and as many others that none of them can be
worked out. Pure.

A nothing (0) is no small number: it is shown, unless it must hide another.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from reports.contents.hidden import Hidden
from reports.contents.moves import Range
from reports.contents.webs import Name, Number, Relation, Web

#: Total or part, relations it would be alone in, too little or not, size; and the number.
_Cost = tuple[bool, int, bool, int, Number]

#: Parts that are hidden for a small number before totals are.
_MOST_PARTS: Final = 2
#: More numbers that are hidden for one that is known to be little, if not how little.
_MOST_FOR_NARROW: Final = 2


@dataclass(frozen=True)
class Found:
    """`names` are hidden. Of small numbers, `exposed` can be worked out from what everybody knows
    already, and of `narrow` it is known that they are not all numbers from 0 to the limit."""

    names: set[Name]
    small: int
    exposed: int
    narrow: int


def to_hide(web: Web, least: int, hidden: Iterable[Name] = ()) -> Found:
    """Counts from 1 to `least` - 1, those that are `hidden` already, and more. Cost: 20 seconds for
    all tables of a province of 100 communes, down to its villages."""
    return _Hiding(web, least, hidden).done()


class _Hiding:
    """Grows what is hidden until nothing small can be worked out."""

    def __init__(self, web: Web, least: int, hidden: Iterable[Name]) -> None:
        self.web, self.least = web, least
        self.hidden = Hidden(web)
        self.touched: list[int] = []
        self.range = Range(self.hidden)
        small = [number for number, value in enumerate(web.values) if 0 < value < least]
        for name in hidden:
            self._hide(name)
        for number in small:
            self._hide(web.names[number])
        self.small = [number for number in small if self.hidden.numbers[number]]
        self.known = len(small) - len(self.small)

    def done(self) -> Found:
        self._leave_none_alone()
        exposed = self._until_all(self.range.can_be_another)
        narrow = self._until_all(self._can_be_any, _MOST_FOR_NARROW)
        return Found(
            self.hidden.names, len(self.small) + self.known, len(exposed) + self.known, len(narrow)
        )

    def _can_be_any(self, number: Number) -> bool:
        lowest = int(number in self.web.some)
        return self.range.reaches(number, lowest) and self.range.reaches(number, self.least)

    def _hide(self, name: Name) -> None:
        self.touched += self.hidden.hide(name)

    def _until_all(self, is_so: Callable[[Number], bool], most: int | None = None) -> list[Number]:
        """Hides more, `most` for each and then no totals, until it is so of all small numbers;
        those where nothing helps."""
        waiting, lost, tries = self.small, [], 0
        while waiting:
            left = []
            for number in waiting:
                if is_so(number):
                    continue
                if (most is None or tries < most) and self._hide_near(number, tries, most is None):
                    self._leave_none_alone()
                    left.append(number)
                else:
                    lost.append(number)
            waiting, tries = left, tries + 1
        return lost

    def _leave_none_alone(self) -> None:
        while self.touched:
            at = self.touched.pop()
            if self.hidden.lack(at, self.least) and self._hide_best(at):
                self.touched.append(at)

    def _hide_best(self, at: int) -> bool:
        shown = self._shown(at)
        if shown:
            self._hide(self.web.names[min(shown)[-1]])
        return bool(shown)

    def _shown(self, at: int) -> list[_Cost]:
        """What of a relation is still shown, each with what hiding it costs. Where there are enough
        but too little is hidden, nothing (0) is of no use."""
        relation, lack = self.web.relations[at], self.hidden.lack(at, self.least)
        needs_some = lack and len(self.hidden.of_relation[at]) > 1
        found = []
        for number, _sign in relation:
            if self.hidden.numbers[number] or number in self.web.known:
                continue
            if needs_some and not self.web.values[number]:
                continue
            found.append(self._cost(number, relation, lack))
        return found

    def _cost(self, number: Number, relation: Relation, lack: int) -> _Cost:
        """Totals come last: other reports show them. Then what would leave relations with one
        hidden, what is too little, and large numbers."""
        total, _sign = relation[0]
        value = self.web.values[number]
        is_little = value < lack
        size = -value if is_little else value
        return number == total, self._left_alone(number), is_little, size, number

    def _left_alone(self, number: Number) -> int:
        return sum(not self.hidden.of_relation[at] for at in self.web.of[number])

    def _hide_near(self, number: Number, tries: int, with_totals: bool) -> bool:
        """One more that is tied to it: the nearest that is no total, or where that did not help a
        few times the nearest; False where all such are hidden."""
        seen, edge = {number}, [number]
        totals: list[_Cost] = []
        while edge:
            ring = list(dict.fromkeys(at for near in edge for at in self.web.of[near]))
            shown = [one for at in ring for one in self._shown(at)]
            totals += [one for one in shown if one[0]]
            is_any = with_totals and tries >= _MOST_PARTS
            if parts := [one for one in shown if is_any or not one[0]]:
                self._hide(self.web.names[min(parts)[-1]])
                return True
            tied = {one for at in ring for one, _sign in self.web.relations[at]}
            edge = sorted(one for one in tied - seen if self.hidden.numbers[one])
            seen |= tied
        if totals and with_totals:
            self._hide(self.web.names[min(totals)[-1]])
            return True
        return False
