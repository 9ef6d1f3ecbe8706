"""Where the province asks for it, the chair confirms the lists in povreg as they stand."""

import datetime as dt

import pytest

from households.choices import Role
from households.errors import Conflict, Refused
from households.models import CommuneReview, DraftConfirmation, User
from households.services import commune_steps, draft_confirmations, recognition, terms
from tests.factories import procedure, reviews, users
from tests.factories.procedure import act, closed_village, paper
from tests.households.conftest import World

pytestmark = pytest.mark.usefixtures("paper_folder")
POOR = {"income_per_capita_month_vnd": 1_200_000, **reviews.THREE_LACKS}


@pytest.fixture
def chair(world: World) -> User:
    return users.user("chair", Role.COMMUNE_CHAIR, world.commune)


@pytest.fixture
def way(world: World) -> CommuneReview:
    """Agreed to by the district; the province asks for the chair's word."""
    department = users.user("so", Role.DEPARTMENT, world.province)
    procedure.confirm_terms(department)
    terms.set_term(
        name="chair_confirms", value="1", valid_from=dt.date(2024, 1, 1), source="Công văn 5",
        by=department,
    )  # fmt: skip
    reviews.surveyed(world.round, world.village, world.officer, **POOR)
    closed_village(world.round, world.village, world.officer)
    found = commune_steps.begun(round=world.round, commune=world.commune)
    commune_steps.close_villages(way=found, act=act(10, 8), by=world.officer)
    commune_steps.send_up(way=found, act=act(10, 8), by=world.officer)
    commune_steps.record_opinion(way=found, act=act(10, 9), by=world.officer)
    return found


def record(way: CommuneReview, by: User) -> None:
    recognition.recognise(way=way, paper=paper(10, 15), pages=procedure.pages(), by=by)


def test_the_officer_waits_for_the_chairs_word(
    world: World, way: CommuneReview, chair: User
) -> None:
    with pytest.raises(Refused, match="chair has to confirm"):
        record(way, world.officer)
    with pytest.raises(Refused, match="Only the chair"):
        draft_confirmations.confirm(way=way, by=world.officer)
    draft_confirmations.confirm(way=way, by=chair)
    with pytest.raises(Conflict, match="chair confirmed this draft already"):
        draft_confirmations.confirm(way=way, by=chair)
    record(way, world.officer)
    with pytest.raises(Refused, match="decided"):
        draft_confirmations.confirm(way=way, by=chair)


def test_the_chair_who_records_the_paper_himself_has_given_his_word(
    way: CommuneReview, chair: User
) -> None:
    record(way, chair)


def test_changed_lists_are_confirmed_anew(world: World, way: CommuneReview, chair: User) -> None:
    draft_confirmations.confirm(way=way, by=chair)
    # A household more on the list, however it came there.
    reviews.surveyed(
        reviews.periodic(world.province, 2022, reviews.standard()), world.other_village,
        users.user("stranger", Role.COMMUNE_OFFICER, world.other_commune),
    )  # fmt: skip
    assert draft_confirmations.confirmed(way)
    survey = way.round.surveys.get()
    survey.assessments.update(poverty_class="NEAR_POOR")
    assert draft_confirmations.confirmed(way) is None
    with pytest.raises(Refused, match="as they stand now"):
        record(way, world.officer)
    draft_confirmations.confirm(way=way, by=chair)
    assert DraftConfirmation.objects.count() == 2


def test_where_nobody_asks_nothing_changes(world: World) -> None:
    assert not draft_confirmations.is_asked_for()
    way = commune_steps.begun(round=world.round, commune=world.commune)
    assert draft_confirmations.why_not_signed(way) is None
