"""Messages arrive at least once, signed, however often the other side fails or a worker dies."""

import datetime as dt
import os
import signal
from collections.abc import Iterator
from ipaddress import ip_network
from itertools import pairwise

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks as Capture
from pytest_django import Settings

from households.choices.webhooks import DeliveryState, SendFault, WebhookKind
from households.models import AuditEvent, Webhook, WebhookAttempt, WebhookDelivery
from households.services import api_clients, outgoing_http, webhook_sending, webhooks
from households.services.webhooks import Added
from tests.factories import api, areas, figures
from tests.factories import webhooks as factory
from tests.factories.receivers import Receiver, receiver

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def open_loopback(settings: Settings) -> None:
    settings.WEBHOOK_NETWORKS = (ip_network("127.0.0.0/8"),)
    settings.WEBHOOK_SECONDS = 2


@pytest.fixture
def server() -> Iterator[Receiver]:
    with receiver() as found:
        yield found


@pytest.fixture
def added(server: Receiver) -> Added:
    return factory.added(areas.province(), server.url)


def ping(added: Added) -> WebhookDelivery:
    keeper = api.keeper(added.webhook.client.area)
    return webhooks.ping(webhook=added.webhook, by=keeper)


def run(added: Added) -> int:
    return webhook_sending.run(webhook_id=added.webhook.pk)


def test_a_decision_arrives_signed(
    server: Receiver, django_capture_on_commit_callbacks: Capture
) -> None:
    """All the way: the act, its commit, the jobs, another system."""
    world = figures.world(decide_last=False)
    added = factory.added(world.province, server.url, [WebhookKind.COMMUNE])
    with django_capture_on_commit_callbacks(execute=True):
        world.decide(2023, world.a)
    (taken,) = server.taken
    assert taken.is_signed_with(added.secret)
    assert taken.told["type"] == "commune.recognised"
    assert taken.told["data"]["area"]["code"] == world.a.code
    assert taken.headers["content-type"] == "application/json"
    sent_at = dt.datetime.fromtimestamp(int(taken.headers["webhook-timestamp"]), dt.UTC)
    assert abs(timezone.now() - sent_at) < dt.timedelta(minutes=1)
    told = taken.body.decode()
    assert not [one for one in world.homes if one in told]
    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.attempts) == (DeliveryState.DELIVERED, 1)
    attempt = delivery.log.get()
    assert (attempt.status, attempt.fault, attempt.answer) == (200, "", "taken <b>&")


def test_a_changed_body_or_another_secret_does_not_fit(server: Receiver, added: Added) -> None:
    ping(added)
    run(added)
    (taken,) = server.taken
    assert taken.is_signed_with(added.secret)
    taken.body += b" "
    assert not taken.is_signed_with(added.secret)
    other = factory.added(areas.province("04", "Tỉnh Khác"), name="Khác")
    taken.body = taken.body[:-1]
    assert not taken.is_signed_with(other.secret)


def test_what_fails_is_sent_again_under_its_id(server: Receiver, added: Added) -> None:
    server.answers = [500, 302]
    delivery = ping(added)
    assert run(added) == 1
    assert run(added) == 0, "not yet"
    factory.time_passes(minutes=1)
    assert run(added) == 1
    factory.time_passes(minutes=1)
    assert run(added) == 1
    assert run(added) == 0, "delivered"
    assert len({one.id for one in server.taken}) == 1
    assert all(one.is_signed_with(added.secret) for one in server.taken)
    assert [one.status for one in delivery.log.all()] == [500, 302, 200]
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (DeliveryState.DELIVERED, 3)


def test_who_says_that_he_is_gone_is_told_nothing_more(server: Receiver, added: Added) -> None:
    server.answers = [410]
    gone, waiting = ping(added), ping(added)
    assert run(added) == 1
    for delivery, attempts in ((gone, 1), (waiting, 0)):
        delivery.refresh_from_db()
        assert (delivery.state, delivery.attempts) == (DeliveryState.STOPPED, attempts)
    stopped = AuditEvent.objects.get(verb="webhook.stop")
    assert (stopped.object_id, stopped.details) == (added.webhook.pk, {"status": 410})
    assert Webhook.objects.get().stopped_at


def test_waits_grow_to_a_day_and_end(server: Receiver, added: Added, settings: Settings) -> None:
    waits = settings.WEBHOOK_WAITS
    assert all(first <= then for first, then in pairwise(waits))
    assert max(waits) == dt.timedelta(days=1)
    server.answers = [500] * (len(waits) + 5)
    delivery = ping(added)
    for wait in waits:
        assert run(added) == 1
        delivery.refresh_from_db()
        assert delivery.state == DeliveryState.WAITING
        late = delivery.due_at - timezone.now() - wait
        assert abs(late) < dt.timedelta(seconds=10)
        factory.time_passes(minutes=1)
    assert run(added) == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (DeliveryState.GIVEN_UP, len(waits) + 1)
    factory.time_passes(days=3)
    assert run(added) == 0
    assert len(server.taken) == len(waits) + 1


def test_what_was_given_up_or_delivered_is_sent_again_by_hand(
    server: Receiver, added: Added, django_capture_on_commit_callbacks: Capture
) -> None:
    delivery = ping(added)
    run(added)
    WebhookDelivery.objects.update(state=DeliveryState.GIVEN_UP, attempts=9)
    keeper = api.keeper(added.webhook.client.area)
    with django_capture_on_commit_callbacks(execute=True):
        webhooks.resend(delivery=delivery, by=keeper)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (DeliveryState.DELIVERED, 1)
    assert [one.id for one in server.taken] == [server.taken[0].id] * 2


