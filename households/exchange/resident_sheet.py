"""residents.csv: how many live where, as a file or as pasted lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from households.errors import Invalid
from households.exchange import small_sheets
from households.folding import fold

#: Column and the Vietnamese headings it is known by, folded.
_HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "commune_code": ("ma xa", "ma don vi"),
    "commune": ("ten xa", "xa", "xa phuong", "ten don vi", "don vi"),
    "as_of": ("ngay", "tinh den ngay"),
    "settlement": ("khu vuc",),
    "resident_households": ("tong so ho", "so ho", "ho"),
    "resident_persons": ("tong so nhan khau", "nhan khau", "so khau", "khau"),
    "minority_households": ("so ho dtts", "ho dtts", "ho dan toc thieu so"),
    "minority_persons": ("so khau dtts", "khau dtts", "nhan khau dan toc thieu so"),
    "local_minority_households": ("so ho dtts tai cho", "ho dtts tai cho"),
    "local_minority_persons": ("so khau dtts tai cho", "khau dtts tai cho"),
}
#: What a settlement is called in sheets, folded.
SETTLEMENTS: Final[Mapping[str, str]] = {
    "rural": "RURAL", "urban": "URBAN", "nong thon": "RURAL", "thanh thi": "URBAN",
    "do thi": "URBAN",
}  # fmt: skip
_NEEDED = ("commune_code", "resident_households", "resident_persons")


@dataclass(frozen=True)
class TypedCount:
    """One row as typed; `line` is its number in the file (heading = 1) or among what was pasted."""

    line: int
    cells: Mapping[str, str]


def read(content: bytes, name: str) -> list[TypedCount]:
    """The rows of a file with headings. Raises Invalid: unreadable, a heading missing, no row."""
    lines = small_sheets.lines_of(content, name)
    places = _places(lines[0] if lines else [])
    rows = [
        TypedCount(number, {one: _at(line, at) for one, at in places.items()})
        for number, line in enumerate(lines[1:], start=2)
        if any(line)
    ]
    if not rows:
        raise Invalid(_("The file has headings but no rows."))
    return rows


def pasted(text: str) -> list[TypedCount]:
    """Lines without headings: the commune's code or name, households, persons; of what stands
    between name and numbers only "nông thôn" and "thành thị" are read."""
    rows = []
    for number, line in enumerate(small_sheets.pasted(text), start=1):
        if any(line):
            cells = {"commune_code": line[0], "resident_households": "", "resident_persons": ""}
            if len(line) >= 3:
                cells |= {"resident_households": line[-2], "resident_persons": line[-1]}
                parts = [one for one in line[1:-2] if fold(one) in SETTLEMENTS]
                cells |= {"settlement": parts[0] if parts else ""}
            rows.append(TypedCount(number, cells))
    return rows


def _places(headings: Sequence[str]) -> dict[str, int]:
    folded = [fold(one).replace("_", " ") for one in headings]
    found = {}
    for name, known in _HEADINGS.items():
        for word in (name.replace("_", " "), *known):
            if word in folded:
                found[name] = folded.index(word)
                break
    missing = [name for name in _NEEDED if name not in found]
    if missing:
        named = ", ".join(missing)
        raise Invalid(_("The first row lacks the headings: %(named)s.") % {"named": named})
    return found


def _at(line: Sequence[str], place: int) -> str:
    return line[place] if place < len(line) else ""
