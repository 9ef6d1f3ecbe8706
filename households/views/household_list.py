"""The list of households: narrowed, sorted, a page at a time."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import policies
from households.choices import InRound
from households.queries import household_search as search
from households.queries import saved_lists
from households.queries.list_order import Order
from households.views import access, kept_words
from households.views.list_filters import (
    CLASSES_ON_LIST,
    columns,
    places_of,
    sort_choices,
    wanted_of,
)
from households.views.paging import changed_query, page_of

#: Fields of the form beside the words.
_FILTERS = ("class", "round", "commune", "village", "sort")


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
class SavedChip(Chip):
    """One of the user's saved lists; `lost` names its places that it opens without."""

    is_default: bool
    lost: str


@dataclass(frozen=True)
class Saved:
    """The user's saved lists. `new_query` is what may be kept under a name; empty when nothing is
    chosen, or it has a name already."""

    chips: list[SavedChip]
    new_query: str
    shows_all: bool


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def household_list(request: HttpRequest) -> HttpResponse:
    """Policy: roles that read households; only those of the user's own areas are found. Without
    anything in its address it opens with the saved list that the user wants first. The filters
    are posted, and answered with an address that holds no personal number (see kept_words)."""
    access.refuse_if(policies.why_not_read_households(request.user))
    user = access.actor(request)
    if request.method == "POST":
        return redirect(f"{request.path}{_posted(request)}")
    if elsewhere := kept_words.without_number(request):
        return redirect(elsewhere)
    kept = saved_lists.of_user(user)
    if not request.GET and (first := next((one for one in kept if one.saved.is_default), None)):
        return redirect(f"{request.path}?{first.query}")
    places = places_of(user, request.GET)
    searched = kept_words.searched(request)
    wanted = wanted_of(request.GET, places, searched.words)
    order = Order.read(request.GET.get("sort", ""))
    return render(
        request,
        "households/household_list.html",
        {
            "wanted": wanted,
            "is_number_lost": searched.is_lost,
            "order": order,
            "page": page_of(search.find(user, wanted), request.GET, order),
            "places": places,
            "class_chips": _class_chips(request.GET, wanted),
            "round_chips": _round_chips(request.GET, wanted),
            "sort_choices": sort_choices(),
            "saved": _saved(kept, wanted, order),
            "heads": _heads(request.GET, order),
            "sees_duplicates": policies.why_not_see_duplicates(user) is None,
            "may_enter": policies.rights(user).holds_anywhere(policies.WRITES_SURVEYS),
        },
    )


def _posted(request: HttpRequest) -> str:
    """The address of the list that the posted filters ask for, from its first page."""
    given = {name: request.POST.get(name, "") for name in _FILTERS}
    given["sort"] = given["sort"].removeprefix(Order().text)  # what it is without being said
    words = kept_words.in_address(request, request.POST.get(kept_words.WORDS, ""))
    return changed_query(QueryDict(), **given, **words)


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
        *((str(one.value), str(one.label)) for one in InRound),
    ]
    return _chips(query, "round", wanted.in_round, choices)


def _saved(kept: list[saved_lists.Shelf], wanted: search.Wanted, order: Order) -> Saved:
    query = saved_lists.query_of_list(wanted, order)
    is_named = any(one.query == query for one in kept)
    return Saved(
        chips=[
            SavedChip(
                label=one.saved.name,
                url=f"?{one.query}",
                is_current=one.query == query and not wanted.words,
                is_default=one.saved.is_default,
                lost=", ".join(place.name for place in one.lost),
            )
            for one in kept
        ],
        new_query=query if query and not is_named else "",
        shows_all=not query and not wanted.words,
    )


def _heads(query: QueryDict, order: Order) -> list[Head]:
    direction = "descending" if order.is_descending else "ascending"
    return [
        *(
            Head(
                label=label,
                url=changed_query(query, sort=order.turned(by).text),
                direction=direction if by == order.by else "",
                is_number=by == "members",
            )
            for by, label in columns()
        ),
        Head(_("Official list")),
        Head(_("Newest review")),
    ]
