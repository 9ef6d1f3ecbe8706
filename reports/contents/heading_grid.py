"""The headings of a sheet as rows of merged cells: how every format draws them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.contents.content import Sheet


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A heading that stands from column `column` on (0 is the first of the sheet's names) over
    `across` columns and `down` rows."""

    text: str
    column: int
    across: int = 1
    down: int = 1


def heading_rows(sheet: Sheet) -> list[list[HeadCell]]:
    """From the top row down, each from left to right. Columns side by side with the same beginning
    of their path share its headings; the last word of a path reaches down to the last row."""
    depth = max((len(column.path) for column in sheet.columns), default=1)
    rows: list[list[HeadCell]] = [[] for _row in range(depth)]
    for at, name in enumerate(sheet.names):
        rows[0].append(HeadCell(name, at, down=depth))
    paths = [column.path for column in sheet.columns]
    for level in range(depth):
        rows[level] += _level(paths, level, depth, start=len(sheet.names))
    return rows


def _level(paths: Sequence[tuple[str, ...]], level: int, depth: int, start: int) -> list[HeadCell]:
    found = []
    at = 0
    while at < len(paths):
        path, end = paths[at], at + 1
        if level >= len(path):
            at = end
            continue
        is_last = level == len(path) - 1
        while not is_last and end < len(paths) and _share(path, paths[end], level):
            end += 1
        down = depth - level if is_last else 1
        found.append(HeadCell(path[level], start + at, end - at, down))
        at = end
    return found


def _share(one: tuple[str, ...], other: tuple[str, ...], level: int) -> bool:
    """Whether both stand under the same headings down to `level`, and each has more below."""
    return len(other) > level + 1 and one[: level + 1] == other[: level + 1]


def number_line(sheet: Sheet) -> list[str]:
    """The line under the headings: A, B, C of the names, then the numbers and formulas."""
    letters = [chr(ord("A") + at) for at in range(len(sheet.names))]
    return letters + [column.number for column in sheet.columns]
