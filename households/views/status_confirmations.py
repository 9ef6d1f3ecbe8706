"""Confirming what a household is or was: asked in two clicks, numbered, listed."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from households import clock, policies
from households.choices import SignerTitle
from households.forms.certificates import ConfirmationForm
from households.forms.disclosures import signer_of
from households.models import Household, Person, StatusConfirmation
from households.services import status_confirmations
from households.views import access, certificate_words, printing, way_offers

_A_PAGE = 50


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def status_confirmation_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Policy: a household of one's area (else 404), why_not_issue_certificates."""
    household = access.readable_household(request, pk)
    village = household.residences.select_related("village__parent").latest("valid_from").village
    commune = village.parent
    assert commune is not None
    access.refuse_if(policies.why_not_issue_certificates(request.user, commune))
    given = (request.POST,) if request.method == "POST" else ()
    form = ConfirmationForm(*given, members=_members(household))
    made: list[StatusConfirmation] = []

    def act() -> None:
        made.append(
            status_confirmations.issue(
                household=household,
                commune=commune,
                asked=form.asked(),
                by=access.actor(request),
            )
        )

    if request.method == "POST" and way_offers.is_done(request, form, act, _("It is recorded.")):
        if not made:
            return redirect("households:status_confirmations", commune.pk)
        signer = urlencode({"signer": signer_of(form.cleaned_data["signer_title"])})
        paper = reverse("households:status_confirmation", args=[made[0].pk])
        return redirect(f"{paper}?{signer}")
    standing = status_confirmations.standing_on(household, commune, clock.today())
    shown = {
        "form": form,
        "household": household,
        "head_name": household.card.head_name,
        "standing": None if isinstance(standing, str) else standing,
        "why_nothing": standing if isinstance(standing, str) else "",
        "today": clock.today(),
    }
    status = 422 if form.errors else 200
    return render(request, "households/status_confirmation_new.html", shown, status=status)


def _members(household: Household) -> list[Person]:
    living = household.memberships.filter(valid_to__isnull=True).select_related("person")
    return [one.person for one in living.order_by("pk")]


@never_cache
@require_safe
def status_confirmation(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper itself, as often as it is looked at; its issue is what was recorded. ?signer= says
    as what it will be signed. Policy: a household of one's area, why_not_issue_certificates."""
    access.refuse_if(policies.why_not_read_households(request.user))
    own = StatusConfirmation.objects.filter(
        household__in=policies.visible_households(request.user)
    ).select_related("household__card__village", "commune", "person", "period__decision_in")
    found = get_object_or_404(own, pk=pk)
    access.refuse_if(policies.why_not_issue_certificates(request.user, found.commune))
    card = found.household.card
    with override("vi"):
        data = certificate_words.confirmation_data(
            found, card.head_name, card.village, signer_of(request.GET.get("signer"))
        )
    return printing.recorded_already(request, template="confirmation", data=data)


@never_cache
@require_safe
def status_confirmations_list(request: HttpRequest, area_pk: int) -> HttpResponse:
    """The commune's confirmations, the newest first; ?signer= goes on to their papers. Policy: as
    the register of certificates."""
    commune = access.readable_commune(request, area_pk)
    signer = signer_of(request.GET.get("signer"))
    rows = StatusConfirmation.objects.filter(commune=commune).select_related(
        "household__card", "person", "issued_by"
    )
    shown = {
        "commune": commune,
        "page": Paginator(rows, _A_PAGE).get_page(request.GET.get("page")),
        "query": urlencode({"signer": signer}),
        "signers": SignerTitle.choices,
        "signer": signer,
        "why_not": policies.why_not_issue_certificates(request.user, commune),
    }
    return render(request, "households/status_confirmations.html", shown)
