"""A figure as a page shows it: its finding, what is measured, the table it is drawn from, its base.

The table is the source: picture, CSV and what a screen reader says are made of the same cells.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from fractions import Fraction
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from households.templatetags.povreg import number
from reports.queries.rows import Figure
from reports.templatetags.figures import standard_years
from reports.views.figure_scope import FigureScope


class Kind(Enum):
    """How the numbers of a column are written. Rates have two decimals, on maps one, shares none;
    points and changes have their sign."""

    COUNT = "count"
    CHANGE = "change"
    RATE = "rate"
    SHARE = "share"
    POINTS = "points"
    TENTHS = "tenths"
    MILLION = "million"


@dataclass(frozen=True)
class Column:
    """`title` is said in the head of the table, with the unit where it is not one of households.
    Where its cells have a count beside their share, `counts` heads a column of them in files."""

    title: str
    kind: Kind = Kind.COUNT
    counts: str = ""


@dataclass(frozen=True)
class Cell:
    """`value` None: there is no figure, `reason` says why. `href`: the households behind it.
    `count`: of a share, how many households it is."""

    value: Figure | Decimal
    kind: Kind = Kind.COUNT
    reason: str = ""
    href: str = ""
    count: int | None = None

    @property
    def shown(self) -> str:
        """As it is read: 21,95; −2,76; 1.234; – where there is none."""
        return written(self.value, self.kind)

    @property
    def plain(self) -> str:
        """For machines: a dot, no spaces, rounded as shown."""
        return "" if self.value is None else str(rounded(self.value, self.kind))

    @property
    def count_shown(self) -> str:
        """The count beside a share; "" where there is none."""
        return "" if self.count is None else written(self.count, Kind.COUNT)


@dataclass(frozen=True)
class Line:
    """A row of the table. `href` opens the same figures of the unit; `is_sum`: the whole."""

    name: str
    cells: tuple[Cell, ...]
    href: str = ""
    is_sum: bool = False


@dataclass(frozen=True)
class Block:
    """One figure.

    `key` names it in addresses. `picture` is what `template` draws, both empty where the table is
    the picture. `base` says of what the shares are and how final they are. `width` is of twelve
    columns, `rows` of how many rows of figures it stands beside. `list_href`: the households it
    counts, for those who may see them.
    """

    key: str
    finding: str
    measure: str
    rows_are: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    base: str
    template: str = ""
    picture: object = None
    notes: tuple[str, ...] = ()
    width: int = 6
    rows: int = 1
    list_href: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


_STEP = {
    Kind.RATE: "0.01",
    Kind.POINTS: "0.01",
    Kind.SHARE: "1",
    Kind.TENTHS: "0.1",
    Kind.MILLION: "0.1",
}


def rounded(value: Figure | Decimal, kind: Kind) -> int | Decimal:
    """Half up, to what the kind shows. Never call it with None."""
    assert value is not None
    if kind in (Kind.COUNT, Kind.CHANGE):
        assert isinstance(value, int)
        return value
    exact = Fraction(value)
    decimal = Decimal(exact.numerator) / Decimal(exact.denominator)
    return decimal.quantize(Decimal(_STEP[kind]), rounding=ROUND_HALF_UP)


def written(value: Figure | Decimal, kind: Kind) -> str:
    """A rate keeps its two decimals, points their sign; a dash where there is no figure."""
    return "–" if value is None else _written(value, kind, get_language())


# A page says the same few numbers thousands of times: in picture, table and on hover.
@lru_cache(maxsize=20_000)
def _written(value: int | Fraction | Decimal, kind: Kind, _language: str | None) -> str:
    found = rounded(value, kind)
    is_signed = kind in (Kind.POINTS, Kind.CHANGE)
    sign = "−" if found < 0 else "+" if is_signed and found > 0 else ""
    whole, _dot, decimals = f"{abs(Decimal(found)):f}".partition(".")
    point = number(Decimal("0.5"))[1]
    text = number(int(whole)) + (point + decimals if decimals else "")
    return sign + text


def standing(scope: FigureScope) -> str:
    """Status, standard and date: no figure stands without them."""
    asked = scope.whole
    said = _("standard %(years)s") % {"years": standard_years(asked.standard)}
    text = f"{asked.status.label} · {said} · {asked.round.as_of:%d/%m/%Y}"
    if asked.on != asked.round.as_of:
        text += " · " + _("on the map of %(day)s") % {"day": f"{asked.on:%d/%m/%Y}"}
    return text


def csv_lines(block: Block, scope: FigureScope) -> list[Sequence[str]]:
    """What it is of, the heading, a line a row; rates rounded as shown, with a dot."""
    what = f"{block.measure} · {scope.area.name} · {scope.whole.round.key}"
    return [
        [what],
        [f"{block.base} · {standing(scope)}"],
        [block.rows_are, *(title for one in block.columns for title in _heads(one))],
        *(
            [
                line.name,
                *(
                    text
                    for column, cell in zip(block.columns, line.cells, strict=True)
                    for text in _texts(column, cell)
                ),
            ]
            for line in block.lines
        ),
    ]


def _heads(column: Column) -> list[str]:
    return [column.title, column.counts] if column.counts else [column.title]


def _texts(column: Column, cell: Cell) -> list[str]:
    """A count has a column of its own, so that a sheet can add it up."""
    if not column.counts:
        return [cell.plain]
    return [cell.plain, "" if cell.count is None else str(cell.count)]
