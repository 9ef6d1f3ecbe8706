"""The rows of a returned sheet: whom they are about, what they say otherwise, what they answer."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

from households import clock
from households.choices.layouts import LayoutWhom, RowKind
from households.choices.returns import DifferenceState
from households.exchange import layout_fields, layout_rows, returned_cells, returned_sheet
from households.exchange.layout_fields import FIELDS, LayoutColumn
from households.exchange.layout_rows import Taking
from households.exchange.returned_cells import OF_HEAD, OF_MEMBER, Answer, BadCell, Told
from households.exchange.returned_sheet import ReturnedSheet
from households.models import LayoutAnswer, LayoutReturn, ReturnedDifference, ReturnedRow
from households.models.personal_id import encrypt_personal_id, mask_personal_id
from households.queries.row_matching import Match, RowKeys, match_rows

_PIECE: Final = 2_000
_LONGEST_CELL: Final = 500


@dataclass
class _Read:
    """One row as it was read: its row of the register's table, and what hangs on it."""

    row: ReturnedRow
    told: dict[int, Told] = field(default_factory=dict)
    answers: list[tuple[LayoutColumn, Answer]] = field(default_factory=list)
    number: str = ""


def read(returned: LayoutReturn, path: Path) -> dict[str, Any]:
    """Write the rows of the file, with differences and answers, and give what to keep of the
    sheet: missing and not_read headings, counts of rows by what became of them. In a transaction.

    Raises Invalid with the reason why the file cannot be read. Memory grows with the sheet; the
    statements with its rows by two thousand.
    """
    columns = layout_fields.columns_of(returned.columns)
    sheet = returned_sheet.read(path, returned.file_name, columns)
    reader = _Reader(returned, columns, sheet)
    counts: Counter[str] = Counter()
    matches = match_rows(
        reader.keys(),
        area=returned.area,
        on=clock.today(),
        source=returned.layout.province.code or "",
        of_members=reader.of_members,
    )
    rows = sheet.rows()
    while piece := list(islice(matches, _PIECE)):
        counts += reader.write([(match, next(rows)) for match in piece])
    return {
        "missing": [
            one.heading for one, at in zip(columns, sheet.places, strict=True) if at is None
        ],
        "not_read": sheet.not_read,
        "counts": dict(counts),
    }


