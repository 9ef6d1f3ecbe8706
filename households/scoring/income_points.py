"""The interpreter's second half: B1 points of one household, question by question."""

from decimal import Decimal

from households.scoring.deprivation import (
    count_members,
    member_gaps,
    reaches,
    roster_gap,
    some_member,
)
from households.scoring.facts import MEMBER_CODES, HouseholdFacts
from households.scoring.member_tests import CodeIn
from households.scoring.notes import Note
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
from households.scoring.result import QuestionPoints


def question_points(
    table: PointTable, variant: str, facts: HouseholdFacts
) -> tuple[QuestionPoints, ...]:
    """Points of every question for the given variant; open questions have none."""
    column = table.variants.index(variant)
    return tuple(_points_of(question, column, facts) for question in table.questions)


def total_points(questions: tuple[QuestionPoints, ...]) -> int | None:
    """The B1 total; None while a question is open."""
    points = [question.points for question in questions if question.points is not None]
    return sum(points) if questions and len(points) == len(questions) else None


def _points_of(question: Question, column: int, facts: HouseholdFacts) -> QuestionPoints:
    if question.is_asked:
        return _asked(question, column, facts)
    found = _derived(question, column, facts)
    if found.points is None and question.or_asked and question.code in facts.b1_answers:
        return _asked(question, column, facts)
    return found


def _derived(question: Question, column: int, facts: HouseholdFacts) -> QuestionPoints:
    option = _derived_option(question, facts)
    points = None if option is None else option.points[column]
    if isinstance(question.derivation, CountMembers) and points is not None:
        points = _unless_all(question.derivation, points, facts)
    return QuestionPoints(
        question=question.code,
        is_asked=False,
        option=option.code if option else None,
        points=points,
        missing=() if points is not None else tuple(_gaps(question, facts)),
    )


def _asked(question: Question, column: int, facts: HouseholdFacts) -> QuestionPoints:
    given = facts.b1_answers.get(question.code)
    option = question.option(given) if given is not None else None
    missing: tuple[Note, ...] = ()
    if given is None:
        missing = (Note("points_question_open", {"question": question.code}),)
    elif option is None:
        missing = (
            Note("points_unknown_option", {"question": question.code, "option": str(given)}),
        )
    return QuestionPoints(
        question=question.code,
        is_asked=question.is_asked,
        option=option.code if option else None,
        points=option.points[column] if option else None,
        missing=missing,
    )


def _derived_option(question: Question, facts: HouseholdFacts) -> Option | None:
    """The first option whose bound is reached; None as soon as one cannot be judged."""
    for option in question.options:
        reached = _reached(question, option, facts)
        if reached is None:
            return None
        if reached:
            return option
    return None


def _reached(question: Question, option: Option, facts: HouseholdFacts) -> bool | None:
    match question.derivation, option.bound:
        case CountMembers(), Decimal() as bound:
            return len(facts.members) >= bound if facts.roster_complete else None
        case CountMatching(test), Decimal() as bound:
            if not facts.roster_complete:
                return None
            sure, unknown = count_members(test, facts)
            return reaches(sure, unknown, int(bound))
        case HighestLevel(fact), tuple() as levels:
            return some_member(CodeIn(fact, levels), facts)
        case FlagOfHousehold(fact), bool() as value:
            flag = facts.flag(fact)
            return None if flag is None else flag is value
        case NumberPerMember(fact), Decimal() as bound:
            amount = facts.number(fact)
            if amount is None or not facts.roster_complete:
                return None
            return amount >= bound * len(facts.members)
    raise TypeError(f"question {question.code} is not derived")


def _unless_all(derivation: CountMembers, points: int, facts: HouseholdFacts) -> int | None:
    """No points for a household in which all members meet the test; None when that is open."""
    if derivation.zero_when_all is None:
        return points
    sure, unknown = count_members(derivation.zero_when_all, facts)
    every_one = reaches(sure, unknown, len(facts.members))
    if every_one is None:
        return None
    return 0 if every_one else points


def _gaps(question: Question, facts: HouseholdFacts) -> list[Note]:
    gaps = [Note("points_question_open", {"question": question.code})]
    match question.derivation:
        case CountMembers(zero_when_all):
            gaps += roster_gap(facts)
            gaps += member_gaps(zero_when_all, facts) if zero_when_all else []
        case CountMatching(test):
            gaps += [*roster_gap(facts), *member_gaps(test, facts)]
        case HighestLevel(fact):
            any_level = CodeIn(fact, tuple(MEMBER_CODES[fact]))
            gaps += [*roster_gap(facts), *member_gaps(any_level, facts)]
        case FlagOfHousehold(fact):
            gaps.append(Note("missing_fact", {"fact": fact}))
        case NumberPerMember(fact):
            gaps += roster_gap(facts)
            if facts.number(fact) is None:
                gaps.append(Note("missing_fact", {"fact": fact}))
    return gaps
