"""A survey as the rules read it: as it is stored, or as it stands on the page not yet saved."""

from collections.abc import Mapping, Sequence
from typing import Any

from households.models import PovertyStandard, Survey, SurveyMember
from households.scoring import HouseholdFacts, MemberFacts, Result, score
from households.scoring.facts import HOUSEHOLD_FLAGS, MEMBER_CODES, MEMBER_FLAGS
from households.services import standards

Values = Mapping[str, Any]

_NUMBERS = (
    "income_per_capita_month_vnd", "floor_area_m2", "b1_points_paper", "b2_points_paper",
)  # fmt: skip


def stored(survey: Survey) -> HouseholdFacts:
    """The answers as they are kept. One query for the members."""
    values = {
        name: getattr(survey, name)
        for name in (*HOUSEHOLD_FLAGS, *_NUMBERS, "b1_answers", "class_paper")
    }
    members = tuple(_stored_member(one) for one in survey.members.all())
    return _facts(survey, values, members, survey.household_size)


def typed(survey: Survey, values: Values, members: Sequence[Values]) -> HouseholdFacts:
    """The answers as typed, keyed by model fields; what is not given was not answered. No query.

    The persons on the page are all there are: what cannot be read yet counts as missing.
    """
    rows = tuple(_typed_member(number, row) for number, row in enumerate(members, 1))
    return _facts(survey, values, rows, len(rows))


def explain(survey: Survey, standard: PovertyStandard) -> Result:
    """The result of a survey with its reasons, computed now from its answers and the standard."""
    return under(stored(survey), standard)


def under(facts: HouseholdFacts, standard: PovertyStandard) -> Result:
    """The result of facts under a standard and the point table in force for it."""
    table = standards.table_in_force(standard)
    point_rules = standards.rules_of_table(table) if table else None
    return score(facts, standards.rules_of(standard), point_rules)


def _facts(
    survey: Survey, values: Values, members: tuple[MemberFacts, ...], size: int | None
) -> HouseholdFacts:
    return HouseholdFacts(
        as_of=survey.as_of,
        settlement=survey.settlement,
        members=members,
        household_size=size,
        province_code=survey.province_code,
        b1_answers=values.get("b1_answers") or {},
        class_paper=values.get("class_paper") or "",
        **{name: values.get(name) for name in (*HOUSEHOLD_FLAGS, *_NUMBERS)},
    )


def _stored_member(member: SurveyMember) -> MemberFacts:
    answers = {name: getattr(member, name) for name in (*MEMBER_FLAGS, *MEMBER_CODES)}
    return MemberFacts(
        member_no=member.member_no,
        full_name=member.full_name,
        birth_date=member.birth_date,
        **answers,
    )


def _typed_member(number: int, row: Values) -> MemberFacts:
    answers: dict[str, Any] = {name: row.get(name) for name in MEMBER_FLAGS}
    answers |= {name: row.get(name) or "" for name in MEMBER_CODES}
    return MemberFacts(
        member_no=number,
        full_name=row.get("full_name") or "",
        birth_date=row.get("birth_date"),
        **answers,
    )
