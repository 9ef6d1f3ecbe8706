"""School levels of invented people follow their age and the level their schooling ends with."""

import pytest

from households.services.demo.schooling import attending, finished


@pytest.mark.parametrize(
    ("age", "final", "attends", "has"),
    [
        (2, "upper_secondary", "none", "none"),
        (4, "none", "preschool", "none"),
        (8, "none", "none", "none"),
        (8, "primary", "primary", "none"),
        (12, "lower_secondary", "lower_secondary", "primary"),
        (16, "lower_secondary", "none", "lower_secondary"),
        (16, "upper_secondary", "upper_secondary", "lower_secondary"),
        (19, "vocational", "vocational", "upper_secondary"),
        (30, "vocational", "none", "vocational"),
        (21, "college_university", "college_university", "upper_secondary"),
        (40, "college_university", "none", "college_university"),
    ],
)
def test_level_by_age(age: int, final: str, attends: str, has: str) -> None:
    assert attending(age, final) == attends
    assert finished(age, final) == has
