"""What a rule may ask of one member: a small closed grammar, read from the document.

    {all = [...]}, {any = [...]}                    and / or
    {age_from = 15}, {age_below = 16}               completed years on as_of
    {born_from_year = 1986}
    {fact = "able_to_work", is = true}              not asked → unknown
    {fact = "health_insurance_valid", is_not = true}  not asked counts as lacking
    {fact = "employment", is = "wage"}, {fact = "employment", in = ["wage"]}
    {fact = "attending_level", below_level = "primary"}, {…, from_level = "…"}
    {holds = "@parameter"}                          a yes/no parameter of the standard

Any value may be "@name", a parameter of the standard. `because` names, on any test, what a
member who meets it is told as the cause. Answers are three-valued: true, false, unknown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from households.scoring.document import Section, Stated, exact_decimal
from households.scoring.errors import DocumentError
from households.scoring.facts import LEVEL_FACTS, MEMBER_CODES, MEMBER_FLAGS

NO_LIMIT = "no_limit"


@dataclass(frozen=True)
class AllOf:
    tests: tuple["MemberTest", ...]


@dataclass(frozen=True)
class AnyOf:
    tests: tuple["MemberTest", ...]


@dataclass(frozen=True)
class AgeFrom:
    """Completed years at least `years`; unknown without a birth date."""

    years: int


@dataclass(frozen=True)
class AgeBelow:
    """Completed years under `years`; unknown without a birth date."""

    years: int


@dataclass(frozen=True)
class BornFromYear:
    """Born in that calendar year or later; unknown without a birth date."""

    year: int


@dataclass(frozen=True)
class FlagIs:
    """The flag has this value; unknown when not asked."""

    fact: str
    value: bool


@dataclass(frozen=True)
class FlagIsNot:
    """The flag is anything else than this value, "not asked" included; never unknown."""

    fact: str
    value: bool


@dataclass(frozen=True)
class CodeIn:
    """The coded answer is one of these; unknown when not asked. Without codes it never holds."""

    fact: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Fixed:
    """A yes/no parameter of the standard: the same for every member."""

    value: bool


@dataclass(frozen=True)
class Because:
    """The test, with the code of the cause told to a member who meets it."""

    code: str
    test: "MemberTest"


MemberTest = (
    AllOf
    | AnyOf
    | AgeFrom
    | AgeBelow
    | BornFromYear
    | FlagIs
    | FlagIsNot
    | CodeIn
    | Fixed
    | Because
)


@dataclass
class Vocabulary:
    """What the values of a reading may refer to. Notes which parameters were used."""

    parameters: Mapping[str, Stated]
    levels: Sequence[str]
    causes: frozenset[str]
    used: set[str] = field(default_factory=set)

    def resolve(self, section: Section, key: str) -> object:
        """The value at `key`, or that of the parameter it names with "@"."""
        value = section.raw(key)
        if not (isinstance(value, str) and value.startswith("@")):
            return value
        name = value[1:]
        if name not in self.parameters:
            raise section.fault(key, f"there is no parameter {name!r}")
        self.used.add(name)
        return self.parameters[name].value

    def whole(self, section: Section, key: str) -> int:
        value = self.resolve(section, key)
        if isinstance(value, bool) or not isinstance(value, int):
            raise section.fault(key, f"a whole number is needed, not {value!r}")
        return value

    def flag(self, section: Section, key: str) -> bool:
        value = self.resolve(section, key)
        if not isinstance(value, bool):
            raise section.fault(key, f"true or false is needed, not {value!r}")
        return value

    def decimal_text(self, section: Section, key: str) -> str:
        """The exact decimal at `key`, as text."""
        return str(exact_decimal(self.resolve(section, key), section.at(key)))

    def level(self, section: Section, key: str) -> str:
        value = self.resolve(section, key)
        if not isinstance(value, str) or value not in self.levels:
            raise section.fault(key, f"{value!r} is not one of {', '.join(self.levels)}")
        return value

    def levels_below(self, level: str) -> tuple[str, ...]:
        return tuple(self.levels[: self.levels.index(level)])

    def levels_from(self, level: str) -> tuple[str, ...]:
        return tuple(self.levels[self.levels.index(level) :])


def read_member_test(section: Section, words: Vocabulary) -> MemberTest:
    """One test of the grammar above; raises DocumentError at what it does not know."""
    test = _bare_test(section, words)
    if "because" in section:
        code = section.code("because")
        if code not in words.causes:
            raise section.fault("because", f"{code!r} is not among the causes")
        test = Because(code, test)
    section.finish()
    return test


def _bare_test(section: Section, words: Vocabulary) -> MemberTest:
    if "all" in section:
        return AllOf(_several(section, "all", words))
    if "any" in section:
        return AnyOf(_several(section, "any", words))
    if "holds" in section:
        return Fixed(words.flag(section, "holds"))
    if "age_from" in section:
        return AgeFrom(_age(section, "age_from", words))
    if "age_below" in section:
        if words.resolve(section, "age_below") == NO_LIMIT:
            return Fixed(True)
        return AgeBelow(_age(section, "age_below", words))
    if "born_from_year" in section:
        return BornFromYear(words.whole(section, "born_from_year"))
    if "fact" in section:
        return _fact_test(section, words)
    raise DocumentError(section.path, f"no such test: {section.names()}")


def _several(section: Section, key: str, words: Vocabulary) -> tuple[MemberTest, ...]:
    parts = section.sections(key)
    if not parts:
        raise section.fault(key, "at least one test is needed")
    return tuple(read_member_test(part, words) for part in parts)


def _age(section: Section, key: str, words: Vocabulary) -> int:
    years = words.whole(section, key)
    if not 0 <= years <= 150:
        raise section.fault(key, f"{years} is not an age in years")
    return years


def _fact_test(section: Section, words: Vocabulary) -> MemberTest:
    fact = section.text("fact")
    if fact in MEMBER_FLAGS:
        if "is_not" in section:
            return FlagIsNot(fact, words.flag(section, "is_not"))
        return FlagIs(fact, words.flag(section, "is"))
    if fact not in MEMBER_CODES:
        raise section.fault("fact", f"members have no fact {fact!r} that a rule may read")
    if "below_level" in section or "from_level" in section:
        return _level_test(section, fact, words)
    key = "in" if "in" in section else "is"
    value = words.resolve(section, key)
    if isinstance(value, str):
        value = (value,)
    if not isinstance(value, list | tuple) or not value:
        raise section.fault(key, "one or more codes are needed")
    for code in value:
        if code not in MEMBER_CODES[fact]:
            raise section.fault(key, f"{code!r} is not a code of {fact}")
    return CodeIn(fact, tuple(value))


def _level_test(section: Section, fact: str, words: Vocabulary) -> MemberTest:
    if fact not in LEVEL_FACTS:
        raise section.fault("fact", f"{fact} is not a school level")
    if "below_level" in section:
        return CodeIn(fact, words.levels_below(words.level(section, "below_level")))
    return CodeIn(fact, words.levels_from(words.level(section, "from_level")))
