"""What other systems are told, and who is."""

import datetime as dt

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from households.choices import DecisionOrigin
from households.choices.api import ApiScope
from households.choices.webhooks import DeliveryState, WebhookKind
from households.errors import Conflict
from households.models import Area, Webhook, WebhookDelivery, WebhookMessage
from households.services import lists, webhook_messages, webhooks
from tests.factories import api, areas, figures
from tests.factories import webhooks as factory
from tests.factories.figures import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return figures.world(decide_last=False)


def spread() -> list[tuple[str, str]]:
    """What waits to be sent: kind and area."""
    while webhook_messages.spread():
        """Areas follow their communes."""
    waiting = WebhookDelivery.objects.filter(state=DeliveryState.WAITING)
    return sorted(waiting.values_list("message__kind", "message__area__name"))


def test_nobody_is_told_and_nothing_is_written_where_nobody_asked(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    world.decide(2023, world.a)
    assert not WebhookMessage.objects.exists()
    decision = world.rounds[2023].decisions.get()
    with django_assert_num_queries(1):
        webhook_messages.commune_recognised(decision)


def test_a_decision_is_told_and_an_area_when_its_last_commune_decides(world: World) -> None:
    factory.added(world.province)
    world.decide(2023, world.a)
    assert spread() == [("commune.recognised", world.a.name)]
    world.decide(2023, world.b)
    assert ("round.recognised", world.near.name) in spread()
    assert ("round.recognised", world.province.name) not in spread()
    world.decide(2023, world.c)
    told = spread()
    assert told.count(("round.recognised", world.near.name)) == 1
    assert ("round.recognised", world.far.name) in told
    assert ("round.recognised", world.province.name) in told
    assert len(told) == 6


def test_the_last_one_is_seen_whoever_is_handed_on_first(world: World) -> None:
    """Both communes of a district decide before any message is handed on: told once."""
    factory.added(world.near)
    world.decide(2023, world.a, world.b)
    assert [one for one in spread() if one[0] == "round.recognised"] == [
        ("round.recognised", world.near.name)
    ]


def test_a_message_says_what_happened_and_no_number(world: World) -> None:
    factory.added(world.province)
    world.decide(2023, world.a)
    body = WebhookMessage.objects.get().body
    assert body["type"] == "commune.recognised"
    assert dt.datetime.fromisoformat(body["timestamp"]).tzinfo
    place = {"id": world.a.pk, "level": "COMMUNE", "code": world.a.code, "name": world.a.name}
    assert body["data"] == {
        "area": place,
        "round": "2023",
        "standard": world.standard.code,
        "decided_on": "2023-12-10",
        "ask": f"/api/v1/aggregates/poverty/?round=2023&standard={world.standard.code}"
        f"&area_id={world.a.pk}",
    }


@pytest.mark.usefixtures("store")
def test_the_link_is_answered(world: World) -> None:
    factory.added(world.province, "https://x.example/", tuple(webhooks.NEEDS), ApiScope.EXACT)
    world.decide(2023, world.a, world.b, world.c)
    spread()
    asker = api.asker(world.province, ApiScope.EXACT, name="Hệ thống khác")
    for one in WebhookMessage.objects.all():
        answer = asker.get(one.body["data"]["ask"])
        assert answer.status_code == 200, one.body
        assert answer.json()["area_id"] == one.area_id


def test_only_what_lies_in_the_clients_area_is_told(world: World) -> None:
    factory.added(world.far, name="Huyện khác")
    factory.added(world.b, name="Xã khác")
    far = areas.province("04", "Tỉnh Khác")
    factory.added(far, name="Tỉnh khác")
    world.decide(2023, world.a)
    assert spread() == []
    world.decide(2023, world.c)
    assert spread() == [
        ("commune.recognised", world.c.name), ("round.recognised", world.far.name),
    ]  # fmt: skip


def test_only_what_was_asked_for_is_told(world: World) -> None:
    factory.added(world.province, kinds=[WebhookKind.ROUND])
    factory.added(world.province, kinds=[WebhookKind.EDITION], name="Khác")
    world.decide(2023, world.a, world.b)
    assert spread() == [("round.recognised", world.near.name)]


def test_nothing_is_written_that_nobody_asked_for(world: World) -> None:
    factory.added(world.province, kinds=[WebhookKind.EDITION])
    world.decide(2023, world.a)
    assert not WebhookMessage.objects.exists()


def test_a_system_that_lost_its_scope_or_its_webhook_is_told_nothing(world: World) -> None:
    first = factory.added(world.province).webhook
    second = factory.added(world.province, name="Khác").webhook
    world.decide(2023, world.a)
    first.client.scopes = [ApiScope.LISTS.value]
    first.client.agreement = "1"
    first.client.save()
    webhooks.stop(webhook=second, by=api.keeper(world.province))
    assert spread() == []


def test_what_happened_before_somebody_asked_is_not_told(world: World) -> None:
    factory.added(world.far)  # so that messages are written
    world.decide(2023, world.a)
    factory.added(world.near, name="Khác")
    later = WebhookMessage.objects.get().made_at + dt.timedelta(seconds=1)
    Webhook.objects.update(added_at=later)
    assert spread() == []


def test_a_supplement_is_not_told(world: World) -> None:
    """It is about single households: that one came would say that somebody complained."""
    factory.added(world.province)
    world.decide(2023, world.a)
    lists.adopt(
        round=world.rounds[2023], standard=world.standard, commune=world.a, by=world.by,
        paper=lists.Paper("9/QĐ-UBND", dt.date(2023, 12, 20)), origin=DecisionOrigin.SUPPLEMENT,
        only=[world.homes["stayer"].pk],
    )  # fmt: skip
    assert world.rounds[2023].decisions.count() == 2
    assert WebhookMessage.objects.count() == 1


def test_a_decision_that_fails_tells_nothing(world: World) -> None:
    factory.added(world.province)
    world.decide(2023, world.a)
    with pytest.raises(Conflict):
        world.decide(2023, world.a)
    assert WebhookMessage.objects.count() == 1


def test_what_is_over_for_a_year_is_forgotten_unless_it_waits(world: World) -> None:
    added = factory.added(world.province)
    webhooks.ping(webhook=added.webhook, by=api.keeper(world.province))
    webhooks.ping(webhook=added.webhook, by=api.keeper(world.province))
    long_ago = timezone.now() - dt.timedelta(days=400)
    WebhookMessage.objects.update(made_at=long_ago)
    delivery = WebhookDelivery.objects.earliest("pk")
    WebhookDelivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.DELIVERED)
    webhook_messages.forget_old()
    assert list(WebhookMessage.objects.all()) == [WebhookDelivery.objects.get().message]
    assert WebhookDelivery.objects.get().pk != delivery.pk


def test_practice_areas_tell_nobody(world: World) -> None:
    factory.added(world.province)
    Area.objects.filter(pk=world.a.pk).update(is_practice=True)
    world.decide(2023, world.b)
    told = spread()
    assert ("round.recognised", world.near.name) in told, "practice communes are not waited for"
