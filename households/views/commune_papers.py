"""Papers of all villages of a commune in one file: for a commune of thirty villages nobody opens
thirty pages. Each village's paper is as its own page prints it, one behind the other."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households.choices import AreaLevel, Purpose
from households.models import Area, ReviewRound
from households.queries import announcement, meetings, village_ways
from households.views import announcements, paper_words
from households.views.papers import MINUTES
from households.views.printing import printed, without_names
from households.views.way_access import unit_in_round


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def commune_village_papers(
    request: HttpRequest, round_pk: int, area_pk: int, kind: str
) -> HttpResponse:
    """Of every village that has work in the round; minutes of the last meeting where one is
    recorded. Policy: as papers.village_paper; the print is recorded for the commune. Some fifteen
    queries and 0.2 s a village."""
    round, commune = unit_in_round(request, round_pk, area_pk, AreaLevel.COMMUNE)
    paper = paper_words.KINDS.get(kind)
    if paper is None:
        raise Http404
    found = [
        (village, paper.rows(round, village)) for village in villages_with_work(round, commune)
    ]

    def printed_words(foot: str) -> list[dict[str, Any]]:
        return [
            paper_words.data_of(
                paper, round, village, rows, foot,
                meeting=_last_meeting(round, village) if kind == MINUTES else None,
            )
            for village, rows in found
        ]  # fmt: skip

    if not found:
        raise Http404
    if not paper.names:
        return without_names(
            request, template=paper.template, purpose=paper.purpose, data=printed_words
        )
    return printed(
        request,
        name=paper.name,
        purpose=paper.purpose,
        template=paper.template,
        filters={"paper": kind, "round": round.key, "commune": commune.pk},
        count=sum(len(rows) for __, rows in found),
        data=printed_words,
        shown={"round": round, "commune": commune, "villages": len(found)},
    )


def villages_with_work(round: ReviewRound, commune: Area) -> list[Area]:
    """In the order of the commune's page."""
    return [one.village for one in village_ways.of_commune(round, commune) if one.has_work]


def _last_meeting(round: ReviewRound, village: Area) -> Any:
    held = meetings.of_village(round, village)
    return held[-1] if held and not meetings.is_next_awaited(held[-1]) else None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def announced_lists(request: HttpRequest, round_pk: int, area_pk: int) -> HttpResponse:
    """The lists to hang out of all villages. Policy: as announcements.announced_list."""
    round, commune = unit_in_round(request, round_pk, area_pk, AreaLevel.COMMUNE)
    decision = announcements.decisions_of(round, commune)[-1]
    lists = [one for one in announcement.of_decisions(round, commune) if one.rows]
    return printed(
        request,
        name=announcements.LIST,
        purpose=Purpose.POSTING,
        template="announced",
        filters={"paper": "announced", "round": round.key, "commune": commune.pk},
        count=sum(len(one.rows) for one in lists),
        data=lambda foot: [announcements.data_of(one, round, commune, decision) for one in lists],
        shown={"round": round, "commune": commune, "villages": len(lists)},
    )
