"""What was found while files were checked, kept beside them: problems, and what would change."""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from itertools import islice

from households.models import ImportBatch
from households.services import import_files
from households.services.import_files import TableRead
from households.services.imports import ImportResult, RowProblem
from households.services.imports.differences import Difference

#: Problems kept for reading: the first ones; the rest is counted.
MOST_PROBLEMS = 20_000
_PROBLEMS, _DIFFERENCES = "problems.jsonl", "differences.jsonl"


def write(batch: ImportBatch, result: ImportResult) -> None:
    """Problems by the names under which the files came, and differences."""
    read = import_files.by_file(batch)
    with (batch.folder / _PROBLEMS).open("w", encoding="utf-8") as stream:
        for problems, kind in ((result.errors, "error"), (result.warnings, "warning")):
            for one in islice(problems, MOST_PROBLEMS):
                table = read.get(one.file)
                file, row = table.place_of(one.row) if table else (one.file, one.row)
                named = replace(one, file=file, row=row)
                line = {**asdict(named), "kind": kind}
                stream.write(json.dumps(line, ensure_ascii=False) + "\n")
    with (batch.folder / _DIFFERENCES).open("w", encoding="utf-8") as stream:
        for difference in result.differences:
            told = replace(difference, line=_row_of(read, difference.line))
            stream.write(json.dumps(asdict(told), ensure_ascii=False) + "\n")


def _row_of(read: dict[str, TableRead], line: int) -> int:
    """Of a household, in its own sheet."""
    table = read.get(import_files.READ["households"]) or read.get(import_files.READ_AS_LIST)
    return table.place_of(line)[1] if table else line


def problems_of(batch: ImportBatch) -> Iterator[tuple[str, RowProblem]]:
    """(error | warning, what and where), errors first; none once the files are gone."""
    path = batch.folder / _PROBLEMS
    if not path.exists():
        return
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            told = json.loads(line)
            yield told.pop("kind"), RowProblem(**told)


def differences_of(batch: ImportBatch) -> Iterator[Difference]:
    """Households that would change, the first ones; none once the files are gone."""
    path = batch.folder / _DIFFERENCES
    if not path.exists():
        return
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            yield Difference(**json.loads(line))
