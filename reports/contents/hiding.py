"""Which numbers of a web are not shown: small ones, and as many others that none of them can be
worked out. Pure."""

from collections.abc import Iterable

from reports.contents.hidden import Hidden
from reports.contents.moves import Move, move_of
from reports.contents.webs import Name, Number, Relation, Web


def to_hide(web: Web, least: int, hidden: Iterable[Name] = ()) -> set[Name]:
    """Counts from 1 to `least` - 1, those that are `hidden` already, and more."""
    return Hiding(web, least, hidden).done()


class Hiding:
    """Grows what is hidden until nothing small can be worked out."""

    def __init__(self, web: Web, least: int, hidden: Iterable[Name] = ()) -> None:
        self.web, self.least = web, least
        self.hidden = Hidden(web)
        self.touched: list[int] = []
        self.exposed: set[Number] = set()
        self.calls=0; self.fails=[]
        self.small = [n for n, value in enumerate(web.values) if 0 < value < least]
        for name in hidden:
            self._hide(name)
        for number in self.small:
            self._hide(web.names[number])

    def _hide(self, name: Name) -> None:
        self.touched += self.hidden.hide(name)

    def done(self) -> set[Name]:
        self._leave_none_alone()
        safe = bytearray(len(self.web.values))
        waiting = [number for number in self.small if self.hidden.numbers[number]]
        while waiting:
            left = []
            for number in waiting:
                if safe[number]:
                    continue
                self.calls+=1
                move = self._move(number)
                if move is not None:
                    for one in move:
                        safe[one] = 1
                elif [self.fails.append(number)] and self._hide_near(number):
                    self._leave_none_alone()
                    left.append(number)
                else:
                    self.exposed.add(number)
            waiting = left
        return self.hidden.names

    def _move(self, number: Number) -> Move | None:
        """One more, or one less."""
        values = self.web.values
        return move_of(number, 1, self.hidden, values) or move_of(number, -1, self.hidden, values)

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

    def _shown(self, at: int) -> list[tuple[bool, int, bool, int, Number]]:
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
            found.append((*self._cost(number, relation, lack), number))
        return found

    def _cost(
        self, number: Number, relation: Relation, lack: int
    ) -> tuple[bool, int, bool, int]:
        """Totals come last: other reports show them. Then what would leave relations with one
        hidden, what is too little, and large numbers."""
        total, _sign = relation[0]
        value = self.web.values[number]
        is_little = value < lack
        return number == total, self._left_alone(number), is_little, -value if is_little else value

    def _left_alone(self, number: Number) -> int:
        return sum(not self.hidden.of_relation[at] for at in self.web.of[number])

    def _hide_near(self, number: Number) -> bool:
        """One more that is tied to it, the nearest that is no total; False where all such are
        hidden."""
        seen, edge = {number}, [number]
        totals = []
        while edge:
            ring = [at for near in edge for at in self.web.of[near]]
            shown = [one for at in dict.fromkeys(ring) for one in self._shown(at)]
            totals += [one for one in shown if one[0]]
            if parts := [one for one in shown if not one[0]]:
                self._hide(self.web.names[min(parts)[-1]])
                return True
            tied = {one for at in ring for one, _sign in self.web.relations[at]}
            edge = sorted(one for one in tied - seen if self.hidden.numbers[one])
            seen |= tied
        if totals:
            self._hide(self.web.names[min(totals)[-1]])
        return bool(totals)
