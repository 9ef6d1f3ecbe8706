"""Scores a set of surveys in one SELECT: the reader of the rules that is fast.

The interpreter (interpreter.py) reads the same rules for one household; a property test holds
the two equal. Only names declared in facts.py and numbers enter the text of the SQL; all other
values are bound.
"""

from collections.abc import Mapping

from households.scoring.facts import HOUSEHOLD_FLAGS, HOUSEHOLD_NUMBERS
from households.scoring.points import PointTable
from households.scoring.readings import (
    AnyMember,
    CountOfFacts,
    EveryReading,
    NoMember,
    NoneOfFacts,
    Reading,
    ShareOfMembers,
    Threshold,
    Unanswerable,
)
from households.scoring.sql_points import (
    household_flag,
    household_number,
    total_points,
    variant_column,
)
from households.scoring.sql_roster import Bindings, RosterSql, SqlValue
from households.scoring.sql_verdict import UNKNOWN, Verdict, every, flag, once, reaches
from households.scoring.standard import Standard
from households.scoring.standard_parts import IncomeLine

#: Where the unknown bits begin beside the deprived ones.
_UNKNOWN_SHIFT = 32


def compile_assessments_sql(
    standard: Standard, point_table: PointTable | None, *, survey_filter_sql: str
) -> tuple[str, Mapping[str, SqlValue]]:
    """A SELECT with one row for each survey that the filter lets through, and its values.

    Columns: survey_id, deprived_bits int, unknown_bits int, deprivations smallint, income_basis
    text (NULL when no instrument says anything), income_vnd bigint, b1_points int, b2_points int,
    poverty_class text (NULL when undetermined). They mean what `score` means by them.

    `survey_filter_sql` is a condition on households_survey `s` written by the caller, never text
    from outside; its own values are named parameters: execute(sql, {**values, "round_id": 7}).
    Names that begin with rule_ are taken. Cost: one pass over the surveys and one over their
    members. Switch JIT off for it (SET LOCAL jit = off): compiling costs more than it gains.

    Raises ValueError when the table belongs to another standard. A table that is not complete
    scores nothing, as if there were none.
    """
    if point_table is not None and point_table.standard != standard.code:
        raise ValueError(f"table {point_table.code} is not of standard {standard.code}")
    usable = point_table if point_table is not None and point_table.complete else None
    roster = RosterSql(Bindings())
    states = _states(standard, roster)
    points = total_points(usable, roster) if usable else "NULL::int"
    variant = variant_column(usable, roster) if usable else "NULL::int"
    sql = (
        f"{_roster_ctes(roster, survey_filter_sql)}\n"
        f"SELECT {_OUTPUT}, {_b2_points(standard)} AS b2_points, "
        f"{_poverty_class(standard)} AS poverty_class\nFROM (\n"
        f"SELECT {_JUDGED}{_sides(standard, roster)}\nFROM (\n"
        f"SELECT {_CARRIED},\n{states} AS states,\n{points} AS b1_computed\nFROM (\n"
        f"{_answers(roster, variant, survey_filter_sql)}\nOFFSET 0) a\n"
        "OFFSET 0) b\nOFFSET 0) j"
    )
    return sql, roster.bindings.values


_CARRIED = "a.survey_id, a.settlement, a.income_vnd, a.b1_points_paper"

_DEPRIVED = f"b.states & {(1 << _UNKNOWN_SHIFT) - 1}"
_UNKNOWN = f"b.states >> {_UNKNOWN_SHIFT}"

_JUDGED = (
    "b.survey_id, b.income_vnd, b.b1_computed, b.b1_points_paper, "
    f"({_DEPRIVED})::int AS deprived_bits, ({_UNKNOWN})::int AS unknown_bits, "
    f"bit_count(({_DEPRIVED})::bit(32))::smallint AS deprivations, "
    f"CASE WHEN {_UNKNOWN} = 0 THEN 0 ELSE bit_count(({_UNKNOWN})::bit(32)) END AS unknown, "
    "CASE WHEN b.income_vnd IS NOT NULL THEN 'DECLARED' "
    "WHEN b.b1_computed IS NOT NULL THEN 'POINTS' "
    "WHEN b.b1_points_paper IS NOT NULL THEN 'PAPER' END AS income_basis"
)

