"""The list of households: who matches, a page at a time, with what a row shows."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from households import clock, policies
from households.choices import CommuneState, InRound, PovertyClass, RoundKind
from households.folding import fold
from households.models import (
    Area,
    Assessment,
    CommuneReview,
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
from households.models.cards import HouseholdCardQuerySet, one_name_holds
from households.models.people import code_of
from households.queries import due, form_errors, trials
from households.queries.number_holders import homes_by_old_number

_PERSONAL_ID = re.compile(r"\d{12}", re.ASCII)
_CODE = re.compile(r"[hH]?0*(\d{1,9})", re.ASCII)


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; everything empty means all of one's area."""

    words: str = ""
    poverty_class: str = ""
    village: Area | None = None
    commune: Area | None = None
    #: An InRound, or empty
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

    pk: int
    head_name: str
    village: Area | None = None
    members: int = 0
    official: StatusPeriod | None = None
    provisional: Assessment | None = None

    @property
    def code(self) -> str:
        return code_of(self.pk)


def find(user: User, wanted: Wanted) -> HouseholdCardQuerySet:
    """Cards of the user's households that match. Names match without accents, every word in any
    order, any member; a 12-digit number, a household code or a source key match exactly.
    Households that ended are found by searching only."""
    cards = policies.visible_cards(user)
    if place := wanted.village or wanted.commune:
        cards = cards.under(place)
    if wanted.in_round:
        cards = _in_round(cards, wanted.in_round)
    if wanted.poverty_class:
        cards = cards.of_class(PovertyClass(wanted.poverty_class), on=clock.today())
    words = wanted.words.strip()
    return cards.filter(_matching(words)) if words else cards.standing()


def numbers_by_village(cards: HouseholdCardQuerySet) -> dict[int, int]:
    """How many of the cards lie in each village; together they are their count. One query."""
    return dict(cards.order_by().values_list("village").annotate(number=Count("pk")))


def _in_round(cards: HouseholdCardQuerySet, standing: str) -> HouseholdCardQuerySet:
    """Those with a form of that state in a round under way, or with none: of all
    households, or (DUE) of those that queries.due means. As on "my work", a commune whose lists of
    a round are decided has nothing more to do in it, even before the round is closed."""
    rounds = ReviewRound.objects.filter(is_closed=False, opens_on__lte=clock.today())
    if standing == InRound.DUE:
        # Only where a round that asks for listed households is under way.
        rounds = rounds.filter(kind=RoundKind.PERIODIC)
        provinces = Area.objects.filter(rounds__in=rounds)
        cards = cards.under_any([one.inner_path for one in provinces])
    decided = CommuneReview.objects.filter(round__in=rounds, state=CommuneState.RECOGNISED)
    forms = Survey.objects.filter(household=OuterRef("pk"), round__in=rounds).exclude(
        Exists(decided.filter(round=OuterRef("round"), commune=OuterRef("commune")))
    )
    if standing == InRound.ERROR:
        return cards.filter(Exists(form_errors.in_error(forms)))
    if standing not in (InRound.NO_FORM, InRound.DUE):
        return cards.filter(Exists(forms.filter(state=standing)))
    open_ones = cards.filter(~Exists(forms)).exclude(village__parent__in=_done(rounds, decided))
    if standing == InRound.NO_FORM:
        return open_ones
    return open_ones.filter(Exists(due.listed_now().filter(household=OuterRef("pk"))))


def _done(rounds: QuerySet[ReviewRound], decided: QuerySet[CommuneReview]) -> list[int]:
    """Communes that are decided in every round under way in their province, or outside it. Two
    queries; one more a round that is not for all communes."""
    under_way = Counter(rounds.values_list("province", flat=True))
    ended = Counter(decided.values_list("commune", "round__province"))
    for partial in rounds.filter(covers_all_communes=False).select_related("province"):
        ended.update((commune.pk, partial.province_id) for commune in due.outside(partial))
    return [
        commune for (commune, province), number in ended.items() if number == under_way[province]
    ]


def _matching(words: str) -> Q:
    """What was typed as a number, a code or a key, and as a name. Two look-ups at most, of what
    is found by an index of its own; the names lie on the card."""
    if _PERSONAL_ID.fullmatch(words):
        # The holder first: one index look-up, never a scan over encrypted numbers.
        holders = Person.objects.filter(personal_id=words).values_list("pk", flat=True)
        living = Membership.objects.filter(valid_to__isnull=True, person__in=list(holders))
        return Q(pk__in=list(living.values_list("household", flat=True)))
    code = _CODE.fullmatch(words)
    if code and words[0] in "hH":
        return Q(pk=int(code[1]))
    keys = HouseholdKey.objects.filter(key__in={words, words.upper(), words.lower()})
    exact = {*keys.values_list("household_id", flat=True), *([int(code[1])] if code else [])}
    exact.update(homes_by_old_number(words))
    named = name_holds(fold(words).split())
    return named | Q(pk__in=exact) if exact else named


def name_holds(folded_words: list[str], names: str = "folded_names") -> Q:
    """Cards with one name that holds every word. Names lie one to a line: words side by side are
    in one name, and only those that stand apart are looked for in each name by itself. `names` is
    the card's column, or an annotation of it."""
    if not folded_words:
        return Q(pk__in=[])
    each = Q()
    for word in folded_words:
        each &= Q(**{f"{names}__contains": word})
    if len(folded_words) == 1:
        return each
    together = Q(**{f"{names}__contains": " ".join(folded_words)})
    return each & (together | Q(one_name_holds(folded_words)))


def rows(cards: Iterable[HouseholdCard]) -> list[Row]:
    """What the list shows of these cards, as an Order's `sorted` gives them. Two queries,
    whatever their number."""
    found = {
        one.pk: Row(pk=one.pk, head_name=one.head_name, village=one.village, members=one.members)
        for one in cards
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
    """The newest assessment of each household that no decision stands behind: its commune has none
    yet for the round and standard, or left the household out. A trial is none of them. Two
    queries."""
    decisions = RecognitionDecision.objects.on_household(OuterRef("survey__household")).filter(
        commune=OuterRef("commune"), round=OuterRef("round"), standard=OuterRef("standard")
    )
    assessments = (
        trials.without(Assessment.objects.filter(survey__household__in=household_ids))
        .select_related("survey", "survey__round", "standard")
        # Read for each row, the texts of the law cost a hundred times the rest.
        .defer("standard__document")
        .annotate(is_decided=Exists(decisions))
        .order_by("survey__household", "-survey__as_of", "-survey_id", "-standard__valid_from")
        .distinct("survey__household")
    )
    return {one.survey.household_id: one for one in assessments if not one.is_decided}
