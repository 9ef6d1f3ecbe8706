"""Aggregates: the tables' own numbers, what they are of, and whose they are."""

import base64
import csv
import io
import re
from typing import Any

import pytest
import python_calamine
from django.test import Client

from households.choices import PovertyClass
from households.choices.api import ApiScope
from households.models import Assessment, ResidentCount, ReviewRound
from households.services import api_answers, marks
from reports import definitions
from reports.choices import FigureLevel, FigureStatus
from reports.queries import aggregates, questions, rows, tables
from tests.factories import api, figures
from tests.factories.figures import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


@pytest.fixture
def world() -> World:
    return figures.world()


@pytest.fixture
def asker(world: World) -> Client:
    return api.asker(world.province, ApiScope.EXACT)


def address(dataset: str, question: str = "") -> str:
    return f"{api.API}aggregates/{dataset}/?{question}"


def plain(value: Any) -> Any:
    """As JSON has a figure."""
    told = rows.rounded(value)
    return told if told is None or isinstance(told, int) else float(told)


@pytest.mark.parametrize(
    ("dataset", "by"),
    [(name, by) for name, cuts in aggregates.DATASETS.items() for by in cuts],
)
@pytest.mark.parametrize("level", ["province", "district", "commune"])
def test_every_number_is_that_of_the_table(
    world: World, asker: Client, dataset: str, by: str, level: str
) -> None:
    cut = aggregates.DATASETS[dataset][by]
    cut_named = f"&by={by}" if by else ""
    told = asker.get(address(dataset, f"round=2023&level={level}{cut_named}")).json()
    question = questions.asked(
        round=world.rounds[2023], area=world.province, level=FigureLevel(level)
    )
    table = tables.table(cut.table, question)
    assert len(told["rows"]) == len(table.rows)
    for given, row in zip(told["rows"], table.rows, strict=True):
        assert given["area_id"] == row.unit.key
        for column in table.columns:
            assert given[column] == plain(row.figures[column]), column
        assert {one for one in given["reasons"] if one in row.figures} == set(row.reasons)
    if cut.rates:
        rates = tables.table(cut.rates, question)
        indicator = rates.columns[-1]
        assert [one[f"{indicator}_rate"] for one in told["rows"]] == [
            plain(one.figures[indicator]) for one in rates.rows
        ]


def test_an_answer_says_what_it_is_of(world: World, asker: Client) -> None:
    told = asker.get(address("poverty", "round=2023")).json()
    assert told["status"] == FigureStatus.OFFICIAL
    assert told["as_of"] == world.rounds[2023].as_of.isoformat()
    assert told["parts"][0]["base"] == "resident_households"
    assert told["rows"][0]["standard"] == world.standard.code
    assert told["licence"]
    assert told["definition"].endswith("dataset=poverty")


def test_null_says_why(world: World, asker: Client) -> None:
    ResidentCount.objects.all().delete()
    row = asker.get(address("poverty", "round=2023")).json()["rows"][0]
    assert row["poor_rate"] is None
    assert row["poor_households"] is not None
    assert row["reasons"]["poor_rate"] == "no_denominator"


def test_statuses_stand_side_by_side_only_where_asked() -> None:
    world = figures.world(decide_last=False)
    asker = api.asker(world.province, ApiScope.EXACT)
    refused = asker.get(address("poverty", "round=2022,2023"))
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["status"])
    mixed = asker.get(address("poverty", "round=2022,2023&status=any")).json()
    assert [one["status"] for one in mixed["parts"]] == ["preliminary", "official"]
    assert mixed["status"] is None


def test_the_first_round_breaks_the_line(asker: Client) -> None:
    parts = asker.get(address("movements", "round=all&status=any")).json()["parts"]
    assert [(one["round"], one["break"]) for one in parts] == [
        ("2023", False), ("2022", True), ("2021", True)
    ]  # fmt: skip
    # Commune A alone decided in 2021; before that there was no round.
    assert all(one["break_reason"] for one in parts[1:])


def test_pages_are_all_rows_once(asker: Client) -> None:
    question = "round=all&status=any&level=commune"
    whole = asker.get(address("poverty", question)).json()["rows"]
    assert len(whole) == 9
    found, following = [], address("poverty", f"{question}&limit=4")
    while following:
        page = asker.get(following).json()
        found += page["rows"]
        following = page["next"]
    assert found == whole
    wrong = base64.urlsafe_b64encode(b"1999|std|0").decode()
    for cursor in (wrong, "%%%", "AAAA"):
        assert asker.get(address("poverty", f"{question}&cursor={cursor}")).status_code == 400


