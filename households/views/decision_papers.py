"""Decisions as they are printed: drafts before they are signed, and copies of what was signed."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from households import clock
from households.choices import AreaLevel, CommuneState, DecisionOrigin, Purpose
from households.forms.corrections import CorrectionForm
from households.forms.disclosures import DisclosureForm, SignedPaperForm
from households.models import Area, CommuneReview, RecognitionDecision, ReviewRound
from households.queries import decided_lists, decision_draft
from households.services import corrections, decision_drafts
from households.services.decision_drafts import Drafted
from households.views import decision_words
from households.views.corrections import corrected_way, households_chosen
from households.views.printing import asking, printed
from households.views.way_access import unit_in_round

_DRAFT = gettext_lazy("Draft of the decision")
_SUPPLEMENT = gettext_lazy("Draft of the supplementary decision")
_CORRECTION = gettext_lazy("Draft of the correcting decision")
_COPY = gettext_lazy("Copy of the decision")
_MAIN = (DecisionOrigin.PROCEDURE, DecisionOrigin.ADOPTED_FROM_PAPER)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decision_paper(request: HttpRequest, round_pk: int, area_pk: int) -> HttpResponse:
    """The draft of a commune's decision with its four lists, under each standard of the round: one
    decision each. Once it is signed, the copy of it; ?decision= names another one of the round,
    ?draft=supplement the supplement that is to be signed. Policy: as village_paper."""
    round, commune = unit_in_round(request, round_pk, area_pk, AreaLevel.COMMUNE)
    ways = CommuneReview.objects.select_related("round__province", "commune")
    way = ways.filter(round=round, commune=commune).first()
    if way is None:
        raise PermissionDenied(_("Nothing is reviewed in this commune."))
    if way.state != CommuneState.RECOGNISED:
        return _draft(request, way)
    made = RecognitionDecision.objects.on_lists().filter(round=round, commune=commune)
    decisions = list(made.select_related("standard", "round__province", "commune").order_by("pk"))
    if request.GET.get("draft") == "supplement":
        return _supplement(request, way, _main_of(decisions))
    return _copy(request, decisions)


def _main_of(decisions: list[RecognitionDecision]) -> list[RecognitionDecision]:
    return [one for one in decisions if one.origin in _MAIN]


def _draft(request: HttpRequest, way: CommuneReview) -> HttpResponse:
    drafted = decision_drafts.draft(way)
    form = asking(request, SignedPaperForm, Purpose.REPORT)
    return _print(
        request,
        (way.round, way.commune),
        name=_DRAFT,
        filters={"paper": "decision"},
        count=_number_of(drafted),
        form=form,
        data=lambda foot: decision_words.draft_data(
            way.round, way.commune, drafted, foot, form.signer
        ),
    )


def _number_of(drafted: list[Drafted]) -> int:
    return sum(len(rows) for __, rows in drafted[-1].draft.lists)


def _supplement(
    request: HttpRequest, way: CommuneReview, main: list[RecognitionDecision]
) -> HttpResponse:
    waiting = decision_draft.settled_since(way.round, way.commune)
    if not waiting:
        raise PermissionDenied(_("No household that was kept back is settled."))
    drafted = decision_drafts.draft(way, only=waiting)
    form = asking(request, SignedPaperForm, Purpose.REPORT)
    return _print(
        request,
        (way.round, way.commune),
        name=_SUPPLEMENT,
        filters={"paper": "supplement"},
        count=len(waiting),
        form=form,
        data=lambda foot: decision_words.supplement_data(
            way.round, way.commune, drafted,
            main=main, waiting=waiting, foot=foot, signer_title=form.signer,
        ),
    )  # fmt: skip


def _copy(request: HttpRequest, decisions: list[RecognitionDecision]) -> HttpResponse:
    """Of the main decision, or of the one named; those of one number are one paper."""
    main = _main_of(decisions)
    asked = request.GET.get("decision", "")
    named = [one for one in decisions if str(one.pk) == asked] if asked else main[-1:]
    if not named:
        raise Http404
    same = [
        one for one in decisions
        if (one.number, one.origin, one.decided_on)
        == (named[0].number, named[0].origin, named[0].decided_on)
    ]  # fmt: skip
    is_correction = named[0].origin == DecisionOrigin.CORRECTION

    def words(foot: str) -> dict[str, Any]:
        if is_correction:
            return decision_words.signed_correction_data(named[0], foot)
        return decision_words.signed_data(same, main, foot)

    lists = [] if is_correction else decided_lists.of_decision(same[-1]).lists
    return _print(
        request,
        (named[0].round, named[0].commune),
        name=_COPY,
        filters={"paper": "decision_copy", "decision": named[0].pk},
        count=len(named[0].only_about) or sum(len(rows) for __, rows in lists),
        form=asking(request, DisclosureForm, Purpose.REPORT),
        data=words,
        template="correcting_decision" if is_correction else "decision",
    )


@never_cache
@require_POST
def correction_paper(request: HttpRequest, round_pk: int, area_pk: int) -> HttpResponse:
    """The draft of a correcting decision, from what its page has typed so far: ?household= those
    chosen, then their right class and the reason. Policy: as the page of the correction."""
    way = corrected_way(request, round_pk, area_pk)
    chosen = households_chosen(request, way)
    typed = CorrectionForm(request.POST, households=[(one.pk, one.head_name) for one in chosen])
    typed.full_clean()
    outlook = corrections.outlook(way=way, changes=typed.changes(), decided_on=clock.today())
    changes = [one for one in outlook if one.is_one]
    reason = request.POST.get("reason", "")
    form = asking(request, SignedPaperForm, Purpose.REPORT)
    form.initial["signer_title"] = request.POST.get("signer_title", "")
    names = [f"class_{one.pk}" for one in chosen]
    return _print(
        request,
        (way.round, way.commune),
        name=_CORRECTION,
        filters={"paper": "correction", "households": [one.household_id for one in changes]},
        count=len(changes),
        form=form,
        data=lambda foot: decision_words.correction_data(
            way.round, way.commune, changes, reason, foot=foot, signer_title=form.signer
        ),
        template="correcting_decision",
        carried=[
            ("reason", reason), *((name, request.POST.get(name, "")) for name in names)
        ],
    )  # fmt: skip


def _print(
    request: HttpRequest,
    where: tuple[ReviewRound, Area],
    *,
    name: Promise,
    filters: dict[str, Any],
    template: str = "decision",
    carried: list[tuple[str, str]] | None = None,
    **more: Any,
) -> HttpResponse:
    round, commune = where
    return printed(
        request,
        name=name,
        purpose=Purpose.REPORT,
        template=template,
        filters=filters | {"round": round.key, "commune": commune.pk},
        shown={"round": round, "commune": commune, "carried": carried or []},
        **more,
    )
