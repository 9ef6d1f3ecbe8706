"""Rows of figures: numbers, unrounded rates, and why a number is not there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.choices import Unit as Counted
from reports.queries.units import Unit

#: A count, an unrounded rate in per cent, or nothing (with a reason).
Figure = int | Fraction | None
#: A row of a statement by column name, with the key of its unit as unit_id.
Counts = dict[str, int]

NO_RESIDENTS = _("The total of resident households is not entered")
RESIDENTS_SPLIT = _("A commune was split since: its total of residents cannot be divided")
NO_MINORITY_RESIDENTS = _("The resident households of minorities are not entered")
NO_LOCAL_MINORITIES = _("The province has not named its local minorities")
NOT_ENOUGH = _("Not enough is known")
NO_HOUSEHOLDS = _("There is nothing to divide by")
NO_INDICATOR = _("The standard does not have this indicator")
NOT_ASKED = _("The form does not ask for this")
NO_CHILD_AGE = _("The standard does not say until which age somebody is a child")


@dataclass(frozen=True)
class Row:
    """One line of a table. `counted` is None where a table has one row an area."""

    unit: Unit
    figures: Mapping[str, Figure]
    reasons: Mapping[str, str] = field(default_factory=dict)
    counted: Counted | None = None


@dataclass
class Line:
    """A row being made: a column is set to a figure, or to nothing with its reason."""

    unit: Unit
    counted: Counted | None = None
    figures: dict[str, Figure] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)

    def lacks(self, column: str, reason: str | Promise) -> None:
        self.figures[column] = None
        self.reasons[column] = str(reason)

    def rate(self, column: str, part: int, whole: int | None, reason: str | Promise) -> None:
        """100 * part / whole, not rounded; the reason where there is no whole, or it is 0."""
        if whole is None:
            self.lacks(column, reason)
        elif whole == 0:
            self.lacks(column, NO_HOUSEHOLDS)
        else:
            self.figures[column] = Fraction(100 * part, whole)

    def done(self) -> Row:
        return Row(self.unit, self.figures, self.reasons, self.counted)


def rounded(figure: Figure) -> int | Decimal | None:
    """As it is shown: a rate half-up to two decimals, everything else as it is."""
    if not isinstance(figure, Fraction):
        return figure
    exact = Decimal(figure.numerator) / Decimal(figure.denominator)
    return exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def points_between(now: Fraction, before: Fraction) -> Decimal:
    """A change in percentage points: from unrounded rates, then rounded (I8)."""
    found = rounded(now - before)
    assert isinstance(found, Decimal)
    return found


#: A change of the base above this share of it stands beside the change of a rate.
_BASE_CHANGE_SAID_ABOVE = Fraction(2, 100)


def bases_differ(now: Figure, before: Figure) -> bool:
    """Whether two rates stand on bases so different that it has to be said."""
    if not isinstance(now, int) or not isinstance(before, int) or not before:
        return False
    return abs(Fraction(now - before, before)) > _BASE_CHANGE_SAID_ABOVE


def fetched(sql: str, values: Mapping[str, Any]) -> list[Counts]:
    """The rows of a statement by column name; a missing sum is 0. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        names = [column.name for column in cursor.description or ()]
        return [
            {name: 0 if value is None else value for name, value in zip(names, row, strict=True)}
            for row in cursor.fetchall()
        ]
