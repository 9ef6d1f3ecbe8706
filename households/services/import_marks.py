"""The sent sheets with their errors marked, as a file to correct and send again."""

from collections import defaultdict
from pathlib import Path

from django.utils.translation import gettext as _

from households.errors import Conflict
from households.exchange import marked_sheet
from households.exchange.intake.tables import Table
from households.models import ImportBatch
from households.services import import_files, import_notes


def marked(batch: ImportBatch, target: Path) -> None:
    """Write the workbook to `target`. Raises Conflict where the files are gone."""
    read = {one.role: one for one in import_files.tables_read(batch)}
    if not read:
        raise Conflict(_("The files are gone."))
    marks: dict[str, dict[int, list[tuple[int | None, bool, str]]]] = {
        role: defaultdict(list) for role in read
    }
    for kind, problem in import_notes.problems_of(batch):
        roles = [one.role for one in read.values() if one.shown_name == problem.file]
        if not roles:
            continue
        # A sheet of both: where the column is.
        role = next((one for one in roles if problem.column in read[one].columns), roles[0])
        columns = read[role].columns
        place = columns.index(problem.column) if problem.column in columns else None
        marks[role][problem.row].append((place, kind == "error", problem.reason))
    found = import_files.readings(batch)
    sheets: list[tuple[Table, int, dict[int, list[tuple[int | None, bool, str]]]]] = []
    for role, one in read.items():
        table = found[role].table
        same = next((told for known, __, told in sheets if known is table), None)
        if same is None:
            sheets.append((table, one.first_line, marks[role]))
        else:
            for line, told in marks[role].items():
                same[line] = [*same.get(line, ()), *told]
    marked_sheet.write(target, sheets)
