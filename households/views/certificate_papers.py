"""Certificates as they are printed: one, or a village's pile; and the list to sign for them."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import policies
from households.choices import CertificateState, Purpose
from households.models import Area, Certificate
from households.queries import certificates as register
from households.queries.certificates import OnPaper
from households.views import access, certificate_words
from households.views.certificates import chosen, readable_certificate
from households.views.printing import printed

_PILE = gettext_lazy("Certificates")
_ONE = gettext_lazy("Certificate")
_HAND_OVER = gettext_lazy("List to sign for certificates")
_Words = Callable[[Area, list[OnPaper], str], dict[str, Any]]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def certificate_pile(request: HttpRequest, area_pk: int) -> HttpResponse:
    """All in force of the village of the address, or of the commune. Policy:
    why_not_issue_certificates; printing is recorded."""
    return _many(request, area_pk, _PILE, "certificates", certificate_words.pile_data)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_list(request: HttpRequest, area_pk: int) -> HttpResponse:
    """To be signed when they are taken. Policy: as above."""
    return _many(request, area_pk, _HAND_OVER, "hand_over", certificate_words.hand_over_data)


def _many(
    request: HttpRequest, area_pk: int, name: Promise, template: str, words: _Words
) -> HttpResponse:
    commune = access.readable_commune(request, area_pk)
    access.refuse_if(policies.why_not_issue_certificates(request.user, commune))
    village = chosen(request, commune)["village"]
    in_force = register.register(
        commune, village=village.pk if village else None, state=CertificateState.IN_FORCE
    ).select_related("household__card__village", "period__decision_in")
    by_number = in_force.order_by("year", "serial")
    return _print(request, commune, list(by_number), name, template, words, village)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def certificate_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """One. Policy: as its household, and why_not_issue_certificates."""
    found = readable_certificate(request, pk)
    access.refuse_if(policies.why_not_issue_certificates(request.user, found.commune))
    words = certificate_words.pile_data
    return _print(request, found.commune, [found], _ONE, "certificates", words, None)


def _print(
    request: HttpRequest,
    commune: Area,
    found: list[Certificate],
    name: Promise,
    template: str,
    words: _Words,
    village: Area | None,
) -> HttpResponse:
    def said(foot: str) -> dict[str, Any]:
        with override("vi"):
            return words(commune, register.on_paper(found), foot)

    return printed(
        request,
        name=name,
        purpose=Purpose.REPORT,
        template=template,
        filters={
            "paper": template,
            "commune": commune.pk,
            "village": village.pk if village else None,
            "certificate": found[0].pk if len(found) == 1 else None,
        },
        count=len(found),
        data=said,
        shown={"commune": commune, "village": village},
    )
