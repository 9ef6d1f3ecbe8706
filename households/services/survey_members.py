"""The member rows of one survey: written as a whole, and tied to the persons of the register."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from households.choices import Relation
from households.errors import Invalid, Words
from households.models import Membership, MergedPerson, Person, Survey, SurveyMember, User
from households.models.whole_rows import write_columns
from households.services import people
from households.services.held_surveys import HeldSurvey

Values = Mapping[str, Any]

MEMBER_FIELDS = (
    "full_name", "sex", "birth_date", "birth_precision", "relation", "ethnic_group",
    "personal_id", "old_number", "able_to_work", "employment", "has_labour_contract", "disabled",
    "monthly_social_assistance", "malnourished_height", "malnourished_weight",
    "health_insurance_valid", "attending_level", "highest_qualification", "in_training",
    "uses_internet", "merit", "pension",
)  # fmt: skip

#: The columns of a row that are written here.
_COLUMNS = (
    "person_id",
    "ethnic_group_id",
    *(name for name in MEMBER_FIELDS if name != "ethnic_group"),
)


def replace(*, held: HeldSurvey, rows: Sequence[Values], identify: bool) -> list[SurveyMember]:
    """Make the survey's members these rows, in this order (member_no 1, 2, …), and save it. Gives
    the rows as they are stored then. One statement for those that differ, one more for the head.

    `identify` ties each row to a person: the one it names, the holder of its number, or a new
    one. Raises Invalid when a number belongs to someone of another household or a named person is
    not of this one, and when a second row is the head: a draft may lack a head, not have two.
    """
    survey = held.survey
    kept = {member.member_no: member for member in held.members}
    allowed = _persons_who_may_be_named(survey, rows, held.members)
    written: list[SurveyMember] = []
    changed: list[_Changed] = []
    errors: dict[str, list[Words]] = {
        f"members.{index}.relation": [_("The household has two heads.")]
        for index in [i for i, row in enumerate(rows) if row.get("relation") == Relation.HEAD][1:]
    }
    for index, row in enumerate(rows):
        number = row.get("personal_id") or row.get("old_number")
        if refusal := people.why_no_number(number, survey.village):
            errors[f"members.{index}.personal_id"] = [refusal]
        member = kept.pop(index + 1, None) or SurveyMember(survey=survey, member_no=index + 1)
        before = [getattr(member, name) for name in _COLUMNS]
        for name in MEMBER_FIELDS:
            if name in row:
                setattr(member, name, row[name])
        named = row.get("person_id")
        member.person_id = named if named in allowed else None
        if identify:
            named_twice = member.person_id in {one.person_id for one in written}
            if member.person_id and named_twice:
                told = _("The same person stands in two rows.")
                errors.setdefault(f"members.{index}.full_name", []).append(told)
            for field, sentence in _identify(member, survey, allowed, held.by):
                errors.setdefault(f"members.{index}.{field}", []).append(sentence)
        written.append(member)
        changed.append(_Changed.since(before, member))
    if errors:
        raise Invalid(_("The form is not complete."), fields=errors)
    survey.household_size = len(rows)
    survey.head_name = next(
        (m.full_name for m in written if m.relation == Relation.HEAD), survey.head_name
    )
    held.write()
    if kept:
        SurveyMember.objects.filter(pk__in=[member.pk for member in kept.values()]).delete()
    # Heads last: one head at a time is checked row by row.
    for is_head in (False, True):
        _store([one for one in changed if (one.member.relation == Relation.HEAD) is is_head])
    return written


@dataclass(frozen=True)
class _Changed:
    """A row and the columns of it that differ from what is stored. Most saves of a draft change
    one cell of one person."""

    member: SurveyMember
    columns: list[str]

    @classmethod
    def since(cls, before: Sequence[Any], member: SurveyMember) -> Self:
        pairs = zip(_COLUMNS, before, strict=True)
        return cls(member, [name for name, old in pairs if getattr(member, name) != old])


def _store(rows: Sequence[_Changed]) -> None:
    """New rows in one statement, those that differ in another."""
    known = [one for one in rows if one.columns and one.member.pk is not None]
    if new := [one.member for one in rows if one.member.pk is None]:
        SurveyMember.objects.bulk_create(new)
    if len(known) == 1:
        write_columns(known[0].member, known[0].columns)
    elif known:
        columns = sorted({name for one in known for name in one.columns})
        SurveyMember.objects.bulk_update([one.member for one in known], columns)


def _persons_who_may_be_named(
    survey: Survey, rows: Sequence[Values], stored: Iterable[SurveyMember]
) -> set[int]:
    """Those of an earlier save of this form; only where a row names somebody else is the register
    asked (two queries): anyone of this household at any time."""
    known = {member.person_id for member in stored if member.person_id}
    if all(row.get("person_id") in (None, *known) for row in rows):
        return known
    members = Membership.objects.filter(household=survey.household_id)
    earlier = SurveyMember.objects.filter(
        Q(survey=survey) | Q(survey__household=survey.household_id), person__isnull=False
    )
    return {
        *members.values_list("person_id", flat=True),
        *earlier.values_list("person_id", flat=True),
    }


def _identify(
    member: SurveyMember, survey: Survey, allowed: set[int], by: User
) -> list[tuple[str, Words]]:
    """Tie a row to its person; give the fields and sentences that say why that cannot be."""
    holder = people.holder_of(member.personal_id or "")
    if holder:
        if _belongs_elsewhere(holder.pk, survey):
            return [("personal_id", people.why_held(holder, by))]
        if member.person_id not in (None, holder.pk):
            return [("personal_id", people.why_held(holder, by))]
        member.person = holder
    elif member.person_id is None:
        member.person = Person.objects.create(
            full_name=member.full_name,
            sex=member.sex,
            birth_date=member.birth_date,
            birth_precision=member.birth_precision,
            ethnic_group=member.ethnic_group,
            personal_id=member.personal_id,
            old_number=member.old_number,
        )
        allowed.add(member.person.pk)
    elif _belongs_elsewhere(member.person_id, survey):
        told = _(
            "This person has moved to another household, or was entered twice and merged; remove "
            "the row."
        )
        return [("full_name", told)]
    return []


def _belongs_elsewhere(person_id: int, survey: Survey) -> bool:
    """Whether the register has the person in another household on the survey's day, or as an entry
    of somebody else: one form does not end a membership in someone else's commune."""
    memberships = Membership.objects.on(survey.as_of).filter(person=OuterRef("pk"))
    elsewhere = Exists(memberships.exclude(household=survey.household_id))
    gone = Exists(MergedPerson.objects.filter(gone=OuterRef("pk")))
    return Person.objects.filter(elsewhere | gone, pk=person_id).exists()
