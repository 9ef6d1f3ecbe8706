"""What bad input gets: each at its file, row and column, with a code and a sentence."""

import datetime as dt
from types import SimpleNamespace

import pytest

from households.choices import CommuneState, VillageState
from households.models import (
    Area,
    CommuneReview,
    Person,
    ReviewRound,
    Survey,
    VillageReview,
)
from tests.factories import reviews
from tests.factories.exchange_files import Files, household, member, spouse
from tests.households.services.imports.conftest import Import, codes, warnings

HOUSEHOLDS, MEMBERS = "households.csv", "members.csv"
NUMBER = "006080123456"
INCOME = "income_per_capita_month_vnd"


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"household_id": ""}, "household_id", "missing_value"),
        ({"area": "city"}, "area", "unknown_code"),
        ({"has_tv": "maybe"}, "has_tv", "not_yes_no"),
        ({"has_tv": ""}, "has_tv", "missing_value"),
        ({"as_of": "2024-13-01"}, "as_of", "no_such_date"),
        ({INCOME: "1.5e6"}, INCOME, "not_a_whole_number"),
        ({INCOME: ""}, INCOME, "income_missing"),
        ({"household_size": "3"}, "household_size", "size_differs"),
        ({"ethnic_group": "Klingon"}, "ethnic_group", "unknown_ethnic_group"),
        ({"commune_code": "99999"}, "commune_code", "unknown_commune"),
        ({"commune_code": "2008"}, "commune_code", "not_a_unit_code"),
        ({"district_code": "060"}, "district_code", "other_district"),
        ({"district_code": ""}, "district_code", "missing_value"),
        ({"province_code": "19"}, "province_code", "other_province"),
        ({"causes": "1;9"}, "causes", "unknown_code"),
        ({"village": ""}, "village", "missing_value"),
        ({"review_year": "2023"}, "review_year", "other_year"),
    ],
)  # fmt: skip
def test_a_household_row(
    run: Import, files: Files, cells: dict[str, str], column: str, code: str
) -> None:
    files.households = [household("Z1"), household(**{"causes": "", **cells})]
    files.members.append(member("Z1-1", "Z1"))

    result = run()

    assert (HOUSEHOLDS, 3, column, code) in codes(result)
    assert all(str(one.reason) for one in result.errors)
    assert not Survey.objects.exists()


def test_an_unreadable_income_is_not_missing_as_well(run: Import, files: Files) -> None:
    files.households = [household(**{INCOME: "1.500.000"})]

    assert [one for one in codes(run()) if one[2] == INCOME] == [
        (HOUSEHOLDS, 2, INCOME, "thousands_separator")
    ]


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"relation": "cousin"}, "relation", "unknown_code"),
        ({"relation": "head"}, "relation", "two_heads"),
        ({"birth_date": "2025-01-01"}, "birth_date", "born_later"),
        ({"birth_date": "1900-01-01"}, "birth_date", "impossible_age"),
        ({"birth_date": "30/02/2000"}, "birth_date", "no_such_date"),
        ({"employment": ""}, "employment", "missing_value"),
        ({"employment": "wage"}, "has_labour_contract", "missing_value"),
        ({"cccd": "123"}, "cccd", "not_twelve_digits"),
        ({"member_no": "1"}, "member_no", "duplicate_member_no"),
        ({"member_id": "A1-1"}, "member_id", "duplicate_member_id"),
        ({"cccd": NUMBER}, "cccd", "duplicate_cccd"),
        ({"household_id": "nowhere"}, "household_id", "unknown_household"),
    ],
)
def test_a_member_row(
    run: Import, files: Files, cells: dict[str, str], column: str, code: str
) -> None:
    files.households = [household(household_size="2")]
    files.members = [member(cccd=NUMBER), spouse(**cells)]

    result = run()

    assert (MEMBERS, 3, column, code) in codes(result)
    assert not Person.objects.exists()


def test_an_error_gives_the_value_as_the_file_has_it(run: Import, files: Files) -> None:
    files.households.append(household("B1"))
    files.members = [
        member(cccd=NUMBER, full_name="Nông Văn Thử"),
        member("B1-1", "B1", cccd=NUMBER, attending_level="kindergarten"),
    ]

    found = {(one.column, one.code): one.value for one in run().errors}

    assert found == {
        ("attending_level", "unknown_code"): "kindergarten",
        ("cccd", "person_in_two_households"): NUMBER,
    }