class _Reader:
    def __init__(
        self, returned: LayoutReturn, columns: Sequence[LayoutColumn], sheet: ReturnedSheet
    ) -> None:
        self.returned, self.sheet = returned, sheet
        self.of_members = returned.layout.row_kind == RowKind.MEMBER
        self._columns = list(columns)
        self._since_1904 = sheet.table.counts_from_1904
        placed = list(zip(columns, sheet.places, strict=True))
        self._place = {one.field: at for one, at in reversed(placed) if at is not None}
        # A field that stands in two columns is compared in the first.
        self._compared = [
            (number, one, at)
            for number, (one, at) in enumerate(placed)
            if at is not None and at == self._place[one.field] and returned_cells.is_compared(one)
        ]
        self._answering = [
            (one, at) for one, at in placed if at is not None and FIELDS[one.field].answer
        ]
        self._numbers = {at for one, at in placed if at is not None and FIELDS[one.field].is_number}

    def keys(self) -> Iterator[RowKeys]:
        """What each row says of its subject."""
        own = OF_MEMBER if self.of_members else OF_HEAD
        for line, cells in self.sheet.rows():
            birth = self._cell(own["birth"], cells)
            day = None
            with suppress(BadCell):
                day = returned_cells.day_of(birth, counts_from_1904=self._since_1904)
            number = self._number(own["number"], cells)
            yield RowKeys(
                line=line,
                household_code=self._cell("code", cells),
                household_key=self._cell("household_id", cells),
                person_key=self._cell(own.get("key", ""), cells),
                personal_id=encrypt_personal_id(number) if number else None,
                name=self._cell(own["name"], cells),
                birth=day,
                birth_year=None if day else returned_cells.year_alone(birth),
            )

    def _cell(self, of: str, cells: Sequence[str]) -> str:
        at = self._place.get(of)
        return "" if at is None else cells[at]

    def _number(self, of: str, cells: Sequence[str]) -> str:
        with suppress(BadCell):
            return returned_cells.number_of(self._cell(of, cells))
        return ""

    def write(self, piece: Sequence[tuple[Match, tuple[int, list[str]]]]) -> Counter[str]:
        """Rows by what became of them, answers counted too."""
        read = [self._read(match, cells) for match, (_line, cells) in piece]
        differences = self._differences(read)
        rows = ReturnedRow.objects.bulk_create([one.row for one in read])
        by_line = {row.line: row for row in rows}
        for one in differences:
            one.row = by_line[one.row.line]
        ReturnedDifference.objects.bulk_create(differences)
        answers = [
            _answer(by_line[one.row.line], column, answer)
            for one in read
            for column, answer in one.answers
        ]
        LayoutAnswer.objects.bulk_create(answers)
        return Counter(map(_outcome, rows)) + Counter(answers=len(answers), rows=len(rows))

    def _read(self, match: Match, cells: list[str]) -> _Read:
        row = ReturnedRow(
            returned=self.returned, line=match.line, household_id=match.household_id,
            person_id=match.person_id, found_by=match.found_by, why_not=match.why_not,
        )  # fmt: skip
        number = self._number((OF_MEMBER if self.of_members else OF_HEAD)["number"], cells)
        found = _Read(row, number=number)
        for place, column, at in self._compared:
            try:
                told = returned_cells.theirs(column, cells[at], counts_from_1904=self._since_1904)
            except BadCell as fault:
                row.faults[column.heading] = str(fault.reason)
            else:
                if told:
                    found.told[place] = told
        for column, at in self._answering:
            try:
                answer = returned_cells.answer_of(
                    column, cells[at], counts_from_1904=self._since_1904
                )
            except BadCell as fault:
                row.faults[column.heading] = str(fault.reason)
            else:
                if answer and match.household_id:
                    found.answers.append((column, answer))
        if match.why_not or row.faults:
            row.cells = self._kept(cells)
        if match.why_not and number:
            row.personal_id = number
        return found

    def _kept(self, cells: Sequence[str]) -> dict[str, str]:
        """What stands in the row by its headings; nothing that may be a personal number."""
        return {
            heading: (_masked(cells[at]) if at in self._numbers else _guarded(cells[at]))
            for at, heading in enumerate(self.sheet.headings)
            if heading and cells[at]
        }

    def _differences(self, read: Sequence[_Read]) -> list[ReturnedDifference]:
        """What the found ones have otherwise in the register. One query."""
        subject = "person_id" if self.of_members else "household_id"
        ids = [found for one in read if (found := getattr(one.row, subject))]
        registered = layout_rows.rows_by_id(self._taking(), ids) if ids else {}
        made = []
        for one in read:
            ours = registered.get(getattr(one.row, subject))
            if ours is not None:
                made += [
                    difference
                    for place, told in one.told.items()
                    if (difference := self._differs(one, place, told, ours[place]))
                ]
        return made

    def _differs(self, one: _Read, place: int, told: Told, cell: Any) -> ReturnedDifference | None:
        column = self._columns[place]
        ours = returned_cells.ours(column, cell)
        if returned_cells.is_same(column, told, ours):
            return None
        one.row.differs = True
        is_identity = column.field in returned_cells.IDENTITY
        if FIELDS[column.field].is_number:
            one.row.personal_id = one.number or None
        return ReturnedDifference(
            row=one.row, field=column.field, theirs=told.shown[:_LONGEST_CELL],
            ours=ours.shown[:_LONGEST_CELL],
            state=DifferenceState.OPEN if is_identity else DifferenceState.SHOWN,
        )  # fmt: skip

    def _taking(self) -> Taking:
        """The register's side: whoever the layout is about, codes as the register has them."""
        plain = [LayoutColumn(one.field, one.heading) for one in self._columns]
        return Taking(
            plain, self.returned.layout.row_kind, LayoutWhom.ALL, self.returned.area,
            clock.today(), self.returned.layout.province.code or "", with_numbers=True,
            layout_id=self.returned.layout_id,
        )  # fmt: skip


def _answer(row: ReturnedRow, column: LayoutColumn, answer: Answer) -> LayoutAnswer:
    assert row.household_id is not None
    return LayoutAnswer(
        row=row, household_id=row.household_id, person_id=row.person_id, heading=column.heading,
        kind=answer.kind, text_value=answer.text, number_value=answer.number,
        day_value=answer.day,
    )  # fmt: skip


def _outcome(row: ReturnedRow) -> str:
    if row.why_not:
        return "not_found"
    if row.faults:
        return "in_error"
    return "changed" if row.differs else "unchanged"


def _masked(text: str) -> str:
    return mask_personal_id(text) if len(text) > 3 else text


def _guarded(text: str) -> str:
    """Columns that nobody declared may hold personal numbers too."""
    is_number = len(text) == 12 and text.isdecimal()
    return mask_personal_id(text) if is_number else text[:_LONGEST_CELL]
