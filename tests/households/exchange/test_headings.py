"""Headings: missing, unknown and doubled ones are told, optional ones may be left out."""

from households.exchange.columns import HOUSEHOLD_COLUMNS, MEMBER_COLUMNS, b1_column
from households.exchange.headings import lay_out
from tests.factories import exchange_files as files


def told(headings: list[str], columns: tuple = HOUSEHOLD_COLUMNS) -> set[tuple[str, str, bool]]:
    layout = lay_out(headings, columns)
    return {(one.column, one.code, one.is_warning) for one in layout.problems}


def test_the_formats_own_headings_fit() -> None:
    assert told(list(files.household())) == set()
    assert told(list(files.member()), MEMBER_COLUMNS) == set()


def test_no_two_columns_share_a_heading() -> None:
    for columns in (HOUSEHOLD_COLUMNS, MEMBER_COLUMNS):
        assert len({column.name for column in columns}) == len(columns)
        assert len({column.heading_vi for column in columns}) == len(columns)


def test_missing_unknown_and_doubled() -> None:
    headings = [name for name in files.household() if name != "area"]

    assert told([*headings, "note", "has_tv", "b1_colour"]) == {
        ("area", "missing_heading", False),
        ("note", "unknown_heading", True),
        ("has_tv", "heading_twice", False),
        ("b1_colour", "unknown_question", False),
    }


def test_a_column_that_need_not_be_there_may_be_missing() -> None:
    optional = {
        "wall_material", "ethnic_group", "income_per_capita_month_vnd", "district_code", "district",
    }  # fmt: skip

    assert told([name for name in files.household() if name not in optional]) == set()
    assert told([name for name in files.member() if name != "cccd"], MEMBER_COLUMNS) == set()
    assert told([n for n in files.member() if n != "malnourished_height"], MEMBER_COLUMNS) == {
        ("malnourished_height", "missing_heading", False)
    }


def test_a_point_question_of_the_table_is_a_column() -> None:
    asked = b1_column("colour", "Colour", "Màu")

    assert told([*files.household(), "b1_colour"], (*HOUSEHOLD_COLUMNS, asked)) == set()
