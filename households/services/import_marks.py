"""The sent sheets with their errors marked, as a file to correct and send again."""

from collections import defaultdict
from pathlib import Path

from django.utils.translation import gettext as _

from households.errors import Conflict
from households.exchange import marked_sheet
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
    role_of = {one.shown_name: one.role for one in read.values()}
    for kind, problem in import_notes.problems_of(batch):
        if (role := role_of.get(problem.file)) is None:
            continue
        columns = read[role].columns
        place = columns.index(problem.column) if problem.column in columns else None
        marks[role][problem.row].append((place, kind == "error", problem.reason))
    found = import_files.readings(batch)
    marked_sheet.write(
        target,
        [(found[role].table, read[role].first_line, marks[role]) for role in read],
    )
