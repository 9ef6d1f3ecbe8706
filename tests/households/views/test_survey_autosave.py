"""What the browser sends on its own: a draft that follows the page, and never harms a result."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from households.choices import Role, SurveyState
from households.models import Assessment, EthnicGroup, HouseholdCard, Survey, User
from households.services import surveys
from households.views import access
from tests.factories import reviews, typed, users
from tests.households.conftest import World

LogIn = Callable[[User], Client]
#: Who may (user, rights, ties, stage), the form and what tells whether its lists changed, what is
#: written.
QUERIES = 18


@pytest.fixture
def draft(world: World) -> Survey:
    EthnicGroup.objects.get_or_create(
        code="02", defaults={"name": "Tày", "is_minority": True, "aliases": ["tay"]}
    )
    return surveys.start(round=world.round, village=world.village, by=world.officer)


def send(client: Client, survey: Survey, posted: dict[str, Any]) -> Any:
    return client.post(reverse("households:survey_draft", args=[survey.uuid]), posted)


def test_a_draft_is_saved_and_the_page_is_told_how_to_go_on(
    world: World, draft: Survey, logged_in: LogIn
) -> None:
    answer = send(logged_in(world.officer), draft, typed.whole(draft))
    assert answer.status_code == 200
    kept = Survey.objects.get(pk=draft.pk)
    assert answer.json() == {
        "state": "saved",
        "revision": kept.revision,
        "rows": {"0": kept.members.get().pk},
    }
    assert (kept.state, kept.revision) == (SurveyState.DRAFT, draft.revision + 1)
    assert str(kept.floor_area_m2) == "80.500"


def test_rows_keep_their_persons_when_one_above_is_removed(
    world: World, draft: Survey, logged_in: LogIn
) -> None:
    client = logged_in(world.officer)
    second = {
        name.replace("members-0", "members-1"): value for name, value in typed.ONE_ADULT.items()
    }
    both = typed.whole(draft, **second) | {
        "members-1-full_name": "Lý Thị Hai",
        "members-1-relation": "spouse",
    }
    rows = send(client, draft, both).json()["rows"]
    page = {name: value for name, value in both.items() if not name.startswith("members-0")}
    page |= {"revision": str(draft.revision + 1), "members-1-row": str(rows["1"])}
    after = send(client, draft, page).json()
    assert after["rows"] == {"1": draft.members.get(full_name="Lý Thị Hai").pk}


def test_a_try_whose_answer_was_lost_is_no_conflict_with_oneself(
    world: World, draft: Survey, logged_in: LogIn
) -> None:
    client = logged_in(world.officer)
    first = send(client, draft, typed.whole(draft)).json()
    assert send(client, draft, typed.whole(draft)).json() == first


def test_what_someone_else_saved_meanwhile_stays(
    world: World, draft: Survey, logged_in: LogIn
) -> None:
    send(logged_in(world.officer), draft, typed.whole(draft, phone="0912345678"))
    answer = send(logged_in(world.officer), draft, typed.whole(draft, phone="0987654321"))
    assert (answer.status_code, answer.json()) == (409, {"state": "conflict"})
    assert Survey.objects.get(pk=draft.pk).phone == "0912345678"


def test_a_complete_form_keeps_its_result(world: World, logged_in: LogIn) -> None:
    done = reviews.surveyed(world.round, world.village, world.officer)
    answer = send(logged_in(world.officer), done, typed.shown(done) | {"floor_area_m2": "5"})
    assert (answer.status_code, answer.json()) == (409, {"state": "complete"})
    assert Survey.objects.get(pk=done.pk).state == SurveyState.COMPLETE
    assert Assessment.objects.filter(survey=done).exists()


def test_what_cannot_be_read_is_not_saved(world: World, draft: Survey, logged_in: LogIn) -> None:
    answer = send(logged_in(world.officer), draft, typed.whole(draft, floor_area_m2="rộng"))
    assert (answer.status_code, answer.json()) == (422, {"state": "unreadable"})
    assert Survey.objects.get(pk=draft.pk).revision == draft.revision


def test_a_second_head_is_not_saved_and_breaks_nothing(
    world: World, draft: Survey, logged_in: LogIn
) -> None:
    second = {
        name.replace("members-0", "members-1"): value for name, value in typed.ONE_ADULT.items()
    }
    answer = send(logged_in(world.officer), draft, typed.whole(draft, **second))
    assert (answer.status_code, answer.json()) == (422, {"state": "unreadable"})


def test_who_reads_but_does_not_write_is_refused(
    world: World, draft: Survey, logged_in: LogIn
) -> None:
    chair = users.user("chair", Role.COMMUNE_CHAIR, world.commune)
    answer = send(logged_in(chair), draft, typed.whole(draft))
    assert (answer.status_code, answer.json()) == (403, {"state": "refused"})
    assert Survey.objects.get(pk=draft.pk).revision == draft.revision


def test_who_may_not_write_is_told_so_before_anything_else(
    world: World, draft: Survey, logged_in: LogIn
) -> None:
    """Neither that the form is complete, nor that it cannot be read."""
    chair = users.user("chair", Role.COMMUNE_CHAIR, world.commune)
    done = reviews.surveyed(world.round, world.village, world.officer)
    for survey in (draft, done):
        answer = send(logged_in(chair), survey, typed.whole(survey, floor_area_m2="rộng"))
        assert (answer.status_code, answer.json()) == (403, {"state": "refused"})
    answer = send(logged_in(world.officer), done, typed.whole(done, floor_area_m2="rộng"))
    assert (answer.status_code, answer.json()) == (409, {"state": "complete"})


def test_the_form_of_another_area_is_not_there(
    world: World, draft: Survey, logged_in: LogIn
) -> None:
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, world.other_commune)
    assert send(logged_in(stranger), draft, typed.whole(draft)).status_code == 404
    without = users.user("without")
    assert send(logged_in(without), draft, typed.whole(draft)).status_code == 403
    gone = draft.uuid
    draft.uuid = uuid.uuid4()
    assert send(logged_in(world.officer), draft, typed.whole(draft)).status_code == 404
    assert Survey.objects.get(uuid=gone).revision == draft.revision


def test_a_draft_thrown_away_meanwhile_is_not_there(
    world: World, draft: Survey, logged_in: LogIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = typed.whole(draft)
    surveys.discard(survey=Survey.objects.get(pk=draft.pk), by=world.officer)
    monkeypatch.setattr(access, "readable_survey_id", lambda request, uuid: draft.pk)
    assert send(logged_in(world.officer), draft, form).status_code == 404


def test_a_household_that_moved_away_is_not_there(
    world: World, draft: Survey, logged_in: LogIn
) -> None:
    """The survey stays with the village, the household is no longer of the officer's area."""
    HouseholdCard.objects.filter(household=draft.household).update(village=world.other_village)
    assert send(logged_in(world.officer), draft, typed.whole(draft)).status_code == 404


def test_a_save_costs_the_same_for_one_member_and_for_twenty(
    world: World, draft: Survey, logged_in: LogIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """One answer of the household and one of a person differ from the last save."""
    client = logged_in(world.officer)
    many = typed.whole(draft)
    for index in range(1, 20):
        many |= {key.replace("-0-", f"-{index}-"): v for key, v in typed.ONE_ADULT.items()}
        many |= {f"members-{index}-relation": "other"}
    for posted in (typed.whole(draft), many):
        before = posted | {"revision": str(draft.revision)}
        assert send(client, draft, before).status_code == 200
        draft.refresh_from_db()
        changed = typed.shown(draft) | {"floor_area_m2": "41", "members-0-uses_internet": "N"}
        with django_assert_num_queries(QUERIES):
            assert send(client, draft, changed).status_code == 200
        draft.refresh_from_db()
