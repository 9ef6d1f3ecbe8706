"""A trainee's answers beside the right ones, field by field, and what each difference does."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from households.folding import fold
from households.models import EthnicGroup, PovertyStandard, Survey, SurveyMember
from households.scoring import Indicator, Result, score
from households.scoring.facts_read import indicators_reading
from households.services import standards, survey_facts
from households.services.deciding_standards import decided_under
from households.services.practice.stories import Facts, Story, facts_of

#: What the class itself rests on beside the indicators.
INCOME_FIELDS = frozenset({"income_per_capita_month_vnd", "b1_points_paper"})


@dataclass(frozen=True)
class Difference:
    """One answer that differs. `member` is the name in the story, "" for the household's own
    answers; `indicators` are those that read the field."""

    member: str
    field: str
    yours: Any
    right: Any
    indicators: tuple[Indicator, ...]
    tells_income: bool


@dataclass(frozen=True)
class Comparison:
    """A form against its story. `missing` and `extra` are names of members; `agreed` counts the
    answers that are right, of `compared`."""

    standard: PovertyStandard
    yours: Result
    right: Result
    differences: tuple[Difference, ...]
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    compared: int

    @property
    def agreed(self) -> int:
        return self.compared - len(self.differences)

    @property
    def is_right(self) -> bool:
        return not (self.differences or self.missing or self.extra)


def right_result(story: Story, survey: Survey) -> Result:
    """What the rules make of the story's facts, under the newest standard of the survey's round."""
    standard = decided_under(survey.round)[-1]
    table = standards.table_in_force(standard)
    facts = facts_of(
        story,
        as_of=survey.as_of,
        settlement=story.village.upper(),
        province_code=survey.province_code,
    )
    return score(
        facts, standards.rules_of(standard), standards.rules_of_table(table) if table else None
    )


def compare(survey: Survey, story: Story) -> Comparison:
    """Both sides of a training household. Members are found by their names, spelled with accents
    or not, or by the same birth date where a name is written otherwise. A few queries."""
    standard = decided_under(survey.round)[-1]
    rules = standards.rules_of(standard)
    rows = list(survey.members.select_related("ethnic_group").order_by("member_no"))
    pairs = _paired(rows, story)
    told: list[tuple[str, Survey | SurveyMember, Facts]] = [("", survey, story.household)]
    told += [(right["full_name"], row, right) for row, right in pairs]
    compared, differences = 0, []
    for member, row, right in told:
        for name, value in right.items():
            compared += 1
            yours = getattr(row, name)
            if not _same(yours, value):
                read_by = indicators_reading(rules, name)
                differences.append(
                    Difference(member, name, yours, value, read_by, name in INCOME_FIELDS)
                )
    found = {right["full_name"] for __, right in pairs}
    matched = {row.pk for row, __ in pairs}
    return Comparison(
        standard=standard,
        yours=survey_facts.explain(survey, standard),
        right=right_result(story, survey),
        differences=tuple(differences),
        missing=tuple(m["full_name"] for m in story.members if m["full_name"] not in found),
        extra=tuple(row.full_name for row in rows if row.pk not in matched),
        compared=compared,
    )


def _paired(rows: list[SurveyMember], story: Story) -> list[tuple[SurveyMember, Facts]]:
    waiting = list(rows)
    pairs: list[tuple[SurveyMember, Facts]] = []
    for same in (_by_name, _by_birth):
        taken = {id(right) for __, right in pairs}
        for right in story.members:
            if id(right) in taken:
                continue
            row = next((one for one in waiting if same(one, right)), None)
            if row is not None:
                waiting.remove(row)
                pairs.append((row, right))
    return sorted(pairs, key=lambda pair: pair[0].member_no)


def _by_name(row: SurveyMember, right: Facts) -> bool:
    return fold(row.full_name) == fold(right["full_name"])


def _by_birth(row: SurveyMember, right: Mapping[str, Any]) -> bool:
    birth: dt.date = right["birth_date"]
    return row.birth_date == birth


def _same(yours: Any, right: Any) -> bool:
    if isinstance(yours, EthnicGroup):
        return bool(yours.name == right)
    return bool(yours == right) and (yours is None) == (right is None)