_OUTPUT = (
    "j.survey_id, j.deprived_bits, j.unknown_bits, j.deprivations, j.income_basis, "
    "j.income_vnd, CASE j.income_basis WHEN 'PAPER' THEN j.b1_points_paper::int "
    "ELSE j.b1_computed END AS b1_points"
)


def _roster_ctes(roster: RosterSql, survey_filter_sql: str) -> str:
    aggregates = ", ".join(["count(*)::int AS members", *roster.aggregates()])
    limits = ", ".join(["as_of", *roster.age_limits()])
    return (
        "WITH chosen AS MATERIALIZED (SELECT s.id, s.as_of FROM households_survey s "
        f"WHERE {survey_filter_sql}),\n"
        f"limits AS MATERIALIZED (SELECT {limits} FROM (SELECT DISTINCT as_of FROM chosen) days),\n"
        f"roster AS (SELECT m.survey_id, {aggregates}\n"
        "FROM chosen JOIN limits d ON d.as_of = chosen.as_of "
        "JOIN households_surveymember m ON m.survey_id = chosen.id GROUP BY m.survey_id)"
    )


def _answers(roster: RosterSql, variant: str, survey_filter_sql: str) -> str:
    """The survey's own columns beside what its members say."""
    facts = ", ".join(f"s.{name}" for name in (*HOUSEHOLD_FLAGS, *HOUSEHOLD_NUMBERS))
    members = "".join(f", COALESCE(r.{name}, 0) AS {name}" for name in roster.columns)
    return (
        f"SELECT s.id AS survey_id, s.settlement, {facts}, s.b1_answers, s.b1_points_paper, "
        "s.income_per_capita_month_vnd AS income_vnd, COALESCE(r.members, 0) AS members, "
        "COALESCE(s.household_size = r.members, FALSE) AS roster_complete, "
        f"{variant} AS variant{members}\n"
        "FROM households_survey s LEFT JOIN roster r ON r.survey_id = s.id "
        f"WHERE {survey_filter_sql}"
    )


def _states(standard: Standard, roster: RosterSql) -> str:
    """All indicators in one number: deprived in bit i, unknown in bit 32 + i."""
    return "\n + ".join(
        _reading(indicator.reading, roster).choose(
            f"{1 << indicator.position}::bigint",
            "0",
            str(1 << (indicator.position + _UNKNOWN_SHIFT)),
        )
        for indicator in standard.indicators
    )


def _reading(reading: Reading, roster: RosterSql) -> Verdict:
    """One reading over the rows `a` of the answers."""
    bind = roster.bindings.bind
    match reading:
        case AnyMember(test):
            return roster.some_member(test)
        case NoMember(test):
            return roster.some_member(test).opposite()
        case ShareOfMembers(test, percent, strict):
            sure, possible = roster.counted(test)
            over, limit = ">" if strict else ">=", f"{bind(percent)} * a.members"
            share = Verdict(f"{sure} * 100 {over} {limit}", f"NOT {possible} * 100 {over} {limit}")
            return once("a.roster_complete", share)
        case Threshold(fact, limit, strict):
            amount, allowed = household_number(fact), f"{bind(limit)} * a.members"
            under, over = ("<", ">=") if strict else ("<=", ">")
            ratio = Verdict(f"{amount} {under} {allowed}", f"{amount} {over} {allowed}")
            return once("a.roster_complete", ratio)
        case CountOfFacts(facts, value, 1) if len(facts) == 1:
            return flag(household_flag(facts[0]), value)
        case CountOfFacts(facts, value, count):
            return _count_of_facts(facts, value, count)
        case NoneOfFacts(facts):
            some = "(" + " OR ".join(map(household_flag, facts)) + ")"
            return flag(some, False)
        case EveryReading(parts):
            return every([_reading(part, roster) for part in parts])
        case Unanswerable():
            return UNKNOWN


