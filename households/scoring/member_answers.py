"""Answers of one member to a member test, three-valued, with their causes and gaps."""

from collections.abc import Iterable, Iterator
from datetime import date

from households.scoring.facts import MemberFacts, completed_years
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


def all_hold(answers: Iterable[bool | None]) -> bool | None:
    """And: false as soon as one is false, unknown when one is unknown."""
    found = list(answers)
    if False in found:
        return False
    return None if None in found else True


def any_holds(answers: Iterable[bool | None]) -> bool | None:
    """Or: true as soon as one is true, unknown when one is unknown."""
    found = list(answers)
    if True in found:
        return True
    return None if None in found else False


def opposite(answer: bool | None) -> bool | None:
    return None if answer is None else not answer


def answer(test: MemberTest, member: MemberFacts, as_of: date) -> bool | None:
    """Whether the member meets the test on that day; None when a needed fact was not asked."""
    match test:
        case AllOf(tests):
            return all_hold(answer(part, member, as_of) for part in tests)
        case AnyOf(tests):
            return any_holds(answer(part, member, as_of) for part in tests)
        case Because(_, inner):
            return answer(inner, member, as_of)
        case Fixed(value):
            return value
        case AgeFrom() | AgeBelow() | BornFromYear():
            return _answer_by_birth(test, member.birth_date, as_of)
        case FlagIs(fact, value):
            flag = member.flag(fact)
            return None if flag is None else flag is value
        case FlagIsNot(fact, value):
            return member.flag(fact) is not value
        case CodeIn(_, ()):
            return False
        case CodeIn(fact, codes):
            code = member.code(fact)
            return None if code is None else code in codes


def _answer_by_birth(
    test: AgeFrom | AgeBelow | BornFromYear, birth_date: date | None, as_of: date
) -> bool | None:
    if birth_date is None:
        return None
    match test:
        case AgeFrom(years):
            return completed_years(birth_date, as_of) >= years
        case AgeBelow(years):
            return completed_years(birth_date, as_of) < years
        case BornFromYear(year):
            return birth_date.year >= year


def causes(test: MemberTest, member: MemberFacts, as_of: date) -> Iterator[str]:
    """Codes of the named causes that this member meets; nothing when the test is not met."""
    if not answer(test, member, as_of):
        return
    match test:
        case Because(code, _):
            yield code
        case AllOf(tests) | AnyOf(tests):
            for part in tests:
                yield from causes(part, member, as_of)


def missing_facts(test: MemberTest, member: MemberFacts, as_of: date) -> Iterator[str]:
    """Facts of this member whose absence leaves the test open; nothing when it is decided."""
    if answer(test, member, as_of) is not None:
        return
    match test:
        case Because(_, inner):
            yield from missing_facts(inner, member, as_of)
        case AllOf(tests) | AnyOf(tests):
            for part in tests:
                yield from missing_facts(part, member, as_of)
        case AgeFrom() | AgeBelow() | BornFromYear():
            yield "birth_date"
        case FlagIs(fact, _) | CodeIn(fact, _):
            yield fact
