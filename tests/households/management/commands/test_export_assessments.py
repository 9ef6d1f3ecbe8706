"""manage.py export_assessments: keys, indicators in order, the class, ordered by key."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from households.models import Assessment, HouseholdKey
from households.services.imports import import_review
from households.services.system_user import system_user
from tests.factories import areas, reviews
from tests.factories.exchange_files import Files, household, member

HEADING = (
    "household_id,employment,dependents,nutrition,health_ins,adult_edu,child_school,"
    "house_quality,house_area,water,toilet,telecom,info_asset,deprivations,class"
)
LOW = {"income_per_capita_month_vnd": "1500000"}


@pytest.fixture
def imported(tmp_path: Path, db: None) -> None:
    areas.commune(areas.district(areas.province()))
    reviews.standard()
    reviews.adult()
    lacking = {"water_clean": "N", "toilet_hygienic": "N", "floor_area_m2": "7.999"}
    rows = {
        "b": {**LOW, **lacking},
        "B": {**LOW, "floor_area_m2": "8"},
        "a": {"income_per_capita_month_vnd": "1500001"},
        "Đ": {},
    }
    files = Files(
        tmp_path,
        [household(key, **cells) for key, cells in rows.items()],
        [member(f"{key}-1", key) for key in rows],
    )
    assert import_review(**files.write(), commit=True, by=system_user()).committed


def run(*options: str) -> list[str]:
    out = io.StringIO()
    call_command("export_assessments", *options, stdout=out)
    return out.getvalue().splitlines()


def test_one_line_a_household(imported: None) -> None:
    assert run("--round", "2024", "--standard", "std_2022", "--format", "csv") == [
        HEADING,
        "B,0,0,0,0,0,0,0,0,0,0,0,0,0,near_poor",
        "a,0,0,0,0,0,0,0,0,0,0,0,0,0,average",
        "b,0,0,0,0,0,0,0,1,1,1,0,0,3,poor",
        "Đ,0,0,0,0,0,0,0,0,0,0,0,0,0,not_poor",
    ]


def test_into_a_file(imported: None, tmp_path: Path) -> None:
    path = tmp_path / "results.csv"

    assert run("--round", "2024", "--output", str(path)) == []
    assert path.read_text(encoding="utf-8").splitlines() == run("--round", "2024")


def test_what_is_unknown_is_empty(imported: None) -> None:
    Assessment.objects.update(unknown_bits=1 << 3, deprived_bits=0, poverty_class=None)

    assert run("--round", "2024")[1] == "B,0,0,0,,0,0,0,0,0,0,0,0,0,"


def test_a_household_without_a_key_of_the_source_goes_by_its_own_number(imported: None) -> None:
    HouseholdKey.objects.all().delete()

    assert all(line.startswith("povreg-H0") for line in run("--round", "2024")[1:])


@pytest.mark.parametrize(
    "options",
    [
        ("--round", "2023"),
        ("--round", "soon"),
        ("--round", "2024", "--standard", "std_2016"),
        ("--round", "2024", "--province", "19"),
        ("--round", "2024", "--output", "/nowhere/at/all.csv"),
    ],
)
def test_a_wrong_call(imported: None, options: tuple[str, ...]) -> None:
    err = io.StringIO()

    with pytest.raises(SystemExit) as end:
        call_command("export_assessments", *options, stderr=err)

    assert end.value.code == 2
    assert err.getvalue().startswith("export_assessments: ")


def test_the_province_has_to_be_named_where_two_have_the_round(imported: None) -> None:
    other = areas.province("19", "Tỉnh Khác")
    reviews.periodic(other, 2024, reviews.standard())

    with pytest.raises(SystemExit):
        call_command("export_assessments", "--round", "2024", stderr=io.StringIO())
    assert len(run("--round", "2024", "--province", "06")) == 5
    assert run("--round", "2024", "--province", "19") == [HEADING]
