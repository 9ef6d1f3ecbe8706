"""The sheet of an insurer that came back: its columns, its rows."""

from collections.abc import Callable
from typing import Any

from households.exchange.layout_fields import LayoutColumn
from households.models import LayoutReturn

NUMBER, WIFE = "006080123456", "006082000001"
CARDS = [
    LayoutColumn("row_no", "STT"),
    LayoutColumn("member.full_name", "Họ và tên"),
    LayoutColumn("member.birth_date", "Ngày sinh"),
    LayoutColumn("member.sex", "Giới tính", {"M": "1", "F": "0"}),
    LayoutColumn("member.cccd", "Số định danh"),
    LayoutColumn("village", "Thôn"),
    LayoutColumn("class", "Diện", {"poor": "HN", "near_poor": "CN"}),
    LayoutColumn("answer.text", "Số thẻ"),
    LayoutColumn("answer.day", "Giá trị từ"),
    LayoutColumn("answer.number", "Số tiền"),
    LayoutColumn("answer.code", "Kết quả", {"ok": "Đã cấp", "no": "Từ chối"}),
]
HEADS = [one.heading for one in CARDS]
HEAD = ("Nông Văn Thử", "01/05/1980", "1", NUMBER, "Thôn Một", "HN")
Send = Callable[..., LayoutReturn]


def row(*cells: Any) -> list[Any]:
    """A row of the cards' sheet; what is left out is empty."""
    return [1, *cells, *[""] * (len(HEADS) - 1 - len(cells))]
