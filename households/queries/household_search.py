"""The list of households: who matches, a page at a time, with what a row shows."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from households import clock, policies
from households.choices import CommuneState, PovertyClass, SurveyState
from households.folding import fold
from households.models import (
    Area,
    Assessment,
    CommuneReview,
    Household,
    HouseholdCard,
    HouseholdKey,
    Membership,
    Person,
    RecognitionDecision,
    ReviewRound,
    StatusPeriod,
    Survey,
    User,
)
from households.models.people import HouseholdQuerySet

_PERSONAL_ID = re.compile(r"\d{12}", re.ASCII)
_CODE = re.compile(r"[hH]?0*(\d{1,9})", re.ASCII)

#: Where a household stands in the round under way.
NO_FORM = "none"
#: On the official list, and without a form yet.
DUE = "due"
LISTED = (PovertyClass.POOR, PovertyClass.NEAR_POOR)
IN_ROUND = (NO_FORM, DUE, SurveyState.DRAFT, SurveyState.COMPLETE)


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; everything empty means all of one's area."""

    words: str = ""
    poverty_class: str = ""
    village: Area | None = None
    commune: Area | None = None
    #: One of IN_ROUND
    in_round: str = ""

    @property
    def is_narrowed(self) -> bool:
        return bool(
            self.words or self.poverty_class or self.village or self.commune or self.in_round
        )


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


def find(user: User, wanted: Wanted) -> HouseholdQuerySet:
    """The user's households that match. Names match without accents, every word in any order,
    any member; a 12-digit number, a household code or a source key match exactly. Households
    that ended are found by searching only."""
    households = policies.visible_households(user)
    if place := wanted.village or wanted.commune:
        households = households.under(place)
    if wanted.in_round:
        households = _in_round(households, wanted.in_round)
    if wanted.poverty_class:
        households = households.of_class(PovertyClass(wanted.poverty_class), on=clock.today())
    words = wanted.words.strip()
    if not words:
        return households.filter(ended_on__isnull=True)
    return households.filter(pk__in=_matching(words))


def _in_round(households: HouseholdQuerySet, standing: str) -> HouseholdQuerySet:
    """Those with a form of that state in a round under way, or with none: of all
    households, or (DUE) of those on the official list. As on "my work", a commune whose lists of
    a round are decided has nothing more to do in it, even before the round is closed."""
    rounds = ReviewRound.objects.filter(is_closed=False, opens_on__lte=clock.today())
    decided = CommuneReview.objects.filter(round__in=rounds, state=CommuneState.RECOGNISED)
    forms = Survey.objects.filter(household=OuterRef("pk"), round__in=rounds).exclude(
        Exists(decided.filter(round=OuterRef("round"), commune=OuterRef("commune")))
    )
    if standing not in (NO_FORM, DUE):
        return households.filter(Exists(forms.filter(state=standing)))
    due = households.filter(~Exists(forms)).exclude(
        card__village__parent__in=_done(rounds, decided)
    )
    if standing == NO_FORM:
        return due
    listed = StatusPeriod.objects.on(clock.today()).filter(
        household=OuterRef("pk"), list_owner__isnull=True, poverty_class__in=LISTED
    )
    return due.filter(Exists(listed))


def _done(rounds: QuerySet[ReviewRound], decided: QuerySet[CommuneReview]) -> list[int]:
    """Communes whose lists are decided in every round under way in their province. Two queries."""
    under_way = Counter(rounds.values_list("province", flat=True))
    ended = Counter(decided.values_list("commune", "round__province"))
    return [
        commune for (commune, province), number in ended.items() if number == under_way[province]
    ]


def _matching(words: str) -> QuerySet[Any, Any]:
    """Ids of households that match, wherever they are. Each way of finding is a set of its own,
    found by its own index. Codes, keys and begun forms are few and looked up first: where none
    matches, the set by name needs no joining, which over a very common name costs the most."""
    living = Membership.objects.filter(valid_to__isnull=True)
    if _PERSONAL_ID.fullmatch(words):
        # The holder first: one index look-up, never a scan over encrypted numbers.
        holders = list(Person.objects.filter(personal_id=words).values_list("pk", flat=True))
        return living.filter(person__in=holders).values_list("household")
    code = _CODE.fullmatch(words)
    coded = {int(code[1])} if code else set()
    if code and words[0] in "hH":
        return Household.objects.filter(pk__in=coded).values_list("pk")
    keys = HouseholdKey.objects.filter(key__in={words, words.upper(), words.lower()})
    coded |= set(keys.values_list("household_id", flat=True))
    # A form that was only begun has no members in the register yet.
    begun = HouseholdCard.objects.filter(_all_words("folded_head_name", words), members=0)
    coded |= set(begun.values_list("household_id", flat=True))
    named = living.filter(_all_words("person__folded_name", words)).values_list("household")
    return named.union(Household.objects.filter(pk__in=coded).values_list("pk")) if coded else named


def _all_words(column: str, words: str) -> Q:
    wanted = Q()
    for word in fold(words).split():
        wanted &= Q(**{f"{column}__contains": word})
    return wanted


def rows(households: Iterable[Household]) -> list[Row]:
    """What the list shows of these households, as an Order's `sorted` gives them. Two queries,
    whatever their number."""
    found = {
        one.pk: Row(
            household=one,
            head_name=one.card.head_name,
            village=one.card.village,
            members=one.card.members,
        )
        for one in households
    }
    _add_classes(found)
    return list(found.values())


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
