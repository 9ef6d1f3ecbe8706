"""The files of an import as the two CSV files that it reads: recognised, corrected, converted."""

import csv
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from households import clock, policies
from households.choices import AreaLevel, RoundKind
from households.choices.importing import ImportKind
from households.errors import Conflict, Invalid, Refused
from households.exchange.intake import converting
from households.exchange.intake.joined import place_of, sheets_of
from households.exchange.intake.layout import FORMAT, LIST, Head
from households.exchange.intake.layout import ROLES as PAIR
from households.exchange.intake.pair import Reading, left_unread, listing, pair, tables_of
from households.exchange.intake.plain_cells import typed
from households.exchange.intake.tables import Table, first_rows
from households.models import Area, ImportBatch, ImportColumns, ReviewRound, User
from households.services import audit

#: What the files came under in the batch's folder, and what the import reads.
SENT = ("sent-1", "sent-2")
READ = {"households": "households.csv", "members": "members.csv"}
READ_AS_LIST = "list.csv"
FILES = {**READ, LIST: READ_AS_LIST}
ROLES = tuple(FILES)
_TABLES = "tables.json"
_SAMPLES = 3
_LONGEST_SAMPLE = 60


@dataclass
class TableRead:
    """How one table of a batch was read, for the page: place by place the heading, the column it
    means ("" if it is not read) and its first cells. `passed_over` are rows that name nobody."""

    role: str
    shown_name: str
    signature: str
    first_line: int
    headings: list[str]
    columns: list[str]
    samples: list[list[str]]
    constants: dict[str, str] = field(default_factory=dict)
    encodings: dict[str, str] = field(default_factory=dict)
    passed_over: list[tuple[int, str]] = field(default_factory=list)
    is_exchange_file: bool = False
    #: Sheets with the same headings that are not read.
    unread: list[str] = field(default_factory=list)
    #: Of a table put together of several sheets: (name, by how much its lines are moved) of each.
    parts: list[tuple[str, int]] = field(default_factory=list)

    def place_of(self, line: int) -> tuple[str, int]:
        """The sheet, as its sender calls it, and the line there, that a line of the table is."""
        for name, offset in reversed(self.parts):
            if line > offset:
                return name, line - offset
        return self.shown_name, line

    @property
    def known(self) -> int:
        """How many of its columns are read."""
        return sum(map(bool, self.columns))


def prepare(batch: ImportBatch) -> tuple[Path, Path]:
    """Write households.csv and members.csv into the batch's folder, and how they were read beside
    them. Raises Invalid with the reason why a file cannot be read."""
    _convert(batch)
    return batch.folder / READ["households"], batch.folder / READ["members"]


def prepare_list(batch: ImportBatch) -> Path:
    """The same of a list that is taken over: list.csv."""
    _convert(batch)
    return batch.folder / READ_AS_LIST


def _convert(batch: ImportBatch) -> None:
    try:
        _read_all(batch)
    except (ValueError, ArithmeticError, LookupError, MemoryError, csv.Error) as fault:
        # A job that fails in another way is begun again and again.
        raise Invalid(
            _("The file cannot be read. Open it in Excel, save it as a new .xlsx and send that.")
        ) from fault


def _read_all(batch: ImportBatch) -> None:
    tables = _tables(batch)
    chosen = _chosen(batch, tables)
    unread = left_unread(tables, chosen)
    read = [
        replace(_converted(batch, one), unread=unread.get(role, [])) for role, one in chosen.items()
    ]
    told = json.dumps([asdict(one) for one in read], ensure_ascii=False)
    (batch.folder / _TABLES).write_text(told, encoding="utf-8")


def readings(batch: ImportBatch) -> dict[str, Reading]:
    """The tables among the sent files that count, by role. Raises Invalid."""
    return _chosen(batch, _tables(batch))


def _tables(batch: ImportBatch) -> list[Table]:
    return tables_of(sent(batch), (LIST,) if batch.kind == ImportKind.LIST else PAIR)


def _chosen(batch: ImportBatch, tables: Sequence[Table]) -> dict[str, Reading]:
    return listing(tables) if batch.kind == ImportKind.LIST else pair(tables)


@contextmanager
def readable_list(path: Path) -> Iterator[Path]:
    """A list of the command line as the file that is read, until the block ends. Raises Invalid."""
    with TemporaryDirectory() as folder:
        found = listing(tables_of([(path, path.name)], (LIST,)))[LIST]
        head = replace(found.head, decoders=converting.decoders_of(found.table, found.head))
        target = Path(folder) / READ_AS_LIST
        converting.convert(found.table, head, target)
        yield target


@contextmanager
def readable(paths: Sequence[Path]) -> Iterator[tuple[Path, Path]]:
    """Files of the command line as the two that the import reads: as they stand, where both are
    UTF-8 with commas (or nothing that can be read: the import says why); else converted, until the
    block ends. Raises Invalid: no members."""
    with TemporaryDirectory() as folder:
        try:
            found = pair(tables_of([(path, path.name) for path in paths]))
        except Invalid:
            if len(paths) < len(READ):
                raise
            yield paths[0], paths[1]
            return
        if all(one.table.is_plain_csv for one in found.values()) and len(paths) == len(READ):
            yield paths[0], paths[1]
            return
        for role, one in found.items():
            head = replace(one.head, decoders=converting.decoders_of(one.table, one.head))
            converting.convert(one.table, head, Path(folder) / READ[role])
        yield Path(folder) / READ["households"], Path(folder) / READ["members"]


