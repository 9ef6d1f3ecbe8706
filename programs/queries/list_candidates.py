"""Who could stand on a list of a programme: everybody entitled on its day, and how he stands."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum

from django.db import connection
from django.db.models import Q

from households.choices import SurveyState
from households.models import Area, HouseholdCard, Person, Survey, SurveyMember
from programs.appraisal import compiled
from programs.choices import BenefitState, ProgrammeKind, Recipient
from programs.models import Benefit, Programme, SupportListRow
from programs.queries import standing
from programs.queries.entitlement import rule_of, terms_on
from programs.queries.facts import facts_of
from programs.workflow import OPEN_STATES
from programs.workflow.coverage import LAPSES_WITHIN_DAYS
from programs.workflow.support_lists import SCHOOLING

#: (household, person); no person where the programme serves households.
Key = tuple[int, int | None]


class Stands(Enum):
    """How somebody entitled stands to the programme on the day."""

    GAP = "gap"
    #: A card that ends soon.
    LAPSING = "lapsing"
    SERVED = "served"
    #: On another list, or with a benefit that waits for its answer.
    ON_THE_WAY = "on_the_way"


#: Who is put on a list unless somebody says otherwise.
DUE = frozenset({Stands.GAP, Stands.LAPSING})


@dataclass(frozen=True)
class Candidate:
    """`wishes`: the household asked for it, on the newest form or by a recorded wish.
    `school_level`: by the newest form, of schooling alone. `valid_to`: of the card that serves."""

    household_id: int
    person_id: int | None
    village_id: int
    terms_id: int
    stands: Stands
    valid_to: dt.date | None
    wishes: bool
    school_level: str

    @property
    def key(self) -> Key:
        return self.household_id, self.person_id


@dataclass(frozen=True)
class Undecided:
    """Somebody of whom nobody can say whether he is entitled. `unknown`: "terms.condition" that
    lack a fact."""

    household_id: int
    person_id: int | None
    village_id: int
    unknown: tuple[str, ...]


def candidates(
    programme: Programme,
    on: dt.date,
    *,
    school_year: int | None,
    commune: Area,
    village: Area | None = None,
    apart_from: int | None = None,
) -> list[Candidate]:
    """Everybody entitled in the commune (or one village of it) on the day, by village and
    household. `apart_from`: the list that asks, whose own rows are on no other. About ten
    queries, whatever the area."""
    entitled = [
        one
        for one in standing.entitled(programme, on, branches=[commune.inner_path])
        if village is None or one.village_id == village.pk
    ]
    households = {one.household_id for one in entitled}
    wishing, levels = _by_newest_form(programme, on, households)
    recorded, on_the_way = _on_the_way(programme, on, school_year, entitled, apart_from)
    return [
        Candidate(
            household_id=one.household_id,
            person_id=one.person_id,
            village_id=one.village_id,
            terms_id=one.terms_id,
            stands=_stands(programme, on, one, on_the_way),
            valid_to=one.valid_to,
            wishes=one.household_id in wishing
            or _whom(one.household_id, one.person_id) in recorded,
            school_level=levels.get(one.person_id or 0, ""),
        )
        for one in entitled
    ]


def _stands(
    programme: Programme, on: dt.date, one: standing.Standing, on_the_way: set[Key]
) -> Stands:
    if _whom(one.household_id, one.person_id) in on_the_way:
        return Stands.ON_THE_WAY
    if one.served_by is None:
        return Stands.GAP
    soon = on + dt.timedelta(days=LAPSES_WITHIN_DAYS)
    is_card = programme.kind == ProgrammeKind.HEALTH_CARD
    return Stands.LAPSING if is_card and one.valid_to and one.valid_to <= soon else Stands.SERVED


def _whom(household: int, person: int | None) -> Key:
    """Who is meant wherever he lives: a person may have been listed in another household."""
    return (household, None) if person is None else (0, person)


def _by_newest_form(
    programme: Programme, on: dt.date, households: Collection[int]
) -> tuple[set[int], dict[int, str]]:
    """Households that want it, and the school level of each person, by the newest complete form up
    to the day. Two queries at most."""
    newest = (
        Survey.objects.filter(household__in=households, state=SurveyState.COMPLETE, as_of__lte=on)
        .order_by("household", "-as_of", "-pk")
        .distinct("household")
        .values_list("pk", "household", "support_wanted")
    )
    forms = list(newest)
    answers = set(programme.answers_wants)
    wishing = {household for __, household, wanted in forms if answers & set(wanted)}
    if programme.kind not in SCHOOLING:
        return wishing, {}
    members = SurveyMember.objects.filter(survey__in=[pk for pk, *__ in forms])
    levels = members.exclude(person=None).values_list("person", "attending_level")
    return wishing, {person: level for person, level in levels if level}


def _on_the_way(
    programme: Programme,
    on: dt.date,
    school_year: int | None,
    entitled: Sequence[standing.Standing],
    own: int | None,
) -> tuple[set[Key], set[Key]]:
    """Recorded wishes, and whoever is on another draft, waits for an answer, or has a card that
    begins later. Two queries."""
    persons = [one.person_id for one in entitled if one.person_id]
    households = [one.household_id for one in entitled if one.person_id is None]
    theirs = Q(person__in=persons) | Q(household__in=households, person=None)
    drafts = SupportListRow.objects.filter(
        theirs, programme=programme, on_draft=True, school_year=school_year
    ).exclude(support_list=own)
    open_ = Benefit.objects.filter(theirs, programme=programme).filter(
        Q(state__in=OPEN_STATES) | Q(state=BenefitState.SERVED, valid_from__gt=on)
    )
    if programme.kind in SCHOOLING:
        open_ = open_.filter(school_year=school_year)
    wishes: set[Key] = set()
    busy: set[Key] = {_whom(*key) for key in drafts.values_list("household", "person")}
    for household, person, state in open_.values_list("household", "person", "state"):
        (wishes if state == BenefitState.WISHED else busy).add(_whom(household or 0, person))
    return wishes, busy


def undecided(
    programme: Programme,
    on: dt.date,
    *,
    commune: Area,
    village: Area | None = None,
    households: Collection[int] | None = None,
) -> list[Undecided]:
    """Those of whom nobody can say whether a confirmed ground holds, by village and household.
    `households`: of these alone, wherever they live. About six queries, of no household none."""
    if households is not None and not households:
        return []
    in_force = [one for one in terms_on(on) if one.programme_id == programme.pk and one.decides]
    if not in_force:
        return []
    facts = facts_of(
        Recipient(programme.recipient),
        on,
        branches=[commune.inner_path],
        households=None if households is None else list(households),
    )
    verdicts = compiled([rule_of(terms) for terms in in_force], on)
    is_person = programme.recipient == Recipient.PERSON
    statement = f"""{facts.with_facts}
        SELECT f.household_id, {"f.person_id" if is_person else "NULL::bigint"}, f.village_id,
               {verdicts.unknown}
        FROM facts f WHERE ({verdicts.best}) = 0
          AND (%(village)s::bigint IS NULL OR f.village_id = %(village)s)
        ORDER BY f.village_id, f.household_id, f.person_id"""
    with connection.cursor() as cursor:
        values = {"village": village.pk if village else None}
        cursor.execute(statement, facts.parameters | verdicts.parameters | values)
        return [
            Undecided(household, person, village, tuple(unknown))
            for household, person, village, unknown in cursor.fetchall()
        ]


def names(keys: Collection[Key]) -> dict[Key, str]:
    """Of each the person's name, or the head's. Two queries."""
    persons = {person for __, person in keys if person is not None}
    households = {household for household, person in keys if person is None}
    of_persons = dict(Person.objects.filter(pk__in=persons).values_list("pk", "full_name"))
    heads = dict(
        HouseholdCard.objects.filter(pk__in=households).values_list("household", "head_name")
    )
    return {
        (household, person): of_persons[person] if person is not None else heads.get(household, "")
        for household, person in keys
    }
