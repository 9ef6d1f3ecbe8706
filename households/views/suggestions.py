"""What the box of the bar suggests while one types: a few households and places, nothing more."""

from dataclasses import dataclass
from typing import Final

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from households import policies
from households.choices import AreaLevel
from households.models import User
from households.queries import search as queries
from households.queries.search import FoundPlace, Hit
from households.views import access, kept_words

#: Shorter words fit too many.
_SHORTEST: Final = 2
_MOST: Final = 8
_MOST_PLACES: Final = 3
#: Of one user in a minute: a fast typist asks for some thirty.
_ASKED_A_MINUTE: Final = 90
_MINUTE_S: Final = 60


@dataclass(frozen=True)
class Suggestion:
    """One line: what it is called, where, and where it leads."""

    url: str
    name: str
    note: str
    code: str = ""


@never_cache
@require_POST
def suggestions(request: HttpRequest) -> HttpResponse:
    """Policy: roles that read households; only what lies in the user's own areas is found. Words
    come posted and go nowhere. 429 for who asks faster than one types."""
    access.refuse_if(policies.why_not_read_households(request.user))
    user = access.actor(request)
    words = kept_words.cleaned(request.POST.get(kept_words.WORDS, ""))
    if not _is_in_time(user):
        return HttpResponse(status=429)
    found = [] if len(words) < _SHORTEST else _found(user, words)
    return render(request, "households/_suggestions.html", {"suggestions": found})


def _is_in_time(user: User) -> bool:
    """Counted in the cache, which forgets after a minute. Without a cache nothing is counted."""
    name = f"suggestions:{user.pk}"
    if cache.add(name, 1, _MINUTE_S):
        return True
    try:
        return cache.incr(name) <= _ASKED_A_MINUTE
    except ValueError:  # forgotten between the two
        return True


def _found(user: User, words: str) -> list[Suggestion]:
    results = queries.search(user, words)
    places = results.places[:_MOST_PLACES]
    hits = [*results.exact, *results.heads, *results.members]
    return [
        *(_household(hit) for hit in hits[: _MOST - len(places)]),
        *(_place(area) for area in places),
    ]


def _household(hit: Hit) -> Suggestion:
    card = hit.card
    head = card.head_name
    who = f"{hit.name} ({hit.relation.lower()}: {head})" if hit.relation else hit.name or head
    url = reverse("households:household", args=[card.pk])
    return Suggestion(url, who, f"{card.village}, {card.commune}", hit.code)


def _place(area: FoundPlace) -> Suggestion:
    field = "village" if area.level == AreaLevel.VILLAGE else "commune"
    above = area.parent if area.level == AreaLevel.VILLAGE else ""
    return Suggestion(f"{reverse('households:household_list')}?{field}={area.pk}", area.name, above)
