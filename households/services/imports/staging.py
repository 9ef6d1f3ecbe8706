"""The two files into typed temporary tables by COPY, cell by cell checked on the way."""

import io
from collections.abc import Sequence
from typing import Final

from django.db import connection
from django.utils.translation import gettext as _

from households.exchange.columns import (
    B1_PREFIX,
    HOUSEHOLD_COLUMNS,
    MEMBER_COLUMNS,
    Column,
)
from households.exchange.list_columns import LIST_COLUMNS
from households.exchange.reading import Rows, UnreadableFile
from households.services.imports.cells import Cells, staged_columns
from households.services.imports.lookups import Lookups
from households.services.imports.problems import HOUSEHOLDS, LISTED, MEMBERS, ProblemLog

TABLES: Final = {
    HOUSEHOLDS: "staged_household",
    MEMBERS: "staged_member",
    LISTED: "staged_listed",
}
_FORMAT: Final = {
    HOUSEHOLDS: HOUSEHOLD_COLUMNS,
    MEMBERS: MEMBER_COLUMNS,
    LISTED: LIST_COLUMNS,
}
_ROWS_AT_ONCE: Final = 20_000


def create_tables(files: Sequence[int] = (HOUSEHOLDS, MEMBERS)) -> None:
    """Their staging tables with all columns of the format, whether the files have them or not."""
    with connection.cursor() as cursor:
        for file in files:
            table = TABLES[file]
            parts = [part for column in _FORMAT[file] for part in staged_columns(column)]
            if file == HOUSEHOLDS:
                parts.append(("b1_answers", "jsonb"))
            columns = ", ".join(f"{name} {sql_type}" for name, sql_type in parts)
            cursor.execute(f"DROP TABLE IF EXISTS {table}")
            cursor.execute(
                f"CREATE TEMP TABLE {table} (line integer NOT NULL, {columns}) ON COMMIT DROP"
            )


def stage(file: int, sheet: Rows, lookups: Lookups, log: ProblemLog) -> bool:
    """Read one file into its table. False when reading had to stop before its end."""

    def passed_over(line: int, found: int, expected: int) -> None:
        log.add(
            file,
            line,
            "",
            "ragged_row",
            _("The row has %(found)s cells, the heading %(expected)s.")
            % {"found": found, "expected": expected},
        )

    loader = _Loader(file, sheet, lookups, log)
    complete = True
    try:
        for lines, rows in sheet.pieces(_ROWS_AT_ONCE, passed_over):
            loader.load(lines, rows)
    except UnreadableFile as stop:
        log.add(file, stop.line, stop.column, stop.code, stop.reason)
        complete = False
    log.flush()
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {TABLES[file]}")
    return complete


class _Loader:
    """Loads pieces of one sheet; knows which cells go where."""

    def __init__(self, file: int, sheet: Rows, lookups: Lookups, log: ProblemLog) -> None:
        self.file = file
        self.log = log
        self.plain: list[tuple[int, Cells]] = []
        self.answers: list[tuple[int, Cells]] = []
        for place, column in enumerate(sheet.columns):
            if column is None:
                continue
            is_answer = column.name.startswith(B1_PREFIX) and column.field is None
            group = self.answers if is_answer else self.plain
            group.append((place, Cells(column, lookups)))
        names = [name for _at, cells in self.plain for name, _type in staged_columns(cells.column)]
        if self.answers:
            names.append("b1_answers")
        self.copy = f"COPY {TABLES[file]} (line, {', '.join(names)}) FROM STDIN"

    def load(self, lines: Sequence[int], rows: Sequence[Sequence[str]]) -> None:
        columns = list(zip(*rows, strict=True))
        written: list[Sequence[str]] = [list(map(str, lines))]
        for place, cells in self.plain:
            texts = list(map(cells.__getitem__, columns[place]))
            self._report(cells, lines, columns[place], texts)
            written.append(texts)
        if self.answers:
            written.append(self._answers(lines, columns))
        text = "\n".join(map("\t".join, zip(*written, strict=True)))
        with connection.cursor() as cursor:
            cursor.copy_expert(self.copy, io.StringIO(text))
        self.log.flush()

    def _answers(self, lines: Sequence[int], columns: Sequence[Sequence[str]]) -> list[str]:
        """The point questions of each row as one JSON object, unanswered ones left out."""
        parts = []
        for place, cells in self.answers:
            texts = list(map(cells.__getitem__, columns[place]))
            self._report(cells, lines, columns[place], texts)
            parts.append(texts)
        return [
            "{" + ",".join(answer for answer in answers if answer) + "}"
            for answers in zip(*parts, strict=True)
        ]

    def _report(
        self, cells: Cells, lines: Sequence[int], raw: Sequence[str], texts: Sequence[str]
    ) -> None:
        column: Column = cells.column
        if cells.bad:
            for line, cell in zip(lines, raw, strict=True):
                if cell in cells.bad:
                    code, reason = cells.bad[cell]
                    self.log.add(self.file, line, column.name, code, reason, cell.strip())
        if column.required and cells.empty in texts:
            reason = _("This is missing.")
            for line, cell, text in zip(lines, raw, texts, strict=True):
                if text == cells.empty and cell not in cells.bad:
                    self.log.add(self.file, line, column.name, "missing_value", reason)
        cells.make_room()
