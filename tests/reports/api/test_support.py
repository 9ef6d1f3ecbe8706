"""Coverage and results of programmes: the pages' own numbers, in every format, for whoever may."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from households.choices import AreaLevel, Role
from households.choices.api import ApiScope
from households.models import Area
from programs.choices import Doubt
from programs.choices.money import Counted, MoneyStage
from programs.choices.results import ResultLine
from programs.models import Programme, ProgrammeTerms
from programs.queries import coverage, progress, results
from programs.queries.reach import Reach
from reports.queries import coverage_aggregates, programme_aggregates, rows
from reports.queries.coverage_aggregates import ground_code
from tests.factories import api, areas, people, users
from tests.factories.money import entry, received, target
from tests.programs.conftest import Land, day
from tests.programs.conftest import land as land  # a fixture
from tests.programs.queries.test_standing import given, poor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]
ON = day("2024-10-15")


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.POVREG_TODAY = ON


@pytest.fixture
def asker(land: Land) -> Client:
    return api.asker(land.province, ApiScope.EXACT)


@pytest.fixture
def helped(land: Land) -> Land:
    """Loans, cards and houses, a plan and money."""
    home, other = poor(land), poor(land)
    given(land, home, "loan")
    received(home, land.village, land.officer, "loan", ground="poor", amount_vnd=50_000_000)
    received(other, land.village, land.officer, "housing", amount_vnd=40_000_000)
    received(home, land.village, land.officer, "health_card", person=home.memberships.get().person)
    far = people.household(land.other_village, people.person())
    received(far, land.other_village, land.officer, "loan")
    received(far, land.other_village, land.officer, "loan", on="2023-05-01")
    target(land.district, land.officer, 4)
    target(land.commune, land.officer, 8, code="loan", counts=Counted.TIMES)
    entry(land.district, land.officer, 160_000_000)
    entry(land.commune, land.officer, 40_000_000, stage=MoneyStage.DISBURSED)
    return land


def address(dataset: str, question: str = "") -> str:
    return f"{api.API}aggregates/{dataset}/?{question}"


def answer(asker: Client, dataset: str, question: str = "") -> dict[str, Any]:
    told: dict[str, Any] = asker.get(address(dataset, question)).json()
    return told


def units(land: Land, level: str) -> list[Area]:
    return list(Area.objects.at(AreaLevel(level.upper())).order_by("code"))


@pytest.mark.parametrize("level", ["province", "district", "commune"])
@pytest.mark.parametrize("by", ["programme", "no-labour", "ground"])
def test_coverage_is_that_of_the_pages(helped: Land, asker: Client, level: str, by: str) -> None:
    told = answer(asker, "coverage", f"level={level}&by={by}&limit=10000")
    columns = [one.code for one in coverage_aggregates.columns(by)]
    assert all(one["columns"] == columns for one in told["parts"])
    assert told["parts"]
    terms = {
        (one.programme.code, ground_code(one)): one
        for one in ProgrammeTerms.objects.on(ON).select_related("programme", "owner")
    }
    seen = 0
    for unit in units(helped, level):
        found = coverage.of([unit.inner_path], ON)
        figures = found.by(
            lambda one: (one.programme_id, one.terms_id),
            no_labour=True if by == "no-labour" else None,
        )
        for row in told["rows"]:
            if row["area_id"] != unit.pk:
                continue
            of = terms[row["programme"], row["ground"]] if by == "ground" else None
            programme = Programme.objects.get(code=row["programme"])
            own = figures.get((programme.pk, of.pk if of else None), coverage_aggregates.Figures())
            for column in columns:
                if row[column] is None:
                    assert row["reasons"][column] == "not_enough_known"
                elif of and column == "open":
                    short = [one.recipients for one in found.lacks if one.terms_id == of.pk]
                    assert row[column] == sum(short)
                else:
                    assert row[column] == getattr(own, column), column
                seen += row[column] or 0
    assert seen or by == "no-labour"


def test_a_row_says_what_a_recipient_is(helped: Land, asker: Client) -> None:
    told = answer(asker, "coverage")
    kinds = {one["programme"]: one["unit"] for one in told["rows"]}
    assert (kinds["loan"], kinds["health_card"]) == ("households", "persons")
    assert told["status"] == "recorded"
    assert told["as_of"] == "2024-10-15"
    loan = next(one for one in told["rows"] if one["programme"] == "loan")
    assert (loan["entitled"], loan["served"], loan["gap"]) == (2, 1, 1)


def test_who_is_entitled_is_not_known_where_no_ground_decides(helped: Land, asker: Client) -> None:
    in_doubt = ProgrammeTerms.objects.filter(programme__code="housing")
    in_doubt.update(doubts={"who": Doubt.WEAK.value})
    rows = answer(asker, "coverage")["rows"]
    housing = next(one for one in rows if one["programme"] == "housing")
    assert housing["entitled"] is None
    assert housing["reasons"]["gap"] == "not_enough_known"
    assert housing["receiving"] == 1


def test_a_commune_that_was_never_counted_is_null_and_no_nought(
    helped: Land, asker: Client
) -> None:
    for number in range(3):
        areas.commune(helped.district, f"0220{number}", f"Xã {number}")
    told = answer(asker, "coverage", "level=commune&by=ground")
    assert told["parts"][0]["communes_missing"] == 5
    assert all(one["entitled"] is None for one in told["rows"])
    whole = answer(asker, "programmes")
    assert whole["parts"][0]["communes_missing"] == 5
    assert {one["reasons"]["number"] for one in whole["rows"]} == {"not_enough_known"}


def test_lines_are_those_of_the_page_and_the_summary(helped: Land, asker: Client) -> None:
    for level in ("province", "district", "commune"):
        told = answer(asker, "programmes", f"level={level}&year=2024,2023&limit=10000")["rows"]
        for unit in units(helped, level):
            for year in (2024, 2023):
                on = min(ON, day(f"{year}-12-31"))
                found = results.of_year(Reach.alone(unit), year, on).lines
                of = [one for one in told if (one["area_id"], one["round"]) == (unit.pk, str(year))]
                assert [one["line"] for one in of] == [one.line.value.lower() for one in found]
                for row, line in zip(of, found, strict=True):
                    same(row, line)
    assert sum(one["number"] or 0 for one in told) > 4


def same(row: dict[str, Any], line: results.Result) -> None:
    assert (row["planned"], row["number"]) == (line.planned, line.counted)
    if line.is_elsewhere:
        assert row["households"] is None
        assert row["reasons"]["amount_vnd"] == "not_applicable"
        return
    of = line.distinct
    assert (row["households"], row["persons"], row["outside"]) == (
        of.households, of.persons, of.outside,
    )  # fmt: skip
    assert (row["without_labour"], row["labour_unknown"]) == (of.without_labour, of.labour_unknown)
    assert (row["amount_vnd"], row["without_amount"]) == (line.amount_vnd, line.without_amount)
    share = programme_aggregates.rate(line.reached_of_plan, line.planned)
    told = rows.rounded(share)
    assert row["planned_rate"] == (None if told is None else float(told))


def test_null_says_why_in_a_line(helped: Land, asker: Client) -> None:
    rows = {one["line"]: one for one in answer(asker, "programmes", "year=2024")["rows"]}
    assert rows["loans"]["planned"] == 8
    assert rows["loans_poor"]["reasons"]["planned"] == "not_applicable"
    assert rows["cards"]["reasons"]["planned"] == "not_collected"
    assert rows["cards"]["reasons"]["planned_rate"] == "no_denominator"
    assert rows["houses"]["planned_rate"] == 25.0
    assert set(rows) == {one.value.lower() for one in ResultLine}


def test_programmes_have_their_plan_and_money(helped: Land, asker: Client) -> None:
    for level in ("district", "commune"):
        told = answer(asker, "programmes", f"by=programme&year=2024&level={level}&limit=10000")
        for unit in units(helped, level):
            for one in progress.of_area(Reach.alone(unit), 2024, ON):
                (row,) = [
                    row
                    for row in told["rows"]
                    if (row["area_id"], row["programme"]) == (unit.pk, one.programme.code)
                ]
                assert row["times"] == (one.total.times if one.total else 0)
                assert row["amount_vnd"] == (one.total.amount_vnd if one.total else 0)
                assert row["allocated_vnd"] == one.money.allocated_vnd
                assert row["disbursed_vnd"] == one.money.disbursed_vnd
                for aim in one.reached:
                    counts = aim.planned.counts.value.lower()
                    assert row[f"planned_{counts}"] == aim.planned.number
                    assert row[f"reached_{counts}"] == aim.number
    rows = answer(asker, "programmes", "by=programme&level=district")["rows"]
    housing = next(one for one in rows if one["programme"] == "housing")
    assert (housing["planned_houses"], housing["disbursed_rate"]) == (4, 25.0)
    loan = next(one for one in rows if one["programme"] == "loan")
    assert loan["reasons"]["allocated_vnd"] == "not_collected"
    assert loan["reasons"]["disbursed_rate"] == "no_denominator"


def test_every_year_in_one_answer(helped: Land, asker: Client) -> None:
    told = answer(asker, "programmes", "year=all&limit=10000")
    assert {one["round"] for one in told["parts"]} == {"2024", "2023"}
    assert told["parts"][0]["round"] == "2024"
    assert next(one["as_of"] for one in told["parts"] if one["round"] == "2023") == "2023-12-31"


@pytest.mark.parametrize(
    ("dataset", "question", "number"),
    [
        ("programmes", "year=1999", 400), ("programmes", "year=x", 400),
        ("programmes", "by=moon", 400), ("programmes", "round=2023", 400),
        ("coverage", "level=village", 400), ("coverage", "edition=1", 400),
        ("coverage", "year=2024", 400), ("coverage", "cursor=AAAA", 400),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(
    helped: Land, asker: Client, dataset: str, question: str, number: int
) -> None:
    assert asker.get(address(dataset, question)).status_code == number


def test_a_level_above_the_area_has_no_answer(land: Land) -> None:
    own = api.asker(land.commune, ApiScope.EXACT)
    for dataset in ("coverage", "programmes"):
        assert own.get(address(dataset, "level=district")).status_code == 422
        assert own.get(address(dataset, f"area_id={land.other_commune.pk}")).status_code == 404
        assert answer(own, dataset)["area_id"] == land.commune.pk


def test_pages_are_all_rows_once(helped: Land, asker: Client) -> None:
    question = "level=commune&by=ground"
    whole = answer(asker, "coverage", f"{question}&limit=10000")["rows"]
    found, following = [], address("coverage", f"{question}&limit=7")
    while following:
        page = asker.get(following).json()
        found += page["rows"]
        following = page["next"]
    assert found == whole
    assert len(whole) > 14


@pytest.mark.parametrize("dataset", ["coverage", "programmes"])
def test_every_format_says_the_same(helped: Land, asker: Client, dataset: str) -> None:
    row = answer(asker, dataset)["rows"][0]
    name = "entitled" if dataset == "coverage" else "number"
    item = "programme" if dataset == "coverage" else "line"
    text = asker.get(address(dataset, "format=csv")).getvalue().decode()
    first = next(csv.DictReader(io.StringIO(text)))
    assert (first[item], first[name]) == (row[item], str(row[name]))
    text = asker.get(address(dataset, "format=sdmx-csv")).getvalue().decode()
    seen = [one for one in csv.DictReader(io.StringIO(text)) if one["VARIABLE"] == name]
    assert (seen[0][item.upper()], seen[0]["OBS_VALUE"]) == (row[item], str(row[name]))
    cube = asker.get(address(dataset, "format=json-stat")).json()
    assert cube["id"] == ["round", item, "area", "unit", "variable"]
    place = 0
    keys = (row["round"], row[item], str(row["area_id"]), row["unit"] or "households", name)
    for dimension, key, size in zip(cube["id"], keys, cube["size"], strict=True):
        place = place * size + cube["dimension"][dimension]["category"]["index"][key]
    assert cube["value"][place] == row[name]
    told = asker.get(address(dataset, "format=dhis2")).json()["dataValues"]
    names = {one["dataElement"] for one in told}
    persons = ".persons" if row["unit"] == "persons" else ""
    assert f"{dataset}.{row[item]}.{name}{persons}" in names
    assert asker.get(address(dataset, "format=xlsx")).content[:2] == b"PK"


@pytest.mark.parametrize("dataset", ["coverage", "programmes"])
def test_exact_numbers_alone(land: Land, dataset: str) -> None:
    refused = api.asker(land.province, ApiScope.AGGREGATES).get(address(dataset))
    assert refused.status_code == 403
    assert "aggregates.exact" in refused.json()["translations"]["en"]["detail"]


def test_who_is_logged_in_sees_what_the_pages_show(land: Land, client: Client) -> None:
    client.force_login(users.user("chief", Role.DEPARTMENT, land.province))
    assert answer(client, "coverage")["area_id"] == land.province.pk
    assert answer(client, "programmes")["area_id"] == land.province.pk
    client.force_login(users.user("inspector", Role.INSPECTOR, land.province))
    for dataset in ("coverage", "programmes"):
        refused = client.get(address(dataset))
        assert refused.status_code == 403
        assert refused.json()["code"] == "refused"


def test_a_former_unit_stands_there_while_it_has_figures(helped: Land, asker: Client) -> None:
    Area.objects.filter(pk=helped.other_commune.pk).update(valid_to="2024-06-30")
    empty = areas.commune(helped.district, "02222", "Xã Cũ")
    Area.objects.filter(pk=empty.pk).update(valid_to="2024-06-30")
    told = answer(asker, "programmes", "level=commune&year=2024")["rows"]
    assert {one["area"] for one in told} == {helped.commune.name, helped.other_commune.name}
