"""Webhooks of another system: adding one, and what became of each message."""

from typing import Final

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import policies
from households.choices.webhooks import WebhookKind
from households.errors import Conflict, Invalid, Refused
from households.forms.webhooks import WebhookForm
from households.models import ApiClient, User, Webhook, WebhookDelivery
from households.services import webhooks
from households.services.webhooks import Added
from households.views import access

_A_PAGE: Final = 50


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def webhook_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Adds one; its secret is shown in the answer and never again. Policy: why_not_add."""
    client = _client(request, pk)
    user = access.actor(request)
    access.refuse_if(webhooks.why_not_add(client, user))
    form = WebhookForm(request.POST if request.method == "POST" else None)
    added = _added(form, client, user) if request.method == "POST" else None
    shown = {"client": client, "form": form, "added": added}
    status = 422 if form.errors else 200
    return render(request, "households/webhook_add.html", shown, status=status)


def _added(form: WebhookForm, client: ApiClient, user: User) -> Added | None:
    """None where the form says why not."""
    if not form.is_valid():
        return None
    try:
        return webhooks.add(
            client=client, url=form.cleaned_data["url"], kinds=form.chosen(), by=user
        )
    except Invalid as fault:
        form.add_faults(fault.fields, fault.message)
    except Conflict as clash:
        form.add_error("url", str(clash.message))
    return None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def webhook(request: HttpRequest, pk: int, webhook_pk: int) -> HttpResponse:
    """One with its log, the newest message first; a POST sends a test, sends a message again, or
    stops it. Policy: as the systems."""
    client = _client(request, pk)
    found = get_object_or_404(
        Webhook.objects.select_related("client__area", "added_by"), pk=webhook_pk, client=client
    )
    if request.method == "POST":
        _act(request, found)
        return redirect("households:webhook", client.pk, found.pk)
    log = found.deliveries.select_related("message__area").prefetch_related("log")
    shown = {
        "client": client,
        "webhook": found,
        "kinds": [WebhookKind(one).label for one in found.kinds],
        "page": Paginator(log.order_by("-message_id"), _A_PAGE).get_page(request.GET.get("page")),
        "is_quiet": found.quiet_until is not None and found.quiet_until > timezone.now(),
        "is_off": not settings.SENDS_WEBHOOKS,
        "is_at_work": not (found.stopped_at or client.closed_on),
    }
    return render(request, "households/webhook.html", shown)


def _act(request: HttpRequest, found: Webhook) -> None:
    user = access.actor(request)
    try:
        match request.POST.get("act"):
            case "ping":
                webhooks.ping(webhook=found, by=user)
                messages.success(request, _("A test is on its way; its answer stands below."))
            case "resend":
                webhooks.resend(delivery=_delivery(request, found), by=user)
                messages.success(request, _("The message is sent again."))
            case "stop":
                webhooks.stop(webhook=found, by=user)
                messages.success(request, _("Nothing is sent there any more."))
    except (Conflict, Refused) as refusal:
        messages.error(request, str(refusal.message))


def _delivery(request: HttpRequest, found: Webhook) -> WebhookDelivery:
    """404 for one of another webhook."""
    typed = request.POST.get("delivery", "")
    pk = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 18 else 0
    one: WebhookDelivery = get_object_or_404(
        found.deliveries.select_related("webhook__client__area"), pk=pk
    )
    return one


def _client(request: HttpRequest, pk: int) -> ApiClient:
    access.refuse_if(policies.why_not_keep_api_clients(request.user))
    own = policies.api_client_areas(request.user).values("pk")
    found: ApiClient = get_object_or_404(
        ApiClient.objects.filter(area__in=own).select_related("area"), pk=pk
    )
    return found
