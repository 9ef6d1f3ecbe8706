"""A province's year entered by lists and read back, scaled down: the same totals in times served,
distinct households and persons, and money, by province, district and commune."""

from pathlib import Path

import pytest
from pytest_django import Settings

from benchmarks import benefit_sample, benefit_year

SCALE = 0.004


@pytest.mark.django_db
def test_what_the_lists_said_is_read_back(settings: Settings, tmp_path: Path) -> None:
    settings.POVREG_TODAY = benefit_year.TODAY
    settings.POVREG_IMPORTS = tmp_path
    made = benefit_sample.sample(SCALE)
    expected, spent = benefit_year.entered(made, SCALE)
    assert {code: rows for code, (rows, __) in spent.items()} == {
        "loan": 52 + 24 + 8, "health_card": 851, "tuition": 498, "housing": 7, "job": 32,
    }  # fmt: skip
    assert benefit_year.differences(made, expected) == []
    loans = expected.whom["loan", made.province.pk, "poor", "", "households"]
    assert len(loans) < expected.times["loan", made.province.pk, "poor", ""]
