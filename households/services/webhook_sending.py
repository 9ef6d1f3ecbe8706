"""Delivering messages: one address after the other, each message at least once.

A run holds a lock of the database session for its webhook, so a receiver hears one message at a
time; a killed worker lets it go, and what it sent without writing that down is sent again under the
same id. Who does not answer at all is left alone for growing times, however much waits for him.
"""

import datetime as dt
import json
import time
from http import HTTPStatus
from typing import Final

from celery import signature
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from households.choices.webhooks import DeliveryState
from households.models import Webhook, WebhookAttempt, WebhookDelivery
from households.services import job_locks, outgoing_http, webhook_messages, webhooks
from households.services.outgoing_http import Answer

#: A run ends after this time, and the next one takes its turn behind the other jobs.
_RUN_SECONDS: Final = 30
_ANSWER_LETTERS: Final = 500
_AGENT: Final = "povreg"


def sweep() -> int:
    """Hand on new messages and fire a job for every webhook that has something to be sent now.
    Gives how many were fired."""
    while webhook_messages.spread():
        """Messages may bring others with them."""
    webhook_messages.forget_old()
    busy = job_locks.taken(job_locks.WEBHOOKS)
    due = _due().exclude(webhook__in=busy).order_by("webhook")
    fired = list(due.values_list("webhook", flat=True).distinct())
    for pk in fired:
        _fire(pk)
    return len(fired)


def _fire(webhook_id: int) -> None:
    signature("households.deliver_webhook", args=[webhook_id]).delay()


def run(*, webhook_id: int) -> int:
    """Send what is due to one webhook, the oldest first; gives how many attempts were made.
    Repeating it does no harm."""
    made, ends = 0, time.monotonic() + _RUN_SECONDS
    with job_locks.held(job_locks.WEBHOOKS, webhook_id) as is_mine:
        due = _due().filter(webhook=webhook_id) if is_mine else WebhookDelivery.objects.none()
        while time.monotonic() < ends and (delivery := due.first()):
            _attempt(delivery)
            made += 1
    if time.monotonic() >= ends:
        _fire(webhook_id)
    return made


def _due() -> QuerySet[WebhookDelivery]:
    if not settings.SENDS_WEBHOOKS:
        return WebhookDelivery.objects.none()
    now = timezone.now()
    at_work = Q(webhook__stopped_at__isnull=True, webhook__client__closed_on__isnull=True)
    is_heard = Q(webhook__quiet_until__isnull=True) | Q(webhook__quiet_until__lte=now)
    waiting = WebhookDelivery.objects.filter(state=DeliveryState.WAITING, due_at__lte=now)
    found = waiting.filter(at_work, is_heard).select_related("message", "webhook")
    return found.order_by("message_id")


def _attempt(delivery: WebhookDelivery) -> None:
    at = timezone.now()
    answer = _sent(delivery, at)
    with transaction.atomic():
        WebhookAttempt.objects.create(
            delivery=delivery,
            at=at,
            milliseconds=answer.milliseconds,
            status=answer.status,
            fault=answer.fault or "",
            answer=answer.text.replace("\x00", "")[:_ANSWER_LETTERS],
        )
        _note_silence(delivery.webhook, answer)
        waiting = WebhookDelivery.objects.filter(pk=delivery.pk, state=DeliveryState.WAITING)
        if answer.is_taken:
            waiting.update(state=DeliveryState.DELIVERED, attempts=F("attempts") + 1)
        elif answer.status == HTTPStatus.GONE:  # as Standard Webhooks has it: not wanted any more
            waiting.update(attempts=F("attempts") + 1)
            webhooks.end_gone(webhook=delivery.webhook)
        elif _is_last(delivery):
            waiting.update(state=DeliveryState.GIVEN_UP, attempts=F("attempts") + 1)
        else:
            due_at = timezone.now() + settings.WEBHOOK_WAITS[delivery.attempts]
            waiting.update(attempts=F("attempts") + 1, due_at=due_at)


def _sent(delivery: WebhookDelivery, at: dt.datetime) -> Answer:
    message, webhook = delivery.message, delivery.webhook
    body = json.dumps(message.body, ensure_ascii=False, sort_keys=True).encode()
    message_id, sent_at = f"msg_{message.uuid.hex}", int(at.timestamp())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": _AGENT,
        "webhook-id": message_id,
        "webhook-timestamp": str(sent_at),
        "webhook-signature": webhooks.signed(webhook, message_id=message_id, at=sent_at, body=body),
    }
    return outgoing_http.post(webhook.url, body, headers, seconds=settings.WEBHOOK_SECONDS)


def _is_last(delivery: WebhookDelivery) -> bool:
    return delivery.attempts >= len(settings.WEBHOOK_WAITS)


def _note_silence(webhook: Webhook, answer: Answer) -> None:
    """Who does not answer is not asked again for each message; what waited in vain as long as the
    attempts of one message take is given up with it."""
    if answer.status is not None:
        Webhook.objects.filter(pk=webhook.pk).update(quiet_until=None, silences=0)
        return
    waits = settings.WEBHOOK_WAITS
    wait = waits[min(webhook.silences, len(waits) - 1)]
    now = timezone.now()
    Webhook.objects.filter(pk=webhook.pk).update(
        quiet_until=now + wait, silences=min(webhook.silences, len(waits)) + 1
    )
    waiting = WebhookDelivery.objects.filter(webhook=webhook, state=DeliveryState.WAITING)
    too_old = waiting.filter(asked_at__lt=now - sum(waits, dt.timedelta()))
    too_old.update(state=DeliveryState.GIVEN_UP)
