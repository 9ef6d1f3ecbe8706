"""One act, one event; what is written in it remembers it, and a failure leaves nothing."""

import pytest
from django.db import connection, transaction

from households.models import AuditEvent, Household
from households.models.triggers import CURRENT_ACT_SETTING
from households.services import audit
from tests.factories import users
from tests.households.conftest import World


def running() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [CURRENT_ACT_SETTING])
        return str(cursor.fetchone()[0])


def test_an_event_is_stored_as_it_is_given(world: World) -> None:
    household = Household.objects.create()
    with audit.act(
        by=world.officer,
        verb="test.done",
        area=world.village,
        household=household,
        subject=world.round,
        details={"count": 3, "words": "đúng"},
        reason="vì\x00 sao",
    ) as event:
        assert running() == str(event.pk)
    stored = AuditEvent.objects.get(pk=event.pk)
    assert (stored.by, stored.verb, stored.area) == (world.officer, "test.done", world.village)
    assert (stored.household, stored.reason) == (household, "vì sao")
    assert (stored.object_type, stored.object_id) == ("households.reviewround", world.round.pk)
    assert stored.details == {"count": 3, "words": "đúng"}
    assert stored.at is not None
    assert running() == ""


def test_an_act_within_an_act_gives_the_outer_one_back(world: World) -> None:
    with audit.act(by=world.officer, verb="test.outer") as outer:
        with audit.act(by=world.officer, verb="test.inner", savepoint=False) as inner:
            assert running() == str(inner.pk)
        assert running() == str(outer.pk)


@pytest.mark.parametrize("savepoint", [True, False])
def test_a_failure_leaves_no_event_and_no_running_act(world: World, savepoint: bool) -> None:
    other = users.user("other")
    act = audit.act(by=other, verb="test.failed", savepoint=savepoint)
    with pytest.raises(RuntimeError), transaction.atomic(), act:
        raise RuntimeError
    assert not AuditEvent.objects.filter(by=other).exists()
    assert running() == ""
