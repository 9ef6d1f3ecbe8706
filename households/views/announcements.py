"""Công bố: after the decision, what is hung out, read out and handed over, village by village."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from households.choices import AreaLevel, ConfirmedStatus, Purpose
from households.models import Area, RecognitionDecision, ReviewRound
from households.queries import announcement
from households.queries.announcement import VillageList
from households.views import paper_places
from households.views.printing import printed
from households.views.way_access import unit_in_round

LIST = gettext_lazy("List made public after the decision")


@never_cache
@require_safe
def announce(request: HttpRequest, round_pk: int, area_pk: int) -> HttpResponse:
    """Policy: roles that read households, own area only; without a decision not found."""
    round, commune = unit_in_round(request, round_pk, area_pk, AreaLevel.COMMUNE)
    decisions = decisions_of(round, commune)
    villages = announcement.of_decisions(round, commune)
    with override("vi"):
        spoken = [(one, loudspeaker(one, round, decisions[-1])) for one in villages]
    return render(
        request,
        "households/announce.html",
        {"round": round, "commune": commune, "villages": spoken, "decision": decisions[-1]},
    )


def decisions_of(round: ReviewRound, commune: Area) -> list[RecognitionDecision]:
    found = list(
        RecognitionDecision.objects.on_lists().filter(round=round, commune=commune).order_by("pk")
    )
    if not found:
        raise Http404
    return found


def loudspeaker(one: VillageList, round: ReviewRound, decision: RecognitionDecision) -> str:
    """What is read out in a village: numbers, no names. Vietnamese."""
    counts = one.counts
    village = paper_places.village_name(one.village)
    parts = [
        f"{counts[status]} {str(status.label).lower()}"
        for status in ConfirmedStatus
        if counts[status]
    ]
    return (
        f"Thông báo kết quả rà soát hộ nghèo, hộ cận nghèo {paper_places.round_name(round)}."
        f" Theo Quyết định số {decision.number} ngày {decision.decided_on:%d/%m/%Y}, {village} có"
        f" {', '.join(parts) or 'không hộ nào trong danh sách'}. Danh sách được niêm yết tại nhà"
        " văn hóa thôn và trụ sở Ủy ban nhân dân xã. Bà con có ý kiến xin gửi trưởng thôn hoặc Ủy"
        " ban nhân dân xã."
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def announced_list(request: HttpRequest, round_pk: int, area_pk: int) -> HttpResponse:
    """A village's list to hang out: names, members, results. Policy: as announce; the print is
    recorded."""
    round, village = unit_in_round(request, round_pk, area_pk, AreaLevel.VILLAGE)
    commune = village.parent
    assert commune is not None
    decision = decisions_of(round, commune)[-1]
    lists = announcement.of_decisions(round, commune)
    found = next((one for one in lists if one.village == village), VillageList(village))
    return printed(
        request,
        name=LIST,
        purpose=Purpose.POSTING,
        template="announced",
        filters={"paper": "announced", "round": round.key, "village": village.pk},
        count=len(found.rows),
        data=lambda foot: data_of(found, round, commune, decision),
        shown={"round": round, "village": village},
    )


def data_of(
    found: VillageList, round: ReviewRound, commune: Area, decision: RecognitionDecision
) -> dict[str, Any]:
    """Everything the list prints; its foot says nothing of who printed it, as it hangs out."""
    with override("vi"):
        return {
            "title": f"Công bố danh sách – {found.village.name}",
            "mark": paper_places.mark(round, commune),
            "foot": "",
            "issuer-above": "",
            "issuer": paper_places.commune_committee(commune),
            "place": commune.name,
            "year": decision.decided_on.year,
            "round": paper_places.round_name(round),
            "village": paper_places.village_name(found.village),
            "decision": decision.number,
            "decided-on": f"{decision.decided_on:%d/%m/%Y}",
            "rows": [
                {
                    "head_name": row.head_name,
                    "members": row.members or None,
                    "result": str(row.result.label),
                }
                for row in found.rows
            ],
        }
