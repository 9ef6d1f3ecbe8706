"""A list being drawn up is told before a merger or a split, with the page that finishes it."""

import datetime as dt

import pytest
from django.utils import translation

from households.services.reorganisation import forecast, obstacles
from households.services.system_user import system_user
from households.templatetags.povreg import address
from programs.choices.support_lists import ListState, Receiver
from programs.models import Programme, SupportList
from programs.services import open_lists, programmes
from tests.households.services.reorganisation.conftest import SOON, World
from tests.households.services.reorganisation.conftest import world as world


@pytest.fixture
def support_list(world: World) -> SupportList:
    programmes.load(by=system_user())
    made: SupportList = SupportList.objects.create(
        programme=Programme.objects.get(code="loan"), commune=world.a,
        listed_on=dt.date(2024, 10, 1), receiver=Receiver.BANK,
        receiver_name="Phòng giao dịch", opened_by=world.officer_a,
    )  # fmt: skip
    return made


def test_it_goes_on_after_a_merger_and_a_split_wants_it_finished(
    world: World, support_list: SupportList
) -> None:
    with translation.override("en"):
        merged = forecast.dry_run(world.draft(world.merger(), day=SOON)).parts[0].going_on
        (told,) = [one for one in merged if "list for a bank" in one.reason]
        assert told.reason.startswith("Xã A: 1 list")
        assert "goes on" in told.do_first
        assert told.page is not None
        assert address(told.page) == f"/support-lists/?commune={world.a.pk}&state=DRAFT"
        (stands,) = obstacles.standing(world.draft(world.split()))
        assert stands.do_first.startswith("Hand them over")


def test_what_is_handed_over_or_taken_back_is_not_told(
    world: World, support_list: SupportList
) -> None:
    SupportList.objects.update(state=ListState.DROPPED, reason="Thử")

    assert open_lists.going_on([world.a, world.b]) == []
