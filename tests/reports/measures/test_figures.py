"""H, A, M0 and what makes them up, against sums done by hand and against the bare definition."""

import random
from fractions import Fraction

import pytest

from reports.measures import Measures, Scheme, Tally

THREE = Scheme.of("abc", [Fraction(1, 3)] * 3, Fraction(2, 3))
#: Six households, who lacks what (a, b, c). With a third each and a cut-off of two thirds the
#: first four are poor.
SIX = [(1, 1, 1), (1, 1, 0), (1, 0, 1), (0, 1, 1), (1, 0, 0), (0, 0, 0)]


def counted(scheme, rows, weights=None) -> Measures:
    tally = Tally(scheme)
    for at, row in enumerate(rows):
        tally.add(pattern(row), weights[at] if weights else 1)
    return tally.measures()


def pattern(row) -> int:
    return sum(one << at for at, one in enumerate(row))


def test_six_households_by_hand() -> None:
    found = counted(THREE, SIX)
    assert (found.rows, found.weight, found.dropped) == (6, 6, 0)
    # Four of six are poor. They lack 3 + 2 + 2 + 2 = 9 of their 12.
    assert found.headcount == Fraction(4, 6)
    assert found.intensity == Fraction(9, 12)
    assert found.adjusted == Fraction(9, 18)
    assert found.mean_score == Fraction(10, 18)
    # a is lacked by 4, of whom 3 are poor; b and c by 3, all poor.
    assert [one.uncensored for one in found.indicators.values()] == [
        Fraction(4, 6),
        Fraction(3, 6),
        Fraction(3, 6),
    ]
    assert [one.censored for one in found.indicators.values()] == [Fraction(3, 6)] * 3
    assert [one.contribution for one in found.indicators.values()] == [Fraction(1, 3)] * 3


def test_weights_of_indicators_and_of_rows_by_hand() -> None:
    # a weighs half, b and c a quarter; poor from a half on: (1,0,0), (0,1,1), not (0,1,0).
    scheme = Scheme.of("abc", [2, 1, 1], Fraction(1, 2), ["work", "home", "home"])
    found = counted(
        scheme, [(1, 0, 0), (0, 1, 1), (0, 1, 0)], [Fraction(1), Fraction(3), Fraction(4)]
    )
    assert found.headcount == Fraction(1 + 3, 8)
    assert found.intensity == Fraction(1, 2)
    assert found.adjusted == Fraction(1, 4)
    assert found.indicators["b"].uncensored == Fraction(7, 8)
    assert found.indicators["b"].censored == Fraction(3, 8)
    # The poor lack: a 1 × 1/2, b 3 × 1/4, c 3 × 1/4; together 2.
    assert [one.contribution for one in found.indicators.values()] == [
        Fraction(1, 4),
        Fraction(3, 8),
        Fraction(3, 8),
    ]
    assert found.dimensions == {"work": Fraction(1, 4), "home": Fraction(3, 4)}


def test_nobody_poor_has_no_intensity() -> None:
    found = counted(THREE, [(1, 0, 0), (0, 0, 0)])
    assert (found.headcount, found.intensity, found.adjusted) == (0, None, 0)
    assert found.indicators["a"].uncensored == Fraction(1, 2)
    assert found.indicators["a"].contribution is None
    assert found.dimensions["a"] is None


def test_of_nobody_nothing_is_known() -> None:
    found = counted(THREE, [])
    assert (found.headcount, found.intensity, found.adjusted, found.mean_score) == (None,) * 4


@pytest.mark.parametrize("seed", range(25))
def test_drawn_rows_are_as_the_definition_says(seed: int) -> None:
    drawn = random.Random(seed)
    count = drawn.randint(1, 7)
    scheme = Scheme.of(
        [f"i{n}" for n in range(count)],
        [Fraction(drawn.randint(1, 9), drawn.randint(1, 9)) for __ in range(count)],
        Fraction(drawn.randint(1, 10), 10),
    )
    rows = [tuple(drawn.randint(0, 1) for __ in range(count)) for __ in range(60)]
    weights = [Fraction(drawn.randint(0, 500), 100) for __ in rows]
    weights[0] += 1
    found = counted(scheme, rows, weights)
    scores = [sum(w * one for w, one in zip(scheme.weights, row, strict=True)) for row in rows]
    poor = [score >= scheme.cutoff for score in scores]
    whole = sum(weights)
    poor_weight = sum(w for w, is_poor in zip(weights, poor, strict=True) if is_poor)
    score_of_poor = sum(w * s for w, s, p in zip(weights, scores, poor, strict=True) if p)
    assert found.headcount == poor_weight / whole
    assert found.adjusted == score_of_poor / whole
    assert found.intensity == (score_of_poor / poor_weight if poor_weight else None)
    for at, one in enumerate(found.indicators.values()):
        lacking = [w * row[at] for w, row in zip(weights, rows, strict=True)]
        assert one.uncensored == sum(lacking) / whole
        censored = sum(one for one, is_poor in zip(lacking, poor, strict=True) if is_poor) / whole
        assert one.censored == censored
        if score_of_poor:
            assert one.contribution == scheme.weights[at] * censored / found.adjusted
    if score_of_poor:
        assert sum(one.contribution or 0 for one in found.indicators.values()) == 1
