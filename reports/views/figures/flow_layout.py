"""Where the blocks and bands of a picture of flows stand: exact, in the picture's units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

WIDTH: Final = 640
_SIDE: Final = 200
_BLOCK: Final = 14
_TOP: Final = 30
#: All blocks of a side together; the count decides how much of it is one's own.
_FULL: Final = 240
#: A block has at least so much room, so that the two lines of its name never meet the next one's.
_ROOM: Final = 46
#: A band as thick as this has its number written on it.
_WRITTEN_FROM: Final = 18


@dataclass(frozen=True)
class Node:
    """A block: where its households stood, and how many they are."""

    key: str
    count: int
    y: Fraction
    height: Fraction

    @property
    def middle(self) -> Fraction:
        return self.y + self.height / 2

    @property
    def svg_y(self) -> str:
        return plain(self.y)

    @property
    def svg_height(self) -> str:
        return plain(max(self.height, Fraction(1)))

    @property
    def name_y(self) -> str:
        return plain(self.middle - 4)

    @property
    def number_y(self) -> str:
        return plain(self.middle + 16)


@dataclass(frozen=True)
class Band:
    """Households from a block on the left to one on the right; as thick on both ends."""

    source: str
    target: str
    count: int
    left_y: Fraction
    right_y: Fraction
    thickness: Fraction

    @property
    def is_written(self) -> bool:
        """Whether there is room for its number, which only a straight band keeps clear."""
        return self.source == self.target and self.thickness >= _WRITTEN_FROM

    @property
    def number_y(self) -> str:
        return plain(self.left_y + self.thickness / 2 + 4)

    @property
    def path(self) -> str:
        """A curve over and one back under."""
        a, b, thick = self.left_y, self.right_y, max(self.thickness, Fraction(1))
        middle = (LEFT_X + RIGHT_X) // 2
        over = f"M{LEFT_X},{plain(a)}C{middle},{plain(a)} {middle},{plain(b)} {RIGHT_X},{plain(b)}"
        under = f"V{plain(b + thick)}C{middle},{plain(b + thick)} {middle},{plain(a + thick)} "
        return f"{over}{under}{LEFT_X},{plain(a + thick)}Z"


#: Between which the bands run.
LEFT_X: Final = _SIDE + _BLOCK
RIGHT_X: Final = WIDTH - _SIDE - _BLOCK


@dataclass(frozen=True)
class Flows:
    """The two sides from the top, and bands in the order in which they are drawn."""

    height: int
    left: tuple[Node, ...]
    right: tuple[Node, ...]
    bands: tuple[Band, ...]

    width = WIDTH
    block = _BLOCK
    left_x = _SIDE
    left_text_x = _SIDE - 10
    right_x = RIGHT_X
    right_text_x = RIGHT_X + _BLOCK + 10
    number_x = LEFT_X + 12


def laid_out(order: Sequence[str], counts: Mapping[tuple[str, str], int]) -> Flows:
    """Both sides in the same order, without blocks that hold nobody. Households that stay where
    they were are drawn first, under the others."""
    total = sum(counts.values())
    scale = Fraction(_FULL, total) if total else Fraction(0)
    left = _side(order, {key: _sum(counts, 0, key) for key in order}, scale)
    right = _side(order, {key: _sum(counts, 1, key) for key in order}, scale)
    bands = _bands(order, counts, {one.key: one.y for one in left},
                   {one.key: one.y for one in right}, scale)  # fmt: skip
    height = _TOP + _ROOM * max(len(left), len(right), 1) + _FULL
    lowest = max((_bottom(side) for side in (left, right) if side), default=Fraction(height))
    return Flows(
        -(-lowest.numerator // lowest.denominator) + 4,
        left,
        right,
        tuple(sorted(bands, key=lambda one: one.source != one.target)),
    )


def _bottom(side: Sequence[Node]) -> Fraction:
    last = side[-1]
    return last.middle + max(last.height, Fraction(_ROOM)) / 2


def _sum(counts: Mapping[tuple[str, str], int], end: int, key: str) -> int:
    return sum(count for pair, count in counts.items() if pair[end] == key)


def _side(order: Sequence[str], counts: Mapping[str, int], scale: Fraction) -> tuple[Node, ...]:
    nodes, y = [], Fraction(_TOP)
    for key in order:
        if not counts[key]:
            continue
        height = counts[key] * scale
        room = max(height + 8, Fraction(_ROOM))
        nodes.append(Node(key, counts[key], y + (room - height) / 2, height))
        y += room
    return tuple(nodes)


def _bands(
    order: Sequence[str],
    counts: Mapping[tuple[str, str], int],
    left: Mapping[str, Fraction],
    right: Mapping[str, Fraction],
    scale: Fraction,
) -> list[Band]:
    """At each block the bands lie below each other in the order of the other side, so that they
    cross as little as they can."""
    used_left, used_right = dict(left), dict(right)
    bands = []
    for source in order:
        for target in order:
            count = counts.get((source, target), 0)
            if not count:
                continue
            thick = count * scale
            bands.append(Band(source, target, count, used_left[source], used_right[target], thick))
            used_left[source] += thick
            used_right[target] += thick
    return bands


def plain(value: Fraction) -> str:
    """For SVG: a dot whatever the language, one decimal."""
    return f"{float(value):.1f}"
