"""The shape of a definition file: titles, official headings, paper, who may have it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, Final

from reports.contents.content import Column, Kind, Paper

#: A column of a file that stands for all columns with its beginning that the file does not name.
REST: Final = "…"


class ReportKind(StrEnum):
    """Where the lines come from (services.contents has the maker of each)."""

    TABLE = "table"
    NAMES = "names"
    PROGRAMMES = "programmes"
    AD_HOC = "ad_hoc"
    NARRATIVE = "narrative"


class Public(StrEnum):
    """What a version for everybody is."""

    SUPPRESSED = "suppressed"  # small numbers are left out
    AS_IS = "as_is"
    NEVER = "never"


@dataclass(frozen=True)
class ColumnRule:
    """A column as the official form has it, or with REST at its end all that are left; `only_used`:
    of these only those that count something in the area. `sheet`: of a report with several, the
    name of its own."""

    column: str
    path: tuple[str, ...]
    number: str = ""
    kind: Kind = Kind.COUNT
    width: int = 10
    only_used: bool = False
    sheet: str = ""


@dataclass(frozen=True)
class ReportDefinition:
    """`table` is the table of figures (queries.tables) that it prints or whose households stand
    behind it, `poverty_class` whose names.
    `is_confirmed` False: the number or the wording of the form was not seen in a text in force."""

    code: str
    version: int
    kind: ReportKind
    name: Mapping[str, str]
    title: Mapping[str, str]
    columns: tuple[ColumnRule, ...] = ()
    table: str = ""
    poverty_class: str = ""
    paper: Paper = Paper.A4
    source: str = ""
    base: str = ""
    public: Public = Public.SUPPRESSED
    has_names: bool = False
    #: Single families can be told from it: the internal version says that it is not published.
    is_restricted: bool = False
    two_lines: bool = False
    is_confirmed: bool = True
    #: In the catalogue.
    position: int = 0
    #: Columns of the table that the form does not have.
    leave_out: tuple[str, ...] = ()
    #: What adds up in a line: a column, and those it is the sum of; "-" before one that is taken
    #: away, REST for all columns of a rule. Of groups that overlap it holds in some lines only.
    sums: tuple[tuple[str, ...], ...] = ()
    #: A rate, the column it counts, the column it is of; "" where the form does not have it. For
    #: REST the same holds of all columns of the rule.
    rates: tuple[tuple[str, str, str], ...] = ()
    #: Of which rounds: "periodic", "ad_hoc".
    rounds: tuple[str, ...] = ("periodic",)
    #: Of a report with several sheets, the title of each by its name.
    sheets: Mapping[str, str] = field(default_factory=dict)
    #: Files it is given out as.
    forms: tuple[str, ...] = ("xlsx", "pdf", "docx")

    def columns_for(
        self, keys: Sequence[str], names: Mapping[str, str], sheet: str = ""
    ) -> tuple[Column, ...]:
        """The form's columns for a table that has `keys`; `names` (by key) head those that the form
        leaves open. A column of the form that the table lacks is not there."""
        found = []
        for rule in (one for one in self.columns if one.sheet == sheet):
            if not rule.column.endswith(REST):
                if rule.column in keys:
                    found.append(_column(rule, rule.column, rule.path, rule.number))
                continue
            left = [key for key in keys if self._open_rule(key) is rule]
            for at, key in enumerate(left, start=1):
                path = (*rule.path, names.get(key, key))
                found.append(_column(rule, key, path, rule.number.replace("{n}", str(at))))
        return tuple(found)

    def is_left_out(self, key: str, has_figures: bool) -> bool:
        """Whether the form has the column only where it counts something, and it does not."""
        rule = self._open_rule(key)
        return rule is not None and rule.only_used and not has_figures

    def _open_rule(self, key: str) -> ColumnRule | None:
        """The rule with REST that a column falls under: that with the longest beginning."""
        if key in self.leave_out or any(rule.column == key for rule in self.columns):
            return None
        rules = [rule for rule in self.columns if rule.column.endswith(REST)]
        fits = [rule for rule in rules if key.startswith(rule.column.removesuffix(REST))]
        return max(fits, key=lambda rule: len(rule.column), default=None)

    def sums_of(self, columns: Sequence[Column]) -> tuple[tuple[str, ...], ...]:
        """`sums` for the columns of a sheet; one of which a column is missing does not hold."""
        found = []
        for told in self.sums:
            terms = [term for one in told for term in self._spelt_out(one, columns)]
            if all(terms):
                found.append(tuple(terms))
        return tuple(found)

    def rates_of(self, columns: Sequence[Column]) -> tuple[tuple[str, str, str], ...]:
        """`rates` for the columns of a sheet; a column that it does not have is ""."""
        keys = {column.key for column in columns}
        return tuple(
            (rate, part if part in keys else "", whole if whole in keys else "")
            for told, part, whole in self.rates
            for rate in self._spelt_out(told, columns)
            if rate
        )

    def _spelt_out(self, term: str, columns: Sequence[Column]) -> list[str]:
        """The columns a term names, each with its sign; [""] where one that is named is missing."""
        keys = [column.key for column in columns]
        sign, key = ("-", term[1:]) if term.startswith("-") else ("", term)
        if not key.endswith(REST):
            return [sign + key if key in keys else ""]
        return [sign + one for one in keys if (rule := self._open_rule(one)) and rule.column == key]


def _column(rule: ColumnRule, key: str, path: tuple[str, ...], number: str) -> Column:
    return Column(key, path, number, rule.kind, rule.width)


def made(told: Mapping[str, Any]) -> ReportDefinition:
    """Of what a file says. Raises KeyError, TypeError, ValueError where something is wrong."""
    known = {one.name for one in fields(ReportDefinition)}
    if strange := set(told) - known:
        raise ValueError(f"unknown: {', '.join(sorted(strange))}")
    given = dict(told)
    given["columns"] = tuple(
        ColumnRule(**(one | {"path": tuple(one["path"]), "kind": Kind(one.get("kind", "count"))}))
        for one in told.get("columns", ())
    )
    given["kind"] = ReportKind(told["kind"])
    given["paper"] = Paper(told.get("paper", "A4"))
    given["public"] = Public(told.get("public", "suppressed"))
    for name in ("leave_out", "rounds", "forms"):
        if name in told:
            given[name] = tuple(told[name])
    for name in ("sums", "rates"):
        given[name] = tuple(map(tuple, told.get(name, ())))
    found = ReportDefinition(**given)
    if "vi" not in found.name or "vi" not in found.title:
        raise ValueError("name and title need vi")
    return found
