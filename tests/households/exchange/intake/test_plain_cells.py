"""Cells as offices write them; what may mean two things stays as it is."""

import datetime as dt

import pytest

from households.exchange.columns import HOUSEHOLD_COLUMN, MEMBER_COLUMN
from households.exchange.intake import plain_cells

COLUMN = HOUSEHOLD_COLUMN | MEMBER_COLUMN


def plain(name: str, text: object, heading: str = "", *, from_1904: bool = False) -> str:
    write = plain_cells.writer(COLUMN[name], heading, counts_from_1904=from_1904)
    return write(plain_cells.typed(text))


@pytest.mark.parametrize(
    ("cell", "means"),
    [
        ("30/4/1985", "30/04/1985"),
        ("30.04.1985", "30/04/1985"),
        ("30 - 4 - 1985", "30/04/1985"),
        ("ngày 30 tháng 4 năm 1985", "30/04/1985"),
        ("1985-4-30", "1985-04-30"),
        ("1985-04-30 00:00:00", "1985-04-30"),
        (dt.datetime(1985, 4, 30), "1985-04-30"),  # noqa: DTZ001 - as sheets have it
        (dt.date(1985, 4, 30), "1985-04-30"),
        (31167.0, "1985-04-30"),
        ("31167", "1985-04-30"),
        (1985.0, "1985"),
        ("../../1985", "1985"),
        ("00/00/1985", "1985"),
        ("4/1985", "1985"),
        ("30/4/85", "30/4/85"),  # which century?
        (dt.date(1905, 6, 7), "07/06/1905 = 1985"),  # a year that a sheet shows as a day
        ("tháng tư", "tháng tư"),
    ],
)
def test_days(cell: object, means: str) -> None:
    assert plain("birth_date", cell) == means


def test_bare_numbers_of_the_other_calendar() -> None:
    assert plain("birth_date", 29705.0, from_1904=True) == "1985-04-30"


@pytest.mark.parametrize(
    ("name", "cell", "means"),
    [
        ("commune_code", 2008.0, "02008"),
        ("province_code", "6", "06"),
        ("cccd", 6085001234.0, "006085001234"),  # two zeros lost
        ("cccd", 19085001234.0, "019085001234"),
        ("cccd", "006 085 001 234", "006085001234"),
        ("cccd", "'006085001234", "006085001234"),
        ("cccd", "095123456", "095123456"),  # the old card's nine digits are another number
        ("cccd", "chưa có", ""),
        ("phone", 912345678.0, "0912345678"),
        ("wall_durable", "Có", "Y"),
        ("wall_durable", "x", "Y"),
        ("wall_durable", True, "Y"),
        ("wall_durable", "không", "N"),
        ("wall_durable", "", ""),
        ("wall_durable", "bền", "bền"),
        ("sex", "Nữ", "F"),
        ("relation", "Chủ hộ", "head"),
        ("relation", "Con dâu", "child_in_law"),
        ("relation", "Vợ/chồng", "spouse"),
        ("area", "Nông thôn", "rural"),
        ("attending_level", "Tiểu học", "primary"),
        ("employment", "Làm nông", "self_employed_farm"),
        ("class_paper", "Hộ cận nghèo", "near_poor"),
        ("floor_area_m2", "45,5 m2", "45,5"),
        ("household_size", "4 khẩu", "4"),
        ("full_name", "NÔNG VĂN THỬ", "Nông Văn Thử"),
        ("full_name", "H'HEN NIÊ", "H'Hen Niê"),
        ("full_name", "TRầN VĂN", "Trần Văn"),
        ("full_name", "Nông Văn Thử", "Nông Văn Thử"),
    ],
)
def test_answers_codes_and_names(name: str, cell: object, means: str) -> None:
    assert plain(name, cell) == means


@pytest.mark.parametrize(
    ("heading", "cell", "means"),
    [
        ("Thu nhập (đồng)", "1.500.000 đ", "1500000"),
        ("Thu nhập (đồng)", "1,500,000", "1500000"),
        ("Thu nhập (nghìn đồng)", "1500", "1500000"),
        ("Thu nhập (nghìn đồng)", "1.350", "1.350"),  # 1,350 thousand or 1.35 thousand?
        ("Thu nhập (triệu đồng)", "1,35", "1350000"),
        ("Thu nhập", 1500000.0, "1500000"),
        ("Thu nhập", "nhiều", "nhiều"),
    ],
)
def test_money_by_its_heading(heading: str, cell: object, means: str) -> None:
    assert plain("income_per_capita_month_vnd", cell, heading) == means
