"""How far hand-made families stand from leaving the list, by the standard of 2022."""

import tomllib
from pathlib import Path

import pytest

from households.scoring import Standard
from programs.appraisal.distance import Distance, Result, distance

FOLDER = Path("households/data/standards")


@pytest.fixture(scope="module")
def standard() -> Standard:
    text = (FOLDER / "std_2022.toml").read_text(encoding="utf-8")
    return Standard.from_document(tomllib.loads(text))


#: Class, area, instrument, points or đồng, indicators lacking → indicators, points.
CASES = [
    # Poor in the country: 140 points is the line itself, 141 is above it.
    ("POOR", "RURAL", "POINTS", 140, 3, 1, 1),
    ("POOR", "RURAL", "POINTS", 131, 3, 1, 10),
    ("POOR", "RURAL", "POINTS", 130, 4, 2, 11),
    ("POOR", "URBAN", "POINTS", 140, 5, 3, 36),
    ("POOR", "RURAL", "PAPER", 20, 3, 1, None),
    # Near-poor: no indicator leads out, only income.
    ("NEAR_POOR", "RURAL", "POINTS", 135, 2, None, 6),
    ("NEAR_POOR", "RURAL", "POINTS", 135, 0, None, 6),
    # Declared income is no matter of points.
    ("POOR", "RURAL", "DECLARED", 1_500_000, 3, 1, None),
    ("NEAR_POOR", "RURAL", "DECLARED", 1_400_000, 1, None, None),
    # Nobody can say, or nothing to leave.
    ("POOR", "RURAL", None, None, 3, None, None),
    ("NOT_POOR", "RURAL", "POINTS", 160, 0, None, None),
    (None, "RURAL", "POINTS", 100, 3, None, None),
]


@pytest.mark.parametrize(
    ("poverty_class", "settlement", "basis", "income", "lacks", "indicators", "points"), CASES
)
def test_distance(
    standard: Standard,
    poverty_class: str | None,
    settlement: str,
    basis: str | None,
    income: int | None,
    lacks: int,
    indicators: int | None,
    points: int | None,
) -> None:
    result = Result(poverty_class, settlement, basis, income, lacks)
    assert distance(result, standard) == Distance(indicators, points)
