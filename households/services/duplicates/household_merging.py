"""Two entries of one household become one: members who are alike are one person each, the others
join, the other entry ends as merged."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from households import clock, procedure
from households.choices import CommuneState, HouseholdEndReason, HouseholdEventKind, Relation
from households.errors import Refused
from households.likeness import persons
from households.models import (
    CommuneReview,
    DuplicateMerge,
    Household,
    HouseholdKey,
    Membership,
    Person,
    StatusPeriod,
    Survey,
)
from households.queries.duplicate_sides import Side
from households.services import request_forms
from households.services.duplicates import joining
from households.services.duplicates.finding import entry_of
from households.services.household_acts import roster


def check(kept: Side, gone: Side) -> None:
    """Raises Refused with what has to be done first: only a decision takes a household off the
    official list, and a form that lists are still made of is not dropped silently."""
    if kept.household.ended_on or gone.household.ended_on:
        raise Refused(_("One of the two households has ended."))
    listed = StatusPeriod.objects.filter(valid_to__isnull=True)
    if listed.filter(household=gone.household).exists():
        if listed.filter(household=kept.household).exists():
            raise Refused(
                _(
                    "Both households stand on the official list. Take one off it by a decision "
                    "(a correction) first."
                )
            )
        raise Refused(_("The household that goes stands on the official list: keep that one."))
    if form := _undecided_form(gone.household):
        raise Refused(
            _(
                "The household that goes has a form of %(round)s whose lists are not decided. "
                "Throw it away, or merge after the decision."
            )
            % {"round": form.round.key}
        )


def _undecided_form(household: Household) -> Survey | None:
    forms = Survey.objects.filter(household=household, round__is_closed=False)
    for form in forms.select_related("round"):
        decided = CommuneReview.objects.filter(
            round=form.round, commune=form.commune_id, state=CommuneState.RECOGNISED
        )
        if not decided.exists():
            return form
    return None


def merge(done: DuplicateMerge, kept: Side, gone: Side, values: Mapping[str, Any]) -> None:
    """Inside the act, after check()."""
    today = clock.today()
    if values:
        Household.objects.filter(pk=kept.household.pk).update(**values)
    alike = alike_members(kept, gone)
    roster.end_before(gone.members, today)
    for of_kept, of_gone in alike:
        joining.join_persons(
            done, of_kept.person, of_gone.person, _blanks(of_kept.person, of_gone.person)
        )
    roster.begin(kept.household, _joining(gone, alike), today)
    HouseholdKey.objects.filter(household=gone.household).update(household=kept.household)
    roster.note(HouseholdEventKind.MERGED, gone.household, today, other=kept.household)
    home = gone.household.residences.select_related("village__parent").get(valid_to__isnull=True)
    roster.end_household(
        roster.Standing(gone.household, home, {}), today, HouseholdEndReason.MERGED
    )
    request_forms.follow_merger(gone.household, kept.household)
    joining.settle_homes(kept, gone)


def alike_members(kept: Side, gone: Side) -> list[tuple[Membership, Membership]]:
    """Which members are the same person, each once, the most alike first; as the queue saw it."""
    limits = procedure.duplicate_limits()
    judged = []
    for one in kept.members:
        for other in gone.members:
            around = persons.Around(_place(kept, gone), members_alike=1)
            said = persons.compare(entry_of(one.person), entry_of(other.person), around, limits)
            if said and said.is_likely(limits) and persons.BIRTH_UNKNOWN not in said.reasons:
                judged.append((said.score, one, other))
    taken: set[int] = set()
    alike = []
    for __, one, other in sorted(judged, key=lambda pair: -pair[0]):
        if taken.isdisjoint({one.person_id, other.person_id}):
            taken |= {one.person_id, other.person_id}
            alike.append((one, other))
    return alike


def _place(kept: Side, gone: Side) -> str:
    if kept.village.pk == gone.village.pk:
        return persons.IN_VILLAGE
    return persons.IN_COMMUNE if kept.commune.pk == gone.commune.pk else ""


def _blanks(kept: Person, gone: Person) -> dict[str, Any]:
    """What only the entry that goes knows of the person."""
    values: dict[str, Any] = {}
    if not kept.personal_id and gone.personal_id:
        values["personal_id"] = gone.personal_id
    if kept.birth_date is None and gone.birth_date is not None:
        values |= {"birth_date": gone.birth_date, "birth_precision": gone.birth_precision}
    if kept.ethnic_group_id is None and gone.ethnic_group_id is not None:
        values["ethnic_group_id"] = gone.ethnic_group_id
    return values


def _joining(gone: Side, alike: list[tuple[Membership, Membership]]) -> dict[int, str]:
    """Members nobody is like, with their relation: under the same head it stays, else it is for
    the officer to say."""
    matched = {other.person_id for __, other in alike}
    same_head = any(one.relation == other.relation == Relation.HEAD for one, other in alike)
    return {
        row.person_id: row.relation if same_head else Relation.OTHER
        for row in gone.members
        if row.person_id not in matched
    }
