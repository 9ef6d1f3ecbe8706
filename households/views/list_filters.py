"""What the address of the household list narrows it to, and the menus that offer it."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from households import policies
from households.choices import AreaLevel, InRound, PovertyClass
from households.models import Area, User
from households.models.areas import AreaQuerySet
from households.queries.household_search import Wanted

CLASSES_ON_LIST = (PovertyClass.POOR, PovertyClass.NEAR_POOR, PovertyClass.AVERAGE)
#: Above this a menu helps nobody; search does. No province has more communes.
PLACES_IN_A_MENU = 200


@dataclass(frozen=True)
class Places:
    """The communes and villages that the menus offer (none where there are too many, or only one
    commune), and the ones the address names."""

    communes: list[Area]
    villages: list[Area]
    commune: Area | None
    village: Area | None
    #: The address names a place that is no longer, or is not in the user's area.
    is_lost: bool


def places_of(user: User, given: QueryDict) -> Places:
    """Two queries; one or two more where the address names a village that the menu does not offer.
    A village of another commune than the one chosen is not asked for any more."""
    reach = policies.areas_in_reach(user)
    communes, villages = list(reach.at(AreaLevel.COMMUNE)), reach.at(AreaLevel.VILLAGE)
    commune_pk, village_pk = given.get("commune", ""), given.get("village", "")
    commune = _chosen(communes, commune_pk)
    is_lost = bool(commune_pk and not commune)
    if commune and len(communes) > 1:
        villages = villages.under(commune)
    first = list(villages[: PLACES_IN_A_MENU + 1])
    if len(communes) == 1 and all(one.parent_id == communes[0].pk for one in first):
        # All is one commune: there is nothing to choose.
        communes, commune = [], None
    offered = _offered([one for one in first if not commune or one.parent_id == commune.pk])
    village = _chosen(offered, village_pk) or _found(villages, village_pk)
    if village_pk and not village:
        is_lost |= _found(reach.at(AreaLevel.VILLAGE), village_pk) is None
    return Places(
        communes=_offered(communes),
        villages=offered,
        commune=commune,
        village=village,
        is_lost=is_lost,
    )


def wanted_of(given: QueryDict, places: Places, words: str = "") -> Wanted:
    """What the list's address narrows it to; what does not exist there narrows nothing. `words`
    are those that kept_words reads from it."""
    poverty_class = given.get("class", "")
    in_round = given.get("round", "")
    return Wanted(
        words=words,
        poverty_class=poverty_class if poverty_class in CLASSES_ON_LIST else "",
        village=places.village,
        commune=places.commune,
        in_round=in_round if in_round in InRound.values else "",
    )


def columns() -> list[tuple[str, str]]:
    """Orders, each with the head of its column."""
    return [
        ("name", _("Head of household")),
        ("code", pgettext("household", "Code")),
        ("village", _("Village")),
        ("commune", _("Commune")),
        ("members", _("Members")),
    ]


def sort_choices() -> list[tuple[str, str]]:
    """Every order in words; a narrow screen has no heads of columns to click."""
    ways = (("", _("%(column)s, ascending")), ("-", _("%(column)s, descending")))
    return [
        (f"{sign}{by}", words % {"column": label})
        for by, label in columns()
        for sign, words in ways
    ]


def _offered(areas: list[Area]) -> list[Area]:
    return areas if len(areas) <= PLACES_IN_A_MENU else []


def _chosen(areas: list[Area], pk: str) -> Area | None:
    return next((one for one in areas if str(one.pk) == pk), None)


def _found(areas: AreaQuerySet, pk: str) -> Area | None:
    if not (pk.isascii() and pk.isdigit() and len(pk) < 18):
        return None
    found: Area | None = areas.filter(pk=int(pk)).first()
    return found
