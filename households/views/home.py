"""Việc cần làm: what is due in one's own area."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from households import clock, policies
from households.choices import AreaLevel, Role
from households.models import Inspection, User
from households.policies.roles import SEES_STARTS
from households.queries import do_first, my_work, notices, requests, village_ways
from households.queries.my_work import Progress, RoundWork
from households.queries.village_ways import VillageWay
from households.views import access, first_words, notice_words
from households.views.next_work import Next, next_of

#: So many of the unread notices are shown; the rest stands on their own page.
_NOTICES = 5
#: So many units of a round are all shown.
_FEW = 12


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Policy: whoever is logged in; each role sees its own areas only, and administrators none."""
    user = access.actor(request)
    reads = policies.why_not_read_households(user) is None
    rights = policies.rights(user)
    works = my_work.work_of(user) if reads else []
    worked = [_worked(work, user) for work in works]
    return render(
        request,
        "home.html",
        {
            "works": works,
            "worked": worked,
            "first": _first(user, worked) if reads else [],
            "drafts": my_work.drafts_of(user) if reads else [],
            "notices": [notice_words.told(one) for one in notices.unread(user, _NOTICES)],
            "desks": requests.desks_of(user) if reads else [],
            "reads": reads,
            "waiting": _waiting(user) if reads and not works else 0,
            "inspections": _inspections(user),
            "inspects": rights.holds_anywhere(frozenset({Role.INSPECTOR})),
            "enters": rights.holds_anywhere(policies.WRITES_SURVEYS),
            "assigns": rights.holds_anywhere(policies.ASSIGNS_USERS),
            "starts": rights.holds_anywhere(SEES_STARTS),
            "has_assignment": bool(rights.assignments),
        },
    )


def _inspections(user: User) -> list[Inspection]:
    """Those an inspector may look into today. One query, none for who is no inspector."""
    if not policies.rights(user).holds_anywhere(frozenset({Role.INSPECTOR})):
        return []
    found = policies.visible_inspections(user).on(clock.today()).filter(inspector=user)
    return list(found.select_related("area"))


def _waiting(user: User) -> int:
    """For who opens rounds: how many ask for a review while none is under way. At most a query."""
    if policies.why_not_open_round(user, None):
        return 0
    return requests.waiting_for_a_round(user)


@dataclass(frozen=True)
class Worked:
    """A round with, for who works village by village, what comes next in each (else None)."""

    work: RoundWork
    ways: list[VillageWay]
    user: User

    @property
    def rows(self) -> list[tuple[Progress, Next | None]]:
        nexts = {way.village.pk: next_of(way, self.work.round, self.user) for way in self.ways}
        return [(unit, nexts.get(unit.area.pk)) for unit in self.shown]

    @property
    def shown(self) -> list[Progress]:
        """All units; of many, those whose forms are not all complete."""
        units = self.work.units
        return units if len(units) <= _FEW else [one for one in units if not _is_complete(one)]

    @property
    def left_out(self) -> int:
        return len(self.work.units) - len(self.shown)


def _is_complete(unit: Progress) -> bool:
    return unit.complete == unit.total and not unit.in_error


def _worked(work: RoundWork, user: User) -> Worked:
    """Seven queries for villages, none for who watches communes."""
    villages = [unit.area for unit in work.units if unit.area.level == AreaLevel.VILLAGE]
    ways = village_ways.of_villages(work.round, villages) if villages else []
    return Worked(work, ways, user)


def _first(user: User, worked: list[Worked]) -> list[first_words.Told]:
    """What is most pressing of what the user himself may do."""
    today = clock.today()
    works = [(one.work.round, one.ways) for one in worked]
    found = do_first.due_for(user, works, today=today)
    return [first_words.told(due, today) for due in found]
