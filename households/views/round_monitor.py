"""A round watched commune by commune."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from households import clock, policies
from households.choices import AreaLevel, CommuneState
from households.models import Area, ReviewRound
from households.queries import round_monitor
from households.queries.round_monitor import CommuneProgress
from households.services import review_exports
from households.views import access

#: How many slow communes the headline names.
_NAMED = 3


@dataclass
class Group:
    """Communes of one district (None: without one) and their sums."""

    name: str
    rows: list[CommuneProgress] = field(default_factory=list)

    @property
    def complete(self) -> int:
        return sum(one.complete for one in self.rows)

    @property
    def total(self) -> int:
        return sum(one.total for one in self.rows)

    @property
    def complaints_open(self) -> int:
        return sum(one.complaints_open for one in self.rows)

    @property
    def to_check(self) -> int:
        return sum(one.to_check or 0 for one in self.rows)

    @property
    def checked_at(self) -> dt.datetime | None:
        """The oldest count of theirs."""
        return min((one.checked_at for one in self.rows if one.checked_at), default=None)

    @property
    def closed(self) -> int:
        return sum(one.closed for one in self.rows)

    @property
    def villages(self) -> int:
        return sum(one.villages for one in self.rows)


@dataclass(frozen=True)
class Seen:
    """A round as one user watches it: all his communes, and those that the address narrows to."""

    round: ReviewRound
    rows: list[CommuneProgress]
    shown: list[CommuneProgress]
    late: list[CommuneProgress]
    step: str
    watches_all: bool


def seen_of(request: HttpRequest, round_pk: int) -> Seen:
    """403 for a role that reads no families, 404 for a round of another province. Everything
    narrowed to one step by ?step=1 … 4, or late."""
    user = access.actor(request)
    access.refuse_if(policies.why_not_read_households(user))
    branches = policies.rights(user).branches(policies.READS_HOUSEHOLDS)
    provinces = {int(path.split(".")[0]) for path in branches}
    rounds = ReviewRound.objects.select_related("province").filter(province__in=provinces)
    round: ReviewRound = get_object_or_404(rounds, pk=round_pk)
    communes = Area.objects.under_any(branches).at(AreaLevel.COMMUNE).on(round.as_of)
    if not round.covers_all_communes:
        communes = communes.filter(commune_reviews__round=round)
    rows = round_monitor.of_round(round, communes.select_related("parent"))
    rows = [one for one in rows if one.total]
    stage = request.GET.get("step", "")
    late = [one for one in rows if (one.days_left or 0) < 0]
    shown = [one for one in rows if str(one.stage) == stage] if stage in _STAGES else rows
    shown = late if stage == _LATE else shown
    watches_all = any(path.count(".") == 1 for path in branches)
    step = stage if stage in (*_STAGES, _LATE) else ""
    return Seen(round, rows, shown, late, step, watches_all)


@require_safe
def monitor(request: HttpRequest, round_pk: int) -> HttpResponse:
    """Policy: roles that read households; the communes of one's own areas, of a round of one's own
    province (else 404)."""
    seen = seen_of(request, round_pk)
    rows, round = seen.rows, seen.round
    return render(
        request,
        "households/round_monitor.html",
        {
            "round": round,
            "rows": seen.shown,
            "groups": _groups(seen.shown),
            "stages": [
                (number, sum(str(one.stage) == number for one in rows)) for number in _STAGES
            ],
            "stage": seen.step,
            "late": len(seen.late),
            "watches_all": seen.watches_all,
            "files_of": _files_of(request, round),
            "sees_checks": policies.rights(request.user).holds_anywhere(policies.SEES_ODDITIES),
            "all": Group("", rows),
            "decided": sum(one.state == CommuneState.RECOGNISED for one in rows),
            "slowest": sorted(rows, key=lambda one: (one.stage, one.share or 0))[:_NAMED],
            "days_left": (round.closes_on - clock.today()).days,
            "today": clock.today(),
        },
    )


def _files_of(request: HttpRequest, round: ReviewRound) -> Area | None:
    """The province, for who takes out its review files."""
    refusal = policies.why_not_export_review(request.user, round.province)
    return None if refusal or review_exports.why_no_files(round) else round.province


_STAGES = ("1", "2", "3", "4")
#: The communes past the last day of their stage.
_LATE = "late"


def _groups(rows: Iterable[CommuneProgress]) -> list[Group]:
    groups: dict[str, Group] = {}
    for one in rows:
        name = one.group.name if one.group else _("Without a district")
        groups.setdefault(name, Group(name)).rows.append(one)
    return list(groups.values())
