"""Whether a hidden number could as well be another one. Pure.

Numbers that are hidden can be worked out where only one set of numbers fits all that is shown. They
cannot where some of them can be moved together, each by a little, so that everything still adds up
and none falls below nothing. Finding such a move proves it.
"""

from collections.abc import Sequence
from typing import Final

from reports.contents.hidden import Hidden
from reports.contents.webs import Number

#: Steps after which no more is tried: what is not found by then counts as not there.
_MOST_STEPS: Final = 400
#: Remedies that are tried for a relation that is off.
_MOST_REMEDIES: Final = 6

Move = dict[Number, int]


def move_of(number: Number, change: int, hidden: Hidden, values: Sequence[int]) -> Move | None:
    """Changes of hidden numbers, that of `number` by `change` among them, that leave all relations
    as they are. `values` are the numbers to start from. None: not found."""
    if values[number] + change < (number in hidden.web.some):
        return None
    return _Search(hidden, values).completed(number, change)


class Range:
    """The lowest and the highest that numbers were found to be able to be. What is found holds on
    when more is hidden."""

    def __init__(self, hidden: Hidden) -> None:
        self.hidden = hidden
        self.values = list(hidden.web.values)
        self.low, self.high = list(self.values), list(self.values)

    def can_be_another(self, number: Number) -> bool:
        """Whether it can be one less or one more."""
        if self.low[number] < self.high[number]:
            return True
        value = self.values[number]
        return self._tries(number, value + 1) or self._tries(number, value - 1)

    def reaches(self, number: Number, goal: int) -> bool:
        """Whether it can be `goal`: at once, or step by step."""
        if self.low[number] <= goal <= self.high[number]:
            return True
        return self._tries(number, goal) or self._walks(number, goal)

    def _tries(self, number: Number, goal: int) -> bool:
        move = move_of(number, goal - self.values[number], self.hidden, self.values)
        for one, change in (move or {}).items():
            self._saw(one, self.values[one] + change)
        return move is not None

    def _walks(self, number: Number, goal: int) -> bool:
        before: dict[Number, int] = {}
        while left := goal - self.values[number]:
            move = move_of(number, 1 if left > 0 else -1, self.hidden, self.values)
            if move is None:
                break
            for one, change in move.items():
                before.setdefault(one, self.values[one])
                self.values[one] += change
                self._saw(one, self.values[one])
        for one, value in before.items():
            self.values[one] = value
        return self.low[number] <= goal <= self.high[number]

    def _saw(self, number: Number, value: int) -> None:
        self.low[number] = min(self.low[number], value)
        self.high[number] = max(self.high[number], value)


class _Search:
    def __init__(self, hidden: Hidden, values: Sequence[int]) -> None:
        self.hidden, self.values = hidden.of_relation, values
        self.of, self.some = hidden.web.of, hidden.web.some
        self.move: Move = {}
        self.off: dict[int, int] = {}
        self.steps = _MOST_STEPS

    def completed(self, number: Number, change: int) -> Move | None:
        """Depth first: a relation that is off, what puts it right, and what that puts off."""
        self._change(number, change)
        waiting = [self._remedies()]
        while self.off:
            self.steps -= 1
            if self.steps < 0:
                return None
            if remedies := waiting[-1]:
                self._change(*remedies.pop())
                waiting.append(self._remedies())
            else:
                waiting.pop()
                if not waiting:
                    return None
                self._take_back()
        return self.move

    def _change(self, number: Number, change: int) -> None:
        self.move[number] = change
        self._tip(number, change)

    def _take_back(self) -> None:
        number, change = self.move.popitem()
        self._tip(number, -change)

    def _tip(self, number: Number, change: int) -> None:
        off = self.off
        for at in self.of[number]:
            left = off.get(at, 0) + self.hidden[at][number] * change
            if left:
                off[at] = left
            else:
                off.pop(at, None)

    def _remedies(self) -> list[tuple[Number, int]]:
        """What alone puts one of the relations right again, the best last: what puts others right
        too, and of these the largest, which have room. Of the relation that has the fewest."""
        best: list[tuple[Number, int]] | None = None
        for at, off in self.off.items():
            found = self._of_relation(at, off)
            if best is None or len(found) < len(best):
                best = found
                if len(found) < 2:
                    return found
        return self._in_order(best or [])

    def _of_relation(self, at: int, off: int) -> list[tuple[Number, int]]:
        values, some, move = self.values, self.some, self.move
        return [
            (number, -off * sign)
            for number, sign in self.hidden[at].items()
            if values[number] - off * sign >= (number in some) and number not in move
        ]

    def _in_order(self, remedies: list[tuple[Number, int]]) -> list[tuple[Number, int]]:
        costs = []
        for number, change in remedies:
            opened = sum(-1 if at in self.off else 1 for at in self.of[number])
            costs.append((opened, -self.values[number], number, change))
        costs.sort(reverse=True)
        return [(number, change) for _opened, _size, number, change in costs[-_MOST_REMEDIES:]]
