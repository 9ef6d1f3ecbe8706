"""Việc cần làm: what is due in one's own area."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from households import policies
from households.queries import my_work
from households.views import access


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Policy: whoever is logged in; each role sees its own areas only, and administrators none."""
    user = access.actor(request)
    reads = policies.why_not_read_households(user) is None
    rights = policies.rights(user)
    return render(
        request,
        "home.html",
        {
            "works": my_work.work_of(user) if reads else [],
            "drafts": my_work.drafts_of(user) if reads else [],
            "reads": reads,
            "enters": rights.holds_anywhere(policies.WRITES_SURVEYS),
            "assigns": rights.holds_anywhere(policies.ASSIGNS_USERS),
            "has_assignment": bool(rights.assignments),
        },
    )
