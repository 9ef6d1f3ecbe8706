"""The shape of a report: what it is of, and sheets of columns and lines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

#: A count or a sum of money; a rate as text with its two decimals ("21.95") or words; or nothing.
CellValue = int | str | None


class Kind(StrEnum):
    """What the cells of a column are."""

    COUNT = "count"
    RATE = "rate"  # per cent, two decimals
    VND = "vnd"
    TEXT = "text"


class Paper(StrEnum):
    """Landscape, as the official frame has it."""

    A4 = "A4"
    A3 = "A3"


@dataclass(frozen=True, slots=True)
class Column:
    """`path` are its headings from the top one down; columns side by side with the same beginning
    share that heading. `number` stands in the line under the headings ("9=1−2−3−4+5+6+7+8")."""

    key: str
    path: tuple[str, ...]
    number: str = ""
    kind: Kind = Kind.COUNT
    width: int = 10


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a sheet. `level` is what it is of: a unit ("province", "district", "group",
    "commune", "village"), or "household", "member", "entry". `number` is "1", "1.1" or "".
    `key` is the unit or household in the register. `counted` is "households" or "persons" where a
    unit has a line for each, else "". `reasons` say by column why a cell is empty."""

    level: str
    number: str
    code: str
    name: str
    cells: tuple[CellValue, ...]
    key: int | None = None
    counted: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """`names` are the headings of the columns that stand before the cells: number, unit, and what
    is counted where units have two lines. `sums` are what adds up in a line: a column, and those
    it is the sum of ("-" before one that is taken away). `rates` are a rate, the column it counts
    and the column it is of; "" for one that the sheet does not have."""

    title: str
    columns: tuple[Column, ...]
    names: tuple[str, ...]
    paper: Paper = Paper.A3
    two_lines: bool = False
    notes: tuple[str, ...] = ()
    sums: tuple[tuple[str, ...], ...] = ()
    rates: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Broken:
    """Where two numbers differ that must not; `households` (keys) where they can be named."""

    identity: str
    area_code: str
    area: str
    message: str
    households: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """What a report is of. `cut_off_at` (ISO, with its zone) is the moment its inputs are of and
    the creation time of its files. `missing` are the communes whose list is not decided.
    `broken` are the identities of its tables that do not hold. `is_restricted`: its internal
    version says that it is not to be published. `values` are figures that a text names beside its
    tables."""

    report: str
    definition_version: int
    title: str
    issuer: tuple[str, ...]
    area_key: int
    area_code: str
    area: str
    level: str
    round: str
    year: int
    as_of: str
    standard: str
    standard_name: str
    status: str
    cut_off_at: str
    software: str
    base: str
    has_names: bool = False
    is_restricted: bool = False
    is_sample: bool = False
    #: The day whose units it is by, where that is not the round's own (ISO).
    areas_on: str = ""
    #: Nobody is decided on by its standard.
    is_trial: bool = False
    missing: tuple[str, ...] = ()
    broken: tuple[Broken, ...] = ()
    values: Mapping[str, CellValue] = field(default_factory=dict)


@dataclass(frozen=True)
class Content:
    """A report to be written: the lines of a sheet may be a stream that is read once."""

    head: Head
    sheets: Iterable[tuple[Sheet, Iterable[Line]]]
