"""Messages to other systems: where they go, what they say, and every attempt to deliver them."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from households.choices.webhooks import NEEDS, DeliveryState, SendFault, WebhookKind
from households.models.api_clients import ApiClient
from households.models.areas import Area
from households.models.audit import Recorded
from households.models.codes import known
from households.models.users import User


class Webhook(Recorded):
    """An address of a client that is told what happens in its area.

    `secret` is the cipher of services.webhooks: it signs, so it has to be read again. Address and
    kinds never change; another one is added instead. `quiet_until`: nothing is sent there before,
    since `silences` attempts in a row had no answer. No history: who added and stopped it stands in
    the audit, the rest only says how the other side does.
    """

    client = models.ForeignKey(ApiClient, on_delete=models.PROTECT, related_name="webhooks")
    url = models.CharField(_("address"), max_length=500)
    kinds = ArrayField(models.CharField(max_length=20, choices=WebhookKind))
    secret = models.BinaryField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(db_default=Now(), editable=False)
    stopped_at = models.DateTimeField(null=True, blank=True)
    quiet_until = models.DateTimeField(null=True, blank=True)
    silences = models.SmallIntegerField(default=0)

    class Meta:
        verbose_name = _("webhook")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "url"],
                condition=Q(stopped_at__isnull=True),
                name="households_webhook_url_once",
                violation_error_message=_("The system has a webhook of this address already."),
            ),
            models.CheckConstraint(
                name="households_webhook_kinds_known",
                condition=Q(kinds__contained_by=[str(one.value) for one in NEEDS])
                & Q(kinds__len__gte=1),
                violation_error_message=_("Choose what the system is told."),
            ),
            models.CheckConstraint(
                name="households_webhook_url_of_http",
                condition=Q(url__regex=r"^https?://[^\s]+$"),
                violation_error_message=_("This is no address of a web server."),
            ),
            models.CheckConstraint(
                name="households_webhook_silences_counted", condition=Q(silences__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return self.url


class WebhookMessage(Recorded):
    """What happened, written in the transaction in which it happened. `body` is what is sent: no
    names, no numbers of households. `about` is the key of what it is about: the decision, the round
    under a standard (RoundStandard) or the edition, by `kind`; each is told once. A test is about
    nothing. `spread_at`: when it was handed on to those who want it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    kind = models.CharField(max_length=20, choices=WebhookKind)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    about = models.BigIntegerField(null=True)
    body = models.JSONField()
    made_at = models.DateTimeField()
    spread_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("message to other systems")
        ordering = ["-pk"]
        constraints = [
            known("webhookmessage", "kind", WebhookKind),
            models.UniqueConstraint(
                fields=["kind", "about", "area"], name="households_webhookmessage_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(spread_at__isnull=True),
                name="households_message_to_spread",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"


class WebhookDelivery(models.Model):
    """A message to one webhook. `attempts` are those since `asked_at`, when it came or somebody had
    it sent again; `due_at` is when the next one is made, where it waits."""

    message = models.ForeignKey(WebhookMessage, on_delete=models.CASCADE, related_name="deliveries")
    webhook = models.ForeignKey(Webhook, on_delete=models.PROTECT, related_name="deliveries")
    state = models.CharField(
        max_length=10, choices=DeliveryState, default=DeliveryState.WAITING.value
    )
    attempts = models.SmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        verbose_name = _("delivery of a message")
        ordering = ["-pk"]
        constraints = [
            known("webhookdelivery", "state", DeliveryState),
            models.UniqueConstraint(
                fields=["message", "webhook"], name="households_webhookdelivery_once"
            ),
            models.CheckConstraint(
                name="households_webhookdelivery_attempts_counted", condition=Q(attempts__gte=0)
            ),
        ]
        indexes = [
            models.Index(
                fields=["webhook", "message"],
                condition=Q(state=DeliveryState.WAITING),
                name="households_delivery_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.message_id} → {self.webhook_id}"


class WebhookAttempt(models.Model):
    """One attempt: the status that came back, or the fault why none did; the first letters of the
    answer, which another system wrote."""

    delivery = models.ForeignKey(WebhookDelivery, on_delete=models.CASCADE, related_name="log")
    at = models.DateTimeField()
    milliseconds = models.IntegerField()
    status = models.SmallIntegerField(null=True, blank=True)
    fault = models.CharField(max_length=10, choices=SendFault, blank=True)
    answer = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("attempt to deliver a message")
        ordering = ["pk"]
        constraints = [
            known("webhookattempt", "fault", SendFault, or_empty=True),
            models.CheckConstraint(
                name="households_webhookattempt_answered_or_not",
                condition=Q(status__isnull=False, fault="")
                | (Q(status__isnull=True) & ~Q(fault="")),
            ),
            models.CheckConstraint(
                name="households_webhookattempt_took_time", condition=Q(milliseconds__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.status or self.fault}"
