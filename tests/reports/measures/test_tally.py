"""Groups add up to the whole, and many patterns are added up on the way."""

from fractions import Fraction

from reports.measures import Scheme, Tally, tally

SCHEME = Scheme.of([f"i{n}" for n in range(16)], [1] * 16, Fraction(1, 2))


def test_groups_together_are_the_whole() -> None:
    north, south, whole = Tally(SCHEME), Tally(SCHEME), Tally(SCHEME)
    for n in range(500):
        for one in (north if n % 3 else south, whole):
            one.add(n * 131 % 65536, Fraction(n, 7))
    north.drop()
    south.drop(2)
    whole.drop(3)
    south.take_in(north)
    assert south.measures() == whole.measures()
    assert whole.measures().dropped == 3


def test_more_patterns_than_are_kept_change_nothing() -> None:
    many = Tally(SCHEME)
    for pattern in range(2**16):
        many.add(pattern, 1)
    assert tally.PATTERNS_KEPT < 2**16
    found = many.measures()
    # Of all patterns of 16 indicators each is lacked in half.
    assert {one.uncensored for one in found.indicators.values()} == {Fraction(1, 2)}
    assert found.mean_score == Fraction(1, 2)
    assert found.rows == found.weight == 2**16


def test_many_rows_of_a_pattern_at_once() -> None:
    at_once, singly = Tally(SCHEME), Tally(SCHEME)
    at_once.add(0b11, Fraction(5), rows=5)
    for __ in range(5):
        singly.add(0b11, 1)
    assert at_once.measures() == singly.measures()
