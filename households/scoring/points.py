"""The B1 point table of form B: questions, options and their points by area variant."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from households.scoring.document import Label, Section, Stated, exact_decimal, no_repeats, stated
from households.scoring.errors import UnknownProvince
from households.scoring.facts import HOUSEHOLD_FLAGS, HOUSEHOLD_NUMBERS, LEVEL_FACTS
from households.scoring.member_tests import MemberTest, Vocabulary, read_member_test

FORMAT = 1


@dataclass(frozen=True)
class CountMembers:
    """Number of members; 0 points, whatever the number, when all of them meet `zero_when_all`."""

    zero_when_all: MemberTest | None


@dataclass(frozen=True)
class CountMatching:
    """Number of members who meet the test."""

    test: MemberTest


@dataclass(frozen=True)
class HighestLevel:
    """Highest school level that any member has."""

    fact: str


@dataclass(frozen=True)
class FlagOfHousehold:
    fact: str


@dataclass(frozen=True)
class NumberPerMember:
    fact: str


_BoundReader = Callable[[Section, Vocabulary], Decimal | bool | tuple[str, ...] | None]
Derivation = CountMembers | CountMatching | HighestLevel | FlagOfHousehold | NumberPerMember


@dataclass(frozen=True)
class Option:
    """An answer with its points per variant, in the order of the table's variants.

    For a derived question the option is taken when its bound is reached: `bound` is a lower
    limit (a number, or a tuple of school levels of which one is needed) or the flag itself.
    """

    code: str
    name: Label
    points: tuple[int, ...]
    bound: Decimal | bool | tuple[str, ...] | None


@dataclass(frozen=True)
class Question:
    """One question of form B. Without `derivation` it is asked; with it, other facts answer it.

    `or_asked`: an answer typed for a derived question counts while the facts leave it open.
    Options of a derived question stand from the highest bound to the lowest; the first whose
    bound is reached is the answer.
    """

    code: str
    number: int
    name: Label
    derivation: Derivation | None
    or_asked: bool
    options: tuple[Option, ...]

    @property
    def is_asked(self) -> bool:
        return self.derivation is None

    @property
    def takes_answer(self) -> bool:
        """Whether b1_answers may carry an answer to it."""
        return self.is_asked or self.or_asked

    def option(self, code: str) -> Option | None:
        for option in self.options:
            if option.code == code:
                return option
        return None


@dataclass(frozen=True)
class PointTable:
    """A version of the points, validated. Built by `from_document` only.

    A table that is not `complete` cannot score: questions are missing. One that `is_sample`
    serves to try and to train, never to decide.
    """

    code: str
    standard: str
    name: Label
    is_sample: bool
    complete: bool
    incomplete_because: Label | None
    stated: Stated
    variants: tuple[str, ...]
    variant_names: Mapping[str, Label]
    urban_variant: str
    variant_by_province: Mapping[str, str]
    questions: tuple[Question, ...]

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "PointTable":
        """Read and check a whole document; raises DocumentError at the first thing wrong."""
        return _table(Section(document))

    @property
    def asked_questions(self) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if question.is_asked)

    def question(self, code: str) -> Question | None:
        for question in self.questions:
            if question.code == code:
                return question
        return None

    def variant(self, settlement: str, province_code: str) -> str:
        """The variant for a household; raises UnknownProvince for a rural one of a province
        the table does not know."""
        if settlement == "URBAN":
            return self.urban_variant
        try:
            return self.variant_by_province[province_code]
        except KeyError:
            raise UnknownProvince(self.code, province_code) from None


def _table(root: Section) -> PointTable:
    if root.integer("format") != FORMAT:
        raise root.fault("format", f"only format {FORMAT} is known")
    sources = root.section("sources")
    known_sources = {key: sources.label(key) for key in sources.names()}
    variants = root.texts("variants")
    no_repeats(variants, root.at("variants"))
    words = Vocabulary({}, root.texts("school_levels"), frozenset())
    complete = root.flag("complete")
    questions = tuple(_question(part, len(variants), words) for part in root.sections("questions"))
    no_repeats([question.code for question in questions], root.at("questions"))
    names = root.section("variant_names")
    by_province = root.section("variant_by_province")
    table = PointTable(
        code=root.code("code"),
        standard=root.code("standard"),
        name=root.label("name"),
        is_sample=root.flag("is_sample"),
        complete=complete,
        incomplete_because=None if complete else root.label("incomplete_because"),
        stated=stated(root.section("points_stated"), known_sources),
        variants=variants,
        variant_names=MappingProxyType({key: names.label(key) for key in variants}),
        urban_variant=root.one_of("urban_variant", variants),
        variant_by_province=MappingProxyType(
            {key: by_province.one_of(key, variants) for key in by_province.names()}
        ),
        questions=questions,
    )
    for section in (names, by_province, sources, root):
        section.finish()
    if table.complete and not table.asked_questions:
        raise root.fault("questions", "a complete table asks at least one question")
    return table


def _question(section: Section, variants: int, words: Vocabulary) -> Question:
    derivation: Derivation | None = None
    read_bound: _BoundReader = _no_bound
    if "derived" in section:
        derivation, read_bound = _derivation(section.section("derived"), words)
    options = [_option(part, variants, read_bound, words) for part in section.sections("options")]
    question = Question(
        code=section.code("code"),
        number=section.integer("number"),
        name=section.label("name"),
        derivation=derivation,
        or_asked=section.flag("or_asked") if "or_asked" in section else False,
        options=tuple(options),
    )
    no_repeats([option.code for option in options], section.at("options"))
    if question.or_asked and derivation is None:
        raise section.fault("or_asked", "only a derived question can be asked as well")
    if not options:
        raise section.fault("options", "at least one option is needed")
    _check_bounds(section, question, words)
    section.finish()
    return question


def _option(section: Section, variants: int, read_bound: _BoundReader, words: Vocabulary) -> Option:
    points = section.items("points")
    numbers = [item for item in points if isinstance(item, int) and not isinstance(item, bool)]
    if len(points) != variants or len(numbers) != variants:
        raise section.fault("points", f"{variants} whole numbers are needed, one per variant")
    option = Option(
        code=section.option_code("code"),
        name=section.label("name"),
        points=tuple(numbers),
        bound=read_bound(section, words),
    )
    section.finish()
    return option


def _no_bound(section: Section, words: Vocabulary) -> None:
    return None


def _number_bound(section: Section, words: Vocabulary) -> Decimal:
    return exact_decimal(section.raw("from"), section.at("from"))


def _flag_bound(section: Section, words: Vocabulary) -> bool:
    return section.flag("when")


def _level_bound(section: Section, words: Vocabulary) -> tuple[str, ...]:
    return words.levels_from(words.level(section, "from_level"))


def _derivation(section: Section, words: Vocabulary) -> tuple[Derivation, _BoundReader]:
    form = section.one_of(
        "form", ("members", "members_matching", "highest_level", "fact", "per_member")
    )
    found: tuple[Derivation, _BoundReader]
    if form == "members":
        zero = None
        if "zero_when_all" in section:
            zero = read_member_test(section.section("zero_when_all"), words)
        found = CountMembers(zero), _number_bound
    elif form == "members_matching":
        found = CountMatching(read_member_test(section.section("test"), words)), _number_bound
    elif form == "highest_level":
        found = HighestLevel(section.one_of("fact", LEVEL_FACTS)), _level_bound
    elif form == "fact":
        found = FlagOfHousehold(section.one_of("fact", HOUSEHOLD_FLAGS)), _flag_bound
    else:
        found = NumberPerMember(section.one_of("fact", HOUSEHOLD_NUMBERS)), _number_bound
    section.finish()
    return found


def _check_bounds(section: Section, question: Question, words: Vocabulary) -> None:
    """Options of a derived question fall from the highest bound and leave no gap below."""
    bounds = [option.bound for option in question.options]
    derivation = question.derivation
    if derivation is None:
        return
    if isinstance(derivation, FlagOfHousehold):
        fits = sorted(bounds, key=str) == [False, True]
    elif isinstance(derivation, HighestLevel):
        sizes = [len(bound) for bound in bounds if isinstance(bound, tuple)]
        fits = sizes == sorted(set(sizes)) and sizes[-1] == len(words.levels)
    else:
        numbers = [bound for bound in bounds if isinstance(bound, Decimal)]
        lowest = 1 if isinstance(derivation, CountMembers) else 0
        fits = numbers == sorted(set(numbers), reverse=True) and numbers[-1] == lowest
    if not fits:
        raise section.fault(
            "options", "bounds fall from the highest to the lowest, without repeats or gaps"
        )
