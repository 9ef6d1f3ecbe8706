"""Incomes stay on the right side of the lines."""

from random import Random

import pytest

from households.services.demo.province.bank import Rules
from households.services.demo.province.incomes import Bands, moved


@pytest.mark.parametrize(
    ("settlement", "letter", "old", "low", "high"),
    [
        ("RURAL", "P", "-", 0, 1_500_000),
        ("URBAN", "N", "-", 0, 2_000_000),
        ("RURAL", "P", "P", 0, 700_000),
        ("RURAL", "N", "N", 700_001, 1_000_000),
        ("RURAL", "P", "O", 1_000_001, 1_500_000),
        ("URBAN", "P", "P", 0, 900_000),
        ("URBAN", "N", "O", 1_300_001, 2_000_000),
        ("RURAL", "O", "O", 1_500_001, 9_000_000),
        ("URBAN", "O", "-", 2_000_001, 12_000_000),
    ],
)
def test_the_class_keeps_its_lines(
    rules: Rules, settlement: str, letter: str, old: str, low: int, high: int
) -> None:
    bands = Bands(rules)
    for rank in (0.0, 0.25, 0.5, 0.9, 1.0):
        income = bands.income_vnd(settlement, letter, old, rank)
        assert low <= income <= high
        assert income % 1_000 == 0


def test_a_household_stays_near_where_it_stood() -> None:
    rng = Random(1)
    found = [moved(0.5, rng) for __ in range(200)]
    assert all(0 <= one <= 1 for one in found)
    assert sum(abs(one - 0.5) < 0.2 for one in found) > 180
    assert moved(1.0, Random(4)) <= 1.0