def test_all_errors_are_told_at_once_in_the_order_of_the_files(run: Import, files: Files) -> None:
    files.households = [household(has_tv="x", household_size="4"), household("B1")]
    files.members = [member(sex=""), member("A1-2", member_no="2", relation="head")]

    assert [(one.file, one.row, one.column) for one in run().errors] == [
        (HOUSEHOLDS, 2, "has_tv"),
        (HOUSEHOLDS, 2, "household_size"),
        (HOUSEHOLDS, 3, "household_size"),
        (MEMBERS, 2, "sex"),
        (MEMBERS, 3, "relation"),
    ]


def test_keys_met_twice(run: Import, files: Files) -> None:
    files.households = [household(), household(), household("B1")]
    files.members = [member(), member("A1-1", "B1")]

    assert codes(run()) >= {
        (HOUSEHOLDS, 3, "household_id", "duplicate_household_id"),
        (MEMBERS, 3, "member_id", "person_in_two_households"),
    }


def test_a_file_that_is_not_what_it_says(run: Import, files: Files) -> None:
    files.households, files.members = files.members, files.households

    assert codes(run()) == {
        (HOUSEHOLDS, 1, "", "files_swapped"),
        (MEMBERS, 1, "", "files_swapped"),
    }


def test_headings_without_rows(run: Import, files: Files) -> None:
    paths = files.write()
    paths["households_path"].write_text(",".join(household()) + "\n", encoding="utf-8")
    files.write = lambda: paths  # type: ignore[method-assign]

    assert (HOUSEHOLDS, 1, "", "no_rows") in codes(run())


def test_a_missing_heading(run: Import, files: Files) -> None:
    del files.households[0]["area"]
    files.members[0]["remark"] = "something"

    result = run()

    assert codes(result) == {(HOUSEHOLDS, 1, "area", "missing_heading")}
    assert warnings(result) == {(MEMBERS, 1, "remark", "unknown_heading")}


def test_a_closed_round(run: Import, place: SimpleNamespace) -> None:
    round = reviews.periodic(place.province, 2024, place.standard)
    ReviewRound.objects.filter(pk=round.pk).update(is_closed=True)

    assert codes(run()) == {(HOUSEHOLDS, 2, "review_year", "round_closed")}


def test_a_commune_or_village_past_its_survey_stage(run: Import) -> None:
    run()
    VillageReview.objects.update(state=VillageState.MEETING_HELD)
    assert codes(run()) == {(HOUSEHOLDS, 2, "village", "village_closed")}

    CommuneReview.objects.update(state=CommuneState.SENT_UP)
    assert (HOUSEHOLDS, 2, "commune_code", "commune_closed") in codes(run())


def test_codes_are_read_on_the_day_of_the_review(
    run: Import, files: Files, place: SimpleNamespace
) -> None:
    last, first = dt.date(2025, 6, 30), dt.date(2025, 7, 1)
    Area.objects.update(valid_to=last)
    new = Area.objects.create(level="PROVINCE", code="19", name="Tỉnh Mới", valid_from=first)
    Area.objects.create(level="COMMUNE", code="02008", name="Xã Mới", parent=new, valid_from=first)
    run()
    day = {"review_year": "2025", "as_of": "2025-10-01"}
    files.households = [household(**day)]
    assert (HOUSEHOLDS, 2, "province_code", "other_province") in codes(run(source="06"))

    files.households = [household(**day, province_code="19")]
    assert codes(run(source="06")) == {(HOUSEHOLDS, 2, "district_code", "no_district")}

    no_district = {"district_code": "", "district": "", "commune": "Xã Mới"}
    files.households = [household(**day, province_code="19", **no_district)]
    result = run(source="06")
    assert (result.created, list(result.errors)) == (1, [])
    assert Survey.objects.get(round__year=2025).village.parent.name == "Xã Mới"
    assert Survey.objects.filter(household__keys__key="A1").count() == 2


def test_a_commune_that_is_gone(run: Import, files: Files, place: SimpleNamespace) -> None:
    Area.objects.filter(pk=place.commune.pk).update(valid_to=dt.date(2024, 9, 30))

    assert codes(run()) == {(HOUSEHOLDS, 2, "commune_code", "commune_not_valid")}


def test_answers_of_questions_that_the_table_does_not_ask(run: Import, files: Files) -> None:
    files.households[0]["b1_colour"] = "red"

    assert codes(run()) == {(HOUSEHOLDS, 1, "b1_colour", "unknown_question")}


def test_an_option_that_the_question_does_not_have(run: Import, files: Files) -> None:
    files.households[0]["b1_electricity"] = "nonsense"

    assert codes(run()) == {(HOUSEHOLDS, 2, "b1_electricity", "unknown_option")}
