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


def at_least(sure: str, possible: str, limit: str) -> str:
    """Whether a count with unknowns reaches a limit, as three-valued SQL."""
    return f"CASE WHEN {sure} >= {limit} THEN TRUE WHEN {possible} < {limit} THEN FALSE END"


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
    if isinstance(question.derivation, FlagOfHousehold):
        column = household_flag(question.derivation.fact)
        cases = " ".join(
            f"WHEN {'TRUE' if option.bound else 'FALSE'} THEN {_points(option, roster)}"
            for option in question.options
        )
        return f"CASE {column} {cases} END"
    sql = "NULL::int"
    for option in reversed(question.options):
        reached = _reached(question, option, roster)
        points = _points(option, roster)
        sql = f"CASE {reached} WHEN TRUE THEN {points} WHEN FALSE THEN {sql} END"
    if isinstance(question.derivation, CountMembers) and question.derivation.zero_when_all:
        sure, possible = roster.counted(question.derivation.zero_when_all)
        every_one = at_least(sure, possible, "a.members")
        sql = f"CASE {every_one} WHEN TRUE THEN 0 * {sql} WHEN FALSE THEN {sql} END"
    return sql


def _reached(question: Question, option: Option, roster: RosterSql) -> str:
    bind = roster.bindings.bind
    match question.derivation, option.bound:
        case CountMembers(), Decimal() as bound:
            return f"(CASE WHEN a.roster_complete THEN a.members >= {bind(int(bound))} END)"
        case CountMatching(test), Decimal() as bound:
            reached = at_least(*roster.counted(test), bind(int(bound)))
            return f"(CASE WHEN a.roster_complete THEN {reached} END)"
        case HighestLevel(fact), tuple() as levels:
            return f"({roster.some_member(CodeIn(fact, levels))})"
        case NumberPerMember(fact), Decimal() as bound:
            amount = household_number(fact)
            return f"(CASE WHEN a.roster_complete THEN {amount} >= {bind(bound)} * a.members END)"
    raise DocumentError("", f"question {question.code} is not derived")


def _points(option: Option, roster: RosterSql) -> str:
    if len(set(option.points)) == 1:
        return str(option.points[0])
    return f"({roster.bindings.bind(list(option.points))}::int[])[a.variant]"
