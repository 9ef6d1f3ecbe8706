"""What standards are called on pages of figures, and how a figure is written."""

import datetime as dt

from households.models import PovertyStandard
from reports.templatetags.figures import figure_cell, standard_years
from reports.views.blocks import Cell


def test_a_standard_is_called_by_its_years() -> None:
    standard = PovertyStandard(valid_from=dt.date(2022, 1, 1), valid_to=dt.date(2026, 12, 31))
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
