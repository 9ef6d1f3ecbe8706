"""Webhooks: which addresses of other systems are told what happens.

A webhook has a secret of its own, shown once, with which every message is signed as Standard
Webhooks has it. To sign, the server has to read it again: it is kept as a cipher of the field key
(as the secret of a second factor is), so that a copy of the database alone signs nothing.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from celery import signature
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from households import policies
from households.choices.webhooks import NEEDS, DeliveryState, WebhookKind
from households.errors import Conflict, Invalid, Refused
from households.models import ApiClient, User, Webhook, WebhookDelivery
from households.models.personal_id import decrypt_personal_id, encrypt_personal_id
from households.services import audit, outgoing_http, webhook_messages
from households.services.constraint_messages import told_plainly
from households.services.system_user import system_user

_PREFIX: Final = "whsec_"
_SECRET_BYTES: Final = 32
#: The first bytes say what the cipher holds; a personal number is never read as a secret.
_MARK: Final = "webhook:"


@dataclass(frozen=True)
class Added:
    """`secret` is shown once."""

    webhook: Webhook
    secret: str


def add(*, client: ApiClient, url: str, kinds: Collection[WebhookKind], by: User) -> Added:
    """Another address that is told what happens in the client's area from now on.

    Raises Refused (not one's area; the client is closed, or may not ask for figures), Invalid (no
    address of a web server, or one of the internal network), Conflict (there already, no kinds).
    """
    if reason := why_not_add(client, by):
        raise Refused(reason)
    if not outgoing_http.is_address(url.strip()):
        words = _("This is no address that messages are sent to: https:// and a public name.")
        raise Invalid(words, fields={"url": [words]})
    secret = _PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()
    webhook = Webhook(
        client=client,
        url=url.strip(),
        kinds=sorted(str(one.value) for one in kinds),
        secret=encrypt_personal_id(_MARK + secret),
        added_by=by,
    )
    with (
        told_plainly(Webhook),
        audit.act(by=by, verb="webhook.add", area=client.area, subject=client),
    ):
        webhook.save()
    return Added(webhook, secret)


def why_not_add(client: ApiClient, by: User) -> policies.Reason:
    """Why the system gets no webhook."""
    if reason := policies.why_not_keep_api_clients(by, client.area):
        return reason
    if client.closed_on:
        return _("The access of this system was closed.")
    if not set(client.scopes) & {str(scope) for scopes in NEEDS.values() for scope in scopes}:
        return _("The system may not ask for figures: there is nothing to tell it.")
    return None


def stop(*, webhook: Webhook, by: User) -> None:
    """Nothing is sent there any more, what waits included. Raises Refused."""
    _check(webhook, by, may_be_stopped=True)
    with audit.act(by=by, verb="webhook.stop", area=webhook.client.area, subject=webhook):
        stop_all([webhook])


def end_gone(*, webhook: Webhook) -> None:
    """Stop what its own server says is gone for good."""
    area = webhook.client.area
    with audit.act(
        by=system_user(), verb="webhook.stop", area=area, subject=webhook, details={"status": 410}
    ):
        stop_all([webhook])


def stop_all(webhooks: Collection[Webhook]) -> None:
    """Inside the act that ends them."""
    keys = [one.pk for one in webhooks]
    at_work = Webhook.objects.filter(pk__in=keys, stopped_at__isnull=True)
    at_work.update(stopped_at=timezone.now())
    waiting = WebhookDelivery.objects.filter(webhook__in=keys, state=DeliveryState.WAITING)
    waiting.update(state=DeliveryState.STOPPED)


def ping(*, webhook: Webhook, by: User) -> WebhookDelivery:
    """Send a test now, whatever was tried before. Raises Refused."""
    _check(webhook, by)
    with audit.act(by=by, verb="webhook.ping", area=webhook.client.area, subject=webhook):
        delivery = webhook_messages.ping(webhook)
        _send_now(webhook)
    return delivery


def resend(*, delivery: WebhookDelivery, by: User) -> None:
    """Send a message again, under its own id, with as many attempts as the first time. Raises
    Refused, Conflict (it waits to be sent anyway, or was sent meanwhile)."""
    webhook = delivery.webhook
    _check(webhook, by)
    with audit.act(by=by, verb="webhook.resend", area=webhook.client.area, subject=webhook):
        now = timezone.now()
        ended = WebhookDelivery.objects.filter(pk=delivery.pk)
        if not ended.exclude(state=DeliveryState.WAITING, attempts=0).update(
            state=DeliveryState.WAITING, attempts=0, asked_at=now, due_at=now
        ):
            raise Conflict(_("This message waits to be sent."))
        _send_now(webhook)


def _check(webhook: Webhook, by: User, *, may_be_stopped: bool = False) -> None:
    if reason := policies.why_not_keep_api_clients(by, webhook.client.area):
        raise Refused(reason)
    if not may_be_stopped and (webhook.stopped_at or webhook.client.closed_on):
        raise Refused(_("This webhook was stopped."))


def _send_now(webhook: Webhook) -> None:
    Webhook.objects.filter(pk=webhook.pk).update(quiet_until=None)

    def now() -> None:
        signature("households.deliver_webhook", args=[webhook.pk]).delay()

    transaction.on_commit(now, robust=True)


def signed(webhook: Webhook, *, message_id: str, at: int, body: bytes) -> str:
    """The value of the header webhook-signature: HMAC-SHA256 of id, time and body.

    Raises ValueError where the field key is not the one the secret was kept with.
    """
    secret = decrypt_personal_id(bytes(webhook.secret)).removeprefix(_MARK).removeprefix(_PREFIX)
    told = f"{message_id}.{at}.".encode() + body
    digest = hmac.new(base64.b64decode(secret), told, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"
