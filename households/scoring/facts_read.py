"""Which answers an indicator reads: the way back from a reading to the questions of the form."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from households.scoring.member_tests import AgeBelow, AgeFrom, BornFromYear
from households.scoring.standard import Standard
from households.scoring.standard_parts import Indicator

BIRTH_DATE = "birth_date"


def facts_read(indicator: Indicator) -> frozenset[str]:
    """Names of the facts, "birth_date" for ages."""
    return frozenset(_named_in(indicator.reading))


def indicators_reading(standard: Standard, fact: str) -> tuple[Indicator, ...]:
    """The indicators that a fact bears on, in the standard's order."""
    return tuple(one for one in standard.indicators if fact in facts_read(one))


def _named_in(part: object) -> Iterator[str]:
    if isinstance(part, AgeFrom | AgeBelow | BornFromYear):
        yield BIRTH_DATE
    elif isinstance(part, tuple):
        for one in part:
            yield from _named_in(one)
    elif is_dataclass(part):
        for field in fields(part):
            value = getattr(part, field.name)
            if field.name == "fact":
                yield value
            elif field.name == "facts":
                yield from value
            else:
                yield from _named_in(value)
