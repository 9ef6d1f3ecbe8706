"""Other systems: which there are, what they may ask, their tokens and how they are used."""

from django.conf import settings
from django.db.models import Max, Q, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import clock, policies
from households.choices import AreaLevel
from households.choices.api import ApiScope
from households.errors import Invalid
from households.forms.api_clients import RegisterClientForm, TokenForm
from households.models import ApiClient, ApiToken, User
from households.policies.api_clients import entering_assignments
from households.queries import api_use
from households.services import api_clients, webhooks
from households.views import access, way_offers

_LEVELS = (AreaLevel.PROVINCE, AreaLevel.DISTRICT, AreaLevel.COMMUNE)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def api_client_list(request: HttpRequest) -> HttpResponse:
    """All of one's areas; a POST registers one. Policy: why_not_keep_api_clients."""
    access.refuse_if(policies.why_not_keep_api_clients(request.user))
    user = access.actor(request)
    areas = policies.api_client_areas(user).on(clock.today()).filter(level__in=_LEVELS)
    form = RegisterClientForm(
        request.POST if request.method == "POST" else None,
        areas=list(areas.order_by("path", "code")),
        entering=list(entering_assignments(user)),
    )
    if request.method == "POST":

        def act() -> None:
            api_clients.register(by=user, **form.arguments())

        if way_offers.is_done(request, form, act, _("The system is registered. Issue a token.")):
            return redirect("households:api_client_list")
    shown = {
        "clients": _own(user).annotate(used=Max("tokens__uses__last_at")),
        "form": form,
        "is_open": settings.OPEN_DATA,
        "open_calls": settings.OPEN_DATA_CALLS,
        "open_use": api_use.of_open_data() if settings.OPEN_DATA else None,
    }
    status = 422 if form.errors else 200
    return render(request, "households/api_client_list.html", shown, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def api_client(request: HttpRequest, pk: int) -> HttpResponse:
    """One with its tokens; a POST issues one, has one followed by the next, takes one, or closes
    all. A new token is shown in the answer and never again. Policy: as the list."""
    access.refuse_if(policies.why_not_keep_api_clients(request.user))
    user = access.actor(request)
    client = get_object_or_404(_own(user), pk=pk)
    form = TokenForm(request.POST if request.POST.get("act") in ("issue", "rotate") else None)
    secret = ""
    if request.method == "POST":
        if request.POST.get("act") in ("revoke", "close"):
            _end(request, client, user)
            return redirect("households:api_client", pk=client.pk)
        secret = _issued(request, client, form, user)
    used = client.tokens.annotate(calls=Sum("uses__calls"), used=Max("uses__last_at"))
    shown = {
        "client": client,
        "scopes": [ApiScope(one).label for one in client.scopes],
        "tokens": used.order_by("-pk"),
        "webhooks": client.webhooks.annotate(tried=Max("deliveries__log__at")).order_by("-pk"),
        "why_no_webhook": webhooks.why_not_add(client, user),
        "now": timezone.now(),
        "form": form,
        "secret": secret,
    }
    status = 422 if form.errors else 200
    return render(request, "households/api_client.html", shown, status=status)


def _own(user: User) -> QuerySet[ApiClient]:
    own = policies.api_client_areas(user).values("pk")
    return ApiClient.objects.filter(area__in=own).select_related("area", "registered_by", "acts_as")


def _token(request: HttpRequest, client: ApiClient) -> ApiToken:
    """404 for one of another client, or that was taken already."""
    typed = request.POST.get("token", "")
    pk = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 18 else 0
    valid = client.tokens.filter(Q(revoked_at__isnull=True)).select_related("client__area")
    found: ApiToken = get_object_or_404(valid, pk=pk)
    return found


def _issued(request: HttpRequest, client: ApiClient, form: TokenForm, user: User) -> str:
    """The new secret, "" where the form says why there is none."""
    token = _token(request, client) if request.POST.get("act") == "rotate" else None
    if not form.is_valid():
        return ""
    try:
        if token is None:
            issued = api_clients.issue(client=client, expires_at=form.ends_at, by=user)
        else:
            issued = api_clients.rotate(token=token, expires_at=form.ends_at, by=user)
    except Invalid as fault:
        form.add_faults(fault.fields, fault.message)
        return ""
    return issued.secret


def _end(request: HttpRequest, client: ApiClient, user: User) -> None:
    if request.POST["act"] == "close":
        api_clients.close(client=client, by=user)
    else:
        api_clients.revoke(token=_token(request, client), by=user)
