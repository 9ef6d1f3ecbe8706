"""The one declaration of what the two files of a review hold, column by column.

The import, the export, the form's labels and the templates for download are all made from these
tuples; nothing else in povreg knows the headings.
"""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from households.choices import (
    Employment,
    PovertyClass,
    Relation,
    SchoolLevel,
    Settlement,
    Sex,
)
from households.exchange.column import B1_MAX_OPTION_LENGTH, B1_PREFIX, Column, Kind, Need

__all__ = [
    "B1_PREFIX",
    "HOUSEHOLD_COLUMN",
    "HOUSEHOLD_COLUMNS",
    "MEMBER_COLUMN",
    "MEMBER_COLUMNS",
    "Column",
    "Kind",
    "Need",
    "b1_column",
]


def _yes_no(name: str, label: Promise | str, heading_vi: str, need: Need = Need.REQUIRED) -> Column:
    return Column(name, Kind.YES_NO, label, heading_vi, need, field=name)


def _words(name: str, label: Promise | str, heading_vi: str) -> Column:
    return Column(name, Kind.TEXT, label, heading_vi, Need.OPTIONAL, field=name)


def _unit_code(name: str, label: Promise | str, heading_vi: str, digits: int, need: Need) -> Column:
    return Column(name, Kind.UNIT_CODE, label, heading_vi, need, digits=digits)


def _points(name: str, label: Promise | str, heading_vi: str) -> Column:
    return Column(name, Kind.INTEGER, label, heading_vi, Need.OPTIONAL, field=name, maximum=9999)


def _codes(name: str, label: Promise | str, heading_vi: str) -> Column:
    return Column(name, Kind.CODES, label, heading_vi, Need.OPTIONAL, list_code=name, field=name)


HOUSEHOLD_COLUMNS: Final[tuple[Column, ...]] = (
    Column("household_id", Kind.KEY, _("household's key"), "Mã hộ"),
    Column(
        "review_year", Kind.INTEGER, _("review year"), "Năm rà soát", minimum=2000, maximum=2100
    ),
    Column("as_of", Kind.DATE, _("as of"), "Ngày tính", field="as_of"),
    _unit_code("province_code", _("province code"), "Mã tỉnh", 2, Need.REQUIRED),
    _unit_code("district_code", _("district code"), "Mã huyện", 3, Need.OPTIONAL),
    Column("district", Kind.TEXT, _("district"), "Huyện", Need.OPTIONAL, max_length=120),
    _unit_code("commune_code", _("commune code"), "Mã xã", 5, Need.REQUIRED),
    Column("commune", Kind.TEXT, _("commune"), "Xã", max_length=120),
    Column("area", Kind.CODE, _("area"), "Khu vực", choices=Settlement, field="settlement"),
    Column("village", Kind.TEXT, _("village"), "Thôn", max_length=120),
    Column(
        "head_name", Kind.TEXT, _("head of household"), "Chủ hộ", field="head_name", max_length=120
    ),
    Column(
        "ethnic_group",
        Kind.ETHNIC_GROUP,
        _("ethnic group"),
        "Dân tộc",
        Need.OPTIONAL,
        field="ethnic_group",
    ),
    Column(
        "household_size",
        Kind.INTEGER,
        _("members"),
        "Số nhân khẩu",
        field="household_size",
        minimum=1,
        maximum=200,
    ),
    Column(
        "income_per_capita_month_vnd",
        Kind.MONEY_VND,
        _("income per person and month (VND)"),
        "Thu nhập bình quân đầu người/tháng (đồng)",
        Need.OPTIONAL,
        field="income_per_capita_month_vnd",
    ),
    _words("wall_material", _("wall material"), "Vật liệu tường"),
    _yes_no("wall_durable", _("wall durable"), "Tường bền chắc"),
    _words("column_material", _("column material"), "Vật liệu cột"),
    _yes_no("column_durable", _("column durable"), "Cột bền chắc"),
    _words("roof_material", _("roof material"), "Vật liệu mái"),
    _yes_no("roof_durable", _("roof durable"), "Mái bền chắc"),
    Column(
        "floor_area_m2",
        Kind.AREA_M2,
        _("floor area (m²)"),
        "Diện tích nhà ở (m²)",
        field="floor_area_m2",
        maximum=999_999,
    ),
    _words("water_source", _("water source"), "Nguồn nước sinh hoạt"),
    _yes_no("water_clean", _("clean water"), "Nước sạch"),
    _words("toilet_type", _("toilet"), "Loại nhà tiêu"),
    _yes_no("toilet_hygienic", _("hygienic toilet"), "Nhà tiêu hợp vệ sinh"),
    _yes_no("has_tv", _("TV"), "Ti vi"),
    _yes_no("has_radio", _("radio"), "Đài"),
    _yes_no("has_desktop", _("desktop computer"), "Máy tính để bàn"),
    _yes_no("has_phone", _("telephone"), "Điện thoại"),
    _yes_no("has_laptop", _("laptop"), "Máy tính xách tay"),
    _yes_no("has_tablet", _("tablet"), "Máy tính bảng"),
    _yes_no("has_smartphone", _("smartphone"), "Điện thoại thông minh"),
    _points("b1_points_paper", _("B1 on paper"), "Điểm B1 trên phiếu"),
    _points("b2_points_paper", _("B2 on paper"), "Điểm B2 trên phiếu"),
    Column(
        "class_paper",
        Kind.CODE,
        _("class on paper"),
        "Kết quả trên phiếu",
        Need.OPTIONAL,
        choices=PovertyClass,
        field="class_paper",
    ),
    _codes("causes", _("causes of poverty"), "Nguyên nhân nghèo"),
    Column(
        "shock",
        Kind.CODE,
        _("sudden hardship"),
        "Rủi ro đột xuất",
        Need.OPTIONAL,
        list_code="shocks",
        field="shock",
    ),
    Column(
        "shock_on",
        Kind.DATE,
        _("date of the hardship"),
        "Ngày xảy ra rủi ro",
        Need.OPTIONAL,
        field="shock_on",
    ),
    _codes("policy_groups", _("policy groups"), "Nhóm chính sách"),
    _codes("support_wanted", _("support wanted"), "Nhu cầu hỗ trợ"),
    _yes_no("no_labour", _("without labour capacity"), "Không có khả năng lao động", Need.OPTIONAL),
    _yes_no(
        "farm_household",
        _("farm, forestry, fishery or salt household"),
        "Hộ làm nông, lâm, ngư, diêm nghiệp",
        Need.OPTIONAL,
    ),
    _yes_no("form_a_passed", _("passed form A"), "Qua phiếu A", Need.OPTIONAL),
    Column(
        "phone",
        Kind.TEXT,
        _("phone"),
        "Điện thoại liên hệ",
        Need.OPTIONAL,
        field="phone",
        max_length=20,
    ),
)

