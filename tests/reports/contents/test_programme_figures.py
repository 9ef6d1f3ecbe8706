"""Promises: an area's own report says by names what all areas' figures together say; what an area
has no line of is nothing, of how often a programme served it is not seen."""

from dataclasses import replace

from reports.contents import programme_figures
from reports.contents.programme_figures import Telling, measure
from reports.contents.webs import Web
from tests.factories import small_programmes as small


def _told() -> Telling:
    telling = Telling()
    for area, content in small.contents(1).items():
        results, _units, money = content.sheets
        telling.add(area, results, money)
    telling.fill()
    return telling


def test_reports_of_areas_say_nothing_else_than_all_figures_together() -> None:
    web = Web()
    web.add(_told().figures((area, small.parts(area)) for area in small.AREAS[:3]))
    for area, content in small.contents(1).items():
        results, units, money = content.sheets
        assert web.holds(programme_figures.of_report(area, results, money, units))


def test_another_number_is_not_held() -> None:
    web = Web()
    web.add(_told().figures())
    results, units, money = small.contents(2)["1"].sheets
    assert not web.holds(programme_figures.of_report("1", results, money, units))


def test_what_has_no_line_is_seen_to_be_nothing() -> None:
    told = _told()
    zeros = {name for name, value in told.values.items() if not value}
    assert told.nothing < zeros
    times = {name for name in zeros if name[1].endswith(".times")}
    assert times
    assert not times & told.nothing
    assert all(told.values[name] for name in told.some)


def test_loans_on_no_ground_that_is_told_are_the_rest() -> None:
    told = _told()
    value = {what: told.values["1", measure(f"LOANS/{what}", "number")]
             for what in ("LOANS", *small._GROUNDS)}  # fmt: skip
    assert value["LOANS"] == sum(value[one] for one in small._GROUNDS)
    assert value["rest"] > 0


def test_projects_are_nobody() -> None:
    assert not programme_figures.is_count_of_somebody("PROJECTS/PROJECTS_APPROVED", "number")
    assert not programme_figures.is_count_of_somebody("PROJECTS/PROJECTS", "planned")
    assert programme_figures.is_count_of_somebody("PROJECTS/PROJECTS", "households")


def test_a_line_that_does_not_say_what_goes_with_it_says_nothing() -> None:
    results, units, money = ((sheet, [replace(one, code="") for one in lines])
                             for sheet, lines in small.contents(1)["11"].sheets)  # fmt: skip
    assert programme_figures.of_report("11", results, money, units).values == {}
