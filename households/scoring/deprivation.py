"""The interpreter's first half: is one household deprived in an indicator, why, what is missing."""

from decimal import Decimal

from households.scoring.facts import HouseholdFacts
from households.scoring.member_answers import (
    all_hold,
    answer,
    causes,
    missing_facts,
    opposite,
)
from households.scoring.member_tests import MemberTest
from households.scoring.notes import Note, NoteValue
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
from households.scoring.result import IndicatorResult
from households.scoring.standard_parts import Indicator


def judge(indicator: Indicator, facts: HouseholdFacts) -> IndicatorResult:
    """One indicator for one household, three-valued, with causes or gaps."""
    deprived = deprived_by(indicator.reading, facts)
    return IndicatorResult(
        code=indicator.code,
        position=indicator.position,
        deprived=deprived,
        causes=_unique(_causes(indicator.code, indicator.reading, facts)) if deprived else (),
        missing=_unique(_gaps(indicator.reading, facts)) if deprived is None else (),
    )


def deprived_by(reading: Reading, facts: HouseholdFacts) -> bool | None:
    """Whether the reading says deprived; None when missing facts could decide it."""
    match reading:
        case AnyMember(test):
            return some_member(test, facts)
        case NoMember(test):
            return opposite(some_member(test, facts))
        case ShareOfMembers():
            return _over_share(reading, facts)
        case Threshold(fact, limit, strict):
            amount = facts.number(fact)
            if amount is None or not facts.roster_complete:
                return None
            allowed = limit * len(facts.members)
            return amount < allowed if strict else amount <= allowed
        case CountOfFacts(names, value, at_least):
            flags = [facts.flag(name) for name in names]
            return reaches(flags.count(value), flags.count(None), at_least)
        case NoneOfFacts(names):
            return opposite(reaches(*_yes_and_unknown(names, facts), 1))
        case EveryReading(parts):
            return all_hold(deprived_by(part, facts) for part in parts)
        case Unanswerable():
            return None


def reaches(sure: int, unknown: int, at_least: int) -> bool | None:
    """Whether a count reaches a limit when some of what is counted is unknown."""
    if sure >= at_least:
        return True
    return None if sure + unknown >= at_least else False


def some_member(test: MemberTest, facts: HouseholdFacts) -> bool | None:
    """Whether any member meets the test; never a sure no while members may be missing."""
    answers = [answer(test, member, facts.as_of) for member in facts.members]
    if True in answers:
        return True
    return None if None in answers or not facts.roster_complete else False


def count_members(test: MemberTest, facts: HouseholdFacts) -> tuple[int, int]:
    """How many of the entered members meet the test, and for how many it is unknown."""
    answers = [answer(test, member, facts.as_of) for member in facts.members]
    return answers.count(True), answers.count(None)


def _over_share(reading: ShareOfMembers, facts: HouseholdFacts) -> bool | None:
    if not facts.roster_complete:
        return None
    sure, unknown = count_members(reading.test, facts)
    limit = reading.percent * len(facts.members)

    def is_over(count: int) -> bool:
        return count * 100 > limit if reading.strict else count * 100 >= limit

    if is_over(sure):
        return True
    return None if is_over(sure + unknown) else False


def _yes_and_unknown(names: tuple[str, ...], facts: HouseholdFacts) -> tuple[int, int]:
    flags = [facts.flag(name) for name in names]
    return flags.count(True), flags.count(None)


def _causes(indicator: str, reading: Reading, facts: HouseholdFacts) -> list[Note]:
    size = len(facts.members)
    match reading:
        case AnyMember(test):
            return _member_causes(indicator, test, facts)
        case NoMember():
            return [
                Note("cause_no_member", {"indicator": indicator, "members": len(facts.members)})
            ]
        case ShareOfMembers(test, percent, strict):
            counted, _ = count_members(test, facts)
            share: dict[str, NoteValue] = {
                "indicator": indicator,
                "counted": counted,
                "members": size,
                "percent": plain(percent),
                "strict": strict,
            }
            return [Note("cause_share", share), *_member_causes(indicator, test, facts)]
        case Threshold():
            return [_threshold_cause(indicator, reading, facts)]
        case CountOfFacts(names, value, _):
            return [
                _fact_cause(indicator, name, value) for name in names if facts.flag(name) is value
            ]
        case NoneOfFacts(names):
            return [_fact_cause(indicator, name, False) for name in names]
        case EveryReading(parts):
            return [note for part in parts for note in _causes(indicator, part, facts)]
        case Unanswerable():
            return []


def _member_causes(indicator: str, test: MemberTest, facts: HouseholdFacts) -> list[Note]:
    notes = []
    for member in facts.members:
        if not answer(test, member, facts.as_of):
            continue
        for cause in list(causes(test, member, facts.as_of)) or [""]:
            values: dict[str, NoteValue] = {
                "indicator": indicator,
                "member_no": member.member_no,
                "because": cause,
            }
            notes.append(Note("cause_member", values))
    return notes


def _fact_cause(indicator: str, fact: str, value: bool) -> Note:
    return Note("cause_fact", {"indicator": indicator, "fact": fact, "value": value})


def _threshold_cause(indicator: str, reading: Threshold, facts: HouseholdFacts) -> Note:
    return Note(
        "cause_threshold",
        {
            "indicator": indicator,
            "fact": reading.fact,
            "value": plain(facts.number(reading.fact)),
            "members": len(facts.members),
            "limit": plain(reading.limit),
            "strict": reading.strict,
        },
    )


def plain(number: Decimal | None) -> str:
    """A decimal as plain text without needless zeros ("8", "7.99")."""
    if number is None:
        return ""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _gaps(reading: Reading, facts: HouseholdFacts) -> list[Note]:
    match reading:
        case AnyMember(test) | NoMember(test) | ShareOfMembers(test):
            return [*roster_gap(facts), *member_gaps(test, facts)]
        case Threshold(fact):
            return [*roster_gap(facts), *_fact_gaps((fact,), facts)]
        case CountOfFacts(names) | NoneOfFacts(names):
            return _fact_gaps(names, facts)
        case EveryReading(parts):
            return [
                note
                for part in parts
                if deprived_by(part, facts) is None
                for note in _gaps(part, facts)
            ]
        case Unanswerable(because, about):
            return [Note(because, {"about": about})]


def roster_gap(facts: HouseholdFacts) -> list[Note]:
    """The line that says members are missing, when they are."""
    if facts.roster_complete:
        return []
    values = {"expected": facts.household_size, "entered": len(facts.members)}
    return [Note("missing_members", values)]


def member_gaps(test: MemberTest, facts: HouseholdFacts) -> list[Note]:
    """One line for each fact of a member that leaves the test open."""
    return [
        Note("missing_member_fact", {"member_no": member.member_no, "fact": fact})
        for member in facts.members
        for fact in missing_facts(test, member, facts.as_of)
    ]


def _fact_gaps(names: tuple[str, ...], facts: HouseholdFacts) -> list[Note]:
    absent = [
        name
        for name in names
        if (facts.number(name) if name == "floor_area_m2" else facts.flag(name)) is None
    ]
    return [Note("missing_fact", {"fact": name}) for name in absent]


def _unique(notes: list[Note]) -> tuple[Note, ...]:
    kept: list[Note] = []
    for note in notes:
        if note not in kept:
            kept.append(note)
    return tuple(kept)
