"""Which class each invented household has in which review, so that a commune's figures come out.

A history is five letters: the first year under the old standard, then YEARS under the new one, then
the round under way. P poor, N near-poor, O on no list, - not there (yet, or any more). Pure and
repeatable.
"""

from collections.abc import Iterable
from random import Random
from typing import Any

from households.services.demo.people import words
from households.services.demo.province.targets import Course, Totals

POOR, NEAR_POOR, NONE, ABSENT = "P", "N", "O", "-"


def of_commune(course: Course, rng: Random, *, goes_on: bool) -> list[str]:
    """The histories of a commune's households; with `goes_on` into the round under way."""
    told = words("province")
    found = _first_year(course, told["old_standard"])
    for total in course.new[1:]:
        found = _next_year(found, total, rng, told["flows"])
    last = [_open_round(one, rng, told["open_round"]) if goes_on else ABSENT for one in found]
    return [history + letter for history, letter in zip(found, last, strict=True)]


def _first_year(course: Course, told: Any) -> list[str]:
    """Both standards at once. Who was poor or near-poor by the old one has an income under the
    higher line of the new one, and so is on its list too."""
    old, new = course.old, course.new[0]
    poor_both = min(round(old.poor * told["poor_from_poor"]), new.poor)
    near_then = min(round(old.near_poor * told["near_poor_from_poor"]), new.poor - poor_both)
    over = old.poor + old.near_poor - poor_both - near_then - new.near_poor
    if over > 0:
        # The near-poor of today are too few for the rest.
        more = min(over, old.poor - poor_both)
        poor_both, near_then = poor_both + more, near_then + over - more
    pairs = {
        POOR + POOR: poor_both,
        NEAR_POOR + POOR: near_then,
        NONE + POOR: new.poor - poor_both - near_then,
        POOR + NEAR_POOR: old.poor - poor_both,
        NEAR_POOR + NEAR_POOR: old.near_poor - near_then,
    }
    pairs[NONE + NEAR_POOR] = new.near_poor - pairs[POOR + NEAR_POOR] - pairs[NEAR_POOR + NEAR_POOR]
    pairs[NONE + NONE] = new.households - new.poor - new.near_poor
    return [pair for pair, count in pairs.items() for __ in range(count)]


def _next_year(before: list[str], total: Totals, rng: Random, told: Any) -> list[str]:
    """Every household one letter longer, newcomers at the end."""
    places = {letter: _places(before, letter) for letter in (POOR, NEAR_POOR, NONE)}
    gone = rng.sample(places[POOR], round(len(places[POOR]) * told["poor_gone"]))
    places[POOR] = [place for place in places[POOR] if place not in gone]
    there = {letter: len(found) for letter, found in places.items()}
    newcomers = total.households - sum(there.values())
    moves = _moves(there, total, newcomers, told)
    became = {
        (POOR, NEAR_POOR): [], (POOR, NONE): [], (NEAR_POOR, POOR): [], (NEAR_POOR, NONE): [],
        (NONE, POOR): [], (NONE, NEAR_POOR): [],
    }  # type: dict[tuple[str, str], list[int]]  # fmt: skip
    fallen = [place for place in places[NONE] if POOR in before[place][1:]]
    again = rng.sample(fallen, min(len(fallen), round(moves.fell * told["falling_back"])))
    became[NONE, POOR] = again
    taken = set(again)
    for (was, now), count in moves.counts().items():
        free = [place for place in places[was] if place not in taken]
        drawn = rng.sample(free, count - len(became[was, now]))
        became[was, now] += drawn
        taken |= set(drawn)
    letters = [history[-1] for history in before]
    for place in gone:
        letters[place] = ABSENT
    for (__, now), found in became.items():
        for place in found:
            letters[place] = now
    new = [POOR] * moves.new_poor + [NONE] * (newcomers - moves.new_poor)
    gap = ABSENT * len(before[0]) if before else ABSENT * 2
    return [a + b for a, b in zip(before, letters, strict=True)] + [gap + one for one in new]


def _places(histories: Iterable[str], letter: str) -> list[int]:
    return [place for place, history in enumerate(histories) if history[-1] == letter]


class _Moves:
    """How many households go from which list to which."""

    def __init__(self, eased: int, escaped: int, worsened: int, fell: int, new_poor: int) -> None:
        self.eased, self.escaped = eased, escaped
        self.worsened, self.fell = worsened, fell
        self.new_poor = new_poor
        self.near_out = self.near_in = 0

    def counts(self) -> dict[tuple[str, str], int]:
        return {
            (POOR, NEAR_POOR): self.eased,
            (POOR, NONE): self.escaped,
            (NEAR_POOR, POOR): self.worsened,
            (NEAR_POOR, NONE): self.near_out,
            (NONE, POOR): self.fell,
            (NONE, NEAR_POOR): self.near_in,
        }


def _moves(now: dict[str, int], then: Totals, newcomers: int, told: Any) -> _Moves:
    """Some leave, some come, as many as the next year's figures need."""
    leaving = max(round(now[POOR] * told["poor_leaving"]), now[POOR] - then.poor)
    coming = then.poor - now[POOR] + leaving
    new_poor = min(coming, round(newcomers * told["newcomers_poor"]))
    coming -= new_poor
    worsened = min(round(coming * told["poor_from_near_poor"]), now[NEAR_POOR])
    worsened = max(worsened, coming - now[NONE])
    eased = min(round(leaving * told["leaving_to_near_poor"]), then.near_poor)
    moves = _Moves(eased, leaving - eased, worsened, coming - worsened, new_poor)
    staying = now[NEAR_POOR] - worsened
    short = then.near_poor - eased - staying
    churn = min(
        round(now[NEAR_POOR] * told["near_poor_changing"]),
        staying - max(0, -short),
        now[NONE] - moves.fell - max(0, short),
    )
    moves.near_in = max(0, short) + churn
    moves.near_out = max(0, -short) + churn
    return moves


def _open_round(history: str, rng: Random, told: Any) -> str:
    if history[-1] == ABSENT:
        return ABSENT
    luck = rng.random()
    steps = {
        POOR: ((NEAR_POOR, "poor_to_near_poor"), (NONE, "poor_to_none")),
        NEAR_POOR: ((POOR, "near_poor_to_poor"), (NONE, "near_poor_to_none")),
        NONE: ((POOR, "none_to_poor"), (NEAR_POOR, "none_to_near_poor")),
    }
    for letter, name in steps[history[-1]]:
        if luck < told[name]:
            return letter
        luck -= told[name]
    return history[-1]