@pytest.mark.parametrize("is_big", [False, True])
def test_one_call_gives_every_commune_and_year(
    asker: Client, is_big: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if is_big:
        monkeypatch.setattr(api_answers, "MOST_BYTES", 100)
    question = "round=all&status=any&level=commune"
    whole = asker.get(address("poverty", question)).json()["rows"]
    answer = asker.get(address("poverty", f"{question}&format=csv"))
    assert answer.streaming == is_big
    assert answer.has_header("ETag") != is_big
    assert answer["Content-Type"].startswith("text/csv")
    lines = list(csv.DictReader(io.StringIO(answer.getvalue().decode())))
    assert [one["area_code"] for one in lines] == [one["area_code"] for one in whole]
    for line, row in zip(lines, whole, strict=True):
        for name in ("poor_households", "near_poor_persons"):
            assert line[name] == str(row[name])
        rate = row["poor_rate"]
        assert line["poor_rate"] == ("" if rate is None else f"{rate:.2f}")


def test_a_format_is_named_by_accept_too(asker: Client) -> None:
    answer = asker.get(address("poverty"), headers={"accept": "text/csv"})
    assert answer["Content-Type"].startswith("text/csv")
    refused = asker.get(address("poverty"), headers={"accept": "image/png"})
    assert refused.status_code == 406


def test_json_stat_is_a_cube_of_all_values(asker: Client) -> None:
    question = "round=2022,2023&level=commune"
    whole = asker.get(address("poverty", question)).json()["rows"]
    cube = asker.get(address("poverty", f"{question}&format=json-stat")).json()
    sizes = [len(cube["dimension"][one]["category"]["index"]) for one in cube["id"]]
    assert sizes == cube["size"]
    count = 1
    for size in cube["size"]:
        count *= size
    assert len(cube["value"]) == count
    for row in whole:
        place = 0
        keys = (row["round"], str(row["area_id"]), "households", "poor_households")
        for dimension, key, size in zip(cube["id"], keys, cube["size"], strict=True):
            place = place * size + cube["dimension"][dimension]["category"]["index"][key]
        assert cube["value"][place] == row["poor_households"]


@pytest.mark.parametrize("form", ["json", "csv", "json-stat", "sdmx-csv", "xlsx", "dhis2"])
def test_licence_and_definition_stand_beside_every_format(asker: Client, form: str) -> None:
    links = asker.get(address("movements", f"format={form}"))["Link"]
    assert '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' in links
    (definition,) = re.findall(r'<(/api/[^>]+)>; rel="describedby"', links)
    assert asker.get(definition).status_code == 200


def test_a_cube_says_what_it_is_of(world: World, asker: Client) -> None:
    plainly = asker.get(address("poverty")).json()
    told = asker.get(address("poverty", "format=json-stat")).json()
    names = ("as_of", "status", "definition", "licence", "parts")
    assert {one: told["extension"][one] for one in names} == {one: plainly[one] for one in names}
    (part,) = plainly["parts"]
    assert part["standard"] == world.standard.code
    assert part["definition_version"] == definitions.named("T1").version
    assert told["link"]["describedby"][0]["href"] == plainly["definition"]


def test_sdmx_has_a_line_an_observation(asker: Client) -> None:
    row = asker.get(address("poverty", "round=2023")).json()["rows"][0]
    answer = asker.get(address("poverty", "round=2023&format=sdmx-csv"))
    lines = list(csv.DictReader(io.StringIO(answer.getvalue().decode())))
    told = {one["VARIABLE"]: one["OBS_VALUE"] for one in lines}
    assert told["poor_households"] == str(row["poor_households"])
    assert {one["STRUCTURE"] for one in lines} == {"dataflow"}
    states = {one["VARIABLE"]: one["OBS_STATUS"] for one in lines}
    assert {name for name, state in states.items() if state == "M"} == set(row["reasons"])


def test_dhis2_takes_values_by_unit_and_period(asker: Client) -> None:
    row = asker.get(address("poverty", "round=2023")).json()["rows"][0]
    told = asker.get(address("poverty", "round=2023&format=dhis2")).json()["dataValues"]
    found = {one["dataElement"]: one for one in told}["poverty.poor_households"]
    assert (found["period"], found["orgUnit"]) == ("2023", "06")
    assert found["value"] == str(row["poor_households"])


def test_a_workbook_holds_the_same_numbers(asker: Client) -> None:
    row = asker.get(address("poverty", "round=2023")).json()["rows"][0]
    answer = asker.get(address("poverty", "round=2023&format=xlsx"))
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    head, first = book.get_sheet_by_name("data").to_python()[:2]
    assert first[head.index("poor_households")] == row["poor_households"]
    assert "poor_rate: no_denominator" in first[head.index("reasons")]
    about = dict(line[:2] for line in book.get_sheet_by_name("about").to_python())
    assert about["status"] == "official"


def test_another_area_is_not_told(world: World) -> None:
    own = api.asker(world.a, ApiScope.EXACT)
    told = own.get(address("poverty", "round=2023")).json()
    assert told["area_id"] == world.a.pk
    for wrong in (world.b, world.near, world.province):
        assert own.get(address("poverty", f"area_id={wrong.pk}")).status_code == 404
        assert own.get(address("poverty", f"area={wrong.code}")).status_code == 404


@pytest.mark.parametrize(
    ("question", "parameter"),
    [
        ("round=1999", "round"), ("standard=none", "standard"), ("level=moon", "level"),
        ("by=moon", "by"), ("limit=-1", "limit"), ("gropu=1", "gropu"), ("on=x", "on"),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_read_names_its_parameter(
    asker: Client, question: str, parameter: str
) -> None:
    answer = asker.get(address("deprivations", question))
    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == [parameter]
    assert answer.json()["translations"]["en"]["title"] == "The question cannot be read"


def test_a_level_that_does_not_exist_is_told(asker: Client) -> None:
    answer = asker.get(address("poverty", "level=group"))
    assert answer.status_code == 422
    assert answer.json()["detail"]


def test_an_answer_is_another_one_when_its_figures_are(world: World, asker: Client) -> None:
    question = address("poverty", "round=2023&level=commune&status=preliminary")
    first = asker.get(question)
    touched = marks.mark_changed
    touched(round_id=world.rounds[2023].pk, commune_ids=[world.a.pk])
    assert asker.get(question)["ETag"] == first["ETag"], "marked, but no figure is another"
    of_a = Assessment.objects.filter(round=world.rounds[2023], commune=world.a)
    one = of_a.filter(poverty_class=PovertyClass.POOR).earliest("pk")
    Assessment.objects.filter(pk=one.pk).update(poverty_class=PovertyClass.NEAR_POOR)
    touched(round_id=world.rounds[2023].pk, commune_ids=[world.a.pk])
    changed = asker.get(question, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_measures_say_what_they_are_of(world: World, asker: Client) -> None:
    told = asker.get(address("mpi", "round=2023&level=commune")).json()
    assert told["parts"][0]["base"] == "listed_households"
    assert [one["unit"] for one in told["rows"][:2]] == ["households", "persons"]
    row = told["rows"][0]
    assert row["reasons"]["headcount_rate"] == "not_collected"
    assert row["intensity_rate"] > 0
    ReviewRound.objects.update(covers_all_residents=True)
    told = asker.get(address("mpi", "round=2023&level=commune")).json()
    assert told["parts"][0]["base"] == "surveyed_resident_households"
    assert told["rows"][0]["headcount_rate"] > 0


def test_measures_are_given_as_exact_numbers_alone(world: World) -> None:
    refused = api.asker(world.province, ApiScope.AGGREGATES).get(address("mpi"))
    assert refused.status_code == 403
    assert "aggregates.exact" in refused.json()["translations"]["en"]["detail"]
    own = api.asker(world.province, ApiScope.EXACT, name="Chính xác")
    # No edition holds them.
    assert own.get(address("mpi", "edition=1")).status_code == 404


@pytest.mark.parametrize("form", ["csv", "json-stat", "sdmx-csv", "dhis2", "xlsx"])
def test_measures_in_every_format(asker: Client, form: str) -> None:
    answer = asker.get(address("mpi", f"round=2023&level=commune&format={form}"))
    assert answer.status_code == 200
    content = answer.getvalue() if answer.streaming else answer.content
    assert form == "xlsx" or b"intensity_rate" in content
