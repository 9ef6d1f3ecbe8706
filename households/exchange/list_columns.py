"""The columns of a list of poor and near-poor households as communes keep it: heads, and where the
sheet has them the members below each head."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from households.choices import Relation, Sex
from households.choices.importing import ListedClass
from households.exchange.column import Column, Kind, Need

LIST_COLUMNS: Final[tuple[Column, ...]] = (
    Column("listed_no", Kind.TEXT, _("number in the list"), "STT", Need.OPTIONAL, max_length=20),
    Column("household_code", Kind.KEY, _("household code"), "Mã hộ", Need.OPTIONAL),
    # As typed: what stands there names nothing, it only agrees with the list's commune or not.
    Column("commune_code", Kind.TEXT, _("commune code"), "Mã xã", Need.OPTIONAL, max_length=20),
    Column("commune", Kind.TEXT, _("commune"), "Xã", Need.OPTIONAL, max_length=120),
    Column("village", Kind.TEXT, _("village"), "Thôn", Need.OPTIONAL, max_length=120),
    Column("full_name", Kind.TEXT, _("full name"), "Họ và tên", max_length=120),
    Column(
        "relation",
        Kind.CODE,
        _("relation to the head"),
        "Quan hệ với chủ hộ",
        Need.OPTIONAL,
        choices=Relation,
    ),
    Column("sex", Kind.CODE, _("sex"), "Giới tính", Need.OPTIONAL, choices=Sex),
    Column("birth_date", Kind.BIRTH_DATE, _("birth date"), "Ngày sinh", Need.OPTIONAL),
    Column("cccd", Kind.PERSONAL_ID, _("personal number"), "Số định danh cá nhân", Need.OPTIONAL),
    Column("ethnic_group", Kind.ETHNIC_GROUP, _("ethnic group"), "Dân tộc", Need.OPTIONAL),
    Column(
        "household_size",
        Kind.INTEGER,
        _("members"),
        "Số nhân khẩu",
        Need.OPTIONAL,
        minimum=1,
        maximum=200,
    ),
    Column(
        "poverty_class",
        Kind.CODE,
        _("class in the list"),
        "Loại hộ",
        Need.OPTIONAL,
        choices=ListedClass,
    ),
    Column(
        "certificate_no",
        Kind.TEXT,
        _("number of the certificate"),
        "Số giấy chứng nhận",
        Need.OPTIONAL,
        max_length=60,
    ),
    Column(
        "certificate_on",
        Kind.DATE,
        _("day of the certificate"),
        "Ngày cấp giấy chứng nhận",
        Need.OPTIONAL,
    ),
    # What the sheet tells besides, heading by heading, as one JSON object: kept, never read.
    Column("aside", Kind.TEXT, _("kept aside"), "Thông tin khác", Need.OPTIONAL, max_length=20_000),
)
