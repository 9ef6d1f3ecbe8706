"""The B1 points of form B as SQL: one expression per question, summed."""

from decimal import Decimal

from households.scoring.errors import DocumentError
from households.scoring.facts import HOUSEHOLD_FLAGS, HOUSEHOLD_NUMBERS
from households.scoring.member_tests import CodeIn
from households.scoring.points import (
    CountMatching,
    CountMembers,
    FlagOfHousehold,
    HighestLevel,
    NumberPerMember,
    Option,
    PointTable,
    Question,
)
from households.scoring.sql_roster import RosterSql
from households.scoring.sql_verdict import Verdict, flag, once, reaches


def variant_column(table: PointTable, roster: RosterSql) -> str:
    """Which column of points (from 1) a survey `s` reads; NULL for an unknown province."""
    bind = roster.bindings.bind
    by_variant: dict[str, list[str]] = {}
    for province, variant in table.variant_by_province.items():
        by_variant.setdefault(variant, []).append(province)
    rural = " ".join(
        f"WHEN s.province_code = ANY({bind(provinces)}::text[]) "
        f"THEN {table.variants.index(variant) + 1}"
        for variant, provinces in by_variant.items()
    )
    urban = table.variants.index(table.urban_variant) + 1
    return f"CASE WHEN s.settlement = 'URBAN' THEN {urban} {rural} END"


def total_points(table: PointTable, roster: RosterSql) -> str:
    """The B1 total over the rows `a` of the answers; NULL while a question is open."""
    total = " + ".join(_question(question, roster) for question in table.questions)
    return f"CASE WHEN a.b1_answers <> '{{}}'::jsonb AND a.variant IS NOT NULL THEN {total} END"


def household_flag(fact: str) -> str:
    """A yes/no column of the answers; only names declared in facts.py enter the SQL."""
    if fact not in HOUSEHOLD_FLAGS:
        raise DocumentError("", f"households have no fact {fact!r}")
    return f"a.{fact}"


def household_number(fact: str) -> str:
    """A number column of the answers; only names declared in facts.py enter the SQL."""
    if fact not in HOUSEHOLD_NUMBERS:
        raise DocumentError("", f"households have no fact {fact!r}")
    return f"a.{fact}"


def _question(question: Question, roster: RosterSql) -> str:
    if question.is_asked:
        return _asked(question, roster)
    derived = _derived(question, roster)
    return f"COALESCE({derived}, {_asked(question, roster)})" if question.or_asked else derived


def _asked(question: Question, roster: RosterSql) -> str:
    bind = roster.bindings.bind
    cases = " ".join(
        f"WHEN {bind(option.code)} THEN {_points(option, roster)}" for option in question.options
    )
    return f"CASE a.b1_answers ->> {bind(question.code)} {cases} END"


def _derived(question: Question, roster: RosterSql) -> str:
    """The first option reached; NULL as soon as one cannot be judged."""
    sql = "NULL::int"
    for option in reversed(question.options):
        sql = _reached(question, option, roster).choose(_points(option, roster), sql)
    if isinstance(question.derivation, CountMembers) and question.derivation.zero_when_all:
        sure, possible = roster.counted(question.derivation.zero_when_all)
        every_one = once("a.roster_complete", reaches(sure, possible, "a.members"))
        sql = every_one.choose("0", sql)
    return sql


def _reached(question: Question, option: Option, roster: RosterSql) -> Verdict:
    bind = roster.bindings.bind
    match question.derivation, option.bound:
        case CountMembers(), Decimal() as bound:
            limit = bind(int(bound))
            return once("a.roster_complete", reaches("a.members", "a.members", limit))
        case CountMatching(test), Decimal() as bound:
            limit = bind(int(bound))
            return once("a.roster_complete", reaches(*roster.counted(test), limit))
        case HighestLevel(fact), tuple() as levels:
            return roster.some_member(CodeIn(fact, levels))
        case FlagOfHousehold(fact), bool() as value:
            return flag(household_flag(fact), value)
        case NumberPerMember(fact), Decimal() as bound:
            amount = household_number(fact)
            limit = f"{bind(bound)} * a.members"
            return once("a.roster_complete", reaches(amount, amount, limit))
    raise DocumentError("", f"question {question.code} is not derived")


def _points(option: Option, roster: RosterSql) -> str:
    if len(set(option.points)) == 1:
        return str(option.points[0])
    return f"({roster.bindings.bind(list(option.points))}::int[])[a.variant]"
