"""The pages on webhooks: the secret once, the log, a test, sending again, stopping."""

from collections.abc import Iterator
from ipaddress import ip_network

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks as Capture
from pytest_django import Settings

from households.choices.api import ApiScope
from households.choices.webhooks import NEEDS, DeliveryState
from households.models import ApiClient, Area, Webhook, WebhookDelivery
from households.services import webhooks
from tests.factories import api, areas
from tests.factories import webhooks as factory
from tests.factories.receivers import Receiver, receiver

pytestmark = pytest.mark.django_db
KINDS = [one.value for one in NEEDS]


@pytest.fixture
def server(settings: Settings) -> Iterator[Receiver]:
    settings.WEBHOOK_NETWORKS = (ip_network("127.0.0.0/8"),)
    with receiver() as found:
        yield found


@pytest.fixture
def province() -> Area:
    return areas.province()


@pytest.fixture
def keeper(province: Area, client: Client) -> Client:
    client.force_login(api.keeper(province))
    return client


def adding(system: ApiClient) -> str:
    return reverse("households:webhook_add", args=[system.pk])


def page(webhook: Webhook) -> str:
    return reverse("households:webhook", args=[webhook.client_id, webhook.pk])


def test_the_secret_is_in_the_answer_and_never_again(keeper: Client, province: Area) -> None:
    system = api.client_of(province, ApiScope.AGGREGATES)
    assert keeper.get(adding(system)).status_code == 200
    given = {"url": "https://thongke.example.vn/hook", "kinds": KINDS}
    answer = keeper.post(adding(system), given)
    assert answer.status_code == 200
    assert "whsec_" in answer.content.decode()
    webhook = Webhook.objects.get()
    for url in (adding(system), page(webhook), reverse("households:api_client", args=[system.pk])):
        text = keeper.get(url).content.decode()
        assert "whsec_" not in text
    assert "https://thongke.example.vn/hook" in text


def test_faults_stand_on_the_form(keeper: Client, province: Area) -> None:
    system = api.client_of(province, ApiScope.AGGREGATES)
    for given in ({"url": "http://x.example/", "kinds": KINDS}, {"url": "https://x.example/"}, {}):
        answer = keeper.post(adding(system), given)
        assert answer.status_code == 422
    webhooks.add(
        client=system, url="https://x.example/", kinds=list(NEEDS), by=api.keeper(province)
    )
    again = keeper.post(adding(system), {"url": "https://x.example/", "kinds": KINDS})
    assert again.status_code == 422
    assert Webhook.objects.count() == 1


def test_a_test_its_answer_and_sending_it_again(
    keeper: Client,
    province: Area,
    server: Receiver,
    django_capture_on_commit_callbacks: Capture,
) -> None:
    webhook = factory.added(province, server.url).webhook
    server.answers = [500]
    with django_capture_on_commit_callbacks(execute=True):
        answer = keeper.post(page(webhook), {"act": "ping"})
    assert answer.status_code == 302
    text = keeper.get(page(webhook)).content.decode()
    assert "· 500 ·" in text
    assert "taken &lt;b&gt;&amp;" in text, "what another system wrote is shown as text"
    delivery = WebhookDelivery.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        keeper.post(page(webhook), {"act": "resend", "delivery": delivery.pk})
    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.DELIVERED
    assert "· 200 ·" in keeper.get(page(webhook)).content.decode()


def test_stopping_takes_the_acts_away(keeper: Client, province: Area) -> None:
    webhook = factory.added(province).webhook
    keeper.post(page(webhook), {"act": "stop"})
    webhook.refresh_from_db()
    assert webhook.stopped_at
    assert 'name="act"' not in keeper.get(page(webhook)).content.decode()
    assert keeper.post(page(webhook), {"act": "ping"}, follow=True).status_code == 200
    assert not WebhookDelivery.objects.exists()


def test_a_message_of_another_webhook_is_not_found(keeper: Client, province: Area) -> None:
    webhook = factory.added(province).webhook
    other = factory.added(province, name="Khác").webhook
    foreign = webhooks.ping(webhook=other, by=api.keeper(province))
    for typed in (foreign.pk, "x", "", "9" * 30):
        answer = keeper.post(page(webhook), {"act": "resend", "delivery": typed})
        assert answer.status_code == 404
    wrong = reverse("households:webhook", args=[other.client_id, webhook.pk])
    assert keeper.get(wrong).status_code == 404


def test_a_system_without_figures_is_told_why(keeper: Client, province: Area) -> None:
    system = api.client_of(province, ApiScope.LISTS)
    assert keeper.get(adding(system)).status_code == 403
    shown = keeper.get(reverse("households:api_client", args=[system.pk])).content.decode()
    assert adding(system) not in shown


def test_the_log_costs_the_same_however_long_it_is(
    keeper: Client, province: Area, django_assert_max_num_queries: object
) -> None:
    webhook = factory.added(province).webhook
    for __ in range(60):
        factory.waiting(webhook)
    with django_assert_max_num_queries(25):  # type: ignore[operator]
        first = keeper.get(page(webhook))
    assert first.content.decode().count("msg_") == 50
    assert keeper.get(page(webhook) + "?page=2").content.decode().count("msg_") == 10
