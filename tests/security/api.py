"""Other systems: their pages and the rules of their tables. The API itself is tried in test_api."""

from households.choices.api import ApiScope
from households.choices.webhooks import WebhookKind
from households.models import (
    AnsweredOnce,
    ApiClient,
    ApiToken,
    ApiUse,
    Webhook,
    WebhookAttempt,
    WebhookMessage,
)
from households.services import webhook_messages, webhooks
from tests.factories import api
from tests.security.address import BOTH, Address
from tests.security.conftest import Register
from tests.security.whom import For


def _client(register: Register) -> tuple[object, ...]:
    if not ApiClient.objects.exists():
        rows(register)
    return (ApiClient.objects.get().pk,)


def _webhook(register: Register) -> tuple[object, ...]:
    return (*_client(register), Webhook.objects.get().pk)


ADDRESSES: dict[str, Address] = {
    "households:api_client_list": Address(For.DEFINERS, BOTH),
    "households:api_client": Address(For.DEFINERS, BOTH, _client, owned=True),
    "households:webhook_add": Address(For.DEFINERS, BOTH, _client, owned=True),
    "households:webhook": Address(For.DEFINERS, BOTH, _webhook, owned=True),
}
_CLIENT = "UPDATE households_apiclient SET"
BREAKS: dict[str, str] = {
    "households_apiclient_calls_above_zero": f"{_CLIENT} calls_per_minute = 0",
    "households_apiclient_enters_as_somebody": (
        f"{_CLIENT} scopes = ARRAY['reviews'], agreement = 'x'"
    ),
    "households_apiclient_has_an_agreement": f"{_CLIENT} scopes = ARRAY['aggregates.exact']",
    "households_apiclient_name_once": "copy households_apiclient",
    "households_apiclient_scopes_known": f"{_CLIENT} scopes = ARRAY['everything']",
    "households_apitoken_expires_later": (
        "UPDATE households_apitoken SET expires_at = issued_at - interval '1 day'"
    ),
    "households_apitoken_prefix_once": "copy households_apitoken",
    "households_apiuse_counted_from_one": "UPDATE households_apiuse SET calls = 0",
    "households_apiuse_once": "copy households_apiuse",
    "households_answeredonce_is_final": "UPDATE households_answeredonce SET status = 503",
    "households_answeredonce_key_once": "copy households_answeredonce",
    "households_webhook_kinds_known": "UPDATE households_webhook SET kinds = ARRAY['ping']",
    "households_webhook_silences_counted": "UPDATE households_webhook SET silences = -1",
    "households_webhook_url_of_http": "UPDATE households_webhook SET url = 'ftp://x.example/'",
    "households_webhook_url_once": "copy households_webhook",
    "households_webhookattempt_answered_or_not": (
        "UPDATE households_webhookattempt SET status = NULL"
    ),
    "households_webhookattempt_fault_known": (
        "UPDATE households_webhookattempt SET status = NULL, fault = 'BAD'"
    ),
    "households_webhookattempt_took_time": "UPDATE households_webhookattempt SET milliseconds = -1",
    "households_webhookdelivery_attempts_counted": (
        "UPDATE households_webhookdelivery SET attempts = -1"
    ),
    "households_webhookdelivery_once": "copy households_webhookdelivery",
    "households_webhookdelivery_state_known": "UPDATE households_webhookdelivery SET state = 'BAD'",
    "households_webhookmessage_kind_known": "UPDATE households_webhookmessage SET kind = 'bad'",
    "households_webhookmessage_once": (
        "copy households_webhookmessage SET uuid = gen_random_uuid()"
    ),
    "households_webhookmessage_uuid_key": "copy households_webhookmessage SET about = 78",
}


def rows(register: Register) -> None:
    """A system of the commune with a token that was used."""
    client = api.client_of(register.commune, ApiScope.AGGREGATES)
    api.secret_of(client)
    ApiUse.objects.create(
        token=ApiToken.objects.get(), day="2024-10-15", endpoint="api:areas", status=200, calls=1,
        last_at="2024-10-15T00:00Z",
    )  # fmt: skip
    AnsweredOnce.objects.create(
        client=client, key="k", content="0" * 64, status=201, media_type="application/json",
        body="{}",
    )  # fmt: skip
    _told(client)


def _told(client: ApiClient) -> None:
    """A webhook of the system that was told something."""
    webhook = webhooks.add(
        client=client, url="https://x.example/", kinds=[WebhookKind.ROUND],
        by=api.keeper(client.area),
    ).webhook  # fmt: skip
    delivery = webhook_messages.ping(webhook)
    WebhookMessage.objects.update(about=77)
    WebhookAttempt.objects.create(
        delivery=delivery, at="2024-10-15T00:00Z", milliseconds=1, status=200
    )
