"""The box of the bar: what it finds, in groups."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import policies
from households.models.personal_id import mask_personal_id
from households.queries import search as queries
from households.queries.search import Exact
from households.views import access, kept_words


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Policy: roles that read households; only what lies in the user's own areas is found. Words
    are posted, and answered with an address that holds no personal number (see kept_words)."""
    access.refuse_if(policies.why_not_read_households(request.user))
    if request.method == "POST":
        query = kept_words.in_address(request, request.POST.get(kept_words.WORDS, ""))
        return redirect(f"{request.path}?{urlencode(query)}" if query else request.path)
    if elsewhere := kept_words.without_number(request):
        return redirect(elsewhere)
    searched = kept_words.searched(request)
    results = queries.search(access.actor(request), searched.words)
    return render(
        request,
        "households/search.html",
        {
            "searched": searched,
            "told": mask_personal_id(searched.words) if searched.is_kept else searched.words,
            "results": results,
            "exact": [(hit, _by(hit.by)) for hit in results.exact],
            "all_url": _all_url(request),
            "most_shown": queries.MOST_SHOWN,
            "may_enter": policies.rights(request.user).holds_anywhere(policies.WRITES_SURVEYS),
        },
    )


def _by(by: Exact | None) -> str:
    words = {
        Exact.CODE: _("Household code"),
        Exact.NUMBER: _("Personal number of a member"),
        Exact.KEY: _("Source key"),
    }
    return words[by] if by else ""


def _all_url(request: HttpRequest) -> str:
    """The list of all households with these words."""
    given: dict[str, Any] = {
        name: request.GET[name]
        for name in (kept_words.WORDS, kept_words.TOKEN)
        if request.GET.get(name)
    }
    return f"{reverse('households:household_list')}?{urlencode(given)}"
