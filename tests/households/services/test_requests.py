"""Requests: a number and a day for the answer, one open at a time, and an answer on paper."""

import datetime as dt
from typing import Any

import pytest

from households.choices import (
    RequestChannel,
    RequestKind,
    RequestState,
    Role,
    SignerTitle,
)
from households.errors import Conflict, Invalid, Refused
from households.models import Attachment, Household, ReviewRequest, Survey, User
from households.queries import requests as queries
from households.services import commune_steps, recognition, requests, surveys
from households.services.lists import Paper
from households.services.requests import Asked
from tests.factories import people, procedure, reviews, users
from tests.factories.procedure import act, paper
from tests.households.conftest import TODAY, World

pytestmark = pytest.mark.usefixtures("paper_folder")
POOR = {"income_per_capita_month_vnd": 1_200_000, **reviews.THREE_LACKS}
ANSWER = Paper("7/TB-UBND", TODAY, "Hoàng Văn Chủ", SignerTitle.CHAIR)


@pytest.fixture
def home(world: World) -> Household:
    return people.household(world.village, people.person("Nông Văn Hỏi"))


def receive(
    world: World, home: Household | None, by: User | None = None, **asked: Any
) -> ReviewRequest:
    given: dict[str, Any] = {
        "kind": RequestKind.REVIEW, "channel": RequestChannel.DESK,
        "received_on": dt.date(2024, 10, 1), "from_name": "Nông Văn Hỏi", "household": home,
    }  # fmt: skip
    return requests.receive(
        village=world.village, asked=Asked(**given | asked), by=by or world.officer
    )


def test_numbers_run_and_the_answer_is_promised_for_the_end_of_the_round(
    world: World, home: Household
) -> None:
    first, second = receive(world, home), receive(world, None)
    assert [first.number, second.number] == ["0001/2024/TN", "0002/2024/TN"]
    assert first.due_on == world.round.closes_on


@pytest.mark.parametrize(
    ("received_on", "due_on"),
    [
        (dt.date(2024, 3, 10), dt.date(2024, 3, 30)),
        (dt.date(2024, 3, 15), dt.date(2024, 3, 30)),
        (dt.date(2024, 3, 16), dt.date(2024, 4, 30)),
        (dt.date(2023, 12, 20), dt.date(2024, 1, 30)),
    ],
)
def test_outside_a_round_the_next_monthly_review_answers(
    world: World, received_on: dt.date, due_on: dt.date
) -> None:
    assert requests.answer_due_on(world.village, received_on) == due_on


def test_a_household_has_one_open_request(world: World, home: Household) -> None:
    first = receive(world, home)
    with pytest.raises(Conflict, match="open request"):
        receive(world, home)
    requests.withdraw(request=first, answered_on=TODAY, by=world.officer)
    receive(world, home)
    with pytest.raises(Conflict, match="settled already"):
        requests.withdraw(request=first, answered_on=TODAY, by=world.officer)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"from_name": " "}, "from_name"),
        ({"received_on": dt.date(2024, 10, 16)}, "received_on"),
        ({"channel": RequestChannel.PORTAL}, "dossier_code"),
        ({"kind": RequestKind.ESCAPE}, "household"),
        ({"income_year_vnd": 10_000_000}, "income_members"),
    ],
)
def test_what_is_missing_is_told_at_its_field(
    world: World, asked: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as fault:
        receive(world, None, **asked)
    assert set(fault.value.fields) == {field}
    assert not ReviewRequest.objects.exists()


@pytest.mark.parametrize("role", [Role.COMMUNE_CHAIR, Role.REVIEWER, Role.DEPARTMENT])
def test_only_the_communes_officer_receives(world: World, home: Household, role: Role) -> None:
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, world.other_commune)
    for by in (stranger, users.user("other", role, world.commune)):
        with pytest.raises(Refused):
            receive(world, home, by)


def test_a_village_asks_at_once_and_who_asked_before_keeps_his(
    world: World, home: Household
) -> None:
    receive(world, home)
    others = [people.household(world.village, people.person(name)) for name in ("Một", "Hai")]
    given: dict[str, Any] = {
        "village": world.village, "households": [home, *others],
        "received_on": TODAY, "by": world.officer,
    }  # fmt: skip
    with pytest.raises(Invalid):
        requests.receive_for_village(reason=" ", **given)
    assert requests.receive_for_village(reason="Lũ quét", **given) == 2
    with pytest.raises(Conflict):
        requests.receive_for_village(reason="Lũ quét", **given)
    found = ReviewRequest.objects.order_by("serial")
    assert [one.from_name for one in found] == ["Nông Văn Hỏi", "Một", "Hai"]


def test_picked_up_by_a_form_that_knows_the_asker(world: World) -> None:
    asked = receive(world, None, birth_year=1980)
    survey = requests.pick_up(request=asked, round=world.round, by=world.officer)
    member = survey.members.get()
    assert (member.full_name, member.birth_date) == ("Nông Văn Hỏi", dt.date(1980, 1, 1))
    asked.refresh_from_db()
    assert (asked.survey, asked.household) == (survey, survey.household)
    assert Survey.objects.get().asked_for_review
    again = requests.pick_up(request=asked, round=world.round, by=world.officer)
    assert again == survey


def test_an_income_request_has_no_form(world: World, home: Household) -> None:
    asked = receive(world, home, kind=RequestKind.AVERAGE)
    with pytest.raises(Refused, match="income form"):
        requests.pick_up(request=asked, round=world.round, by=world.officer)
    assert not Survey.objects.exists()


