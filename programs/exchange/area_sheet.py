"""A figure for each unit, as a small file or as pasted lines, and numbers as they are typed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from households.errors import Invalid
from households.exchange import small_sheets
from households.folding import fold

#: Column and the headings it is known by, folded, in both languages.
_HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "code": ("ma", "ma don vi", "code"),
    "name": ("don vi", "ten don vi", "unit", "area"),
    "figure": ("so moi", "so tien", "chi tieu", "new number", "amount", "number"),
}
_THOUSANDS: Final = re.compile(r"\d{1,3}(\.\d{3})+")
_PLAIN: Final = re.compile(r"\d+(\.\d+)?")
_DOUBTFUL: Final = re.compile(r"-?\d{1,3}\.\d{3}")


@dataclass(frozen=True)
class TypedFigure:
    """One row as typed; `line` is its number in the file (heading = 1) or among what was pasted."""

    line: int
    unit: str
    figure: str
    from_file: bool = False

    @property
    def is_doubtful(self) -> bool:
        """A file's 1.234 is a thousand where it was typed as text, and little more than one where
        the cell holds a number: nobody can tell."""
        return self.from_file and _DOUBTFUL.fullmatch(self.figure) is not None


def read(content: bytes, name: str) -> list[TypedFigure]:
    """The rows of a file with headings that state a figure. Raises Invalid: unreadable, a heading
    missing, no row."""
    lines = small_sheets.lines_of(content, name)
    at = next((row for row, line in enumerate(lines[:5]) if _places(line)), None)
    if at is None:
        raise Invalid(
            _("The first rows lack the headings “Code” or “Unit”, and “New number” or “Amount”.")
        )
    places = _places(lines[at])
    rows = []
    for number, line in enumerate(lines[at + 1 :], start=at + 2):
        cells = {one: line[place] if place < len(line) else "" for one, place in places.items()}
        if cells["figure"]:
            unit = cells.get("code") or cells.get("name", "")
            rows.append(TypedFigure(number, unit, cells["figure"], from_file=True))
    if not rows:
        raise Invalid(_("The file has headings but no rows."))
    return rows


def pasted(text: str) -> list[TypedFigure]:
    """Lines without headings: the unit's code or name first, the figure last."""
    return [
        TypedFigure(number, line[0], line[-1])
        for number, line in enumerate(small_sheets.pasted(text), start=1)
        if len(line) > 1 and line[0] and line[-1]
    ]


def whole(text: str) -> int | None:
    """A whole number as it is typed here (1.234); None where it is none."""
    found = _decimal(text)
    return int(found) if found is not None and found == int(found) and found >= 0 else None


def vnd(text: str, unit_vnd: int) -> int | None:
    """Money typed in đồng or million đồng (`unit_vnd`), a comma before decimals, a minus before
    what is lowered, as whole đồng; None where it is none."""
    found = _decimal(text)
    if found is None:
        return None
    money = found * unit_vnd
    return int(money) if money == int(money) else None


def _decimal(text: str) -> Decimal | None:
    typed = text.replace(" ", "").replace("\u00a0", "").replace("−", "-")
    sign, typed = (-1, typed[1:]) if typed.startswith("-") else (1, typed)
    head, comma, tail = typed.partition(",")
    if _THOUSANDS.fullmatch(head):
        head = head.replace(".", "")
    number = f"{head}.{tail}" if comma else head
    if len(number) > 20 or not (number.isascii() and _PLAIN.fullmatch(number)):
        return None
    return sign * Decimal(number)


def _places(line: Sequence[str]) -> dict[str, int]:
    """Where the columns stand; empty where the line is none of headings."""
    folded = [fold(one) for one in line]
    found = {}
    for name, words in _HEADINGS.items():
        place = next((folded.index(word) for word in words if word in folded), None)
        if place is not None:
            found[name] = place
    return found if "figure" in found and len(found) > 1 else {}
