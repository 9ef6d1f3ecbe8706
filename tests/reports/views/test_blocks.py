"""How figures are written for people and for machines."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation

from reports.queries.rows import Figure
from reports.views.blocks import Cell, Kind, written


@pytest.mark.parametrize(
    ("value", "kind", "vietnamese", "plain"),
    [
        (18067, Kind.COUNT, "18.067", "18067"),
        (Fraction(2195, 100), Kind.RATE, "21,95", "21.95"),
        (Fraction(9), Kind.RATE, "9,00", "9.00"),
        (Fraction(-276, 100), Kind.POINTS, "−2,76", "-2.76"),
        (Fraction(1, 10), Kind.POINTS, "+0,10", "0.10"),
        (Fraction(0), Kind.POINTS, "0,00", "0.00"),
        (Fraction(21945, 1000), Kind.RATE, "21,95", "21.95"),
        (Fraction(895, 10), Kind.SHARE, "90", "90"),
        (Decimal("246408.04"), Kind.MILLION, "246.408,0", "246408.0"),
        (-2214, Kind.COUNT, "−2.214", "-2214"),
        (None, Kind.RATE, "–", ""),
    ],
)
def test_numbers_are_rounded_half_up_at_the_edge(
    value: Figure | Decimal, kind: Kind, vietnamese: str, plain: str
) -> None:
    with translation.override("vi"):
        assert written(value, kind) == vietnamese
    assert Cell(value, kind).plain == plain
    with translation.override("en"):
        assert written(Fraction(2195, 100), Kind.RATE) == "21.95"
