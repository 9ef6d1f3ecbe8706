"""One box for everything one looks for: a code, a number, a key, a name, a place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from households import policies
from households.choices import AreaLevel, Relation
from households.folding import fold
from households.models import (
    Area,
    HouseholdKey,
    Membership,
    Person,
    User,
)
from households.models.people import code_of, id_of
from households.queries import name_search
from households.queries.name_search import Named
from households.queries.number_holders import homes_by_old_number
from households.queries.typed_names import TypedName

#: Of each group; the list of households shows all.
MOST_SHOWN = 20
_PLACES_SHOWN = 12
_PERSONAL_ID = re.compile(r"\d{12}", re.ASCII)
#: As it is written out; it is no part of any name.
_CODE = re.compile(r"[hH]\d+", re.ASCII)
#: The longest key that a source can have.
_LONGEST_KEY = 80


class Exact(StrEnum):
    """By what a household was found that only one has."""

    CODE = "code"
    NUMBER = "number"
    KEY = "key"


class FoundCard(NamedTuple):
    """What a line of the page tells of a household: a few columns, for a page has forty of them."""

    pk: int
    head_name: str
    is_ended: bool
    village: str
    commune: str


class FoundPlace(NamedTuple):
    """A commune or a village; `parent` is what it lies in."""

    pk: int
    level: str
    name: str
    folded_name: str
    parent: str


@dataclass(frozen=True)
class Hit:
    """A household the user may see. `by` says what found it exactly; otherwise `name` is who was
    found, in what relation to the head, and `is_near` that one letter differs."""

    card: FoundCard
    name: str = ""
    relation: str = ""
    is_near: bool = False
    by: Exact | None = None

    @property
    def code(self) -> str:
        return code_of(self.card.pk)


@dataclass(frozen=True)
class Results:
    """What was found, the best first in each group. `has_more`: more heads or members fit than
    are shown."""

    exact: list[Hit] = field(default_factory=list)
    heads: list[Hit] = field(default_factory=list)
    members: list[Hit] = field(default_factory=list)
    places: list[FoundPlace] = field(default_factory=list)
    has_more: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.exact or self.heads or self.members or self.places)


def search(user: User, words: str) -> Results:
    """Of the user's areas only. A name costs five queries in a commune and six in
    a province, two or three more where little is found; a code two."""
    words = words.strip()
    if not words:
        return Results()
    exact = _exact(words)
    typed = None if _CODE.fullmatch(words) else TypedName.read(words)
    named = _named(user, typed)
    heads, members = _split(named)
    cards = _cards(user, [*exact, *(one.household_id for one in heads + members)])
    return Results(
        exact=[Hit(cards[pk], by=by) for pk, by in exact.items() if pk in cards],
        heads=_hits(heads, cards),
        members=_hits(members, cards),
        places=_places(user, words) if typed else [],
        has_more=len(named) > len(heads) + len(members),
    )


def _exact(words: str) -> dict[int, Exact]:
    """Households by what only one has, in whatever area. Two queries at most."""
    if _PERSONAL_ID.fullmatch(words):
        # The holder first: one index look-up, never a scan over encrypted numbers.
        holders = list(Person.objects.filter(personal_id=words).values_list("pk", flat=True))
        living = Membership.objects.filter(valid_to__isnull=True, person__in=holders)
        return dict.fromkeys(living.values_list("household", flat=True), Exact.NUMBER)
    found = dict.fromkeys(homes_by_old_number(words), Exact.NUMBER)
    if code := id_of(words):
        found.setdefault(code, Exact.CODE)
    # Names have no digits; of keys, hardly one has blanks and none.
    if len(words) <= _LONGEST_KEY and (" " not in words or any(map(str.isdigit, words))):
        keys = HouseholdKey.objects.filter(key__in={words, words.upper(), words.lower()})
        for pk in keys.values_list("household", flat=True)[:MOST_SHOWN]:
            found.setdefault(pk, Exact.KEY)
    return found


def _named(user: User, typed: TypedName | None) -> list[Named]:
    if typed is None:
        return []
    branches = policies.rights(user).branches(policies.READS_HOUSEHOLDS)
    # Those that are no longer, too: who lived there last is still found.
    villages = Area.objects.at(AreaLevel.VILLAGE).order_by()
    reach = villages.under_any(branches)
    beyond = villages.real().exclude(pk__in=reach.values("pk"))
    return name_search.find(typed, reach, beyond)


def _split(named: list[Named]) -> tuple[list[Named], list[Named]]:
    """The best heads and the best other members."""
    heads = [one for one in named if one.is_head][:MOST_SHOWN]
    return heads, [one for one in named if not one.is_head][:MOST_SHOWN]


def _cards(user: User, household_ids: Iterable[int]) -> dict[int, FoundCard]:
    """Only those that the user may see, whatever was found: the last word on whose they are."""
    cards = policies.visible_cards(user).filter(pk__in=set(household_ids))
    rows = cards.values_list(
        "pk", "head_name", "is_ended", "village__name", "village__parent__name"
    )
    return {row[0]: FoundCard._make(row) for row in rows}


def _hits(named: list[Named], cards: dict[int, FoundCard]) -> list[Hit]:
    return [
        Hit(
            card=cards[one.household_id],
            name=one.full_name,
            relation="" if one.is_head else str(Relation(one.relation).label),
            is_near=one.is_near,
        )
        for one in named
        if one.household_id in cards
    ]


def _places(user: User, words: str) -> list[FoundPlace]:
    """Today's communes and villages of the user with every word in their name: those called so,
    then those that begin so, communes before villages. One query."""
    folded = fold(words).split()
    reach = policies.areas_in_reach(user).filter(level__in=(AreaLevel.COMMUNE, AreaLevel.VILLAGE))
    for word in folded:
        reach = reach.filter(folded_name__contains=word)
    phrase = " ".join(folded)

    def rank(place: FoundPlace) -> tuple[bool, bool, bool, str]:
        name = place.folded_name
        return (
            not f" {name} ".endswith(f" {phrase} "),
            f" {phrase}" not in f" {name}",
            place.level != AreaLevel.COMMUNE,
            name,
        )

    rows = reach.values_list("pk", "level", "name", "folded_name", "parent__name")
    return sorted(map(FoundPlace._make, rows), key=rank)[:_PLACES_SHOWN]
