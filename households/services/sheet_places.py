"""Where a line of a file that an import reads stands among the sheets of the command line."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from households.errors import Invalid
from households.exchange.intake.joined import place_of
from households.exchange.intake.layout import LIST, ROLES
from households.exchange.intake.pair import Reading, listing, pair, tables_of
from households.services.import_files import FILES


def place_finder(
    paths: Sequence[Path], *, is_list: bool = False
) -> Callable[[str, int], tuple[str, int]]:
    """Of files of the command line: from a file that was read (list.csv) and a line of it to the
    sheet and the line there. What is no sheet of theirs stays as it is."""
    read: dict[str, Reading] = {}
    with suppress(Invalid):  # two plain files are read as they are, whatever their headings
        tables = tables_of([(path, path.name) for path in paths], (LIST,) if is_list else ROLES)
        read = listing(tables) if is_list else pair(tables)
    by_file = {FILES[role]: one.table for role, one in read.items()}

    def place(file: str, line: int) -> tuple[str, int]:
        if file not in by_file:
            return file, line
        sheet, own_line = place_of(by_file[file], line)
        return sheet.name or sheet.file, own_line

    return place
