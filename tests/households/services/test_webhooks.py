"""Webhooks: who adds them, for whom, and where their secret is."""

import pytest

from households.choices import Role
from households.choices.api import ApiScope
from households.choices.webhooks import NEEDS, DeliveryState, WebhookKind
from households.errors import Conflict, Invalid, Refused
from households.models import AuditEvent, RowHistory, Webhook, WebhookDelivery
from households.services import api_clients, audit, webhooks
from tests.factories import api, areas, users
from tests.factories import webhooks as factory

pytestmark = pytest.mark.django_db
URL = "https://thongke.example.vn/hook"
ALL = tuple(NEEDS)


def test_the_secret_is_shown_once_and_kept_as_a_cipher() -> None:
    added = factory.added(areas.province())
    assert added.secret.startswith("whsec_")
    row = Webhook.objects.values().get()
    kept = bytes(row.pop("secret"))
    told = (
        str(row) + str(list(AuditEvent.objects.values())) + str(list(RowHistory.objects.values()))
    )
    assert added.secret[6:] not in told
    assert added.secret[6:].encode() not in kept
    other = factory.added(areas.province("04", "Tỉnh Khác"), name="Khác")
    assert other.secret != added.secret


def test_a_cipher_of_another_key_signs_nothing(settings: pytest.FixtureRequest) -> None:
    added = factory.added(areas.province())
    settings.POVREG_FIELD_KEY = settings.POVREG_FIELD_KEY[::-1].lstrip("=") + "=="
    with pytest.raises(ValueError, match="POVREG_FIELD_KEY"):
        webhooks.signed(added.webhook, message_id="msg_1", at=1, body=b"")


def test_the_signature_is_that_of_the_specification() -> None:
    """The worked example of Standard Webhooks."""
    added = factory.added(areas.province())
    webhook = added.webhook
    webhook.secret = webhooks.encrypt_personal_id("webhook:whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    body = b'{"test": 2432232314}'
    found = webhooks.signed(
        webhook, message_id="msg_p5jXN8AQM9LWM0D4loKWxJek", at=1614265330, body=body
    )
    assert found == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_only_who_keeps_systems_of_the_area_adds_and_stops_and_sends() -> None:
    province = areas.province()
    webhook = factory.added(province).webhook
    delivery = webhooks.ping(webhook=webhook, by=api.keeper(province))
    commune = areas.commune(areas.district(province))
    elsewhere = api.keeper(areas.province("04", "Tỉnh Khác"))
    for by in (users.user("officer", Role.COMMUNE_OFFICER, commune), elsewhere):
        for act in (
            lambda by=by: webhooks.add(client=webhook.client, url=URL + "2", kinds=ALL, by=by),
            lambda by=by: webhooks.ping(webhook=webhook, by=by),
            lambda by=by: webhooks.resend(delivery=delivery, by=by),
            lambda by=by: webhooks.stop(webhook=webhook, by=by),
        ):
            with pytest.raises(Refused):
                act()
    assert Webhook.objects.count() == WebhookDelivery.objects.count() == 1


@pytest.mark.parametrize("url", ["http://thongke.example.vn/", "https://10.0.0.1/", "x", ""])
def test_addresses_that_nothing_is_sent_to_are_refused(url: str) -> None:
    with pytest.raises(Invalid) as refusal:
        factory.added(areas.province(), url)
    assert "url" in refusal.value.fields


def test_one_address_once_and_again_after_it_was_stopped() -> None:
    province = areas.province()
    first, by = factory.added(province).webhook, api.keeper(province)
    with pytest.raises(Conflict):
        webhooks.add(client=first.client, url=first.url, kinds=ALL, by=by)
    webhooks.stop(webhook=first, by=by)
    assert webhooks.add(client=first.client, url=first.url, kinds=ALL, by=by)


def test_it_is_told_something_that_there_is() -> None:
    province = areas.province()
    client = api.client_of(province, ApiScope.AGGREGATES)
    for kinds in ([], [WebhookKind.PING]):
        with pytest.raises(Conflict):
            webhooks.add(client=client, url=URL, kinds=kinds, by=api.keeper(province))


def test_systems_that_may_not_ask_for_figures_or_are_closed_get_none() -> None:
    province = areas.province()
    by = api.keeper(province)
    lists = api.client_of(province, ApiScope.LISTS)
    closed = api.client_of(province, ApiScope.EXACT, name="Khác")
    api_clients.close(client=closed, by=by)
    for client in (lists, closed):
        client.refresh_from_db()
        with pytest.raises(Refused):
            webhooks.add(client=client, url=URL, kinds=ALL, by=by)


def test_what_was_stopped_sends_no_more() -> None:
    province = areas.province()
    webhook, by = factory.added(province).webhook, api.keeper(province)
    delivery = webhooks.ping(webhook=webhook, by=by)
    webhooks.stop(webhook=webhook, by=by)
    webhook.refresh_from_db()
    delivery = WebhookDelivery.objects.select_related("webhook__client__area").get()
    assert delivery.state == DeliveryState.STOPPED
    with pytest.raises(Refused):
        webhooks.ping(webhook=webhook, by=by)
    with pytest.raises(Refused):
        webhooks.resend(delivery=delivery, by=by)


def test_what_waits_anyway_is_not_sent_again() -> None:
    province = areas.province()
    by = api.keeper(province)
    delivery = webhooks.ping(webhook=factory.added(province).webhook, by=by)
    with pytest.raises(Conflict):
        webhooks.resend(delivery=delivery, by=by)


def test_every_act_is_on_record_and_falls_with_its_record(monkeypatch: pytest.MonkeyPatch) -> None:
    province = areas.province()
    webhook, by = factory.added(province).webhook, api.keeper(province)
    delivery = webhooks.ping(webhook=webhook, by=by)
    WebhookDelivery.objects.update(state=DeliveryState.GIVEN_UP)
    webhooks.resend(delivery=delivery, by=by)
    webhooks.stop(webhook=webhook, by=by)
    verbs = AuditEvent.objects.filter(verb__startswith="webhook.").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "webhook.add", "webhook.ping", "webhook.resend", "webhook.stop",
    ]  # fmt: skip

    def broken(*args: object) -> str:
        raise RuntimeError

    monkeypatch.setattr(audit, "_begin", broken)
    with pytest.raises(RuntimeError):
        webhooks.add(client=webhook.client, url=URL + "2", kinds=ALL, by=by)
    assert Webhook.objects.count() == 1
