"""Addresses are read as far as they can be; nothing in them breaks a page."""

import datetime as dt

import pytest
from django.http import QueryDict

from reports.choices import FigureLevel, FigureStatus, OfClass, PlaceView
from reports.forms.figure_questions import typed


def test_everything_that_can_be_asked() -> None:
    found = typed(
        QueryDict(
            "area=7&round=2023&standard=std_2022&status=official&level=commune&on=01/07/2025"
            "&view=tiles&class=near-poor"
        )
    )
    assert (found.area, found.round, found.standard) == (7, "2023", "std_2022")
    assert (found.status, found.level) == (FigureStatus.OFFICIAL, FigureLevel.COMMUNE)
    assert (found.on, found.view) == (dt.date(2025, 7, 1), PlaceView.TILES)
    assert found.of_class == OfClass.NEAR_POOR
    assert typed(QueryDict("on=2025-07-01")).on == dt.date(2025, 7, 1)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "class=rich",
        "status=x&level=moon&on=32/13/2024&view=globe",
        "on=0000-00-00",
        "on=1/1/1%00",
        "level=",
    ],
)
def test_what_cannot_be_read_is_as_if_not_there(query: str) -> None:
    found = typed(QueryDict(query))
    assert (found.area, found.status, found.level, found.on) == (None, None, None, None)
    assert (found.view, found.of_class) == (PlaceView.MAP, OfClass.POOR)


@pytest.mark.parametrize("text", ["x", "-1", "1e9", "9" * 19, "٣"])
def test_an_area_that_is_no_key_is_nobodys(text: str) -> None:
    assert typed(QueryDict(f"area={text}")).area == 0
