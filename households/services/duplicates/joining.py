"""What mergers of persons and of households share: one entry follows another."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef

from households.choices import CommuneState
from households.models import (
    CommuneReview,
    DuplicateMerge,
    MergedPerson,
    Person,
    PersonKey,
    Residence,
    SurveyMember,
)
from households.queries.duplicate_sides import Side
from households.services.household_acts import roster


def settle_homes(kept: Side, gone: Side) -> None:
    """Cards and marks of both homes."""
    for side in (kept, gone):
        now = roster.Standing(side.household, _home(side), {})
        roster.settle(now)


def _home(side: Side) -> Residence:
    homes = side.household.residences.select_related("village__parent")
    latest: Residence = homes.latest("valid_from")
    return latest


def join_persons(
    done: DuplicateMerge, kept: Person, gone: Person, values: Mapping[str, Any]
) -> None:
    """`gone` is an entry of `kept` from now on: keys and undecided forms follow, the number is
    free for who keeps it. Six statements."""
    Person.objects.filter(pk=gone.pk, personal_id__isnull=False).update(personal_id=None)
    if values:
        Person.objects.filter(pk=kept.pk).update(**values)
    PersonKey.objects.filter(person=gone).update(person=kept)
    _follow_in_open_forms(kept, gone)
    MergedPerson.objects.create(merge=done, gone=gone, kept=kept)


def _follow_in_open_forms(kept: Person, gone: Person) -> None:
    """Rows of forms that no decision rests on yet name the person who stays; where both stand in
    one form the row is left, and the form says so when it is completed."""
    decided = CommuneReview.objects.filter(
        round=OuterRef("survey__round"),
        commune=OuterRef("survey__commune"),
        state=CommuneState.RECOGNISED,
    )
    there = SurveyMember.objects.filter(survey=OuterRef("survey"), person=kept)
    rows = SurveyMember.objects.filter(person=gone, survey__round__is_closed=False)
    rows.filter(~Exists(decided), ~Exists(there)).update(person=kept)
