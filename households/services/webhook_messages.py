"""What other systems are told: written in the transaction in which it happens, handed on by a job.

A message says what happened, where, in which round and under which standard, and where to ask for
figures: no names, no numbers of households. That all communes of an area have decided is seen only
when a commune's own message is handed on: two that decide at the same moment see nothing of each
other, but whichever message is handed on last sees both.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import product
from typing import Any, Final

from celery import signature
from django.db import transaction
from django.utils import timezone

from households.choices import AreaLevel
from households.choices.webhooks import NEEDS, DeliveryState, WebhookKind
from households.models import (
    Area,
    RecognitionDecision,
    RoundStandard,
    Webhook,
    WebhookDelivery,
    WebhookMessage,
)
from households.models.area_reach import branches_through_time
from households.queries import decided_areas

_MOST_AT_ONCE: Final = 500
_ASK: Final = "/api/v1/aggregates/poverty/?round={round}&standard={standard}&area_id={area}"
_ABOVE: Final = (AreaLevel.PROVINCE, AreaLevel.DISTRICT)
#: What was told is forgotten after a year, with its log.
_KEPT_FOR: Final = dt.timedelta(days=366)


def commune_recognised(decision: RecognitionDecision) -> None:
    """A commune's lists were decided; inside the act. One statement where nobody wants to know."""
    if _is_wanted(WebhookKind.COMMUNE, WebhookKind.ROUND):
        told = _recognised(decision) | {"decided_on": decision.decided_on.isoformat()}
        _write(WebhookKind.COMMUNE, decision.pk, decision.commune, told)
        _fire_at_commit()


def say(*, kind: WebhookKind, about: int, area: Area, told: Mapping[str, Any]) -> None:
    """Something happened in an area; inside the act. `about` is the key of what it is about, `told`
    says it, with `ask` for where to ask about it. One statement where nobody wants to know."""
    if _is_wanted(kind):
        _write(kind, about, area, told)
        _fire_at_commit()


def ping(webhook: Webhook) -> WebhookDelivery:
    """A test to one address; inside the act."""
    now = timezone.now()
    area = webhook.client.area
    body = _body(WebhookKind.PING, area, now, {"ask": "/api/v1/rounds/"})
    message = WebhookMessage.objects.create(
        kind=WebhookKind.PING, area=area, body=body, made_at=now, spread_at=now
    )
    return WebhookDelivery.objects.create(
        message=message, webhook=webhook, asked_at=now, due_at=now
    )


def _is_wanted(*kinds: WebhookKind) -> bool:
    at_work = Webhook.objects.filter(stopped_at__isnull=True)
    return at_work.filter(kinds__overlap=[one.value for one in kinds]).exists()


def _fire_at_commit() -> None:
    """A broker that is away does not undo the act: the sweep fires it."""

    def now() -> None:
        signature("households.send_webhooks").delay()

    transaction.on_commit(now, robust=True)


def _write(kind: WebhookKind, about: int, area: Area, told: Mapping[str, Any]) -> None:
    """The same is written once, whoever comes first."""
    now = timezone.now()
    body = _body(kind, area, now, told)
    WebhookMessage.objects.bulk_create(
        [WebhookMessage(kind=kind, about=about, area=area, body=body, made_at=now)],
        ignore_conflicts=True,
    )


def _recognised(decision: RecognitionDecision, area: Area | None = None) -> dict[str, Any]:
    round, standard = decision.round.key, decision.standard.code
    pk = (area or decision.commune).pk
    ask = _ASK.format(round=round, standard=standard, area=pk)
    return {"round": round, "standard": standard, "ask": ask}


def _body(
    kind: WebhookKind, area: Area, at: dt.datetime, told: Mapping[str, Any]
) -> dict[str, Any]:
    place = {"id": area.pk, "level": area.level, "code": area.code, "name": area.name}
    return {"type": kind.value, "timestamp": at.isoformat(), "data": {"area": place, **told}}


def spread() -> int:
    """Hand on what was not yet: a delivery for every webhook that wants it. Gives how many messages
    were; what comes of them, and more than one takes at once, is left for the next time."""
    with transaction.atomic():
        free = WebhookMessage.objects.select_for_update(of=("self",), skip_locked=True)
        found = free.filter(spread_at__isnull=True).select_related("area").order_by("pk")
        messages = list(found[:_MOST_AT_ONCE])
        if not messages:
            return 0
        _tell_of_areas(one for one in messages if one.kind == WebhookKind.COMMUNE)
        now = timezone.now()
        WebhookDelivery.objects.bulk_create(
            (
                WebhookDelivery(message=message, webhook=webhook, asked_at=now, due_at=now)
                for message, webhook in _wanted(messages)
            ),
            ignore_conflicts=True,
        )
        WebhookMessage.objects.filter(pk__in=[one.pk for one in messages]).update(spread_at=now)
    return len(messages)


def _wanted(messages: Iterable[WebhookMessage]) -> Iterable[tuple[WebhookMessage, Webhook]]:
    """Each with those who asked for it before it happened: in the client's area and within its
    scopes. Two queries."""
    at_work = Webhook.objects.filter(stopped_at__isnull=True, client__closed_on__isnull=True)
    webhooks = list(at_work.select_related("client"))
    branches = branches_through_time({one.client.area_id for one in webhooks})
    for message in messages:
        needed = {str(one.value) for one in NEEDS[WebhookKind(message.kind)]}
        for one in webhooks:
            is_inside = message.area.inner_path.startswith(tuple(branches[one.client.area_id]))
            may_know = is_inside and needed & set(one.client.scopes)
            if may_know and message.kind in one.kinds and one.added_at <= message.made_at:
                yield message, one


def _tell_of_areas(messages: Iterable[WebhookMessage]) -> None:
    """Areas above these communes that have decided now, each once for a round and standard."""
    decisions = RecognitionDecision.objects.filter(pk__in=[one.about for one in messages])
    for one in _one_of_each(decisions.select_related("round", "standard", "commune")):
        parts = RoundStandard.objects.filter(round=one.round, standard=one.standard)
        above = [int(pk) for pk in one.commune.path.split(".") if pk]
        for part, area in product(parts, Area.objects.filter(pk__in=above, level__in=_ABOVE)):
            if decided_areas.is_decided_by_all(one.round, one.standard, area):
                _write(WebhookKind.ROUND, part.pk, area, _recognised(one, area))


def _one_of_each(decisions: Iterable[RecognitionDecision]) -> Iterable[RecognitionDecision]:
    """Of many that lie in the same district, of a round and standard: one is enough to look up."""
    return {(one.round_id, one.standard_id, one.commune.path): one for one in decisions}.values()


def forget_old() -> int:
    """Messages whose year is over and that nobody waits for, with their deliveries."""
    old = WebhookMessage.objects.filter(made_at__lt=timezone.now() - _KEPT_FOR)
    waiting = WebhookDelivery.objects.filter(state=DeliveryState.WAITING)
    return old.exclude(pk__in=waiting.values("message")).delete()[0]
