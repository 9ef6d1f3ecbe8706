"""Reports as contents, without a register: a province of districts and communes."""

from collections.abc import Sequence
from typing import Any

from reports.contents.content import CellValue, Column, Content, Head, Kind, Line, Sheet


def head(**given: Any) -> Head:
    told: dict[str, Any] = {
        "report": "T2",
        "definition_version": 1,
        "title": "Tổng hợp diễn biến hộ nghèo năm 2024",
        "issuer": ("ỦY BAN NHÂN DÂN", "TỈNH MẪU"),
        "area_key": 1,
        "area_code": "06",
        "area": "Mẫu",
        "level": "PROVINCE",
        "round": "2024",
        "year": 2024,
        "as_of": "2024-10-15",
        "standard": "std_2022",
        "standard_name": "Chuẩn nghèo 2022–2025",
        "status": "official",
        "cut_off_at": "2024-12-14T09:30:00.123456+07:00",
        "software": "0.1.0+abc",
        "base": "poor_households",
    }
    return Head(**(told | given))


def columns(*keys: str, rates: Sequence[str] = ()) -> tuple[Column, ...]:
    return tuple(
        Column(key, ("Số hộ", key), str(at), Kind.RATE if key in rates else Kind.COUNT)
        for at, key in enumerate(keys, start=1)
    )


def sheet(shown: tuple[Column, ...], **given: Any) -> Sheet:
    told: dict[str, Any] = {"title": "Tổng hợp", "names": ("STT", "Đơn vị")}
    return Sheet(columns=shown, **(told | given))


def unit(level: str, number: str, name: str, *cells: CellValue, **given: Any) -> Line:
    return Line(level, number, "", name, cells, **given)


def district(number: int, communes: Sequence[Sequence[int]], at: int = 0) -> list[Line]:
    """A district's line, the sum of its communes, and theirs."""
    sums = [sum(each) for each in zip(*communes, strict=True)]
    return [
        unit("district", str(number), f"Huyện {number}", *sums, key=100 * number),
        *(
            unit("commune", f"{number}.{n}", f"Xã {number}.{n}", *cells, key=100 * number + n)
            for n, cells in enumerate(communes, start=1)
        ),
    ]


def province(districts: Sequence[Sequence[Sequence[int]]]) -> list[Line]:
    """Districts with their communes, the sum of the province last."""
    lines = [
        line for number, one in enumerate(districts, start=1) for line in district(number, one)
    ]
    tops = [line.cells for line in lines if line.level == "district"]
    sums = [sum(int(one or 0) for one in each) for each in zip(*tops, strict=True)]
    return [*lines, unit("province", "", "Mẫu", *sums, key=1)]


def content(of: Head, *sheets: tuple[Sheet, Sequence[Line]]) -> Content:
    return Content(of, list(sheets))