def test_who_does_not_answer_is_left_alone_and_then_gets_all(
    server: Receiver, added: Added, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hundred messages for a dead server cost one attempt each time, not a hundred."""
    for __ in range(5):
        ping(added)
    silent = outgoing_http.Answer(1, fault=SendFault.CONNECTION)
    with monkeypatch.context() as patch:
        patch.setattr(outgoing_http, "post", lambda *args, **more: silent)
        assert run(added) == 1
        assert run(added) == 0
        factory.time_passes(minutes=1)
        assert run(added) == 1
    webhook = Webhook.objects.get()
    assert webhook.silences == 2
    assert webhook.quiet_until
    assert webhook.quiet_until > timezone.now() + dt.timedelta(minutes=4)
    factory.time_passes(minutes=1)
    assert run(added) == 5
    webhook.refresh_from_db()
    assert (webhook.silences, webhook.quiet_until) == (0, None)


def test_what_waited_in_vain_too_long_is_given_up(
    added: Added, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = ping(added), ping(added)
    WebhookDelivery.objects.filter(pk=old.pk).update(asked_at=timezone.now() - dt.timedelta(days=9))
    silent = outgoing_http.Answer(1, fault=SendFault.TIME)
    monkeypatch.setattr(outgoing_http, "post", lambda *args, **more: silent)
    assert run(added) == 1
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, new.state) == (DeliveryState.GIVEN_UP, DeliveryState.WAITING)


def test_nothing_goes_to_an_address_that_was_closed_since(
    server: Receiver, added: Added, settings: Settings
) -> None:
    settings.WEBHOOK_NETWORKS = ()
    ping(added)
    run(added)
    assert server.taken == []
    assert WebhookAttempt.objects.get().fault == SendFault.INTERNAL


def test_stopped_webhooks_and_closed_systems_hear_nothing(server: Receiver, added: Added) -> None:
    keeper = api.keeper(added.webhook.client.area)
    ping(added)
    webhooks.stop(webhook=added.webhook, by=keeper)
    assert WebhookDelivery.objects.get().state == DeliveryState.STOPPED
    assert run(added) == 0
    second = webhooks.add(
        client=added.webhook.client, url=server.url, kinds=[WebhookKind.ROUND], by=keeper
    )
    ping(second)
    api_clients.close(client=second.webhook.client, by=keeper)
    assert run(second) == 0
    assert server.taken == []
    assert not Webhook.objects.filter(stopped_at__isnull=True).exists()


def test_a_copy_of_a_register_sends_nothing(
    server: Receiver, added: Added, settings: Settings
) -> None:
    settings.SENDS_WEBHOOKS = False
    ping(added)
    assert (run(added), webhook_sending.sweep()) == (0, 0)
    settings.SENDS_WEBHOOKS = True
    assert webhook_sending.sweep() == 1
    assert len(server.taken) == 1


def test_the_sweep_takes_up_what_is_due(server: Receiver, added: Added) -> None:
    ping(added)
    assert webhook_sending.sweep() == 1
    assert len(server.taken) == 1
    assert webhook_sending.sweep() == 0


def test_a_run_ends_in_time_and_another_goes_on(
    server: Receiver, added: Added, monkeypatch: pytest.MonkeyPatch
) -> None:
    fired: list[int] = []
    monkeypatch.setattr(webhook_sending, "_fire", fired.append)
    monkeypatch.setattr(webhook_sending, "_RUN_SECONDS", 0)
    ping(added)
    assert run(added) == 0
    assert fired == [added.webhook.pk]


def died_while_sending(added: Added) -> int:
    """A process of its own sends and is killed before it writes down that it did."""
    connection.close()
    if pid := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    try:
        # Where the parent's browser has an event loop, its session is kept apart; here it would be
        # found, and its locks would outlive whoever is killed.
        connection.connection = None
        whole = outgoing_http.post

        def post(*args: object, **more: object) -> None:
            whole(*args, **more)  # type: ignore[arg-type]
            os.kill(os.getpid(), signal.SIGKILL)

        outgoing_http.post = post  # type: ignore[assignment]
        run(added)
    finally:
        os._exit(0)


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_worker_was_sending_is_sent_again(server: Receiver) -> None:
    """A real process, really killed: the lock goes with its session, the message stays."""
    added = factory.added(areas.province(), server.url)
    factory.waiting(added.webhook)
    assert died_while_sending(added) == -signal.SIGKILL
    assert WebhookDelivery.objects.get().state == DeliveryState.WAITING
    assert not WebhookAttempt.objects.exists()
    assert webhook_sending.sweep() == 1
    assert WebhookDelivery.objects.get().state == DeliveryState.DELIVERED
    assert [one.id for one in server.taken] == [server.taken[0].id] * 2
    assert all(one.is_signed_with(added.secret) for one in server.taken)


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_not_send_the_same(server: Receiver) -> None:
    """While another session sends to a webhook, a run finds nothing to do."""
    added = factory.added(areas.province(), server.url)
    factory.waiting(added.webhook)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(7305, %s)", [added.webhook.pk])
        assert run(added) == 0
        assert webhook_sending.sweep() == 0
    finally:
        other.close()
    assert webhook_sending.sweep() == 1
    assert len(server.taken) == 1
