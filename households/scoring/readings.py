"""When a household counts as deprived in an indicator: the declared forms.

A reading is one of a few forms with its parameters. The interpreter explains it for one
household, the compiler turns it into SQL for many; a new form goes into both and into the
property test that holds them equal. docs/indicators.md shows how.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from households.scoring.document import Section, exact_decimal
from households.scoring.facts import HOUSEHOLD_FLAGS, HOUSEHOLD_NUMBERS, LEVEL_FACTS
from households.scoring.member_tests import (
    AgeBelow,
    AgeFrom,
    AllOf,
    AnyOf,
    Because,
    CodeIn,
    MemberTest,
    Vocabulary,
    read_member_test,
)


@dataclass(frozen=True)
class AnyMember:
    """Deprived when at least one member meets the test."""

    test: MemberTest


@dataclass(frozen=True)
class NoMember:
    """Deprived when no member meets the test."""

    test: MemberTest


@dataclass(frozen=True)
class ShareOfMembers:
    """Deprived when members meeting the test are more than (or, not strict, at least) a share."""

    test: MemberTest
    percent: Decimal
    strict: bool


@dataclass(frozen=True)
class Threshold:
    """Deprived when the fact per member is under `limit` (not strict: at or under)."""

    fact: str
    limit: Decimal
    strict: bool


@dataclass(frozen=True)
class CountOfFacts:
    """Deprived when at least `at_least` of the facts have the value."""

    facts: tuple[str, ...]
    value: bool
    at_least: int


@dataclass(frozen=True)
class NoneOfFacts:
    """Deprived when none of the facts is yes."""

    facts: tuple[str, ...]


@dataclass(frozen=True)
class EveryReading:
    """Deprived when each part says so."""

    parts: tuple["Reading", ...]


@dataclass(frozen=True)
class Unanswerable:
    """Never known: the form does not ask the fact, or the law's cut-off was not obtained."""

    because: str
    about: str


Reading = (
    AnyMember
    | NoMember
    | ShareOfMembers
    | Threshold
    | CountOfFacts
    | NoneOfFacts
    | EveryReading
    | Unanswerable
)

UNANSWERABLE_BECAUSE = ("fact_not_asked", "cutoff_not_known")


def read_reading(section: Section, words: Vocabulary) -> Reading:
    """The reading declared in this table; raises DocumentError at what it does not know."""
    form = section.one_of("form", tuple(_FORMS))
    reading = _FORMS[form](section, words)
    section.finish()
    return reading


def _any_member(section: Section, words: Vocabulary) -> Reading:
    return AnyMember(read_member_test(section.section("test"), words))


def _no_member(section: Section, words: Vocabulary) -> Reading:
    return NoMember(read_member_test(section.section("test"), words))


def _share_of_members(section: Section, words: Vocabulary) -> Reading:
    percent = exact_decimal(words.resolve(section, "percent"), section.at("percent"))
    if not 0 <= percent <= 100:
        raise section.fault("percent", f"{percent} is not a share of 100")
    return ShareOfMembers(
        test=read_member_test(section.section("test"), words),
        percent=percent,
        strict=words.flag(section, "strict"),
    )


def _level_by_age(section: Section, words: Vocabulary) -> Reading:
    """A member whose level is under that of the age: a named case of any_member."""
    fact = section.one_of("level_of", LEVEL_FACTS)
    bands = section.sections("bands")
    if not bands:
        raise section.fault("bands", "at least one band of ages is needed")
    return AnyMember(AnyOf(tuple(_age_band(band, fact, words) for band in bands)))


def _age_band(band: Section, fact: str, words: Vocabulary) -> MemberTest:
    # Most members are older than a band: asked first, its upper end saves the other tests.
    tests: list[MemberTest] = [
        AgeBelow(words.whole(band, "age_below")),
        AgeFrom(words.whole(band, "age_from")),
        CodeIn(fact, words.levels_below(words.level(band, "at_least"))),
    ]
    if "only_when" in band:
        tests.append(read_member_test(band.section("only_when"), words))
    test: MemberTest = AllOf(tuple(tests))
    if "because" in band:
        cause = band.code("because")
        if cause not in words.causes:
            raise band.fault("because", f"{cause!r} is not among the causes")
        test = Because(cause, test)
    band.finish()
    return test


def _threshold(section: Section, words: Vocabulary) -> Reading:
    section.one_of("per", ("member",))
    return Threshold(
        fact=section.one_of("fact", HOUSEHOLD_NUMBERS),
        limit=exact_decimal(words.resolve(section, "limit"), section.at("limit")),
        strict=words.flag(section, "strict"),
    )


def _count_of_facts(section: Section, words: Vocabulary) -> Reading:
    facts = _household_flags(section)
    at_least = words.whole(section, "at_least")
    if not 1 <= at_least <= len(facts):
        raise section.fault("at_least", f"{at_least} of {len(facts)} facts makes no sense")
    return CountOfFacts(facts, words.flag(section, "value"), at_least)


def _none_of_facts(section: Section, words: Vocabulary) -> Reading:
    return NoneOfFacts(_household_flags(section))


def _fact_is(section: Section, words: Vocabulary) -> Reading:
    fact = section.one_of("fact", HOUSEHOLD_FLAGS)
    return CountOfFacts((fact,), words.flag(section, "value"), 1)


def _every(section: Section, words: Vocabulary) -> Reading:
    parts = section.sections("parts")
    if len(parts) < 2:
        raise section.fault("parts", "at least two readings are needed")
    return EveryReading(tuple(read_reading(part, words) for part in parts))


def _unanswerable(section: Section, words: Vocabulary) -> Reading:
    return Unanswerable(
        because=section.one_of("because", UNANSWERABLE_BECAUSE), about=section.code("about")
    )


def _household_flags(section: Section) -> tuple[str, ...]:
    facts = section.texts("facts")
    for fact in facts:
        if fact not in HOUSEHOLD_FLAGS or facts.count(fact) > 1:
            raise section.fault("facts", f"{fact!r} is unknown or occurs twice")
    return facts


_FORMS: dict[str, Callable[[Section, Vocabulary], Reading]] = {
    "any_member": _any_member,
    "no_member": _no_member,
    "share_of_members": _share_of_members,
    "level_by_age": _level_by_age,
    "threshold": _threshold,
    "count_of_facts": _count_of_facts,
    "none_of_facts": _none_of_facts,
    "fact_is": _fact_is,
    "every": _every,
    "unanswerable": _unanswerable,
}