MEMBER_COLUMNS: Final[tuple[Column, ...]] = (
    Column("member_id", Kind.KEY, _("member's key"), "Mã nhân khẩu"),
    Column("household_id", Kind.KEY, _("household's key"), "Mã hộ"),
    Column(
        "member_no",
        Kind.INTEGER,
        _("number in the household"),
        "Số thứ tự",
        field="member_no",
        minimum=1,
        maximum=999,
    ),
    Column("full_name", Kind.TEXT, _("full name"), "Họ và tên", field="full_name", max_length=120),
    Column("sex", Kind.CODE, _("sex"), "Giới tính", choices=Sex, field="sex"),
    Column("birth_date", Kind.BIRTH_DATE, _("birth date"), "Ngày sinh", field="birth_date"),
    Column(
        "relation",
        Kind.CODE,
        _("relation to the head"),
        "Quan hệ với chủ hộ",
        choices=Relation,
        field="relation",
    ),
    Column("ethnic_group", Kind.ETHNIC_GROUP, _("ethnic group"), "Dân tộc", field="ethnic_group"),
    Column(
        "cccd",
        Kind.PERSONAL_ID,
        _("personal number"),
        "Số định danh cá nhân",
        Need.OPTIONAL,
        field="personal_id",
    ),
    # povreg's own, beside the format: read where a file has it, written by layouts alone (ADR 54).
    Column(
        "cmnd",
        Kind.OLD_NUMBER,
        _("old 9-digit number"),
        "Số CMND cũ",
        Need.OPTIONAL,
        field="old_number",
    ),
    _yes_no("able_to_work", _("able to work"), "Có khả năng lao động"),
    Column(
        "employment",
        Kind.CODE,
        _("work"),
        "Việc làm",
        Need.CONDITIONAL,
        choices=Employment,
        field="employment",
    ),
    _yes_no("has_labour_contract", _("labour contract"), "Hợp đồng lao động", Need.CONDITIONAL),
    _yes_no("disabled", _("disabled"), "Khuyết tật"),
    _yes_no(
        "monthly_social_assistance", _("monthly social allowance"), "Trợ cấp xã hội hằng tháng"
    ),
    _yes_no("malnourished_height", _("stunted"), "Suy dinh dưỡng chiều cao", Need.CONDITIONAL),
    _yes_no("malnourished_weight", _("underweight"), "Suy dinh dưỡng cân nặng", Need.CONDITIONAL),
    _yes_no("health_insurance_valid", _("health insurance"), "Thẻ BHYT còn hạn"),
    Column(
        "attending_level",
        Kind.CODE,
        _("attending"),
        "Đang học cấp",
        choices=SchoolLevel,
        field="attending_level",
    ),
    Column(
        "highest_qualification",
        Kind.CODE,
        _("highest qualification"),
        "Trình độ cao nhất",
        choices=SchoolLevel,
        field="highest_qualification",
    ),
    _yes_no("in_training", _("in training"), "Đang được đào tạo"),
    _yes_no("uses_internet", _("uses the internet"), "Sử dụng internet"),
    _yes_no("merit", _("merit to the revolution"), "Người có công", Need.OPTIONAL),
    _yes_no("pension", _("pension"), "Hưởng lương hưu", Need.OPTIONAL),
)

HOUSEHOLD_COLUMN: Final = {column.name: column for column in HOUSEHOLD_COLUMNS}
MEMBER_COLUMN: Final = {column.name: column for column in MEMBER_COLUMNS}


def b1_column(question: str, label: str | Promise, heading_vi: str) -> Column:
    """The optional column that answers one asked question of a point table by option code."""
    return Column(
        B1_PREFIX + question,
        Kind.TEXT,
        label,
        heading_vi,
        Need.OPTIONAL,
        max_length=B1_MAX_OPTION_LENGTH,
    )
