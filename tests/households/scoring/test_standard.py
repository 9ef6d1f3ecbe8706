"""The shipped standards say what the law says, mark what is doubtful, and refuse damage."""

import json
import re
import tomllib
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from households.choices import Employment, PovertyClass, Relation, SchoolLevel, Settlement, Sex
from households.scoring import DocumentError, Standard, score
from households.scoring.facts import MEMBER_CODES, POVERTY_CLASSES, SETTLEMENTS
from tests.households.scoring.shipped import STANDARDS, STANDARDS_FOLDER, document, standard
from tests.households.scoring.worked_cases import case_of

MANUAL = (STANDARDS_FOLDER.parents[2] / "docs" / "indicators.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", STANDARDS)
def test_a_document_survives_the_database(code: str) -> None:
    assert Standard.from_document(json.loads(json.dumps(document(code)))) == standard(code)


@pytest.mark.parametrize("code", STANDARDS)
def test_every_number_names_its_source_and_its_doubt(code: str) -> None:
    for found in standard(code).statements():
        assert found.source
        assert found.confirmed or found.doubt


def test_paths_are_unique_and_those_of_the_document() -> None:
    for code in STANDARDS:
        paths = [found.path for found in standard(code).statements()]
        assert len(paths) == len(set(paths))
    assert "indicators.dependents.parameters.share" in {
        found.path for found in standard("std_2022").statements()
    }


def test_the_standards_follow_one_another_without_gap() -> None:
    ends = [(standard(code).valid_from, standard(code).valid_to) for code in STANDARDS]
    assert ends == [
        (date(2016, 1, 1), date(2021, 12, 31)),
        (date(2022, 1, 1), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2030, 12, 31)),
    ]
    assert standard("std_2022").in_force_on(date(2026, 12, 31))
    assert not standard("std_2022").in_force_on(date(2027, 1, 1))


def test_the_lines_of_each_standard() -> None:
    found = {
        code: {
            name: {place: number.integer() for place, number in line.income_vnd.items()}
            for name, line in standard(code).lines.items()
        }
        for code in STANDARDS
    }
    assert found == {
        "std_2016": {
            "poverty": {"RURAL": 700_000, "URBAN": 900_000},
            "near_poverty": {"RURAL": 1_000_000, "URBAN": 1_300_000},
            "average": {"RURAL": 1_500_000, "URBAN": 1_950_000},
        },
        "std_2022": {
            "poverty": {"RURAL": 1_500_000, "URBAN": 2_000_000},
            "average": {"RURAL": 2_250_000, "URBAN": 3_000_000},
        },
        "std_2027": {"poverty": {"RURAL": 2_200_000, "URBAN": 2_800_000}},
    }


def test_the_indicators_of_2022_stand_in_the_decrees_order() -> None:
    codes = [indicator.code for indicator in standard("std_2022").indicators]
    assert codes == [
        *("employment", "dependents", "nutrition", "health_ins", "adult_edu", "child_school"),
        *("house_quality", "house_area", "water", "toilet", "telecom", "info_asset"),
    ]


def test_what_the_sources_doubt_blocks_decisions() -> None:
    assert standard("std_2022").blocking() == ()
    assert {found.path for found in standard("std_2016").blocking()} >= {
        "lines.poverty.points.RURAL",
        "indicators.telecom.reading_stated",
    }
    assert not standard("std_2027").complete
    assert standard("std_2027").incomplete_because is not None


def test_point_lines_do_not_bear_on_a_declared_income() -> None:
    declared = {found.path for found in standard("std_2016").blocking("DECLARED")}
    by_points = {found.path for found in standard("std_2016").blocking("POINTS")}
    assert "lines.poverty.points.RURAL" in by_points - declared


def test_the_department_can_confirm_a_number() -> None:
    path = "indicators.telecom.reading_stated"
    confirmed = Standard.from_document(document("std_2016"), confirmed_paths=[path, "gone.path"])
    assert path in {found.path for found in standard("std_2016").blocking()}
    assert path not in {found.path for found in confirmed.blocking()}


