"""Who is called what was typed: the best fits among the households that a user may see.

Two ways, by how much he sees. A province is searched by its distinct names (SearchName), and from
a name on by index; a commune by the cards of its villages, for the province's names are too many
there and nearly all of them are somewhere else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import ModuleType

from django.db import connection

from households.choices import Relation
from households.models.areas import AreaQuerySet
from households.queries import names_of_commune, names_of_province
from households.queries.typed_names import Fit, Rank, TypedName, one_letter_off

#: Up to so many villages are read card by card: a large commune of today, or two.
READ_BY_CARD = 80
#: What is nearly right is looked for where fewer are found than these.
LITTLE = 5


@dataclass(frozen=True)
class Named:
    """One person of a household; or its head's name, where only that is known."""

    household_id: int
    full_name: str
    relation: str
    rank: Rank

    @property
    def is_head(self) -> bool:
        return self.relation == Relation.HEAD

    @property
    def is_near(self) -> bool:
        return self.rank.fit is Fit.ONE_LETTER_OFF


def find(typed: TypedName, reach: AreaQuerySet, beyond: AreaQuerySet) -> list[Named]:
    """The best fits first, then by name; at most some hundred, heads and other members together.
    `reach` are the villages of the user, `beyond` those that he does not see. What is found is to
    be asked of what he may see: where nothing lies beyond, no place is looked at.

    Cost: two queries in a commune, four or five in a province; two or three more
    where little is found."""
    village_ids = _few(reach)
    way: ModuleType = names_of_commune
    if village_ids is None:
        way = names_of_province
        village_ids = list(reach.values_list("pk", flat=True)) if beyond.exists() else None
    found = _ranked(way.called(typed, village_ids), typed, {})
    # Somebody is called just so: then nothing was mistyped.
    is_whole = bool(found) and found[0].rank.fit <= Fit.WORDS and found[0].rank.place == 0
    if is_whole or len({one.household_id for one in found}) >= LITTLE:
        return found
    near = words_meant(typed)
    if not near:
        return found
    off = _ranked(way.nearly_called(typed, near, village_ids), typed, near)
    return found + [one for one in off if one.is_near]


def _few(reach: AreaQuerySet) -> list[int] | None:
    """The villages, where they are few enough to be read card by card."""
    ids = list(reach.values_list("pk", flat=True)[: READ_BY_CARD + 1])
    return ids if len(ids) <= READ_BY_CARD else None


def words_meant(typed: TypedName) -> dict[int, frozenset[str]]:
    """By its place, which words of the register's names one typed word may have been, one letter
    off. One query."""
    near = {at: one_letter_off(word) for at, word in enumerate(typed.words)}
    asked = {*typed.words, *(one for words in near.values() for one in words)}
    with connection.cursor() as cursor:
        # As one value: a thousand of them take longer to be put into a statement than to be found.
        cursor.execute(
            "SELECT word FROM households_searchword WHERE word = ANY(string_to_array(%s, ' '))",
            [" ".join(asked)],
        )
        known = {word for (word,) in cursor.fetchall()}
    # A word that nobody is called is the wrong one; where all are known, it may be any.
    wrong = [at for at, word in enumerate(typed.words) if word not in known] or list(near)
    return {at: near[at] & known for at in wrong if near[at] & known}


def _ranked(
    rows: Iterable[tuple[int, str, str, str]],
    typed: TypedName,
    near: Mapping[int, frozenset[str]],
) -> list[Named]:
    """Rows are household, full name, folded name, relation; what does not fit is left out."""
    found = {
        (household_id, full_name, relation): Named(household_id, full_name, relation, rank)
        for household_id, full_name, folded_name, relation in rows
        if (rank := typed.rank(full_name, folded_name) or typed.rank_one_off(folded_name, near))
    }
    return sorted(found.values(), key=lambda one: (one.rank, one.full_name, one.household_id))
