"""Lists of poor and near-poor households as communes keep them in Excel, with invented families."""

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from households.choices import SignerTitle
from households.models import Area
from households.services.lists import Paper
from households.services.taking_over import ListFacts, Totals

#: Above the table: office and title. The headings stand in line 4, the first household in line 5.
TITLE = [["UBND XÃ THỬ"], ["DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2023"], []]
FIRST_ROW = 5
HEADINGS = (
    "STT", "Họ và tên chủ hộ", "Giới tính", "Ngày sinh", "Số CCCD", "Dân tộc", "Thôn",
    "Số khẩu", "Loại hộ",
)  # fmt: skip
KIN = "006080123456"
#: Two households, as `HEADINGS` have them.
TWO = (
    (1, "Lò Thị Mẫu", "Nữ", "12/03/1975", "", "Kinh", "Thôn Một", 4, "Hộ nghèo"),
    (2, "Nông Văn Thử", "Nam", "1980", KIN, "Kinh", "Thôn Một", 2, "Cận nghèo"),
)


def row(name: str = "Lò Thị Mẫu", **cells: Any) -> list[Any]:
    """A row below `HEADINGS`; cells by sex, birth, cccd, ethnic, village, size, listed_as."""
    given = {
        "no": 1, "name": name, "sex": "Nữ", "birth": "12/03/1975", "cccd": "", "ethnic": "Kinh",
        "village": "Thôn Một", "size": 4, "listed_as": "Hộ nghèo",
    } | cells  # fmt: skip
    return list(given.values())


def workbook(
    rows: Sequence[Sequence[Any]],
    headings: Sequence[Any] = HEADINGS,
    title: Sequence[Sequence[Any]] = TITLE,
    *,
    name: str = "Danh sách",
    more: Mapping[str, Sequence[Sequence[Any]]] | None = None,
) -> bytes:
    """An .xlsx file with one sheet, and `more` by their names."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for called, lines in {name: [*title, headings, *rows], **(more or {})}.items():
        sheet = book.add_worksheet(called)
        for line, cells in enumerate(lines):
            sheet.write_row(line, 0, list(cells))
    book.close()
    return out.getvalue()


def facts(commune: Area, poor: int = 1, near_poor: int = 1, **more: Any) -> ListFacts:
    """The decision of December 2023; persons are not told unless given."""
    paper = Paper(
        number=more.pop("number", "57/QĐ-UBND"),
        decided_on=more.pop("decided_on", dt.date(2023, 12, 20)),
        decided_by="Hoàng Văn Chủ",
        signer_title=SignerTitle.CHAIR,
    )
    given = {"year": 2023, "effective_from": dt.date(2024, 1, 1)} | more
    persons = {
        name: given.pop(name) for name in ("poor_persons", "near_poor_persons") if name in given
    }
    return ListFacts(
        commune=commune, paper=paper, totals=Totals(poor, near_poor, **persons), **given
    )
