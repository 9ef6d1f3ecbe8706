"""Weights and the cut-off are exact; what cannot be is refused."""

from fractions import Fraction

import pytest

from reports.measures import Fault, Scheme, Unfit, exact, nested_equal


@pytest.mark.parametrize(
    ("weights", "cutoff", "lacked", "is_poor"),
    [
        # Floats say 0.1 + 0.2 > 0.3 and that ten times 0.1 is less than 1.
        (["0.1", "0.2", "0.7"], "0.3", 0b011, True),
        (["0.1", "0.2", "0.7"], "0.31", 0b011, False),
        (["1/3", "1/3", "1/3"], "1", 0b111, True),
        (["1/3", "1/3", "1/3"], "1/3", 0b010, True),
        (["0.1"] * 10, "1", 0b1111111111, True),
        (["0.1"] * 10, "0.7", 0b1111111, True),
        (["0.1"] * 10, "0.7", 0b111111, False),
        # 0.33 three times is a third each, once they add up to 1.
        (["0.33", "0.33", "0.33"], "1/3", 0b001, True),
        (["5", "5"], "0.500000000000000000001", 0b01, False),
    ],
)
def test_who_is_poor_is_never_a_matter_of_rounding(weights, cutoff, lacked, is_poor) -> None:
    numbers = [exact(one) or Fraction(0) for one in weights]
    scheme = Scheme.of(
        [f"i{n}" for n in range(len(numbers))], numbers, exact(cutoff) or Fraction(0)
    )
    assert scheme.is_poor(lacked) is is_poor
    parts, poor_from = scheme.parts
    score = sum(one for at, one in enumerate(parts) if lacked >> at & 1)
    assert (score >= poor_from) is is_poor


@pytest.mark.parametrize(
    ("codes", "weights", "cutoff", "fault"),
    [
        ("", [], 1, Fault.NO_INDICATOR),
        ("aa", [1, 1], 1, Fault.TWICE),
        ("ab", [1], 1, Fault.WEIGHTS_DO_NOT_MATCH),
        ("ab", [1, 0], 1, Fault.WEIGHT_NOT_POSITIVE),
        ("ab", [1, -1], 1, Fault.WEIGHT_NOT_POSITIVE),
        ("ab", [0, 0], 1, Fault.WEIGHT_NOT_POSITIVE),
        ("ab", [1, 1], 0, Fault.CUTOFF_OUTSIDE),
        ("ab", [1, 1], Fraction(101, 100), Fault.CUTOFF_OUTSIDE),
    ],
)
def test_what_cannot_be_is_refused(codes, weights, cutoff, fault) -> None:
    with pytest.raises(Unfit) as caught:
        Scheme.of(codes, weights, cutoff)
    assert caught.value.fault is fault


def test_one_dimension_for_each_indicator() -> None:
    with pytest.raises(Unfit):
        Scheme.of("ab", [1, 1], Fraction(1), ["home"])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1/3", Fraction(1, 3)),
        (" 0.25 ", Fraction(1, 4)),
        ("25e-2", Fraction(1, 4)),
        ("-1", Fraction(-1)),
        ("", None),
        ("1/0", None),
        ("một", None),
        ("nan", None),
        ("inf", None),
        ("1e999999999", None),
        ("0." + "1" * 60, None),
    ],
)
def test_numbers_as_they_are_written(text, number) -> None:
    assert exact(text) == number


def test_dimensions_weigh_the_same_and_indicators_inside_them() -> None:
    assert nested_equal(["work", "home", "home", "home"]) == (
        Fraction(1, 2),
        Fraction(1, 6),
        Fraction(1, 6),
        Fraction(1, 6),
    )
