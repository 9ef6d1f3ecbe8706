"""Webhooks of another system."""

import datetime as dt
from collections.abc import Collection

from django.utils import timezone

from households.choices.api import ApiScope
from households.choices.webhooks import NEEDS, WebhookKind
from households.models import Area, Webhook, WebhookDelivery
from households.services import webhook_messages, webhooks
from households.services.webhooks import Added
from tests.factories import api


def added(
    area: Area,
    url: str = "https://thongke.example.vn/hook",
    kinds: Collection[WebhookKind] = tuple(NEEDS),
    *scopes: ApiScope,
    name: str = "Hệ thống thử",
) -> Added:
    """Of a new system of this area, told everything."""
    client = api.client_of(area, *(scopes or (ApiScope.AGGREGATES,)), name=name)
    return webhooks.add(client=client, url=url, kinds=kinds, by=api.keeper(area))


def waiting(webhook: Webhook) -> WebhookDelivery:
    """A test that nobody was told to send yet."""
    return webhook_messages.ping(webhook)


def time_passes(**passed: float) -> None:
    """For everything that waits for its time."""
    ago = timezone.now() - dt.timedelta(**passed)
    Webhook.objects.filter(quiet_until__isnull=False).update(quiet_until=ago)
    WebhookDelivery.objects.update(due_at=ago)
