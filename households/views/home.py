"""Việc cần làm: what is due in one's own area."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from households import clock, policies
from households.choices import AreaLevel
from households.models import User
from households.queries import do_first, my_work, village_ways
from households.queries.my_work import RoundWork
from households.views import access, first_words


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Policy: whoever is logged in; each role sees its own areas only, and administrators none."""
    user = access.actor(request)
    reads = policies.why_not_read_households(user) is None
    rights = policies.rights(user)
    works = my_work.work_of(user) if reads else []
    return render(
        request,
        "home.html",
        {
            "works": works,
            "first": _first(user, works),
            "drafts": my_work.drafts_of(user) if reads else [],
            "reads": reads,
            "enters": rights.holds_anywhere(policies.WRITES_SURVEYS),
            "assigns": rights.holds_anywhere(policies.ASSIGNS_USERS),
            "has_assignment": bool(rights.assignments),
        },
    )


def _first(user: User, works: list[RoundWork]) -> list[first_words.Told]:
    """What is most pressing of what the user himself may do in his villages; told to who works
    village by village, not to who watches communes. Ten queries a round."""
    today = clock.today()
    found = []
    for work in works:
        villages = [unit.area for unit in work.units if unit.area.level == AreaLevel.VILLAGE]
        if villages:
            ways = village_ways.of_villages(work.round, villages)
            found += do_first.due_in(work.round, ways, user=user, today=today)
    return [first_words.told(due, today) for due in found]
