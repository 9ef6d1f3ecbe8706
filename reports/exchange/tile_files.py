"""The arrangements of reports/data/tiles. Reads files, touches no database."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from households.errors import Invalid
from reports.maps import TilePlan

DATA_FOLDER = Path(__file__).resolve().parent.parent / "data" / "tiles"


@cache
def plan(folder: Path = DATA_FOLDER) -> TilePlan:
    """All files of the folder as one plan, read once a process. Raises Invalid with the file."""
    places: dict[str, dict[str, tuple[int, int]]] = {}
    blocks: dict[str, tuple[int, int]] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            read = tomllib.loads(path.read_text(encoding="utf-8"))
            blocks |= _cells(read["blocks"])
            places |= {code: _cells(units) for code, units in read["places"].items()}
        except (tomllib.TOMLDecodeError, AttributeError, KeyError, TypeError, ValueError) as error:
            raise Invalid(
                _("%(file)s: %(reason)s") % {"file": path.name, "reason": error}
            ) from error
    return TilePlan(places=places, blocks=blocks)


def _cells(units: dict[str, Any]) -> dict[str, tuple[int, int]]:
    found = {}
    for code, (column, row) in units.items():
        found[code] = (int(column), int(row))
    return found
