"""Lists of accounts as Excel or CSV files: the template that is filled in, and what came back."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from households.errors import Invalid
from households.exchange import small_sheets
from households.folding import fold

#: Field name and heading, in the order of the template.
COLUMNS: dict[str, str | Promise] = {
    "full_name": gettext_lazy("Full name"),
    "phone": gettext_lazy("Phone"),
    "role": gettext_lazy("Role"),
    "village": gettext_lazy("Village"),
    "commune": gettext_lazy("Commune"),
}
_MAY_BE_LEFT_OUT = {"village", "commune"}
MOST_ROWS = 2_000
_LISTED = 2_000


@dataclass(frozen=True)
class SheetRow:
    """One line of a list as typed; `line` is its number in the file, the headings being 1."""

    line: int
    cells: Mapping[str, str]


def template(choices: Mapping[str, Sequence[str]]) -> bytes:
    """An .xlsx with the headings; cells of the named columns offer `choices` as a list."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet, lists = book.add_worksheet(_("Accounts")), book.add_worksheet(_("Lists"))
    heading = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EEEEEE"})
    text = book.add_format({"num_format": "@"})
    for index, (name, label) in enumerate(COLUMNS.items()):
        sheet.set_column(index, index, 28 if name in ("full_name", "role") else 20, text)
        sheet.write_string(0, index, str(label), heading)
        allowed = list(choices.get(name, []))[:_LISTED]
        lists.write_string(0, index, str(label), heading)
        lists.write_column(1, index, allowed)
        if allowed:
            letter = chr(ord("A") + index)
            source = f"='{lists.get_name()}'!${letter}$2:${letter}${len(allowed) + 1}"
            rule = {"validate": "list", "source": source}
            sheet.data_validation(1, index, MOST_ROWS, index, rule)
    sheet.freeze_panes(1, 0)
    book.close()
    return target.getvalue()


def read(content: bytes, name: str) -> list[SheetRow]:
    """The filled-in rows of an .xlsx (its first sheet) or .csv file.

    Raises Invalid: too large, unreadable, a heading is missing, no row.
    """
    lines = small_sheets.lines_of(content, name)
    places = _places(lines[0] if lines else [])
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        cells = {one: line[at] if at < len(line) else "" for one, at in places.items()}
        if any(cells.values()):
            rows.append(SheetRow(number, cells))
    if not rows:
        raise Invalid(_("The file has headings but no rows."))
    if len(rows) > MOST_ROWS:
        raise Invalid(_("The list has more than 2,000 rows. Split it."))
    return rows


def _places(headings: Sequence[str]) -> dict[str, int]:
    """Where each column stands; headings are known in both languages, with accents or not."""
    at = {fold(one): index for index, one in enumerate(headings) if one}
    found = {}
    for name, label in COLUMNS.items():
        for language in ("vi", "en"):
            with override(language):
                word = fold(str(label))
            if word in at:
                found[name] = at[word]
    missing = [str(COLUMNS[one]) for one in COLUMNS if one not in {*found, *_MAY_BE_LEFT_OUT}]
    if missing:
        named = ", ".join(missing)
        raise Invalid(_("The first row lacks the headings: %(named)s.") % {"named": named})
    return found
