"""Words of figures and reports on pages."""

import datetime as dt
from decimal import Decimal

from django.utils import translation

from households.models import PovertyStandard
from reports.templatetags import figures
from reports.templatetags.figures import standard_years


def test_a_standard_is_called_by_its_years() -> None:
    standard = PovertyStandard(valid_from=dt.date(2022, 1, 1), valid_to=dt.date(2026, 12, 31))
    assert standard_years(standard) == "2022–2026"
    standard.valid_to = None
    assert standard_years(standard) == "2022"


def test_reports_are_called_by_their_name_in_the_language_of_the_screen() -> None:
    with translation.override("vi"):
        assert figures.report_name("T1") == "Kết quả rà soát"
    with translation.override("en"):
        assert figures.report_name("T1") == "Result of the review"
    assert figures.report_name("T0") == "T0"
    assert figures.names_families("T15")
    assert not figures.names_families("T1")


def test_cells_and_differences_are_written_as_officers_do() -> None:
    with translation.override("vi"):
        assert [figures.cell(one) for one in (1234, "21.95", "Kinh", None)] == [
            "1.234", "21,95", "Kinh", "",
        ]  # fmt: skip
        assert figures.difference(1234) == "+1.234"
        assert figures.difference(-3) == "−3"
        assert figures.difference(Decimal("-0.25")) == "−0,25"
        assert figures.difference(None) == ""
        assert figures.base_words("resident_households") == "Hộ dân cư"
