"""Health-insurance cards of a commune held against its people: who has none, which end soon, which
say another ground than the best one of the day, which belong to somebody who died or left."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import Enum

from django.db import connection

from households.models import Area, Membership, Person, Residence, StatusPeriod
from programs.choices import BenefitState
from programs.models import Benefit, Programme, ProgrammeTerms
from programs.queries import list_candidates, standing
from programs.queries.serving import serves, values_on
from programs.workflow.coverage import LAPSES_WITHIN_DAYS


class CardCheck(Enum):
    """What a card, or the lack of one, is listed for; in the order of the page."""

    WITHOUT = "without"
    LAPSING = "lapsing"
    BETTER = "better"
    WORSE = "worse"
    OTHER_GROUND = "other_ground"
    ENDED = "ended"
    UNCLEAR = "unclear"
    GONE = "gone"


@dataclass(frozen=True)
class Card:
    """The newest valid card of a person: on which ground it was given (None: none known)."""

    benefit_id: int
    household_id: int
    person_id: int
    village_id: int | None
    terms_id: int | None
    number: str
    served_on: dt.date
    valid_to: dt.date | None


@dataclass(frozen=True)
class Checked:
    """One person. `best`: the best ground of the day; `since`: from when the card no longer says
    it, as far as the official list or the register tells (None: it does not)."""

    household_id: int
    person_id: int
    village_id: int | None
    card: Card | None
    best: ProgrammeTerms | None
    since: dt.date | None


Checks = dict[CardCheck, list[Checked]]


def of_commune(programme: Programme, commune: Area, on: dt.date) -> Checks:
    """Everything to be looked at in a commune on a day, by village and household. Cards are those
    given to people who lived there then. Some twenty queries, however many cards."""
    branches = [commune.inner_path]
    entitled = standing.entitled(programme, on, branches=branches)
    cards = _valid_cards(programme, commune, on)
    terms = ProgrammeTerms.objects.in_bulk(
        {one.terms_id for one in entitled} | {one.terms_id for one in cards if one.terms_id}
    )
    found: Checks = defaultdict(list)
    _put_entitled(found, entitled, cards, terms, on)
    followed = _followed(programme, [one.person_id for one in found[CardCheck.LAPSING]], on)
    found[CardCheck.LAPSING] = [
        one for one in found[CardCheck.LAPSING] if one.person_id not in followed
    ]
    of_entitled = {one.person_id for one in entitled}
    others = [one for one in cards if one.person_id not in of_entitled]
    gone = _gone(others, branches, on)
    unclear = _unclear(programme, [one for one in others if one.person_id not in gone], commune, on)
    for card in others:
        check = (
            CardCheck.GONE
            if card.person_id in gone
            else CardCheck.UNCLEAR
            if card.person_id in unclear
            else CardCheck.ENDED
        )
        found[check].append(_of(card, None, gone.get(card.person_id)))
    return _with_days(found, on)


def _valid_cards(programme: Programme, commune: Area, on: dt.date) -> list[Card]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT DISTINCT ON (s.person_id) s.id, s.household_id, s.person_id, s.village_id,
                  s.terms_id, s.number, s.served_on, s.valid_to
                FROM programs_benefit s
                WHERE s.programme_id = %(programme)s AND s.commune_id = %(commune)s
                  AND s.person_id IS NOT NULL AND {serves(programme.kind)}
                ORDER BY s.person_id, s.acted_on DESC, s.id DESC""",
            values_on(on) | {"programme": programme.pk, "commune": commune.pk},
        )
        return [Card(*row) for row in cursor.fetchall()]


def _put_entitled(
    found: Checks,
    entitled: list[standing.Standing],
    cards: list[Card],
    terms: dict[int, ProgrammeTerms],
    on: dt.date,
) -> None:
    by_person = {one.person_id: one for one in cards}
    soon = on + dt.timedelta(days=LAPSES_WITHIN_DAYS)
    for one in entitled:
        assert one.person_id is not None  # cards are for persons
        card, best = by_person.get(one.person_id), terms[one.terms_id]
        if one.served_by is None:
            row = Checked(one.household_id, one.person_id, one.village_id, None, best, None)
            found[CardCheck.WITHOUT].append(row)
            continue
        if card is None:
            continue  # of another commune; that one's page tells of it
        if card.valid_to and card.valid_to <= soon:
            found[CardCheck.LAPSING].append(_of(card, best, None))
        said = terms.get(card.terms_id or 0)
        if said and said.ground != best.ground:
            found[_moved(said, best)].append(_of(card, best, None))


