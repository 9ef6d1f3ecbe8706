"""What povreg itself sends to other systems, for the schema."""

from typing import Any, Final

from drf_spectacular.utils import OpenApiWebhook, extend_schema
from rest_framework import serializers

from households.choices import AreaLevel
from households.choices.webhooks import WebhookKind


class MessageAreaSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    level = serializers.ChoiceField(AreaLevel.choices)
    code = serializers.CharField(allow_blank=True)
    name = serializers.CharField()


class TestedSerializer(serializers.Serializer):
    area = MessageAreaSerializer()
    ask = serializers.CharField(help_text="Where to ask for figures, below the server's address.")


class AreaRecognisedSerializer(TestedSerializer):
    round = serializers.CharField()
    standard = serializers.CharField()


class CommuneRecognisedSerializer(AreaRecognisedSerializer):
    decided_on = serializers.DateField()


class EditionSignedSerializer(AreaRecognisedSerializer):
    edition = serializers.IntegerField()
    report = serializers.CharField()
    number = serializers.IntegerField()
    corrects = serializers.IntegerField(allow_null=True)
    status = serializers.CharField()
    signed_on = serializers.DateField()


_SIGNED: Final = (
    " Headers webhook-id, webhook-timestamp and webhook-signature as Standard Webhooks has them."
)


def _message(name: str, told: type[serializers.Serializer]) -> Any:
    fields = {
        "type": serializers.CharField(),
        "timestamp": serializers.DateTimeField(),
        "data": told(),
    }
    return type(name, (serializers.Serializer,), fields)


def _webhook(kind: WebhookKind, name: str, told: type[serializers.Serializer], words: str) -> Any:
    message = _message(f"{name}Message", told)
    taken = {200: None}
    said = extend_schema(
        description=words + _SIGNED, request=message, responses=taken, tags=["webhooks"]
    )
    return OpenApiWebhook(kind.value, said)


COMMUNE = _webhook(
    WebhookKind.COMMUNE, "CommuneRecognised", CommuneRecognisedSerializer,
    "The decision of a commune on its lists of a round was recorded.",
)  # fmt: skip
ROUND = _webhook(
    WebhookKind.ROUND, "RoundRecognised", AreaRecognisedSerializer,
    "All communes of a district or province have decided.",
)  # fmt: skip
EDITION = _webhook(
    WebhookKind.EDITION, "EditionSigned", EditionSignedSerializer,
    "An edition of a report without names was signed.",
)  # fmt: skip
PING = _webhook(WebhookKind.PING, "Ping", TestedSerializer, "Somebody tries whether it arrives.")