def sent(batch: ImportBatch) -> list[tuple[Path, str]]:
    """The files as they came, with the names they came under."""
    names = (batch.household_file, batch.member_file)
    return [
        (batch.folder / sent, name)
        for sent, name in zip(SENT, names, strict=True)
        if (batch.folder / sent).exists()
    ]


def _converted(batch: ImportBatch, found: Reading) -> TableRead:
    target = batch.folder / FILES[found.head.role]
    head = _as_chosen(batch.sent_by, found.head)
    done = converting.Converted()
    is_strict = found.is_exchange_file and head.role != LIST
    if is_strict and head.columns == found.head.columns:
        shutil.copyfile(found.table.path, target)
    else:
        known = _known_of(batch.sent_by) if head.role == "households" else {}
        given = {name: value for name, value in known.items() if name not in head.columns}
        head = replace(
            head,
            constants=given | head.constants,
            decoders=converting.decoders_of(found.table, head),
        )
        done = converting.convert(found.table, head, target)
    body = [cells for line, cells in first_rows(found.table, head.body_line + _SAMPLES)
            if line >= head.body_line]  # fmt: skip
    return TableRead(
        role=head.role,
        shown_name=found.shown_name,
        signature=head.signature,
        first_line=head.first_line,
        headings=head.headings,
        columns=head.columns,
        samples=[
            [typed(cells[place])[:_LONGEST_SAMPLE] for cells in body if place < len(cells)]
            for place in range(len(head.headings))
        ],
        constants=head.constants,
        encodings={head.headings[place]: name for place, name in head.decoders.items()},
        passed_over=_told_over(done.passed_over, found.table),
        parts=[
            (sheet.name, offset)
            for sheet, __, offset in sheets_of(found.table)
            if sheet is not found.table
        ],
        is_exchange_file=found.is_exchange_file,
    )


def _told_over(passed_over: list[tuple[int, str]], table: Table) -> list[tuple[int, str]]:
    """Lines as their own sheet has them, with its name; the names of sheets themselves left out."""
    told = []
    for line, said in passed_over:
        sheet, own_line = place_of(table, line)
        if sheet is table:
            told.append((line, said))
        elif said != sheet.name:
            told.append((own_line, f"{sheet.name}: {said}"))
    return told


def _as_chosen(user: User, head: Head) -> Head:
    """With the columns that the user chose for sheets with these headings."""
    chosen = ImportColumns.objects.filter(user=user, signature=head.signature).first()
    if chosen is None or len(chosen.columns) != len(head.columns):
        return head
    return replace(head, columns=chosen.columns, constants=chosen.constants)


def _known_of(user: User) -> dict[str, str]:
    """What a sheet of one commune does not say because everybody knows it: the commune of its
    sender, and the round under way. Four queries."""
    today = clock.today()
    branches = policies.rights(user).branches(policies.WRITES_SURVEYS)
    if not branches:
        return {}
    communes = Area.objects.at(AreaLevel.COMMUNE).under_any(branches).on(today).real()
    found = list(communes.select_related("parent__parent")[:2])
    if len(found) != 1:
        return {}
    (commune,) = found
    above = commune.parent
    district = above if above and above.level == AreaLevel.DISTRICT else None
    province = district.parent if district else above
    known = {"commune_code": commune.code, "commune": commune.name}
    if district:
        known |= {"district_code": district.code, "district": district.name}
    if province:
        known["province_code"] = province.code
        rounds = ReviewRound.objects.filter(
            province=province, kind=RoundKind.PERIODIC, is_closed=False, opens_on__lte=today
        )
        if len(under_way := list(rounds[:2])) == 1:
            known |= {
                "review_year": str(under_way[0].year),
                "as_of": under_way[0].as_of.isoformat(),
            }
    return known


def tables_read(batch: ImportBatch) -> list[TableRead]:
    """How the tables were read; empty before that, and once the files are gone."""
    path = batch.folder / _TABLES
    if not path.exists():
        return []
    return [TableRead(**one) for one in json.loads(path.read_text(encoding="utf-8"))]


def by_file(batch: ImportBatch) -> dict[str, TableRead]:
    """How each of the files that the import reads came about, by their names there."""
    return {FILES[one.role]: one for one in tables_read(batch)}


def why_not_choose(role: str, columns: list[str]) -> str | None:
    """Why these columns cannot be: one is there twice."""
    given = [name for name in columns if name]
    twice = sorted({name for name in given if given.count(name) > 1})
    if twice:
        labels = {one.name: one.heading_vi for one in FORMAT[role]}
        return _("%(column)s is chosen for two headings.") % {
            "column": labels.get(twice[0], twice[0])
        }
    return None


def choose(
    *, batch: ImportBatch, role: str, columns: list[str], constants: dict[str, str], by: User
) -> None:
    """Read the table of a role with these columns, now and whenever a sheet with the same headings
    comes. Raises Refused (not one's own), Invalid, Conflict (the files are gone)."""
    if batch.sent_by_id != by.pk:
        raise Refused(_("Only who sent the files has them written."))
    table = next((one for one in tables_read(batch) if one.role == role), None)
    if table is None or len(columns) != len(table.headings):
        raise Conflict(_("The files are read anew; look at the page again."))
    if reason := why_not_choose(role, columns):
        raise Invalid(reason)
    kept: dict[str, Any] = {"columns": columns, "constants": constants, "changed_at": Now()}
    with audit.act(by=by, verb="import.choose_columns", subject=batch, details={"role": role}):
        ImportColumns.objects.update_or_create(user=by, signature=table.signature, defaults=kept)
