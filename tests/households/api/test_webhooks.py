"""What the schema says of messages is what is sent."""

from typing import Any

import pytest
from rest_framework import serializers

from households.api import webhooks as said
from households.choices.webhooks import WebhookKind
from households.models import WebhookMessage
from households.services import webhook_messages
from reports.services import signing
from tests.factories import webhooks
from tests.reports.services.made import reporting
from tests.reports.services.test_editions import SIGNER

pytestmark = pytest.mark.django_db
TOLD: dict[str, type[serializers.Serializer]] = {
    WebhookKind.COMMUNE: said.CommuneRecognisedSerializer,
    WebhookKind.ROUND: said.AreaRecognisedSerializer,
    WebhookKind.EDITION: said.EditionSignedSerializer,
    WebhookKind.PING: said.TestedSerializer,
}


def test_every_kind_has_the_fields_that_it_is_said_to_have() -> None:
    made = reporting()
    webhooks.waiting(webhooks.added(made.world.province).webhook)
    edition = made.made("T1")
    signing.sign(edition=edition, signer=SIGNER, by=made.department)
    for decision in made.world.rounds[2023].decisions.all():
        webhook_messages.commune_recognised(decision)
    while webhook_messages.spread():
        """Areas follow their communes."""
    sent: dict[str, dict[str, Any]] = {one.kind: one.body for one in WebhookMessage.objects.all()}
    assert set(sent) == set(TOLD)
    for kind, body in sent.items():
        assert set(body) == {"type", "timestamp", "data"}
        assert body["type"] == kind
        assert set(body["data"]) == set(TOLD[kind]().fields), kind
        assert set(body["data"]["area"]) == set(said.MessageAreaSerializer().fields)