def _count_of_facts(facts: tuple[str, ...], value: bool, count: int) -> Verdict:
    wanted, other = ("TRUE", "FALSE") if value else ("FALSE", "TRUE")
    sure = " + ".join(f"({household_flag(fact)} IS {wanted})::int" for fact in facts)
    possible = " + ".join(f"({household_flag(fact)} IS NOT {other})::int" for fact in facts)
    return reaches(f"({sure})", f"({possible})", str(count))


def _sides(standard: Standard, roster: RosterSql) -> str:
    """A column per line that a rule names: is the income at or under it."""
    return "".join(
        f", {_side(standard.lines[code], roster)} AS side_{index}"
        for index, code in enumerate(_lines_of(standard))
    )


def _lines_of(standard: Standard) -> list[str]:
    return list(dict.fromkeys(rule.line for rule in standard.class_rules if rule.line))


def _side(line: IncomeLine, roster: RosterSql) -> str:
    bind = roster.bindings.bind
    under = "<=" if line.inclusive.flag() else "<"

    def limit(numbers: Mapping[str, int]) -> str:
        rural, urban = bind(numbers["RURAL"]), bind(numbers["URBAN"])
        return f"CASE b.settlement WHEN 'URBAN' THEN {urban} ELSE {rural} END"

    declared = limit({name: number.integer() for name, number in line.income_vnd.items()})
    if line.income_only:
        by_points = "FALSE"
    elif line.points is None:
        by_points = "NULL::boolean"
    else:
        points = limit({name: number.integer() for name, number in line.points.items()})
        by_points = f"COALESCE(b.b1_computed, b.b1_points_paper) {under} {points}"
    return (
        f"CASE WHEN b.income_vnd IS NOT NULL THEN b.income_vnd {under} {declared} "
        f"ELSE {by_points} END"
    )


def _b2_points(standard: Standard) -> str:
    return f"CASE WHEN j.unknown = 0 THEN j.deprivations * {standard.points_per_deprivation:d} END"


def _poverty_class(standard: Standard) -> str:
    """The class, when every number of deprivations that is still possible leads to it.

    The class changes only at the numbers that rules name, so the fewest and those in reach stand
    for all.
    """
    fewest, most = "j.deprivations", "(j.deprivations + j.unknown)"
    steps = sorted(
        {rule.deprivations_from for rule in standard.class_rules if rule.deprivations_from}
    )
    lowest = _class_at(standard, fewest)
    same = " AND ".join(
        f"({lowest}) = ({_class_at(standard, f'LEAST(GREATEST({fewest}, {step}), {most})')})"
        for step in steps
    )
    known = "".join(f" AND j.side_{i} IS NOT NULL" for i in range(len(_lines_of(standard))))
    return (
        f"CASE WHEN j.income_basis IS NOT NULL{known} AND "
        f"(j.unknown = 0 OR ({same or 'TRUE'})) THEN {lowest} END"
    )


def _class_at(standard: Standard, deprivations: str) -> str:
    lines = _lines_of(standard)
    cases = []
    for rule in standard.class_rules[:-1]:
        conditions = []
        if rule.line is not None:
            conditions.append(f"j.side_{lines.index(rule.line)}")
        if rule.deprivations_from is not None:
            conditions.append(f"{deprivations} >= {rule.deprivations_from:d}")
        cases.append(f"WHEN {' AND '.join(conditions)} THEN '{rule.poverty_class}'")
    return f"CASE {' '.join(cases)} ELSE '{standard.class_rules[-1].poverty_class}' END"
