"""Whether a hidden count could as well be another one. Pure.

Counts that are hidden can be worked out where only one set of numbers fits all that is shown. They
cannot where some of them can be moved together, each by a little, so that everything still adds up
and none falls below nothing. Finding such a move proves it.
"""

from collections.abc import Iterator, Mapping, Set
from typing import Final

from reports.contents.relations import Place, Relation

#: Steps after which no more is tried: what is not found by then counts as not there.
_MOST_STEPS: Final = 3_000

Move = dict[Place, int]


def move_of(
    place: Place,
    hidden: Set[Place],
    values: Mapping[Place, int],
    relations: Mapping[Place, list[Relation]],
) -> Move | None:
    """Changes of hidden counts, that of `place` among them, that leave all relations as they are.
    None: not found."""
    for change in (1, -1):
        steps = [_MOST_STEPS]
        first = {place: change}
        if values[place] + change >= 0:
            open_now = _tip({}, place, change, relations)
            if found := _completed(first, open_now, hidden, values, relations, steps):
                return found
    return None


_Open = dict[int, tuple[Relation, int]]


def _completed(
    move: Move, unbalanced: _Open, hidden: Set[Place], values: Mapping[Place, int],
    relations: Mapping[Place, list[Relation]], steps: list[int],
) -> Move | None:  # fmt: skip
    """The move with what it still needs, depth first."""
    if not unbalanced:
        return move
    relation, off = min(unbalanced.values(), key=lambda one: len(one[0].parts))
    for place, change in _remedies(relation, off, move, hidden, values):
        steps[0] -= 1
        if steps[0] < 0:
            return None
        further = _tip(unbalanced, place, change, relations)
        if found := _completed({**move, place: change}, further, hidden, values, relations, steps):
            return found
    return None


def _remedies(
    relation: Relation, off: int, move: Move, hidden: Set[Place], values: Mapping[Place, int]
) -> Iterator[tuple[Place, int]]:
    """What alone puts the relation right again; the largest counts first, which have room."""
    free = [
        (place, -off * sign)
        for place, sign in relation.terms()
        if place in hidden and place not in move
    ]
    for place, change in sorted(free, key=lambda one: -values[one[0]]):
        if values[place] + change >= 0:
            yield place, change


def _tip(
    unbalanced: _Open, place: Place, change: int, relations: Mapping[Place, list[Relation]]
) -> _Open:
    """The relations that are off, once `place` has changed."""
    found = dict(unbalanced)
    for relation in relations[place]:
        sign = next(sign for one, sign in relation.terms() if one == place)
        off = found.pop(id(relation), (relation, 0))[1] + sign * change
        if off:
            found[id(relation)] = (relation, off)
    return found
