"""Average living standard, low-income workers: told by income, one at a time, on a signed paper."""

import datetime as dt
from typing import Any

import pytest
from pytest_django import Settings

from households.choices import RequestChannel, RequestKind, RequestState, SignerTitle
from households.errors import Refused
from households.models import (
    Household,
    RecognitionDecision,
    ReviewRequest,
    StatusPeriod,
)
from households.queries import announcement
from households.services import recognitions_on_request, requests
from households.services.lists import Paper
from households.services.requests import Asked
from tests.factories import people, procedure, reviews
from tests.households.conftest import TODAY, World

pytestmark = pytest.mark.usefixtures("paper_folder")


@pytest.fixture
def home(world: World) -> Household:
    return people.household(world.village, people.person("Nông Văn Làm"))


def asked(world: World, home: Household | None, month_vnd: int, **facts: Any) -> ReviewRequest:
    """For two people."""
    given: dict[str, Any] = {
        "kind": RequestKind.AVERAGE, "channel": RequestChannel.DESK,
        "received_on": dt.date(2024, 10, 1), "from_name": "Nông Văn Làm", "household": home,
        "income_year_vnd": month_vnd * 24, "income_members": 2,
    }  # fmt: skip
    return requests.receive(village=world.village, asked=Asked(**given | facts), by=world.officer)


def granted(world: World, request: ReviewRequest, day: dt.date = TODAY) -> None:
    requests.answer(
        request=request, state=RequestState.ANSWERED, words="", pages=procedure.pages(),
        paper=Paper("8/QĐ-UBND", day, "Hoàng Văn Chủ", SignerTitle.CHAIR), by=world.officer,
    )  # fmt: skip


def test_the_signed_paper_writes_its_place_on_the_list(world: World, home: Household) -> None:
    granted(world, asked(world, home, 2_000_000))
    period = StatusPeriod.objects.get()
    assert (period.household, period.poverty_class) == (home, "AVERAGE")
    assert (period.valid_from, period.valid_to, period.how_in) == (TODAY, None, "NEW_ENTRY")
    decision = RecognitionDecision.objects.get()
    assert (decision.origin, decision.number) == ("SINGLE", "8/QĐ-UBND")
    assert decision.only_about == [home.pk]
    # It decides on no list of the commune.
    assert not RecognitionDecision.objects.on_lists().exists()
    assert announcement.of_decisions(world.round, world.commune) == []


@pytest.mark.parametrize(
    ("month_vnd", "is_granted"),
    [(1_500_000, False), (1_500_001, True), (2_250_000, True), (2_250_001, False)],
)
def test_over_the_poverty_line_and_up_to_the_average_line(
    world: World, home: Household, month_vnd: int, is_granted: bool
) -> None:
    request = asked(world, home, month_vnd)
    reason = recognitions_on_request.why_not_recognise(request, TODAY)
    assert (reason is None) == is_granted
    if reason:
        assert "1.500.000" in reason
        with pytest.raises(Refused, match="lies outside"):
            granted(world, request)
        assert not StatusPeriod.objects.exists()


def test_not_who_is_poor_nor_twice_nor_who_is_not_in_the_register(
    world: World, home: Household
) -> None:
    unknown = asked(world, None, 2_000_000)
    assert "enter it first" in str(recognitions_on_request.why_not_recognise(unknown, TODAY))
    silent = asked(
        world, people.household(world.village, people.person("Lý Văn Im")), 0,
        income_year_vnd=None, income_members=None,
    )  # fmt: skip
    assert "are missing" in str(recognitions_on_request.why_not_recognise(silent, TODAY))
    first = asked(world, home, 2_000_000)
    granted(world, first)
    again = asked(world, home, 2_000_000)
    assert "already" in str(recognitions_on_request.why_not_recognise(again, TODAY))
    poor = people.household(world.village, people.person("Lý Văn Nghèo"))
    before = reviews.periodic(world.province, 2023, reviews.standard())
    reviews.listed(before, world.commune, world.officer, poor)
    listed = asked(world, poor, 2_000_000)
    assert "poor or near-poor" in str(recognitions_on_request.why_not_recognise(listed, TODAY))


def test_a_low_income_worker_since_the_decree_and_without_a_place_on_the_list(
    world: World, home: Household, settings: Settings
) -> None:
    request = asked(world, home, 1_000_000, kind=RequestKind.WORKER)
    assert "24/02/2025" in str(recognitions_on_request.why_not_recognise(request, TODAY))
    settings.POVREG_TODAY = day = dt.date(2025, 3, 3)
    granted(world, request, day)
    request.refresh_from_db()
    assert (request.state, request.answer_number) == (RequestState.ANSWERED, "8/QĐ-UBND")
    assert not StatusPeriod.objects.exists()