def answered(asked: ReviewRequest, by: User, state: RequestState, **other: Any) -> None:
    given = {"paper": ANSWER, "words": "Không thuộc diện", "pages": procedure.pages(), **other}
    requests.answer(request=asked, state=state, by=by, **given)


def test_a_refusal_has_its_paper_and_its_reason(world: World, home: Household) -> None:
    asked = receive(world, home)
    early = Paper("", dt.date(2024, 9, 1), " ", SignerTitle.CHAIR)
    with pytest.raises(Invalid) as fault:
        answered(asked, world.officer, RequestState.REFUSED, paper=early, words=" ", pages=())
    assert set(fault.value.fields) == {"number", "decided_by", "decided_on", "words", "pages"}
    with pytest.raises(Refused, match="decision on the commune's lists"):
        answered(asked, world.officer, RequestState.ANSWERED)
    answered(asked, world.officer, RequestState.REFUSED)
    asked.refresh_from_db()
    assert (asked.state, asked.answer_number) == (RequestState.REFUSED, "7/TB-UBND")
    assert Attachment.objects.get().request == asked
    with pytest.raises(Conflict):
        answered(asked, world.officer, RequestState.REFUSED)


def test_the_decision_answers_whom_it_grants_and_the_others_wait_for_their_refusal(
    world: World, department: User
) -> None:
    procedure.confirm_terms(department)
    past = reviews.periodic(world.province, 2023, reviews.standard())
    listed = {name: people.household(world.village, people.person(name)) for name in ("Lên", "Ở")}
    reviews.listed(past, world.commune, world.officer, *listed.values())
    asked = {
        "Nghèo": receive(world, None, from_name="Nghèo"),
        "Khá": receive(world, None, from_name="Khá"),
        "Lên": receive(world, listed["Lên"], kind=RequestKind.ESCAPE, from_name="Lên"),
        "Ở": receive(world, listed["Ở"], kind=RequestKind.ESCAPE, from_name="Ở"),
        "Sau": receive(world, None, from_name="Sau"),
    }
    for name, facts in (("Nghèo", POOR), ("Khá", {}), ("Lên", {}), ("Ở", POOR)):
        fill_in(asked[name], world, facts)
    procedure.closed_village(world.round, world.village, world.officer)
    way = commune_steps.begun(round=world.round, commune=world.commune)
    commune_steps.close_villages(way=way, act=act(10, 7), by=world.officer)
    commune_steps.send_up(way=way, act=act(10, 8, paper_number="3/BC"), by=world.officer)
    commune_steps.record_opinion(way=way, act=act(10, 9), by=world.officer)
    recognition.recognise(way=way, paper=paper(10, 10), pages=procedure.pages(), by=world.officer)
    states = dict(ReviewRequest.objects.values_list("from_name", "state"))
    answered_ones = {name for name, state in states.items() if state == RequestState.ANSWERED}
    assert answered_ones == {"Nghèo", "Lên"}
    assert set(states.values()) == {RequestState.ANSWERED, RequestState.OPEN}
    assert ReviewRequest.objects.get(from_name="Lên").answer_number == "15/QĐ-UBND"
    (desk,) = queries.desks_of(world.officer)
    assert (desk.number, desk.is_late) == (3, False)
    assert queries.desks_of(department) == []


def fill_in(asked: ReviewRequest, world: World, facts: dict[str, Any]) -> None:
    """Its form, complete."""
    survey = requests.pick_up(request=asked, round=world.round, by=world.officer)
    known = survey.members.first()
    row = reviews.adult(asked.from_name) | {"person_id": known.person_id if known else None}
    surveys.save(
        survey=survey, values=reviews.WELL_HOUSED | facts, members=[row],
        revision=Survey.objects.get(pk=survey.pk).revision, complete=True, by=world.officer,
    )  # fmt: skip


def test_a_form_begun_from_the_household_looks_into_its_open_request(
    world: World, home: Household
) -> None:
    asked = receive(world, home)
    survey = surveys.start(round=world.round, household=home, by=world.officer)
    asked.refresh_from_db()
    assert asked.survey == survey
    survey.refresh_from_db()
    assert survey.asked_for_review
    average = people.household(world.village, people.person("Lý Văn Trung"))
    other = receive(world, average, kind=RequestKind.AVERAGE)
    surveys.start(round=world.round, household=average, by=world.officer)
    other.refresh_from_db()
    assert other.survey is None


def test_thrown_away_the_form_lets_the_request_wait(world: World, home: Household) -> None:
    asked = receive(world, home)
    draft = requests.pick_up(request=asked, round=world.round, by=world.officer)
    surveys.discard(survey=draft, by=world.officer)
    asked.refresh_from_db()
    assert (asked.survey, asked.household, asked.state) == (None, home, RequestState.OPEN)


def test_an_asker_known_by_the_form_alone_is_unknown_again_without_it(world: World) -> None:
    asked = receive(world, None)
    draft = requests.pick_up(request=asked, round=world.round, by=world.officer)
    surveys.discard(survey=draft, by=world.officer)
    asked.refresh_from_db()
    assert (asked.survey, asked.household) == (None, None)
    again = requests.pick_up(request=asked, round=world.round, by=world.officer)
    again.refresh_from_db()
    assert again.head_name == "Nông Văn Hỏi"
