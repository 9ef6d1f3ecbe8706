"""A new draft starts from what is known, so that nothing is typed twice."""

from households.models import Membership, Survey, SurveyMember
from households.services.survey_members import MEMBER_FIELDS

#: Answers that last from one year to the next; income and the paper's totals do not.
LASTING_FIELDS = (
    "head_name", "ethnic_group", "phone", "wall_material", "wall_durable", "column_material",
    "column_durable", "roof_material", "roof_durable", "floor_area_m2", "water_source",
    "water_clean", "toilet_type", "toilet_hygienic", "has_tv", "has_radio", "has_desktop",
    "has_phone", "has_laptop", "has_tablet", "has_smartphone", "policy_groups", "no_labour",
    "farm_household",
)  # fmt: skip


def into_draft(survey: Survey) -> list[SurveyMember]:
    """Fill an unsaved draft from the household's latest earlier survey, and give its members
    (unsaved, without survey); without one, the members that the register knows."""
    earlier = (
        Survey.objects.filter(household=survey.household_id, as_of__lt=survey.as_of)
        .order_by("-as_of", "-pk")
        .first()
        if survey.household_id
        else None
    )
    if earlier is None:
        return _from_register(survey)
    for name in LASTING_FIELDS:
        setattr(survey, name, getattr(earlier, name))
    return [_copied(member, number) for number, member in enumerate(earlier.members.all(), 1)]


def _copied(member: SurveyMember, number: int) -> SurveyMember:
    copy = SurveyMember(member_no=number, person_id=member.person_id)
    for name in MEMBER_FIELDS:
        setattr(copy, name, getattr(member, name))
    return copy


def _from_register(survey: Survey) -> list[SurveyMember]:
    memberships = (
        Membership.objects.on(survey.as_of)
        .filter(household=survey.household_id)
        .select_related("person")
        .order_by("pk")
    )
    return [
        SurveyMember(
            member_no=number,
            person=m.person,
            relation=m.relation,
            full_name=m.person.full_name,
            sex=m.person.sex,
            birth_date=m.person.birth_date,
            birth_precision=m.person.birth_precision,
            ethnic_group=m.person.ethnic_group,
            personal_id=m.person.personal_id,
        )
        for number, m in enumerate(memberships, 1)
    ]
