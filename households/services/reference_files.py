"""The reference files of households/data as plain rows. Reads files, touches no database.

Every reader raises Invalid with the file, the line and what is wrong; a wrong file is an error
of whoever edited it and must be told in one sentence.
"""

import csv
import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from django.utils.translation import gettext as _

from households.choices import AreaChangeKind, AreaLevel, AreaType, Settlement, TraitKind
from households.errors import Invalid
from households.folding import fold

Row = TypeVar("Row")

DATA_FOLDER = Path(__file__).resolve().parent.parent / "data"

#: File of households/data/areas to the kind of trait it states and the values it may use.
TRAIT_FILES: dict[str, tuple[TraitKind, frozenset[str]]] = {
    "types.csv": (TraitKind.TYPE, frozenset(AreaType.values)),
    "settlements.csv": (TraitKind.SETTLEMENT, frozenset(Settlement.values)),
    "zones.csv": (TraitKind.ZONE, frozenset({"I", "II", "III"})),
    "poor_districts.csv": (TraitKind.POOR_DISTRICT, frozenset({"YES"})),
}
ETHNIC_GROUPS_FILE = "ethnic_groups.csv"


@dataclass(frozen=True, slots=True)
class UnitRow:
    level: AreaLevel
    code: str
    name: str
    parent_code: str
    valid_from: dt.date
    valid_to: dt.date | None
    source: str


@dataclass(frozen=True, slots=True)
class TraitRow:
    kind: TraitKind
    level: AreaLevel
    code: str
    value: str
    valid_from: dt.date
    valid_to: dt.date | None
    source: str
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """`from_code` names the unit that ends the day before `changed_on`; `to_code` the unit valid
    on that day, empty when nothing follows."""

    kind: AreaChangeKind
    level: AreaLevel
    from_code: str
    to_code: str
    changed_on: dt.date
    is_whole: bool
    legal_basis: str
    source: str


@dataclass(frozen=True, slots=True)
class EthnicGroupRow:
    code: str
    name: str
    #: Folded.
    aliases: tuple[str, ...]
    is_minority: bool
    is_very_small: bool
    is_confirmed: bool
    source: str


@dataclass(frozen=True, slots=True)
class ListRow:
    list_code: str
    code: str
    name_vi: str
    name_en: str
    position: int
    is_confirmed: bool
    source: str


def _rows(path: Path, build: Callable[[dict[str, str], int], Row]) -> Iterator[Row]:
    """Each line of a CSV built into a row; `build` gets the line and its number among the rows."""
    with path.open(encoding="utf-8", newline="") as file:
        for position, line in enumerate(csv.DictReader(file), start=1):
            try:
                yield build(line, position)
            except (KeyError, TypeError, ValueError) as error:
                raise Invalid(
                    _("%(file)s, line %(line)d: %(reason)s")
                    % {"file": path.name, "line": position + 1, "reason": error}
                ) from error


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _yes(text: str) -> bool:
    return {"yes": True, "no": False}[text]


def _unit(line: dict[str, str], _position: int) -> UnitRow:
    return UnitRow(
        level=AreaLevel(line["level"]),
        code=line["code"],
        name=line["name"],
        parent_code=line["parent_code"],
        valid_from=dt.date.fromisoformat(line["valid_from"]),
        valid_to=_day(line["valid_to"]),
        source=line["source"],
    )


def _trait_builder(
    kind: TraitKind, allowed: frozenset[str]
) -> Callable[[dict[str, str], int], TraitRow]:
    def build(line: dict[str, str], _position: int) -> TraitRow:
        if line["value"] not in allowed:
            raise ValueError(line["value"])
        return TraitRow(
            kind=kind,
            level=AreaLevel(line["level"]),
            code=line["code"],
            value=line["value"],
            valid_from=dt.date.fromisoformat(line["valid_from"]),
            valid_to=_day(line["valid_to"]),
            source=line["source"],
            is_confirmed=_yes(line["confirmed"]),
        )

    return build


def _change(line: dict[str, str], _position: int) -> ChangeRow:
    return ChangeRow(
        kind=AreaChangeKind(line["kind"]),
        level=AreaLevel(line["level"]),
        from_code=line["from_code"],
        to_code=line["to_code"],
        changed_on=dt.date.fromisoformat(line["changed_on"]),
        is_whole=_yes(line["whole"]),
        legal_basis=line["legal_basis"],
        source=line["source"],
    )


def _ethnic_group(line: dict[str, str], _position: int) -> EthnicGroupRow:
    aliases = {fold(alias) for alias in line["aliases"].split(";") if alias}
    return EthnicGroupRow(
        code=line["code"],
        name=line["name"],
        aliases=tuple(sorted(aliases - {fold(line["name"])})),
        is_minority=_yes(line["minority"]),
        is_very_small=_yes(line["very_small"]),
        is_confirmed=_yes(line["confirmed"]),
        source=line["source"],
    )


def units(folder: Path = DATA_FOLDER) -> list[UnitRow]:
    return list(_rows(folder / "areas" / "units.csv", _unit))


def traits(folder: Path = DATA_FOLDER) -> list[TraitRow]:
    return [
        row
        for name, (kind, allowed) in TRAIT_FILES.items()
        for row in _rows(folder / "areas" / name, _trait_builder(kind, allowed))
    ]


def changes(folder: Path = DATA_FOLDER) -> list[ChangeRow]:
    return list(_rows(folder / "areas" / "changes.csv", _change))


def ethnic_groups(folder: Path = DATA_FOLDER) -> list[EthnicGroupRow]:
    return list(_rows(folder / "lists" / ETHNIC_GROUPS_FILE, _ethnic_group))


def list_entries(folder: Path = DATA_FOLDER) -> list[ListRow]:
    """The short coded lists; the file's name without its ending is the list's code."""
    found: list[ListRow] = []
    for path in sorted((folder / "lists").glob("*.csv")):
        if path.name == ETHNIC_GROUPS_FILE:
            continue

        def build(line: dict[str, str], position: int, list_code: str = path.stem) -> ListRow:
            return ListRow(
                list_code=list_code,
                code=line["code"],
                name_vi=line["name_vi"],
                name_en=line["name_en"],
                position=position,
                is_confirmed=_yes(line["confirmed"]),
                source=line["source"],
            )

        found.extend(_rows(path, build))
    return found


def digest(folder: Path = DATA_FOLDER) -> str:
    """SHA-256 over names and contents of the area and list files, in a fixed order."""
    total = hashlib.sha256()
    parts = ("areas", "lists", "calendar")
    for path in sorted(path for part in parts for path in (folder / part).glob("*.csv")):
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()
