"""Points as people write them."""

from decimal import Decimal

import pytest
from django.http import QueryDict

from reports.choices import TargetWhom
from reports.forms.targets import asked_whom, read_points
from reports.services.targets import Points


@pytest.mark.parametrize(
    ("typed", "points"),
    [
        ("2-2,5", Points(Decimal(2), Decimal("2.5"))),
        (" 2 – 2.5 ", Points(Decimal(2), Decimal("2.5"))),
        ("3", Points(Decimal(3))),
        ("0,75", Points(Decimal("0.75"))),
        (">3", Points(Decimal(3), is_over=True)),
        ("> 4-5", Points(Decimal(4), Decimal(5), is_over=True)),
        ("nhiều", None),
        ("2,555", None),
        ("-2", None),
        ("2-", None),
        ("²", None),
        ("", None),
    ],
)
def test_spans_and_lower_ends(typed: str, points: Points | None) -> None:
    assert read_points(typed) == points


def test_whose_rate_is_that_of_all_unless_asked() -> None:
    assert asked_whom(QueryDict("whom=MINORITY")) == TargetWhom.MINORITY
    assert asked_whom(QueryDict("whom=COWS")) == asked_whom(QueryDict()) == TargetWhom.ALL
