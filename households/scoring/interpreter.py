"""Scores one household and explains it: the reader of the rules that speaks.

The compiler (compiler.py) reads the same rules for a set of households; a property test holds
the two equal.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from households.scoring.deprivation import judge
from households.scoring.errors import UnknownProvince
from households.scoring.facts import HouseholdFacts
from households.scoring.income_points import question_points, total_points
from households.scoring.notes import Note, NoteValue
from households.scoring.points import PointTable
from households.scoring.result import IndicatorResult, QuestionPoints, Result
from households.scoring.standard import Standard
from households.scoring.standard_parts import ClassRule, IncomeLine


@dataclass(frozen=True)
class _Income:
    """Which instrument counts and what it says; VND for DECLARED, points otherwise."""

    basis: str | None
    value: int | None
    b1_computed: int | None
    questions: tuple[QuestionPoints, ...]
    notes: tuple[Note, ...]


def score(facts: HouseholdFacts, standard: Standard, point_table: PointTable | None) -> Result:
    """Points, deprived indicators, class and the reasons for one household. Pure and exact.

    A declared income counts before points from answers, those before the total of the signed
    paper. Raises ValueError when the table belongs to another standard.
    """
    if point_table is not None and point_table.standard != standard.code:
        raise ValueError(f"table {point_table.code} is not of standard {standard.code}")
    judged = tuple(judge(indicator, facts) for indicator in standard.indicators)
    deprivations = sum(found.deprived is True for found in judged)
    unknown = tuple(found.code for found in judged if found.deprived is None)
    b2_points = None if unknown else deprivations * standard.points_per_deprivation
    income = _income(facts, point_table)
    poverty_class, class_notes, open_because = _classify(
        standard, facts.settlement, income, deprivations, unknown
    )
    explanation = (
        *(note for found in judged for note in found.causes),
        Note(
            "deprivations",
            {"count": deprivations, "unknown": len(unknown), "b2_points": b2_points},
        ),
        *income.notes,
        *class_notes,
    )
    return Result(
        standard=standard.code,
        point_table=point_table.code if point_table else None,
        settlement=facts.settlement,
        indicators=judged,
        questions=income.questions,
        deprived_bits=_bits(judged, True),
        unknown_bits=_bits(judged, None),
        deprivations=deprivations,
        income_basis=income.basis,
        income_vnd=facts.income_per_capita_month_vnd,
        b1_points=income.value if income.basis == "PAPER" else income.b1_computed,
        b2_points=b2_points,
        poverty_class=poverty_class,
        open_because=open_because,
        paper_differences=_paper_differences(facts, income.b1_computed, b2_points, poverty_class),
        explanation=explanation,
        rests_on_sample=bool(
            income.basis == "POINTS" and point_table is not None and point_table.is_sample
        ),
    )


def _bits(judged: Sequence[IndicatorResult], state: bool | None) -> int:
    return sum(1 << found.position for found in judged if found.deprived is state)


def _income(facts: HouseholdFacts, table: PointTable | None) -> _Income:
    questions, variant, notes = _questions(facts, table)
    computed = total_points(questions)
    basis: str | None = None
    value: int | None = None
    if facts.income_per_capita_month_vnd is not None:
        basis, value = "DECLARED", facts.income_per_capita_month_vnd
        notes = [Note("income_declared", {"income_vnd": value})]
    elif computed is not None and table is not None:
        basis, value = "POINTS", computed
        values: dict[str, NoteValue] = {
            "b1_points": computed,
            "point_table": table.code,
            "variant": variant,
            "is_sample": table.is_sample,
        }
        notes = [Note("income_points", values)]
    elif facts.b1_points_paper is not None:
        basis, value = "PAPER", facts.b1_points_paper
        in_place_of_answers = "points_settled_on_paper" if notes else "income_paper"
        notes = [*notes, Note(in_place_of_answers, {"b1_points": value})]
    else:
        notes = [Note("income_missing", {}), *notes]
    return _Income(basis, value, computed, questions, tuple(notes))


def _questions(
    facts: HouseholdFacts, table: PointTable | None
) -> tuple[tuple[QuestionPoints, ...], str, list[Note]]:
    """Points per question, the variant they were taken from, and why there is no total."""
    if table is None:
        return (), "", [Note("points_table_missing", {})] if facts.b1_answers else []
    if not table.complete:
        return (), "", [Note("points_table_incomplete", {"point_table": table.code})]
    try:
        variant = table.variant(facts.settlement, facts.province_code)
    except UnknownProvince:
        values = {"point_table": table.code, "province_code": facts.province_code}
        return (), "", [Note("points_unknown_province", values)]
    questions = question_points(table, variant, facts)
    answered = any(question.is_asked and question.option for question in questions)
    gaps = [note for question in questions for note in question.missing] if answered else []
    return questions, variant, gaps


def _classify(
    standard: Standard,
    settlement: str,
    income: _Income,
    deprivations: int,
    unknown: tuple[str, ...],
) -> tuple[str | None, list[Note], tuple[Note, ...]]:
    """The class, the lines that made it, and why it is open when it is."""
    notes: list[Note] = []
    if not standard.complete:
        notes.append(Note("standard_incomplete", {"standard": standard.code}))
    if income.basis is None or income.value is None:
        return None, notes, income.notes
    reached: dict[str, bool] = {}
    for code in dict.fromkeys(rule.line for rule in standard.class_rules if rule.line):
        line = standard.lines[code]
        side, note = _side_of(line, settlement, income.basis, income.value)
        notes.append(note)
        if side is None:
            return None, notes, (note,)
        reached[code] = side
    possible = {
        _first_rule(standard.class_rules, reached, count).poverty_class
        for count in range(deprivations, deprivations + len(unknown) + 1)
    }
    if len(possible) > 1:
        in_order = tuple(
            dict.fromkeys(
                rule.poverty_class
                for rule in standard.class_rules
                if rule.poverty_class in possible
            )
        )
        return None, notes, (Note("class_open", {"possible": in_order, "indicators": unknown}),)
    rule = _first_rule(standard.class_rules, reached, deprivations)
    notes.append(Note("class_is", {"poverty_class": rule.poverty_class, "rule": rule.code}))
    return rule.poverty_class, notes, ()


def _side_of(line: IncomeLine, settlement: str, basis: str, value: int) -> tuple[bool | None, Note]:
    """Whether the income is at or under the line, and the line that says so."""
    if basis == "DECLARED":
        limit, unit = line.income_vnd[settlement].integer(), "VND"
    elif line.income_only:
        return False, Note("line_not_for_points", {"line": line.code})
    elif line.points is None:
        return None, Note("line_without_points", {"line": line.code})
    else:
        limit, unit = line.points[settlement].integer(), "points"
    side = value <= limit if line.inclusive.flag() else value < limit
    return side, Note(
        "line_reached",
        {
            "line": line.code,
            "limit": limit,
            "value": value,
            "unit": unit,
            "at_or_under": side,
        },
    )


def _first_rule(
    rules: tuple[ClassRule, ...], reached: dict[str, bool], deprivations: int
) -> ClassRule:
    for rule in rules:
        if rule.line is not None and not reached[rule.line]:
            continue
        if rule.deprivations_from is not None and deprivations < rule.deprivations_from:
            continue
        return rule
    raise AssertionError("the last rule has no condition")


def _paper_differences(
    facts: HouseholdFacts,
    b1_computed: int | None,
    b2_points: int | None,
    poverty_class: str | None,
) -> tuple[Note, ...]:
    """Where the signed form says something else than its own answers."""
    pairs = (
        ("b1_points", facts.b1_points_paper, b1_computed),
        ("b2_points", facts.b2_points_paper, b2_points),
        ("poverty_class", facts.class_paper.upper() or None, poverty_class),
    )
    return tuple(
        Note("paper_differs", {"what": what, "paper": paper, "computed": computed})
        for what, paper, computed in pairs
        if paper is not None and computed is not None and paper != computed
    )
