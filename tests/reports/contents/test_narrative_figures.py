"""Promises: the yearly report's numbers have the names that the tables give them."""

from dataclasses import replace

from reports.contents import narrative, narrative_figures
from reports.contents.narrative_figures import Measures
from tests.factories import narratives

_MEASURES = Measures(
    {"poor_households_before": "poor_opening"}, "lack_{}".format, "cause_{}".format
)


def test_units_text_rounds_and_lists_have_the_names_of_tables() -> None:
    made = narratives.content()
    sheets = []
    for at, (sheet, lines) in enumerate(made.sheets):
        keys = (10, 11, 20, 1) if at == 0 else (None,) * 9
        sheets.append(
            (sheet, [replace(one, key=key, code=one.code or one.name)
                     for one, key in zip(lines, keys, strict=False)])
        )  # fmt: skip
    made = replace(made, sheets=sheets)
    values = narrative_figures.of_report(made, narrative.parts_of(made), _MEASURES).values
    assert values["10", "poor_households"] == 1_000
    assert values["20", "poor_opening"] == 400
    assert values["1", "near_poor_persons"] == 3_000
    assert values["1", "poor_households@2023"] == 1_500
    assert values["1", "poor_households"] == 1_234
    assert values["1", "lack_Nước sạch"] == 900
    assert ("1", "poor_households@2024") not in values


def test_names_of_then_are_known_as_such() -> None:
    assert narrative_figures.is_of_then(
        ("1", narrative_figures.at_round("poor_households", "2021"))
    )
    assert not narrative_figures.is_of_then(("1", "poor_households"))


def test_the_residents_of_before_are_of_the_round_before() -> None:
    head = narratives.content().head
    name = narrative_figures.name_of_value(head, "resident_households_before", _MEASURES)
    assert name == ("1", "resident_households@2023")
