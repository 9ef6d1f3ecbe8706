"""The list of households: who matches, a page at a time, with what a row shows."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, TextField, Value
from django.db.models.functions import Coalesce

from households import clock, policies
from households.choices import PovertyClass, Relation
from households.folding import fold
from households.models import (
    Area,
    Assessment,
    Household,
    HouseholdKey,
    Membership,
    Person,
    RecognitionDecision,
    Residence,
    StatusPeriod,
    Survey,
    User,
)
from households.models.people import HouseholdQuerySet

_PERSONAL_ID = re.compile(r"\d{12}", re.ASCII)
_CODE = re.compile(r"[hH]?0*(\d{1,9})", re.ASCII)

#: A place in the order of the list: head's folded name, household.
Place = tuple[str, int]


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; everything empty means all of one's area."""

    words: str = ""
    poverty_class: str = ""
    village: Area | None = None


@dataclass
class Row:
    """One line of the list. The class is the official one; `provisional` is the newest
    assessment that no decision stands behind."""

    household: Household
    head_name: str
    village: Area | None = None
    members: int = 0
    official: StatusPeriod | None = None
    provisional: Assessment | None = None
    place: Place = field(default=("", 0))


def find(user: User, wanted: Wanted) -> HouseholdQuerySet:
    """The user's households that match. Names match without accents, every word in any order,
    any member; a 12-digit number, a household code or a source key match exactly."""
    households = policies.visible_households(user)
    if wanted.village:
        households = households.under(wanted.village)
    if wanted.poverty_class:
        households = households.of_class(PovertyClass(wanted.poverty_class), on=clock.today())
    words = wanted.words.strip()
    return households.filter(_matching(words)) if words else households


def _matching(words: str) -> Q:
    living_in = Membership.objects.filter(household=OuterRef("pk"), valid_to__isnull=True)
    if _PERSONAL_ID.fullmatch(words):
        # The holder first: one index look-up, never a scan over encrypted numbers.
        holders = list(Person.objects.filter(personal_id=words).values_list("pk", flat=True))
        return Q(Exists(living_in.filter(person__in=holders)))
    by_key = Exists(HouseholdKey.objects.filter(household=OuterRef("pk"), key__iexact=words))
    named = Q(Exists(living_in.filter(_all_words("person__folded_name", words))))
    # A form that was only begun has no members in the register yet.
    begun = Survey.objects.filter(household=OuterRef("pk"), members__isnull=False)
    in_draft = Exists(begun.filter(members__full_name__icontains=words))
    found = named | Q(by_key) | Q(in_draft)
    if code := _CODE.fullmatch(words):
        found |= Q(pk=int(code[1]))
    return found


def _all_words(column: str, words: str) -> Q:
    wanted = Q()
    for word in fold(words).split():
        wanted &= Q(**{f"{column}__contains": word})
    return wanted


def ordered(households: HouseholdQuerySet) -> HouseholdQuerySet:
    """By the head's name without accents, then by code; households without a head come first."""
    in_order: HouseholdQuerySet = households.annotate(
        head=FilteredRelation(
            "memberships",
            condition=Q(memberships__relation=Relation.HEAD, memberships__valid_to__isnull=True),
        ),
        head_folded=Coalesce(F("head__person__folded_name"), Value(""), output_field=TextField()),
        head_name=Coalesce(F("head__person__full_name"), Value(""), output_field=TextField()),
    ).order_by("head_folded", "pk")
    return in_order


def after(households: HouseholdQuerySet, place: Place) -> HouseholdQuerySet:
    name, pk = place
    return households.filter(Q(head_folded__gt=name) | Q(head_folded=name, pk__gt=pk))


def before(households: HouseholdQuerySet, place: Place) -> HouseholdQuerySet:
    name, pk = place
    return households.filter(Q(head_folded__lt=name) | Q(head_folded=name, pk__lt=pk))


def rows(households: Iterable[Household]) -> list[Row]:
    """What the list shows of these households. Five queries, whatever their number."""
    found = {
        one.pk: Row(
            household=one,
            head_name=getattr(one, "head_name", ""),
            place=(getattr(one, "head_folded", ""), one.pk),
        )
        for one in households
    }
    _add_places(found)
    _add_names_of_drafts(found)
    counts = Membership.objects.filter(household__in=found, valid_to__isnull=True)
    for pk, number in counts.values_list("household").annotate(number=Count("pk")):
        found[pk].members = number
    _add_classes(found)
    return list(found.values())


def _add_places(found: Mapping[int, Row]) -> None:
    homes = Residence.objects.filter(household__in=found, valid_to__isnull=True)
    for home in homes.select_related("village__parent"):
        found[home.household_id].village = home.village


def _add_names_of_drafts(found: Mapping[int, Row]) -> None:
    nameless = [pk for pk, row in found.items() if not row.head_name]
    drafts = Survey.objects.filter(household__in=nameless).order_by("as_of", "pk")
    for pk, name in drafts.values_list("household", "head_name"):
        found[pk].head_name = name


def _add_classes(found: Mapping[int, Row]) -> None:
    on_list = StatusPeriod.objects.on(clock.today()).filter(
        household__in=found, list_owner__isnull=True
    )
    for period in on_list:
        found[period.household_id].official = period
    for pk, assessment in latest_undecided(list(found)).items():
        found[pk].provisional = assessment


def latest_undecided(household_ids: list[int]) -> dict[int, Assessment]:
    """The newest assessment of each household that no decision stands behind: its commune has
    none yet for the round and standard. One query."""
    decisions = RecognitionDecision.objects.filter(
        commune=OuterRef("commune"), round=OuterRef("round"), standard=OuterRef("standard")
    )
    assessments = (
        Assessment.objects.filter(survey__household__in=household_ids)
        .select_related("survey", "survey__round", "standard")
        .annotate(is_decided=Exists(decisions))
        .order_by("survey__as_of", "survey_id", "standard__valid_from")
    )
    newest = {one.survey.household_id: one for one in assessments}
    return {pk: one for pk, one in newest.items() if not one.is_decided}
