"""Problems of an import: gathered in a temporary table, read back in the order of the files.

However many there are, memory stays bounded: they wait in the database and then in a spooled file
that outlives the transaction.
"""

import io
import json
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import IO, Any, Final

from django.db import connection
from django.utils.functional import Promise

from households.models.personal_id import decrypt_personal_id

_LONGEST_VALUE: Final = 200
_MOST_IN_MEMORY_BYTES: Final = 8 * 1024 * 1024
_READ_AT_ONCE: Final = 2000

HOUSEHOLDS: Final = 0
MEMBERS: Final = 1
#: The one sheet of a list that is taken over.
LISTED: Final = 2

_CREATE = """
CREATE TEMP TABLE staged_problem (
  file smallint NOT NULL, line integer NOT NULL, column_name text NOT NULL, code text NOT NULL,
  reason text NOT NULL, value text NOT NULL, is_warning boolean NOT NULL
) ON COMMIT DROP
"""

# One sentence per cell and kind. An unreadable cell is not missing as well.
_IN_ORDER = """
SELECT DISTINCT ON (p.file, p.line, p.column_name, p.code)
       p.file, p.line, p.column_name, p.value, p.code, p.reason
FROM staged_problem p
WHERE p.is_warning = %s
  AND NOT (p.code IN ('missing_value', 'income_missing') AND EXISTS (
    SELECT 1 FROM staged_problem q
    WHERE q.file = p.file AND q.line = p.line AND q.column_name = p.column_name
      AND NOT q.is_warning AND q.value <> ''))
ORDER BY p.file, p.line, p.column_name, p.code
"""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing to correct or look at. `row` is the line in the file (heading = 1)."""

    file: str
    row: int
    column: str
    value: str
    code: str
    reason: str


class Problems:
    """A read-only series of RowProblem, kept in a spooled file: iterate as often as you like."""

    def __init__(self) -> None:
        self._stream: IO[str] = io.TextIOWrapper(
            tempfile.SpooledTemporaryFile(max_size=_MOST_IN_MEMORY_BYTES),  # noqa: SIM115
            encoding="utf-8",
        )
        self._count = 0

    def add(self, problem: RowProblem) -> None:
        self._stream.write(json.dumps(asdict(problem), ensure_ascii=False) + "\n")
        self._count += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[RowProblem]:
        self._stream.flush()
        self._stream.seek(0)
        for line in self._stream:
            yield RowProblem(**json.loads(line))


class ProblemLog:
    """Where the steps of one import write what they find. `names` are the two files' names,
    and of a list that is taken over its own as the third."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = names
        self._waiting: list[str] = []
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS staged_problem")
            cursor.execute(_CREATE)

    def add(
        self,
        file: int,
        line: int,
        column: str,
        code: str,
        reason: str | Promise,
        value: Any = "",
        *,
        is_warning: bool = False,
    ) -> None:
        shown = str(value)[:_LONGEST_VALUE].replace("\x00", "")
        cells = (str(file), str(line), column, code, str(reason), shown)
        flag = "t" if is_warning else "f"
        self._waiting.append("\t".join([*(as_copy_text(cell) for cell in cells), flag]))
        if len(self._waiting) >= _READ_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Send what waits to the database; never while another COPY runs."""
        if self._waiting:
            with connection.cursor() as cursor:
                cursor.copy_expert(
                    "COPY staged_problem FROM STDIN", io.StringIO("\n".join(self._waiting))
                )
            self._waiting = []

    def add_rows(
        self,
        file: int,
        column: str,
        code: str,
        reason: str | Promise,
        rows: str,
        parameters: dict[str, Any] | None = None,
        *,
        is_warning: bool = False,
    ) -> None:
        """Add the problem for each row of a query that gives (line, value)."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                INSERT INTO staged_problem
                SELECT %(p_file)s, line, %(p_column)s, %(p_code)s, %(p_reason)s,
                       left(coalesce(value::text, ''), {_LONGEST_VALUE}), %(p_warning)s
                FROM ({rows}) AS found (line, value)
                """,
                {
                    **(parameters or {}),
                    "p_file": file,
                    "p_column": column,
                    "p_code": code,
                    "p_reason": str(reason),
                    "p_warning": is_warning,
                },
            )

    def has_errors(self) -> bool:
        self.flush()
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT 1 FROM staged_problem WHERE NOT is_warning)")
            return bool(cursor.fetchone()[0])

    def read(self, *, warnings: bool) -> Problems:
        """All of one kind, by file and line."""
        self.flush()
        problems = Problems()
        with connection.cursor() as cursor:
            cursor.execute(
                f"DECLARE problems_in_order NO SCROLL CURSOR FOR {_IN_ORDER}", [warnings]
            )
            while True:
                cursor.execute(f"FETCH {_READ_AT_ONCE} FROM problems_in_order")
                rows = cursor.fetchall()
                for file, line, column, value, code, reason in rows:
                    name = self._names[file]
                    problems.add(
                        RowProblem(name, line, column, _shown(column, value), code, reason)
                    )
                if not rows:
                    break
            cursor.execute("CLOSE problems_in_order")
        return problems


def _shown(column: str, value: str) -> str:
    """A personal number that a check noted as cipher, as the file has it."""
    if column in ("cccd", "cmnd") and value.startswith("\\x"):
        return decrypt_personal_id(bytes.fromhex(value[2:]))
    return value


def as_copy_text(text: str) -> str:
    """Text as COPY reads it."""
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
