"""The two tables of a review among the files that came: whose households, whose members."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from households.errors import Invalid
from households.exchange.column import B1_PREFIX
from households.exchange.intake.layout import FORMAT, LIST, ROLES, Head, recognise
from households.exchange.intake.tables import Table, open_tables

#: From this share of the format's own headings on, a file is in the exchange format.
_OWN_HEADINGS = 0.8


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


def tables_of(files: Sequence[tuple[Path, str]]) -> list[Table]:
    """All tables of the files; a file with its sender's name. Raises Invalid."""
    return [table for path, name in files for table in open_tables(path, name)]


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


def _missing(role: str) -> str:
    if role == "households":
        return _("No table of households is found: its headings (head, village, …) are not there.")
    return _("No table of members is found: its headings (full name, relation, …) are not there.")
