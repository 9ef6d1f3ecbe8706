"""Printed papers of a village or a commune: asked what for, recorded, given as PDF."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from households.choices import AreaLevel, CommuneState, Purpose
from households.forms.disclosures import MinutesForm, signer_of
from households.models import Area, CommuneReview, ReviewRound
from households.queries import meetings
from households.services import decision_drafts
from households.services.decision_drafts import Drafted
from households.views import commune_paper_words, paper_words
from households.views.printing import asking, printed, without_names
from households.views.way_access import unit_in_round

#: The paper that is drafted from what was recorded of the meeting.
MINUTES = "minutes"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def village_paper(request: HttpRequest, round_pk: int, area_pk: int, kind: str) -> HttpResponse:
    """Policy: roles that read households, own area only. Each print is recorded before it is made:
    who, which paper of which village, how many households, what for."""
    round, village = unit_in_round(request, round_pk, area_pk, AreaLevel.VILLAGE)
    paper = paper_words.KINDS.get(kind)
    if paper is None:
        raise Http404
    rows = paper.rows(round, village)
    if not paper.names:
        return without_names(
            request,
            template=paper.template,
            purpose=paper.purpose,
            data=lambda foot: paper_words.data_of(paper, round, village, rows, foot),
        )
    held = meetings.of_village(round, village) if kind == MINUTES else []
    form = asking(request, MinutesForm, paper.purpose, meetings=held)
    if held and not meetings.is_next_awaited(held[-1]):
        form.initial["meeting"] = str(held[-1].pk)
    return printed(
        request,
        name=paper.name,
        purpose=paper.purpose,
        template=paper.template,
        filters={"paper": kind, "round": round.key, "village": village.pk},
        count=len(rows),
        data=lambda foot: paper_words.data_of(
            paper, round, village, rows, foot, meeting=form.meeting
        ),
        shown={"round": round, "village": village},
        form=form,
    )


@never_cache
@require_safe
def report_paper(request: HttpRequest, round_pk: int, area_pk: int) -> HttpResponse:
    """The commune's report on its round, figures by village, no names; ?signer= says as what it is
    signed. Policy: as village_paper."""
    round, commune, drafted = _drafted(request, round_pk, area_pk)
    return without_names(
        request,
        template="report",
        purpose=Purpose.REPORT,
        data=lambda foot: commune_paper_words.report_data(
            round, commune, drafted, foot, signer_of(request.GET.get("signer"))
        ),
    )


@never_cache
@require_safe
def submission_paper(request: HttpRequest, round_pk: int, area_pk: int) -> HttpResponse:
    """The letter that submits the report: to the district, or to the chair. Policy: as above."""
    round, commune, drafted = _drafted(request, round_pk, area_pk)
    return without_names(
        request,
        template="submission",
        purpose=Purpose.REPORT,
        data=lambda foot: (
            commune_paper_words.report_data(
                round, commune, drafted, foot, signer_of(request.GET.get("signer"))
            )
            | {"title": f"Tờ trình – {commune.name}"}
        ),
    )


def _drafted(
    request: HttpRequest, round_pk: int, area_pk: int
) -> tuple[ReviewRound, Area, list[Drafted]]:
    """What would be decided today; 403 where nothing is reviewed or all is decided."""
    round, commune = unit_in_round(request, round_pk, area_pk, AreaLevel.COMMUNE)
    ways = CommuneReview.objects.select_related("round__province", "commune")
    way = ways.filter(round=round, commune=commune).first()
    if way is None:
        raise PermissionDenied(_("Nothing is reviewed in this commune."))
    if way.state == CommuneState.RECOGNISED:
        raise PermissionDenied(_("The commune's lists are decided."))
    return round, commune, decision_drafts.draft(way)
