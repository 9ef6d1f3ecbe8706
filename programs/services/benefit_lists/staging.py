"""The rows of a sheet in a temporary table, by COPY, with the places and grounds that they name."""

import io
import json
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

from django.db import connection

from households.exchange.intake import words
from households.models.personal_id import mask_personal_id
from households.queries.row_matching import RowKeys
from programs.choices.benefit_lists import ListColumn, RowFault
from programs.exchange.benefit_cells import CellReader, ListRow
from programs.exchange.benefit_list import BenefitSheet, ground_words
from programs.models import BenefitList, ProgrammeTerms
from programs.services.benefit_lists.places import Place, Places
from programs.workflow.serving import SERVED_FOR, ServedFor, school_year_of

_PIECE: Final = 5_000
SCHOOL_KINDS: Final = {kind for kind, how in SERVED_FOR.items() if how is ServedFor.SCHOOL_YEAR}
_LONGEST_CELL: Final = 200
_NUMBER_DIGITS: Final = (9, 12)

_TABLE: Final = """
DROP TABLE IF EXISTS list_row;
CREATE TEMP TABLE list_row (
  line integer NOT NULL, names_household boolean NOT NULL, number bytea,
  name text NOT NULL, birth date, birth_year smallint, commune_id bigint, village_id bigint,
  stated_village text NOT NULL, stated_commune text NOT NULL, day date NOT NULL, amount_vnd bigint,
  card text NOT NULL, valid_from date, valid_to date, school_year smallint, months smallint,
  school_level text NOT NULL, ground text NOT NULL, ground_code text NOT NULL,
  faults text[] NOT NULL, cells jsonb,
  folded_name text GENERATED ALWAYS AS (povreg_fold(name)) STORED
) ON COMMIT DROP
"""
_COPY: Final = (
    "COPY list_row (line, names_household, number, name, birth, birth_year, commune_id, village_id,"
    " stated_village, stated_commune, day, amount_vnd, card, valid_from, valid_to, school_year,"
    " months, school_level, ground, ground_code, faults, cells) FROM STDIN"
)


class Staging:
    """Fills list_row while the sheet is walked once; `keys` then tell whom the rows are about."""

    def __init__(
        self,
        listed: BenefitList,
        sheet: BenefitSheet,
        branches: Sequence[str],
        tell: Callable[[int], None],
    ) -> None:
        self._listed, self._sheet, self._tell = listed, sheet, tell
        self._places = Places(listed.area, listed.year, branches)
        self._grounds = _ground_codes(listed.programme_id)
        self._is_of_schools = listed.programme.kind in SCHOOL_KINDS
        self._number_at = sheet.place(ListColumn.PERSONAL_ID)
        self.keys: list[RowKeys] = []

    def fill(self) -> int:
        """Number of rows. Raises Invalid where reading has to stop."""
        rows = self._rows()
        with connection.cursor() as cursor:
            cursor.execute(_TABLE)
            while piece := list(islice(rows, _PIECE)):
                cursor.copy_expert(_COPY, io.StringIO("".join(piece)))
                self._tell(len(self.keys))
            cursor.execute("CREATE UNIQUE INDEX ON list_row (line); ANALYZE list_row")
        return len(self.keys)

    def _rows(self) -> Iterator[str]:
        reader = CellReader(self._sheet)
        for line, cells, village in self._sheet.rows():
            row = reader.read(line, cells, village)
            self.keys.append(
                RowKeys(
                    line, row.household_code, row.household_key, row.person_key, row.personal_id,
                    row.name, row.birth, None if row.birth else row.birth_year,
                )
            )  # fmt: skip
            yield self._copied(row, cells)

    def _copied(self, row: ListRow, cells: Sequence[str]) -> str:
        place: Place = self._places.find(row.commune_code, row.commune, row.village)
        if place.is_outside:
            row.faults.append(RowFault.OTHER_AREA)
        told = json.dumps(self._kept(cells), ensure_ascii=False) if row.faults else None
        day = row.day or self._listed.listed_on
        if self._is_of_schools and row.school_year is None:
            row.school_year = school_year_of(day)
        number = rf"\\x{row.personal_id.hex()}" if row.personal_id else r"\N"
        names_household = bool(row.household_code or row.household_key)
        values: tuple[Any, ...] = (
            row.line, "t" if names_household else "f", _RAW(number), row.name, row.birth,
            row.birth_year, place.commune_id, place.village_id, row.village[:120],
            (row.commune or row.commune_code)[:120], day, row.amount_vnd, row.number,
            row.valid_from, row.valid_to, row.school_year, row.months,
            row.school_level or "", row.ground, self._grounds.get(words.spoken(row.ground), ""),
            f"{{{','.join(dict.fromkeys(row.faults))}}}", told,
        )  # fmt: skip
        return "\t".join(map(_text, values)) + "\n"

    def _kept(self, cells: Sequence[str]) -> dict[str, str]:
        """What stands in the row by its headings; nothing that may be a personal number."""
        return {
            heading: mask_personal_id(text)
            if at == self._number_at or (text.isdecimal() and len(text) in _NUMBER_DIGITS)
            else text[:_LONGEST_CELL]
            for at, (heading, text) in enumerate(
                zip(self._sheet.head.headings, cells, strict=False)
            )
            if heading and text
        }


class _RAW(str):
    """A value that is written as COPY reads it already."""

    __slots__ = ()


def _text(value: Any) -> str:
    """As COPY reads it: empty stays an empty text, None is NULL."""
    if value is None:
        return r"\N"
    if isinstance(value, _RAW):
        return str(value)
    text = str(value)
    if "\\" in text or "\t" in text or "\n" in text or "\r" in text:
        text = text.replace("\\", r"\\").replace("\t", r"\t")
        text = text.replace("\n", r"\n").replace("\r", r"\r")
    return text


def _ground_codes(programme_id: int) -> dict[str, str]:
    """Wordings of a programme's grounds by the code. Words of grounds it does not have say
    nothing."""
    grounds = ProgrammeTerms.objects.filter(programme=programme_id)
    known = {
        words.spoken(name): code
        for code, *names in grounds.values_list("ground", "ground", "name_vi", "name_en")
        for name in names
    }
    own = set(known.values())
    return {word: code for word, code in ground_words().items() if code in own} | known
