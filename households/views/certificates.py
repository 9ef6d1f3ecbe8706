"""The commune's register of certificates, and one of them: issue, hand over, replace."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import policies
from households.choices import AreaLevel, CertificateState
from households.errors import Conflict
from households.forms.certificates import HandOverForm, ReissueForm, SignedForm, WrittenForm
from households.forms.steps import SaysFaults
from households.models import Area, Certificate, User
from households.queries import certificates as register
from households.services import certificates
from households.views import access, way_offers

_A_PAGE = 50


def chosen(request: HttpRequest, commune: Area) -> dict[str, Any]:
    """The filters of the address: village, state, words."""
    villages = list(
        Area.objects.filter(parent=commune, level=AreaLevel.VILLAGE).order_by("folded_name")
    )
    typed = request.GET.get("village", "")
    village = next((one for one in villages if str(one.pk) == typed), None)
    return {
        "villages": villages,
        "village": village,
        "state": request.GET.get("state", ""),
        "words": request.GET.get("q", ""),
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def certificate_register(request: HttpRequest, area_pk: int) -> HttpResponse:
    """Policy: roles that read households, own area only; issuing by why_not_issue_certificates."""
    commune = access.readable_commune(request, area_pk)
    if request.method != "POST":
        return _register(request, commune)
    access.refuse_if(policies.why_not_issue_certificates(request.user, commune))
    if request.POST.get("act") == "issue":
        return _issue(request, commune)
    if request.POST.get("act") == "hand_over":
        return _hand_over(request, commune)
    return HttpResponseBadRequest()


def _issue(request: HttpRequest, commune: Area) -> HttpResponse:
    form = SignedForm(request.POST)

    def act() -> str:
        number = certificates.issue_all(
            commune=commune, signed=form.signed(), by=access.actor(request)
        )
        words = ngettext(
            "%(count)s certificate is issued.", "%(count)s certificates are issued.", number
        )
        return words % {"count": number}

    if way_offers.is_done(request, form, act, ""):
        return redirect("households:certificate_register", commune.pk)
    return _register(request, commune, issue_form=form, status=422)


def _hand_over(request: HttpRequest, commune: Area) -> HttpResponse:
    """Those ticked."""
    form = HandOverForm(request.POST)
    ids = [int(one) for one in request.POST.getlist("certificate") if one.isdigit()]

    def act() -> str:
        if not ids:
            raise Conflict(_("Tick the certificates that were taken."))
        number = certificates.hand_over(
            commune=commune, ids=ids, by=access.actor(request), **form.cleaned_data
        )
        words = ngettext(
            "%(count)s certificate is handed over.", "%(count)s certificates are handed over.",
            number,
        )  # fmt: skip
        return words % {"count": number}

    if way_offers.is_done(request, form, act, ""):
        return redirect(request.get_full_path())
    return _register(request, commune, hand_over_form=form, status=422)


def _register(
    request: HttpRequest,
    commune: Area,
    issue_form: SignedForm | None = None,
    hand_over_form: HandOverForm | None = None,
    status: int = 200,
) -> HttpResponse:
    filters = chosen(request, commune)
    village = filters["village"]
    rows = register.register(
        commune,
        village=village.pk if village else None,
        state=filters["state"],
        words=filters["words"],
    )
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "households/certificate_register.html",
        {
            **filters,
            "commune": commune,
            "page": Paginator(rows, _A_PAGE).get_page(request.GET.get("page")),
            "query": query.urlencode(),
            "states": [
                *CertificateState.choices,
                (register.NOT_HANDED_OVER, _("Still at the office")),
            ],
            "without_one": register.without_one([commune]).get(commune.pk, 0),
            "why_not": policies.why_not_issue_certificates(request.user, commune),
            "issue_form": issue_form or SignedForm(),
            "hand_over_form": hand_over_form or HandOverForm(),
        },
        status=status,
    )


def readable_certificate(request: HttpRequest, pk: int) -> Certificate:
    """A certificate of a household the user may see; else 404."""
    access.refuse_if(policies.why_not_read_households(request.user))
    own = Certificate.objects.filter(household__in=policies.visible_households(request.user))
    found: Certificate = get_object_or_404(
        own.select_related(
            "household__card__village",
            "commune",
            "period__decision_in",
            "ended_by",
            "replaces",
            "act",
        ),
        pk=pk,
    )
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """Policy: as its household; acts by why_not_issue_certificates."""
    found = readable_certificate(request, pk)
    if request.method != "POST":
        return _show(request, found)
    access.refuse_if(policies.why_not_issue_certificates(request.user, found.commune))
    taken = _ACTS.get(request.POST.get("act", ""))
    if taken is None:
        return HttpResponseBadRequest()
    kind, service = taken
    form = kind(request.POST)
    made: list[Certificate] = []

    def act() -> None:
        made.extend(service(found, form, access.actor(request)))

    if way_offers.is_done(request, form, act, _("It is recorded.")):
        return redirect("households:certificate", made[0].pk if made else pk)
    return _show(request, found, form, status=422)


def _reissued(found: Certificate, form: SaysFaults, by: User) -> list[Certificate]:
    assert isinstance(form, ReissueForm)
    reason = form.cleaned_data["reason"]
    return [certificates.reissue(certificate=found, reason=reason, signed=form.signed(), by=by)]


def _noted(found: Certificate, form: SaysFaults, by: User) -> list[Certificate]:
    written_on = form.cleaned_data["written_on"]
    certificates.note_changes(certificate=found, written_on=written_on, by=by)
    return []


def _handed(found: Certificate, form: SaysFaults, by: User) -> list[Certificate]:
    certificates.hand_over(commune=found.commune, ids=[found.pk], by=by, **form.cleaned_data)
    return []


_ACTS: dict[str, tuple[type[SaysFaults], Callable[..., list[Certificate]]]] = {
    "reissue": (ReissueForm, _reissued),
    "note": (WrittenForm, _noted),
    "hand_over": (HandOverForm, _handed),
}


def _show(
    request: HttpRequest, found: Certificate, filled: SaysFaults | None = None, status: int = 200
) -> HttpResponse:
    in_force = found.state == CertificateState.IN_FORCE
    forms = {kind: filled if type(filled) is kind else kind() for kind, __ in _ACTS.values()}
    return render(
        request,
        "households/certificate.html",
        {
            "certificate": found,
            "in_force": in_force,
            "to_write": certificates.changes_to_write(found) if in_force else [],
            "written": found.changes.select_related("event__person").order_by("pk"),
            "why_not": policies.why_not_issue_certificates(request.user, found.commune),
            "reissue_form": forms[ReissueForm],
            "written_form": forms[WrittenForm],
            "hand_over_form": forms[HandOverForm],
        },
        status=status,
    )
