"""Words of figures and reports on pages."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from reports.templatetags import figures
from reports.templatetags.figures import figure_cell, standard_years
from reports.views.blocks import Cell
from tests.factories import reviews


@pytest.mark.django_db
def test_a_standard_is_called_by_its_years() -> None:
    standard = reviews.standard()
    standard.valid_from, standard.valid_to = dt.date(2022, 1, 1), dt.date(2026, 12, 31)
    assert standard_years(standard) == "2022–2026"
    standard.valid_to = None
    assert standard_years(standard) == "2022"


def test_a_figure_has_its_list_and_a_gap_its_reason() -> None:
    assert figure_cell(Cell(7)) == "7"
    assert figure_cell(Cell(7, href="/x/?a=1&b=2")) == '<a href="/x/?a=1&amp;b=2">7</a>'
    assert figure_cell(Cell(None)) == '<span class="soft">–</span>'
    told = figure_cell(Cell(None, reason="Not <known>"))
    assert told == (
        '<span class="soft" title="Not &lt;known&gt;">–'
        '<span class="visually-hidden"> Not &lt;known&gt;</span></span>'
    )


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
