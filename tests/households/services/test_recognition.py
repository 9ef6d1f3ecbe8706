"""From closed villages to the signed list: who is on it, and once."""

import datetime as dt

import pytest

from households.choices import (
    CommuneState,
    DecisionOrigin,
    HowIn,
    PovertyClass,
)
from households.errors import Conflict, Invalid, Refused
from households.models import (
    CommuneReview,
    RecognitionDecision,
    StatusPeriod,
    StepTaken,
    Survey,
    User,
)
from households.services import (
    commune_steps,
    decision_drafts,
    recognition,
)
from households.services.lists import Paper
from tests.factories import procedure, reviews
from tests.factories.procedure import act, paper
from tests.households.conftest import World
from tests.households.services.conftest import NEAR_POOR, POOR

pytestmark = pytest.mark.usefixtures("paper_folder")


@pytest.fixture
def way(world: World, department: User, kinds: dict[str, Survey]) -> CommuneReview:
    """The commune when its only village is closed; the district has agreed."""
    procedure.confirm_terms(department)
    procedure.closed_village(world.round, world.village, world.officer)
    way = commune_steps.begun(round=world.round, commune=world.commune)
    commune_steps.close_villages(way=way, act=act(10, 7), by=world.officer)
    commune_steps.send_up(way=way, act=act(10, 8, paper_number="3/BC"), by=world.officer)
    commune_steps.record_opinion(way=way, act=act(10, 9), by=world.officer)
    return way


def recognised(way: CommuneReview, world: World, **facts: object) -> None:
    recognition.recognise(
        way=way, paper=paper(10, 10, **facts), pages=procedure.pages(), by=world.officer
    )


def test_the_draft_shows_the_four_lists_and_the_decision_writes_them(
    world: World, way: CommuneReview, kinds: dict[str, Survey]
) -> None:
    (drafted,) = decision_drafts.draft(way)
    assert [len(rows) for __, rows in drafted.draft.lists] == [1, 1, 0, 0]
    assert drafted.draft.poor[0].head_name == "Poor"
    recognised(way, world)
    listed = StatusPeriod.objects.values_list("household", "poverty_class", "how_in", "valid_from")
    start = dt.date(2025, 1, 1)
    assert set(listed) == {
        (kinds["Poor"].household_id, PovertyClass.POOR, HowIn.OPENING, start),
        (kinds["Near"].household_id, PovertyClass.NEAR_POOR, HowIn.OPENING, start),
    }
    decision = RecognitionDecision.objects.get()
    assert (decision.origin, decision.decided_by) == (DecisionOrigin.PROCEDURE, "Hoàng Văn Chủ")
    assert CommuneReview.objects.get(pk=way.pk).state == CommuneState.RECOGNISED
    step = StepTaken.objects.get(verb="commune.recognised")
    assert (step.paper_number, step.attachments.count()) == ("15/QĐ-UBND", 1)


def test_next_year_the_draft_shows_who_escapes(
    world: World, way: CommuneReview, kinds: dict[str, Survey]
) -> None:
    recognised(way, world)
    later = reviews.periodic(world.province, 2025, reviews.standard())
    for name, facts in (("Poor", NEAR_POOR), ("Near", {}), ("Above", POOR)):
        household = kinds[name].household
        reviews.surveyed(later, world.village, world.officer, household=household, **facts)
    next_way = commune_steps.begun(round=later, commune=world.commune)
    (drafted,) = decision_drafts.draft(next_way)
    names = {key: [one.head_name for one in rows] for key, rows in drafted.draft.lists}
    assert names == {
        "poor": ["Nông Văn Thử"],
        "near_poor": ["Nông Văn Thử"],
        "escaped_poverty": ["Nông Văn Thử"],
        "escaped_near_poverty": ["Nông Văn Thử"],
    }
    households = {key: [one.household_id for one in rows] for key, rows in drafted.draft.lists}
    assert households["escaped_poverty"] == [kinds["Poor"].household_id]
    assert households["escaped_near_poverty"] == [kinds["Near"].household_id]


def test_a_decision_is_recorded_once(world: World, way: CommuneReview) -> None:
    recognised(way, world)
    with pytest.raises(Conflict, match="officer"):
        recognised(way, world, number="16/QĐ-UBND")
    assert RecognitionDecision.objects.count() == 1


def test_without_signer_number_or_paper_nothing_is_written(
    world: World, way: CommuneReview
) -> None:
    with pytest.raises(Invalid) as refusal:
        recognition.recognise(
            way=way, paper=Paper(" ", dt.date(2024, 10, 10)), pages=(), by=world.officer
        )
    assert set(refusal.value.fields) == {"decided_by", "signer_title", "number", "pages"}
    assert not StatusPeriod.objects.exists()


def test_no_family_is_decided_on_by_a_term_that_nobody_confirmed(
    world: World, kinds: dict[str, Survey]
) -> None:
    procedure.closed_village(world.round, world.village, world.officer)
    way = commune_steps.begun(round=world.round, commune=world.commune)
    commune_steps.close_villages(way=way, act=act(10, 7), by=world.officer)
    commune_steps.send_up(way=way, act=act(10, 8), by=world.officer)
    commune_steps.record_opinion(way=way, act=act(10, 9), by=world.officer)
    with pytest.raises(Refused, match="niêm yết"):
        recognised(way, world)
