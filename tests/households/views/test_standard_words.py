"""Every number and reading of the shipped standards has words in Vietnamese and English."""

import pytest
from django.utils import translation

from households.scoring import Standard
from households.services.standard_documents import FOLDER, read_file
from households.views import standard_words
from households.views.standard_words import value_in_words

SHIPPED = [Standard.from_document(read_file(path)) for path in sorted(FOLDER.glob("*.toml"))]


@pytest.mark.parametrize("rules", SHIPPED, ids=lambda rules: rules.code)
def test_every_unit_is_known(rules: Standard) -> None:
    assert {stated.unit for stated in rules.statements()} - {""} <= standard_words.UNITS


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("rules", SHIPPED, ids=lambda rules: rules.code)
def test_every_value_and_reading_has_a_sentence(rules: Standard, language: str) -> None:
    with translation.override(language):
        for stated in rules.statements():
            assert value_in_words(stated.value, stated.unit)
        assert all(standard_words.sentences(rules).values())


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (1_500_000, "VND per person and month", "1,500,000 VND per person and month"),
        ("7.5", "m² per member", "7.5 m² per member"),
        (1986, "year of birth", "1986"),
        (True, "true: under, false: at or under", "under"),
        (False, "true: under, false: at or under", "at or under"),
        ("no_limit", "completed years, or no_limit", "no limit"),
        (15, "completed years, or no_limit", "15 completed years"),
        ("01-01", "month-day of the year after the review", "01/01 of the year after the review"),
        ("lower_secondary", "school level", "Lower secondary"),
        (("wage",), "employment codes", "Wage work"),
    ],
)
def test_values_read_as_one_writes_them(value: object, unit: str, words: str) -> None:
    with translation.override("en"):
        assert value_in_words(value, unit) == words  # type: ignore[arg-type]
