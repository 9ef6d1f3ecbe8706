"""The sent sheets with their errors marked, as a file to correct and send again."""

from collections import defaultdict
from pathlib import Path

from django.utils.translation import gettext as _

from households.errors import Conflict
from households.exchange import marked_sheet
from households.exchange.intake.joined import sheets_of
from households.exchange.intake.tables import Table
from households.exchange.marked_sheet import Marks
from households.models import ImportBatch
from households.services import import_files, import_notes


def marked(batch: ImportBatch, target: Path) -> None:
    """Write the workbook to `target`. Raises Conflict where the files are gone."""
    read = {one.role: one for one in import_files.tables_read(batch)}
    if not read:
        raise Conflict(_("The files are gone."))
    marks: dict[str, dict[int, list[tuple[int | None, bool, str]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for kind, problem in import_notes.problems_of(batch):
        tables = [one for one in read.values() if problem.file in _names_of(one)]
        if tables:
            # A sheet of both: where the column is.
            table = next((one for one in tables if problem.column in one.columns), tables[0])
            place = table.columns.index(problem.column) if problem.column in table.columns else None
            marks[problem.file][problem.row].append((place, kind == "error", problem.reason))
    sheets: list[tuple[Table, int, Marks]] = []
    for role, one in import_files.readings(batch).items():
        for sheet, heading_line, _offset in sheets_of(one.table):
            if not any(sheet is known for known, __, ___ in sheets):
                name = sheet.name or sheet.file
                sheets.append((sheet, heading_line or read[role].first_line, marks[name]))
    marked_sheet.write(target, sheets)


def _names_of(table: import_files.TableRead) -> set[str]:
    return {name for name, _offset in table.parts} or {table.shown_name}
