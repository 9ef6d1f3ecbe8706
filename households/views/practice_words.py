"""Stories and compared answers in the words of the page."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from households.exchange.columns import HOUSEHOLD_COLUMNS, MEMBER_COLUMNS, Column, Kind
from households.forms.fields import as_money, as_text, of_column
from households.models import EthnicGroup
from households.scoring import Indicator
from households.services.practice.answers import Comparison, Difference
from households.services.practice.attempts import Attempt
from households.services.standards import rules_of
from households.views.explanations import in_language

_HOUSEHOLD = {column.field: column for column in HOUSEHOLD_COLUMNS if column.field}
_MEMBER = {column.field: column for column in MEMBER_COLUMNS if column.field}


@dataclass(frozen=True)
class TrainingStory:
    """A story in the language of the page, with the reader's own try."""

    code: str
    number: int
    title: str
    shows: str
    told: list[str]
    attempt: Attempt


@dataclass(frozen=True)
class DifferenceRow:
    """One answer that differs, in words."""

    who: str
    label: str
    yours: str
    right: str
    why: str


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator as it came out and as it should."""

    number: int
    name: str
    yours: bool | None
    right: bool | None


def told(attempt: Attempt) -> TrainingStory:
    story = attempt.story
    return TrainingStory(
        code=story.code,
        number=story.number,
        title=in_language(story.title),
        shows=in_language(story.shows),
        told=in_language(story.told).split("\n"),
        attempt=attempt,
    )


def rows(comparison: Comparison) -> list[DifferenceRow]:
    """The differences in the order of the form, the household's own first."""
    return [_row(one) for one in comparison.differences]


def _row(one: Difference) -> DifferenceRow:
    column = _MEMBER[one.field] if one.member else _HOUSEHOLD[one.field]
    return DifferenceRow(
        who=one.member,
        label=of_column(column).label,
        yours=_shown(column, one.yours),
        right=_shown(column, one.right),
        why=_why(one),
    )


def _shown(column: Column, value: Any) -> str:
    if value is None or value == "":
        return _("not answered")
    if isinstance(value, EthnicGroup):
        return value.name
    field = of_column(column)
    field.raw = as_money(value) if column.kind is Kind.MONEY_VND else as_text(value)
    return field.shown


def _why(one: Difference) -> str:
    if one.tells_income:
        return _("It tells on which side of the income line the household is.")
    if one.indicators:
        return _("It is read by: %(indicators)s.") % {
            "indicators": "; ".join(_named(found) for found in one.indicators)
        }
    return _("No indicator reads it; lists and papers show it.")


def _named(indicator: Indicator) -> str:
    return f"{indicator.position + 1}. {in_language(indicator.name)}"


def indicators(comparison: Comparison) -> list[IndicatorRow]:
    """All indicators, in the standard's order."""
    names = {one.code: in_language(one.name) for one in rules_of(comparison.standard).indicators}
    right = {found.code: found.deprived for found in comparison.right.indicators}
    return [
        IndicatorRow(found.position + 1, names[found.code], found.deprived, right[found.code])
        for found in comparison.yours.indicators
    ]
