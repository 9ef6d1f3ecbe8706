"""The list of households: narrowed, sorted, a page at a time."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from households import policies
from households.choices import AreaLevel, PovertyClass, SurveyState
from households.models import Area, User
from households.queries import household_search as search
from households.queries.list_order import Order
from households.views import access
from households.views.paging import changed_query, page_of

CLASSES_ON_LIST = (PovertyClass.POOR, PovertyClass.NEAR_POOR, PovertyClass.AVERAGE)
#: Above this a menu helps nobody; search does.
PLACES_IN_A_MENU = 120


@dataclass(frozen=True)
class Chip:
    """One choice of a row of which one is made; `url` is the same list with this one."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Head:
    """A column's head. `direction` is aria-sort of the one the list is sorted by; a column
    without `url` cannot be sorted by."""

    label: str
    url: str = ""
    direction: str = ""
    is_number: bool = False


@dataclass(frozen=True)
class Places:
    """The user's communes (none when all is one commune) and villages."""

    communes: list[Area]
    villages: list[Area]

    def of_menu(self, commune: Area | None) -> list[Area]:
        """The villages a menu offers: of the commune chosen, or none where they are too many."""
        offered = [one for one in self.villages if not commune or one.parent_id == commune.pk]
        return offered if len(offered) <= PLACES_IN_A_MENU else []


@require_safe
def household_list(request: HttpRequest) -> HttpResponse:
    """Policy: roles that read households; only those of the user's own areas are found."""
    access.refuse_if(policies.why_not_read_households(request.user))
    user = access.actor(request)
    places = places_of(user)
    wanted = wanted_of(request, places)
    order = Order.read(request.GET.get("sort", ""))
    return render(
        request,
        "households/household_list.html",
        {
            "wanted": wanted,
            "order": order,
            "page": page_of(search.find(user, wanted), request.GET, order),
            "communes": places.communes if len(places.communes) <= PLACES_IN_A_MENU else [],
            "villages": places.of_menu(wanted.commune),
            "class_chips": _class_chips(request.GET, wanted),
            "round_chips": _round_chips(request.GET, wanted),
            "heads": _heads(request.GET, order),
            "may_enter": policies.rights(user).holds_anywhere(policies.WRITES_SURVEYS),
        },
    )


def places_of(user: User) -> Places:
    """One query, or two for a user of several communes."""
    villages = policies.visible_areas(user, AreaLevel.VILLAGE)
    several = len({one.parent_id for one in villages}) > 1
    communes = policies.visible_areas(user, AreaLevel.COMMUNE) if several else []
    return Places(communes, villages)


def wanted_of(request: HttpRequest, places: Places) -> search.Wanted:
    """What the list's address narrows it to; what does not exist there narrows nothing. A village
    of another commune than the one chosen is not asked for any more."""
    given = request.GET
    poverty_class = given.get("class", "")
    in_round = given.get("round", "")
    commune = _chosen(places.communes, given.get("commune", ""))
    village = _chosen(places.villages, given.get("village", ""))
    if commune and village and village.parent_id != commune.pk:
        village = None
    return search.Wanted(
        words=given.get("q", "").replace("\x00", "")[:120],
        poverty_class=poverty_class if poverty_class in CLASSES_ON_LIST else "",
        village=village,
        commune=commune,
        in_round=in_round if in_round in search.IN_ROUND else "",
    )


def _chosen(areas: list[Area], pk: str) -> Area | None:
    return next((one for one in areas if str(one.pk) == pk), None)


def _chips(query: QueryDict, name: str, now: str, choices: list[tuple[str, str]]) -> list[Chip]:
    return [
        Chip(label=label, url=changed_query(query, **{name: value}), is_current=value == now)
        for value, label in choices
    ]


def _class_chips(query: QueryDict, wanted: search.Wanted) -> list[Chip]:
    choices = [("", _("All households"))]
    choices += [(one.value, str(one.label)) for one in CLASSES_ON_LIST]
    return _chips(query, "class", wanted.poverty_class, choices)


def _round_chips(query: QueryDict, wanted: search.Wanted) -> list[Chip]:
    choices = [
        ("", _("With or without a form")),
        (search.DUE, _("On the list, no form yet")),
        (search.NO_FORM, _("No form yet")),
        *((str(one.value), str(one.label)) for one in SurveyState),
    ]
    return _chips(query, "round", wanted.in_round, choices)


def _heads(query: QueryDict, order: Order) -> list[Head]:
    columns = [
        ("name", _("Head of household")),
        ("code", pgettext("household", "Code")),
        ("village", _("Village")),
        ("commune", _("Commune")),
        ("members", _("Members")),
    ]
    direction = "descending" if order.is_descending else "ascending"
    return [
        *(
            Head(
                label=label,
                url=changed_query(query, sort=order.turned(by).text),
                direction=direction if by == order.by else "",
                is_number=by == "members",
            )
            for by, label in columns
        ),
        Head(_("Official list")),
        Head(_("Newest review")),
    ]