def _unclear(programme: Programme, cards: Collection[Card], commune: Area, on: dt.date) -> set[int]:
    """Of these holders, who live here, those of whom nobody can say whether a ground holds. Only
    their households are read: of a large commune they are few. Eight queries, of nobody none."""
    persons = [one.person_id for one in cards]
    if not persons:
        return set()
    homes = Membership.objects.on(on).filter(person__in=persons).values_list("household", flat=True)
    asked = list_candidates.undecided(programme, on, commune=commune, households=set(homes))
    return {one.person_id for one in asked if one.person_id}


def _followed(programme: Programme, persons: Collection[int], on: dt.date) -> set[int]:
    """Of these persons those whose next card is there and begins later. One query."""
    later = Benefit.objects.filter(
        programme=programme, person__in=persons, state=BenefitState.SERVED, valid_from__gt=on
    )
    return {person for person in later.values_list("person", flat=True) if person}


def _moved(said: ProgrammeTerms, best: ProgrammeTerms) -> CardCheck:
    before, now = said.share_percent or 0, best.share_percent or 0
    if now == before:
        return CardCheck.OTHER_GROUND
    return CardCheck.BETTER if now > before else CardCheck.WORSE


def _of(card: Card, best: ProgrammeTerms | None, since: dt.date | None) -> Checked:
    return Checked(card.household_id, card.person_id, card.village_id, card, best, since)


def _gone(cards: Collection[Card], branches: list[str], on: dt.date) -> dict[int, dt.date]:
    """Persons who died, left their household or moved out of the area, with the first day of it.
    Three queries."""
    persons = {one.person_id for one in cards}
    households = {one.household_id for one in cards}
    died = Person.objects.filter(pk__in=persons, died_on__lte=on)
    gone = {pk: day for pk, day in died.values_list("pk", "died_on") if day}
    living_here = Residence.objects.on(on).filter(
        household__in=Membership.objects.on(on).filter(person__in=persons).values("household"),
        village__in=Area.objects.under_any(branches).values("pk"),
    )
    homes = set(living_here.values_list("household", flat=True))
    now = dict(
        Membership.objects.on(on).filter(person__in=persons).values_list("person", "household")
    )
    left = {pk for pk in persons - gone.keys() if now.get(pk) not in homes}
    if left:
        ends = [
            *Membership.objects.filter(person__in=left, valid_to__lt=on).values_list(
                "person", "valid_to"
            ),
            *Residence.objects.filter(
                household__in=households, household__memberships__person__in=left, valid_to__lt=on
            ).values_list("household__memberships__person", "valid_to"),
        ]
        for person, last in ends:
            day = last + dt.timedelta(days=1)
            gone[person] = max(gone.get(person, day), day)
        for person in left:
            gone.setdefault(person, on)
    return gone


_BY_CLASS = (CardCheck.BETTER, CardCheck.WORSE, CardCheck.OTHER_GROUND, CardCheck.ENDED)


def _with_days(found: Checks, on: dt.date) -> Checks:
    """The day the official list changed for the household since its card was given. One query."""
    asking = {one.household_id for check in _BY_CLASS for one in found.get(check, ())}
    changes: dict[int, list[dt.date]] = defaultdict(list)
    periods = StatusPeriod.objects.filter(household__in=asking, list_owner=None)
    for household, first, last in periods.values_list("household", "valid_from", "valid_to"):
        changes[household].append(first)
        if last:
            changes[household].append(last + dt.timedelta(days=1))

    def since(one: Checked) -> dt.date | None:
        given = one.card.served_on if one.card else on
        return max((day for day in changes[one.household_id] if given < day <= on), default=None)

    told: Checks = {}
    for check in CardCheck:
        rows = sorted(found.get(check, ()), key=lambda one: (one.village_id or 0, one.household_id))
        told[check] = [
            replace(one, since=since(one)) if check in _BY_CLASS else one for one in rows
        ]
    return told
