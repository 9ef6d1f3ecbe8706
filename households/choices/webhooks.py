"""What povreg tells other systems of itself, and what became of telling it."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from households.choices.api import ApiScope


class WebhookKind(TextChoices):
    """What happened; `type` of a message. Names stay, as those of the API do."""

    COMMUNE = "commune.recognised", _("A commune has decided its lists")
    ROUND = "round.recognised", _("All communes of a district or province have decided")
    EDITION = "edition.signed", _("An edition of a report was signed")
    PING = "ping", pgettext_lazy("webhook", "Test")


#: What a system may ask to be told, and one of the scopes it needs for it. A test comes unasked.
NEEDS: Final = dict.fromkeys(
    (WebhookKind.COMMUNE, WebhookKind.ROUND, WebhookKind.EDITION),
    (ApiScope.AGGREGATES, ApiScope.EXACT),
)


class DeliveryState(TextChoices):
    """Of one message to one address."""

    WAITING = "WAITING", pgettext_lazy("message", "waits")
    DELIVERED = "DELIVERED", pgettext_lazy("message", "delivered")
    GIVEN_UP = "GIVEN_UP", pgettext_lazy("message", "given up")
    STOPPED = "STOPPED", pgettext_lazy("message", "not sent: the webhook was stopped")


class SendFault(TextChoices):
    """Why an attempt had no answer."""

    NAME = "NAME", _("No server is known by this name.")
    INTERNAL = "INTERNAL", _("The name leads into an internal network.")
    TLS = "TLS", _("The server does not prove who it is (TLS).")
    TIME = "TIME", _("No answer in time.")
    CONNECTION = "CONNECTION", _("No connection, or it broke off.")
    ANSWER = "ANSWER", _("What came back is no answer of HTTP.")
