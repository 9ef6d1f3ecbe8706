"""Charts of the yearly report: what is drawn, in which order, and what they say of themselves."""

from reports.exchange import narrative_charts
from tests.factories import narratives
from tests.factories import report_contents as told


def test_places_stand_with_the_highest_rate_first_and_communes_of_districts_are_left_out() -> None:
    (sheet, lines), *__ = narratives.content().sheets
    picture, note = narrative_charts.places(sheet, list(reversed(list(lines))))
    assert picture
    assert picture.png.startswith(b"\x89PNG")
    assert picture.alt.endswith("Huyện Một 20,00% và 8,00%; Huyện Hai 4,68% và 7,80%")
    assert note == ""


def test_places_without_figures_and_those_beyond_the_most_are_said() -> None:
    (sheet, __), *__rest = narratives.content().sheets
    many = [
        told.unit("commune", str(at), f"Xã {at}", 100, 1, at, f"{at}.00", "0.00", 1, 1, "1.00", "")
        for at in range(1, narrative_charts.MOST_BARS + 2)
    ]
    many.append(told.unit("commune", "99", "Xã Không", *[None] * 9))
    picture, note = narrative_charts.places(sheet, many)
    assert picture
    assert "Xã 26 26,00%" in picture.alt
    assert "Xã 1 " not in picture.alt
    assert note == "25 đơn vị có tỷ lệ hộ nghèo cao nhất; không vẽ đơn vị không có số liệu"


def test_one_alone_and_nothing_but_0_is_not_drawn() -> None:
    units, trend, *__ = narratives.content().sheets
    assert narrative_charts.trend(trend[0], list(trend[1])[:1]) is None
    assert narrative_charts.places(units[0], list(units[1])[:2])[0] is None
    none = [
        told.unit("entry", str(year), str(year), 100, 0, "0.00", 0, "0.00", "sơ bộ")
        for year in (2023, 2024)
    ]
    assert narrative_charts.trend(trend[0], none) is None


def test_the_same_figures_give_the_same_picture() -> None:
    (__, trend, *___) = narratives.content().sheets
    assert narrative_charts.trend(*trend) == narrative_charts.trend(*trend)  # type: ignore[arg-type]
