"""Member tests as SQL, and the one GROUP BY that answers them for all members of a survey.

Three-valued logic is PostgreSQL's own: NULL is unknown. Answers are packed so that each test is
evaluated once a member: yes in bit k, unknown in bit 16 + k of one OR-ed number, or yes and
unknown counted in the two halves of one sum.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from households.scoring.errors import DocumentError
from households.scoring.facts import MEMBER_CODES, MEMBER_FLAGS
from households.scoring.member_tests import (
    AgeBelow,
    AgeFrom,
    AllOf,
    AnyOf,
    Because,
    BornFromYear,
    CodeIn,
    Fixed,
    FlagIs,
    FlagIsNot,
    MemberTest,
)
from households.scoring.sql_verdict import Verdict

TESTS_PER_NUMBER = 15
UNKNOWN_SHIFT = 16
#: More members than any household has; the other half of a sum counts the unknown.
UNKNOWN_UNIT = 1 << UNKNOWN_SHIFT

SqlValue = int | str | bool | Decimal | date | list[str] | list[int]


@dataclass
class Bindings:
    """Values of the rules, bound by name; the same value is bound once."""

    values: dict[str, SqlValue] = field(default_factory=dict)

    def bind(self, value: SqlValue) -> str:
        for name, bound in self.values.items():
            if type(bound) is type(value) and bound == value:
                return f"%({name})s"
        name = f"rule_{len(self.values)}"
        self.values[name] = value
        return f"%({name})s"


@dataclass
class RosterSql:
    """Collects the member tests that readings and points ask for, and writes their columns."""

    bindings: Bindings
    _some: list[MemberTest] = field(default_factory=list)
    _counted: list[MemberTest] = field(default_factory=list)
    _ages: set[int] = field(default_factory=set)

    def some_member(self, test: MemberTest) -> Verdict:
        """Whether any member meets the test; unknown while one may who is unknown or missing."""
        test = bare(test)
        if test not in self._some:
            self._some.append(test)
        number, bit = divmod(self._some.index(test), TESTS_PER_NUMBER)
        yes, unknown = 1 << bit, 1 << (bit + UNKNOWN_SHIFT)
        return Verdict(
            f"a.tests_{number} & {yes} <> 0",
            f"(a.roster_complete AND a.tests_{number} & {yes | unknown} = 0)",
        )

    def counted(self, test: MemberTest) -> tuple[str, str]:
        """How many members meet the test, and how many may (those unknown included)."""
        test = bare(test)
        if test not in self._counted:
            self._counted.append(test)
        column = f"a.count_{self._counted.index(test)}"
        sure = f"({column} & {UNKNOWN_UNIT - 1})"
        return sure, f"({sure} + ({column} >> {UNKNOWN_SHIFT}))"

    @property
    def columns(self) -> list[str]:
        """Names of the aggregate columns, all of them numbers."""
        numbers = -(-len(self._some) // TESTS_PER_NUMBER)
        return [
            *(f"tests_{number}" for number in range(numbers)),
            *(f"count_{index}" for index in range(len(self._counted))),
        ]

    def aggregates(self) -> list[str]:
        """One aggregate per column, over members `m` and age limits `d`."""
        found = []
        for start in range(0, len(self._some), TESTS_PER_NUMBER):
            packed = " | ".join(
                f"(COALESCE(({self._sql(test)})::int, {1 << UNKNOWN_SHIFT}) << {bit})"
                for bit, test in enumerate(self._some[start : start + TESTS_PER_NUMBER])
            )
            found.append(f"bit_or({packed})")
        found += [
            f"sum(COALESCE(({self._sql(test)})::int, {UNKNOWN_UNIT}))" for test in self._counted
        ]
        return [f"{sql} AS {column}" for sql, column in zip(found, self.columns, strict=True)]

    def age_limits(self) -> list[str]:
        """Per as_of: the latest birth date of who has completed so many years.

        29 February needs no care: one day too many in the subtraction falls on 28 February, and
        who is born on the 29th is then still younger, until 1 March.
        """
        return [
            f"(as_of - make_interval(years => {years}))::date AS age_{years}"
            for years in sorted(self._ages)
        ]

    def _sql(self, test: MemberTest) -> str:
        writer: Callable[[MemberTest], str] = self._sql
        match test:
            case AllOf(tests):
                return "(" + " AND ".join(map(writer, tests)) + ")"
            case AnyOf(tests):
                return "(" + " OR ".join(map(writer, tests)) + ")"
            case Because(_, inner):
                return writer(inner)
            case Fixed(value):
                return "TRUE" if value else "FALSE"
            case AgeFrom(years):
                return f"m.birth_date <= d.{self._age(years)}"
            case AgeBelow(years):
                return f"m.birth_date > d.{self._age(years)}"
            case BornFromYear(year):
                return f"m.birth_date >= {self.bindings.bind(date(year, 1, 1))}"
            case FlagIs(fact, value):
                column = _column(fact, MEMBER_FLAGS)
                return column if value else f"NOT {column}"
            case FlagIsNot(fact, value):
                return f"{_column(fact, MEMBER_FLAGS)} IS NOT {'TRUE' if value else 'FALSE'}"
            case CodeIn(fact, codes):
                return self._code_in(_column(fact, tuple(MEMBER_CODES)), codes)

    def _age(self, years: int) -> str:
        self._ages.add(years)
        return f"age_{years}"

    def _code_in(self, column: str, codes: tuple[str, ...]) -> str:
        if not codes:
            return "FALSE"
        asked = f"NULLIF({column}, '')"
        if len(codes) == 1:
            return f"{asked} = {self.bindings.bind(codes[0])}"
        return f"{asked} = ANY({self.bindings.bind(list(codes))}::text[])"


def bare(test: MemberTest) -> MemberTest:
    """The test without the names of its causes, so that equal tests are asked once."""
    match test:
        case Because(_, inner):
            return bare(inner)
        case AllOf(tests):
            return AllOf(tuple(bare(part) for part in tests))
        case AnyOf(tests):
            return AnyOf(tuple(bare(part) for part in tests))
    return test


def _column(fact: str, allowed: tuple[str, ...]) -> str:
    """A column of the members' table; only names declared in facts.py ever enter the SQL."""
    if fact not in allowed:
        raise DocumentError("", f"members have no fact {fact!r}")
    return f"m.{fact}"