def test_the_rules_know_the_same_codes_as_the_register() -> None:
    assert {
        "sex": tuple(Sex.values),
        "relation": tuple(Relation.values),
        "employment": tuple(Employment.values),
        "attending_level": tuple(SchoolLevel.values),
        "highest_qualification": tuple(SchoolLevel.values),
    } == MEMBER_CODES
    assert tuple(PovertyClass.values) == POVERTY_CLASSES
    assert set(Settlement.values) == set(SETTLEMENTS)


def _indicator(changed: dict[str, Any], code: str) -> Any:
    return next(one for one in changed["indicators"] if one["code"] == code)


DAMAGE: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "another format": (lambda d: d.update(format=2), "format"),
    "a key nobody knows": (lambda d: d.update(colour="teal"), ""),
    "a missing line": (lambda d: d["lines"].pop("average"), "class_rules.average.at_or_under"),
    "a line for one settlement": (
        lambda d: d["lines"]["poverty"]["income_vnd"].pop("URBAN"),
        "lines.poverty.income_vnd.URBAN",
    ),
    "a line that is not a whole number": (
        lambda d: d["lines"]["poverty"]["income_vnd"]["RURAL"].update(value="1.5"),
        "lines.poverty.income_vnd.RURAL",
    ),
    "no rule for the rest": (lambda d: d["class_rules"].pop(), "class_rules.average"),
    "a class nobody knows": (
        lambda d: d["class_rules"][0].update({"class": "RICH"}),
        "class_rules.poor.class",
    ),
    "an indicator twice": (lambda d: d["indicators"].append(d["indicators"][0]), "indicators"),
    "a dimension nobody knows": (
        lambda d: d["indicators"][0].update(dimension="luck"),
        "indicators.employment.dimension",
    ),
    "a form nobody knows": (
        lambda d: _indicator(d, "water")["reading"].update(form="guess"),
        "indicators.water.reading.form",
    ),
    "a parameter nobody uses": (
        lambda d: _indicator(d, "house_area")["parameters"].update(
            spare=_indicator(d, "house_area")["parameters"]["area_per_member"]
        ),
        "indicators.house_area.parameters",
    ),
    "a parameter that is not there": (
        lambda d: _indicator(d, "house_area")["reading"].update(limit="@gone"),
        "indicators.house_area.reading.limit",
    ),
    "a cause that has no words": (
        lambda d: _indicator(d, "health_ins")["reading"]["test"].update(because="gone"),
        "indicators.health_ins.reading.test.because",
    ),
    "a school level nobody knows": (
        lambda d: _indicator(d, "child_school")["parameters"]["first_level"].update(value="crib"),
        "indicators.child_school.reading.bands.0.at_least",
    ),
    "an age that cannot be": (
        lambda d: _indicator(d, "nutrition")["parameters"]["child_below_age"].update(value=-1),
        "indicators.nutrition.reading.test.all.0.age_below",
    ),
    "a share over a hundred": (
        lambda d: _indicator(d, "dependents")["parameters"]["share"].update(value=150),
        "indicators.dependents.reading.percent",
    ),
}


@pytest.mark.parametrize(("damage", "place"), DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_document_is_refused_at_its_place(
    damage: Callable[[dict[str, Any]], object], place: str
) -> None:
    changed = document("std_2022")
    damage(changed)
    with pytest.raises(DocumentError) as refusal:
        Standard.from_document(changed)
    assert refusal.value.path == place


def test_the_manuals_example_needs_data_only() -> None:
    """docs/indicators.md adds an indicator and two cases without a line of code."""
    reading, cases = (
        tomllib.loads(block) for block in re.findall(r"```toml\n(.*?)```", MANUAL, re.DOTALL)
    )
    changed = document("std_2022")
    changed["indicators"] += reading["indicators"]
    rules = Standard.from_document(changed)
    assert rules.indicator("young_online").position == 12
    for case in (case_of(entry) for entry in cases["case"]):
        result = score(case.facts, rules, None)
        assert {found.code for found in result.deprived} == case.deprived, case.name
