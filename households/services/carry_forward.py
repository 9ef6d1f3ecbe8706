"""A new draft starts from what is known, so that nothing is typed twice."""

from django.db.models import Q

from households.choices import HouseholdEventKind, Relation
from households.models import HouseholdEvent, Membership, Survey, SurveyMember
from households.services.survey_members import MEMBER_FIELDS

#: Answers that last from one year to the next; income and the paper's totals do not.
LASTING_FIELDS = (
    "head_name", "ethnic_group", "phone", "wall_material", "wall_durable", "column_material",
    "column_durable", "roof_material", "roof_durable", "floor_area_m2", "water_source",
    "water_clean", "toilet_type", "toilet_hygienic", "has_tv", "has_radio", "has_desktop",
    "has_phone", "has_laptop", "has_tablet", "has_smartphone", "policy_groups", "no_labour",
    "farm_household",
)  # fmt: skip
#: What the register knows of a member better than an earlier survey.
REGISTER_FIELDS = (
    "full_name", "sex", "birth_date", "birth_precision", "relation", "ethnic_group", "personal_id",
    "old_number",
)  # fmt: skip


def earlier_of(survey: Survey) -> Survey | None:
    """The household's latest survey before this one, from which a draft starts. One query."""
    if not survey.household_id:
        return None
    before = Survey.objects.filter(household=survey.household_id, as_of__lt=survey.as_of)
    return before.select_related("round").order_by("-as_of", "-pk").first()


def into_draft(survey: Survey) -> list[SurveyMember]:
    """Fill an unsaved draft from the household's latest earlier survey, and give its members
    (unsaved, without survey); without one, the members that the register knows."""
    earlier = earlier_of(survey)
    if earlier is None:
        known = _from_register(survey)
        _name_after_head(survey, known)
        return known
    for name in LASTING_FIELDS:
        setattr(survey, name, getattr(earlier, name))
    return _brought_up_to_date(survey, earlier)


def _brought_up_to_date(survey: Survey, earlier: Survey) -> list[SurveyMember]:
    """The members of the earlier survey with their answers; where the register was changed since,
    those it has on the draft's date, each as it knows him."""
    answered = list(earlier.members.all())
    now = {one.person_id: one for one in _from_register(survey)}
    if not _changed_since(survey, earlier) or not now:
        return [_copied(member, number) for number, member in enumerate(answered, 1)]
    stayed = [_copied(one, 0) for one in answered if one.person_id in now]
    for copy in stayed:
        known = now.pop(copy.person_id)
        for name in REGISTER_FIELDS:
            setattr(copy, name, getattr(known, name))
    members = [*stayed, *now.values()]
    members.sort(key=lambda one: one.relation != Relation.HEAD)
    for number, member in enumerate(members, 1):
        member.member_no = number
    _name_after_head(survey, members)
    return members


def _name_after_head(survey: Survey, members: list[SurveyMember]) -> None:
    heads = (one.full_name for one in members if one.relation == Relation.HEAD)
    survey.head_name = next(heads, survey.head_name)


def _changed_since(survey: Survey, earlier: Survey) -> bool:
    """Whether an act changed the household between the two dates; a correction holds for all."""
    return HouseholdEvent.objects.filter(
        Q(household=survey.household_id) | Q(other_household=survey.household_id),
        Q(happened_on__lte=survey.as_of) | Q(kind=HouseholdEventKind.CORRECTED),
        happened_on__gt=earlier.as_of,
    ).exists()


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
            old_number=m.person.old_number,
        )
        for number, m in enumerate(memberships, 1)
    ]
