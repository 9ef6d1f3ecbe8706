"""manage.py figures, run for real."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from tests.factories import areas, figures


def run(*options: str) -> str:
    out = io.StringIO()
    call_command("figures", *options, stdout=out)
    return out.getvalue()


def refused(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    with pytest.raises(SystemExit) as stopped:
        run(*options)
    assert stopped.value.code == 2
    return capsys.readouterr().err


@pytest.mark.django_db
def test_json_of_rates_and_of_what_is_missing() -> None:
    figures.world()
    told = json.loads(
        run("T1", "--round", "2023", "--area", "06", "--level", "commune", "--format", "json")
    )
    rows = told.pop("rows")
    assert told == {
        "table": "T1", "round": "2023", "standard": "std_2022", "status": "official",
        "as_of": "2023-10-01", "area": "06", "level": "commune",
    }  # fmt: skip
    assert [row["area_code"] for row in rows] == ["02008", "02011", "02143"]
    assert (rows[0]["poor_rate"], rows[0]["poor_persons_rate"]) == (12.5, 4.38)
    assert rows[0]["area"] == "Xã Thử"
    assert (rows[2]["poor_rate"], rows[2]["poor_households"]) == (None, 1)
    assert set(rows[2]["reasons"]) == {
        "resident_households", "resident_persons", "poor_rate", "poor_persons_rate",
        "near_poor_rate", "near_poor_persons_rate", "average_rate", "average_persons_rate",
    }  # fmt: skip


@pytest.mark.django_db
def test_two_rows_an_area_as_json_csv_and_text() -> None:
    figures.world()
    options = ("T2", "--round", "2023", "--area", "063")
    [households, persons] = json.loads(run(*options, "--format", "json"))["rows"]
    assert (households["unit"], persons["unit"]) == ("households", "persons")
    assert (households["opening"], households["closing"], households["relapsed"]) == (5, 6, None)
    lines = list(csv.reader(run(*options, "--format", "csv").splitlines()))
    assert lines[0][:4] == ["area_code", "area", "unit", "opening"]
    assert lines[1][:4] == ["063", "Huyện Thử", "households", "5"]
    assert lines[1][lines[0].index("relapsed")] == ""
    text = run(*options).splitlines()
    assert text[0].startswith("T2. ")
    # Where, which round and standard, how final, of which day.
    assert text[1].startswith("Huyện Thử · 2023 · std_2022 · ")
    assert text[1].endswith(" · 01/10/2023")
    assert "Huyện Thử" in text[3]


@pytest.mark.django_db
def test_bad_input_is_told_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    world = figures.land()
    good = ("--round", "2023", "--area", "06")
    assert "T99" in refused(capsys, "T99", *good)
    assert "99" in refused(capsys, "T1", "--round", "2023", "--area", "99")
    assert "2031" in refused(capsys, "T1", "--round", "2031", "--area", "06")
    assert "std_none" in refused(capsys, "T1", *good, "--standard", "std_none")
    assert "std_2016" in refused(capsys, "T1", *good, "--standard", "std_2016")
    assert "2025" in refused(capsys, "T1", *good, "--areas-on", "gần đây")
    above = refused(capsys, "T1", "--round", "2023", "--area", "02008", "--level", "district")
    assert "Xã Thử" in above
    assert refused(capsys, "T1", *good, "--level", "group")
    areas.merged(world.a, world.b, world.c, parent=world.province)
    for district in (world.near, world.far):
        district.valid_to = "2025-06-30"
        district.save()
    gone = refused(capsys, "T1", *good, "--level", "district", "--areas-on", "2025-07-01")
    assert "01/07/2025" in gone


@pytest.mark.django_db
def test_identities_name_what_does_not_fit() -> None:
    world = figures.world()
    out = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("figures", "identities", "--round", "2023", "--area", "06", stdout=out)
    assert stopped.value.code == 1
    # One poor household of the world names no cause; no form states an ethnic group but one.
    [cause, keys] = out.getvalue().split("I6")[1].splitlines()[:2]
    assert cause.startswith(f" {world.a.code} ")
    assert str(world.homes["relapser"].pk) in keys


@pytest.mark.django_db
def test_as_a_program_it_says_what_is_wrong() -> None:
    found = subprocess.run(
        [sys.executable, "manage.py", "figures", "--help"], cwd=Path(settings.BASE_DIR),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.returncode == 0
    assert "--areas-on" in found.stdout
