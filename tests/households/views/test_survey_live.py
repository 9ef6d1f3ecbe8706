"""The card beside the form: what is missing and lacking, never points, class or a line."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from households.choices import Role
from households.models import AuditEvent, EthnicGroup, Survey, SurveyMember, User
from households.services import surveys
from households.views.live_card import LiveCard
from tests.factories import reviews, typed, users
from tests.households.conftest import World

LogIn = Callable[[User], Client]
#: The survey and whether it may be seen are two: joined into one, planning costs eight times more.
QUERIES = 14


@pytest.fixture(autouse=True)
def _tay(db: None) -> None:
    EthnicGroup.objects.get_or_create(
        code="02", defaults={"name": "Tày", "is_minority": True, "aliases": ["tay"]}
    )


@pytest.fixture
def draft(world: World) -> Survey:
    return surveys.start(round=world.round, village=world.village, by=world.officer)


@pytest.fixture
def client(world: World, logged_in: LogIn) -> Client:
    return logged_in(world.officer)


def url_of(survey: Survey) -> str:
    return reverse("households:survey_live", args=[survey.uuid])


def card(client: Client, survey: Survey, posted: dict[str, str | list[str]]) -> LiveCard:
    answer = client.post(url_of(survey), posted)
    assert answer.status_code == 200
    found: LiveCard = answer.context["live"]
    return found


def missing(found: LiveCard) -> dict[str, int]:
    return {step.code: step.missing for step in found.steps if step.missing}


def states(found: LiveCard) -> dict[int, str]:
    return {line.position: line.state for line in found.strips[0].lines}


def test_an_empty_form_lacks_everything_and_nothing_is_known(client: Client, draft: Survey) -> None:
    found = card(client, draft, typed.shown(draft))
    assert found.missing == sum(missing(found).values()) > 15
    assert set(missing(found)) == {"members", "housing", "water", "devices", "income"}
    assert set(states(found).values()) == {"unknown"}
    assert len(found.named) == 6
    assert found.named[0].target == "section-members"


def test_a_whole_form_lacks_nothing_and_tells_no_class(client: Client, draft: Survey) -> None:
    answer = client.post(url_of(draft), typed.whole(draft, income_per_capita_month_vnd="900.000"))
    found = answer.context["live"]
    assert [gap.words for gap in found.named] == []
    assert (found.missing, missing(found)) == (0, {})
    assert set(states(found).values()) == {"fine"}
    page = answer.content.decode()
    for word in ("poor", "B1", "B2", "1,500,000", "line"):
        assert word not in page


def test_a_trial_is_named_beside_the_standard_that_decides(client: Client, draft: Survey) -> None:
    reviews.with_trial(draft.round)
    answer = client.post(url_of(draft), typed.whole(draft, income_per_capita_month_vnd="900.000"))
    assert [one.is_trial for one in answer.context["live"].strips] == [False, True]
    assert answer.content.decode().count("(trial)") == 1


def test_who_lacks_is_named_and_who_was_not_asked_is_not(client: Client, draft: Survey) -> None:
    second = {key.replace("-0-", "-1-"): value for key, value in typed.ONE_ADULT.items()}
    second |= {
        "members-1-full_name": "Nông Thị Hai",
        "members-1-relation": "spouse",
        "members-1-sex": "F",
        "members-1-health_insurance_valid": "",
    }
    posted = typed.whole(draft, **second) | {"members-0-health_insurance_valid": "N"}
    found = card(client, draft, posted)
    line = next(one for one in found.strips[0].lines if one.state == "lacking")
    assert line.reasons == ["Nông Văn Thử: no valid health-insurance card"]
    posted["members-0-health_insurance_valid"] = "Y"
    found = card(client, draft, posted)
    assert states(found)[line.position] == "unknown"
    assert [gap.words for gap in found.named] == ["Nông Thị Hai: health insurance"]


def test_what_cannot_be_read_counts_as_missing_and_nothing_is_written(
    client: Client, draft: Survey
) -> None:
    acts = AuditEvent.objects.count()
    found = card(client, draft, typed.whole(draft, floor_area_m2="tám mươi"))
    housing = next(step for step in found.steps if step.code == "housing")
    assert (housing.errors, housing.missing) == (1, 1)
    assert AuditEvent.objects.count() == acts
    assert not SurveyMember.objects.exists()


def test_a_household_that_form_a_stops_lacks_nothing_more(client: Client, draft: Survey) -> None:
    posted = typed.shown(draft) | {"asked_for_review": "Y"}
    page = client.get(reverse("households:survey_form", args=[draft.uuid]))
    names = [one.name for one in page.context["form"].form_a_fields]
    found = card(client, draft, posted)
    assert missing(found)["form-a"] == len(names)
    found = card(client, draft, posted | dict.fromkeys(names, "Y"))
    assert (found.stops_at_form_a, found.missing) == (True, 0)


def test_other_areas_and_readers_get_no_card(world: World, draft: Survey, logged_in: LogIn) -> None:
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, world.other_commune)
    reader = users.user("reader", Role.DISTRICT_READER, world.province)
    assert logged_in(stranger).post(url_of(draft), {}).status_code == 404
    assert logged_in(reader).post(url_of(draft), {}).status_code == 403
    assert logged_in(world.officer).get(url_of(draft)).status_code == 405


def test_the_card_costs_the_same_for_one_member_and_for_twenty(
    client: Client, draft: Survey, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many = typed.whole(draft)
    for index in range(1, 20):
        many |= {key.replace("-0-", f"-{index}-"): v for key, v in typed.ONE_ADULT.items()}
    card(client, draft, many)
    for posted in (typed.whole(draft), many):
        with django_assert_num_queries(QUERIES):
            client.post(url_of(draft), posted)


def test_the_form_shows_the_card_at_once(client: Client, world: World) -> None:
    survey = reviews.surveyed(world.round, world.village, world.officer)
    page = client.get(reverse("households:survey_form", args=[survey.uuid]))
    assert page.context["live"].missing == 0
