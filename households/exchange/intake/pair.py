"""The two tables of a review among the files that came: whose households, whose members."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils.translation import gettext as _

from households.errors import Invalid
from households.exchange.column import B1_PREFIX
from households.exchange.intake.joined import joined
from households.exchange.intake.layout import FORMAT, LIST, ROLES, Head, recognise
from households.exchange.intake.tables import Table, first_rows, open_tables

#: From this share of the format's own headings on, a file is in the exchange format.
_OWN_HEADINGS = 0.8
_MOST_TOLD = 10
#: What only a household has, and how much of it makes a sheet one of households too.
_OF_HOUSEHOLDS = {
    one.name for one in FORMAT["households"] if one.required and one.field
} - {"as_of", "settlement", "head_name"}  # fmt: skip
_LEAST_OF_HOUSEHOLDS = 2
_LOOKED_AT = 20


@dataclass(frozen=True)
class Reading:
    """A table and how it is read."""

    table: Table
    head: Head

    @property
    def shown_name(self) -> str:
        """What its sender calls it."""
        return self.table.name or self.table.file

    @property
    def is_exchange_file(self) -> bool:
        """A CSV file in the exchange format as it stands, which the import reads by itself and
        strictly."""
        names = {one.name for one in FORMAT[self.head.role]}
        given = [one.strip().lower() for one in self.head.headings if one.strip()]
        own = sum(one in names or one.startswith(B1_PREFIX) for one in given)
        return (
            self.table.is_plain_csv
            and self.head.first_line == 1
            and own >= _OWN_HEADINGS * len(given)
        )


def tables_of(files: Sequence[tuple[Path, str]], roles: Sequence[str] = ROLES) -> list[Table]:
    """All tables of the files, parts of one table joined; a file with its sender's name. Raises
    Invalid."""
    return joined([table for path, name in files for table in open_tables(path, name)], roles)


def pair(tables: Sequence[Table]) -> dict[str, Reading]:
    """The best table for each role, each table once. Raises Invalid: one of them is not there."""
    found = [
        Reading(table, head)
        for table in tables
        for role in ROLES
        if (head := recognise(table, (role,))) is not None
    ]
    chosen: dict[str, Reading] = {}
    for one in sorted(found, key=lambda one: -one.head.known):
        taken = any(one.table is other.table for other in chosen.values())
        if not taken and one.head.role not in chosen:
            chosen[one.head.role] = one
    _share_one_sheet(found, chosen)
    for role in ROLES:
        if role not in chosen:
            raise Invalid(_missing(role))
    return chosen


def listing(tables: Sequence[Table]) -> dict[str, Reading]:
    """The one table that is a list. Raises Invalid: none is, or several are: which of them counts
    is never guessed."""
    found = [
        Reading(table, head)
        for table in tables
        if (head := recognise(table, (LIST,))) is not None and "full_name" in head.columns
    ]
    if not found:
        raise Invalid(_("No list is found: a heading for the name of the head is not there."))
    if len(found) > 1:
        raise Invalid(
            _(
                "Several sheets look like a list: %(names)s. Put the households into one sheet, "
                "poor and near-poor in a column or under a line of their own."
            )
            % {"names": ", ".join(one.shown_name for one in found)}
        )
    return {LIST: found[0]}


def _share_one_sheet(found: Sequence[Reading], chosen: dict[str, Reading]) -> None:
    """One sheet of a row a person, with what is said of the household beside its head: read for
    both roles, where its headings leave no doubt."""
    if len(chosen) != 1:
        return
    (table,) = {id(one.table) for one in chosen.values()}
    both = {one.head.role: one for one in found if id(one.table) == table}
    if both.keys() != set(ROLES):
        return
    households, members = (set(both[role].head.columns) for role in ROLES)
    is_one_layout = both["households"].head.body_line == both["members"].head.body_line
    of_both = {"household_id"} <= households & members and {"full_name", "relation"} <= members
    if is_one_layout and of_both and len(households & _OF_HOUSEHOLDS) >= _LEAST_OF_HOUSEHOLDS:
        at = both["members"].head.columns.index("relation")
        for role, one in both.items():
            chosen[role] = replace(one, head=replace(one.head, relation_at=at))


def left_unread(tables: Sequence[Table], chosen: dict[str, Reading]) -> dict[str, list[str]]:
    """Role → names of tables with the same headings as the chosen one: sheets of other villages or
    years, which are told and not read. At most ten."""
    names: dict[str, list[str]] = {}
    for role, one in chosen.items():
        for table in tables:
            if any(table is other.table for other in chosen.values()):
                continue
            head = recognise(table, (role,))
            is_like = head is not None and head.signature == one.head.signature
            if is_like and _has_rows(table, head) and len(names.get(role, ())) < _MOST_TOLD:
                names.setdefault(role, []).append(table.name or table.file)
    return names


def _has_rows(table: Table, head: Head | None) -> bool:
    """Whether anything stands below the headings: not an empty copy of the sheet."""
    body = head.body_line if head else 0
    rows = (cells for line, cells in first_rows(table, body + _LOOKED_AT) if line >= body)
    return any(str(cell).strip() for cells in rows for cell in cells)


def _missing(role: str) -> str:
    if role == "households":
        return _("No table of households is found: its headings (head, village, …) are not there.")
    return _("No table of members is found: its headings (full name, relation, …) are not there.")
