"""Typing a review: drafts, completing, errors at their fields, two people on one form."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from households.choices import CommuneState, PovertyClass, Role, SurveyState
from households.models import Assessment, CommuneReview, EthnicGroup, Person, Survey, User
from households.services import surveys
from tests.factories import reviews, typed, users
from tests.households.conftest import World

LogIn = Callable[[User], Client]


@pytest.fixture
def draft(world: World) -> Survey:
    EthnicGroup.objects.get_or_create(
        code="02", defaults={"name": "Tày", "is_minority": True, "aliases": ["tay"]}
    )
    return surveys.start(round=world.round, village=world.village, by=world.officer)


def url_of(survey: Survey) -> str:
    return reverse("households:survey_form", args=[survey.uuid])


def test_a_complete_form_is_scored_and_its_reasons_are_shown(
    world: World, draft: Survey, logged_in: LogIn
) -> None:
    poor = typed.whole(
        draft,
        act="complete",
        income_per_capita_month_vnd="1.200.000",
        water_clean="N",
        toilet_hygienic="N",
        floor_area_m2="7,9",
    )
    client = logged_in(world.officer)
    answer = client.post(url_of(draft), poor)
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.state == SurveyState.COMPLETE
    assert Assessment.objects.get(survey=draft).poverty_class == PovertyClass.POOR
    page = client.get(answer["Location"]).content.decode()
    assert "Poor household" in page
    assert "no decision yet" in page
    assert "Floor area (m²): 7.9 for 1 members, under 8 for each" in page
    assert "not above the line of 1,500,000 đồng" in page


def test_a_draft_keeps_what_is_there_and_asks_nothing(
    world: World, draft: Survey, logged_in: LogIn
) -> None:
    client = logged_in(world.officer)
    some = typed.shown(draft) | {"members-0-full_name": "Nông Văn Thử", "floor_area_m2": "52,5"}
    assert client.post(url_of(draft), some | {"act": "draft"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.floor_area_m2) == (SurveyState.DRAFT, 52.5)
    page = client.get(url_of(draft)).content.decode()
    assert 'value="Nông Văn Thử"' in page


def test_gaps_of_a_complete_form_are_told_at_their_fields_and_nothing_is_lost(
    world: World, draft: Survey, logged_in: LogIn
) -> None:
    given = typed.whole(draft, act="complete") | {"wall_durable": "", "members-0-sex": ""}
    given["water_source"] = "khe suối"
    answer = logged_in(world.officer).post(url_of(draft), given)
    assert answer.status_code == 422
    targets = {fault.target for fault in answer.context["faults"]}
    assert targets == {"f-wall_durable", "f-members-0-sex"}
    assert 'value="khe suối"' in answer.content.decode()
    draft.refresh_from_db()
    assert (draft.state, draft.revision, draft.water_source) == (SurveyState.DRAFT, 1, "")


@pytest.mark.parametrize(
    ("field", "typed_text"),
    [
        ("members-0-birth_date", "31/02/1980"),
        ("members-0-personal_id", "12345"),
        ("members-0-ethnic_group", "Không có thật"),
        ("floor_area_m2", "rộng"),
        ("income_per_capita_month_vnd", "1.5e6"),
        ("members-0-employment", "pirate"),
    ],
)
def test_what_cannot_be_read_stands_with_its_error_even_in_a_draft(
    world: World, draft: Survey, logged_in: LogIn, field: str, typed_text: str
) -> None:
    given = typed.whole(draft, act="draft") | {field: typed_text}
    answer = logged_in(world.officer).post(url_of(draft), given)
    assert answer.status_code == 422
    assert [fault.target for fault in answer.context["faults"]] == [f"f-{field}"]
    draft.refresh_from_db()
    assert draft.revision == 1


def test_a_doubt_does_not_block(world: World, draft: Survey, logged_in: LogIn) -> None:
    doubtful = typed.whole(draft, act="complete") | {"members-0-personal_id": "006299001950"}
    client = logged_in(world.officer)
    answer = client.post(url_of(draft), doubtful)
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "do not fit the birth year" in page


def test_an_untouched_mask_keeps_the_number_and_an_emptied_one_drops_it(
    world: World, draft: Survey, logged_in: LogIn
) -> None:
    client = logged_in(world.officer)
    first = typed.whole(draft, act="complete") | {"members-0-personal_id": "006080001950"}
    client.post(url_of(draft), first)
    page = client.get(url_of(draft)).content.decode()
    assert "006080001950" not in page
    draft.refresh_from_db()
    again = typed.shown(draft) | {"act": "complete"}
    assert again["members-0-personal_id"] == "•••••••••950"
    client.post(url_of(draft), again)
    assert draft.members.get().personal_id == "006080001950"
    draft.refresh_from_db()
    client.post(
        url_of(draft), typed.shown(draft) | {"act": "complete", "members-0-personal_id": ""}
    )
    assert draft.members.get().personal_id is None


def test_nine_digits_in_the_cell_of_the_number_are_the_old_one(
    world: World, draft: Survey, logged_in: LogIn
) -> None:
    client = logged_in(world.officer)
    client.post(
        url_of(draft),
        typed.whole(draft, act="complete") | {"members-0-personal_id": "085 123 456"},
    )
    member = draft.members.get()
    assert (member.personal_id, member.old_number) == (None, "085123456")
    assert Person.objects.get(old_number="085123456").pk == member.person_id
    draft.refresh_from_db()
    page = client.get(url_of(draft)).content.decode()
    assert "085123456" not in page
    assert typed.shown(draft)["members-0-personal_id"] == "••••••456"
    client.post(url_of(draft), typed.shown(draft) | {"act": "complete"})
    assert draft.members.get().old_number == "085123456"
    # The new card comes: both are kept, the new one is shown.
    draft.refresh_from_db()
    given = {"act": "complete", "members-0-personal_id": "006080001950"}
    client.post(url_of(draft), typed.shown(draft) | given)
    member = draft.members.get()
    assert (member.personal_id, member.old_number) == ("006080001950", "085123456")


def test_two_people_on_one_form_the_second_sees_both_and_loses_nothing(
    world: World, draft: Survey, logged_in: LogIn
) -> None:
    mine = typed.whole(draft, act="complete") | {"floor_area_m2": "60"}
    colleague = users.user("colleague", Role.REVIEWER, world.village)
    logged_in(colleague).post(url_of(draft), typed.whole(draft, act="complete"))
    client = logged_in(world.officer)
    answer = client.post(url_of(draft), mine)
    assert answer.status_code == 409
    differences = {one.label: one for one in answer.context["clash"]["differences"]}
    assert (differences["Floor area (m²)"].mine, differences["Floor area (m²)"].theirs) == (
        "60",
        "80.5",
    )
    draft.refresh_from_db()
    assert draft.floor_area_m2 == 80.5
    knowingly = mine | {"revision": str(answer.context["form"].revision)}
    assert client.post(url_of(draft), knowingly).status_code == 302
    draft.refresh_from_db()
    assert draft.floor_area_m2 == 60


def test_a_form_sent_twice_is_answered_twice_and_kept_once(
    world: World, draft: Survey, logged_in: LogIn
) -> None:
    """The line is cut after the first arrived; the browser sends the same form once more."""
    client = logged_in(world.officer)
    whole = typed.whole(draft, act="complete") | {"members-0-personal_id": "006080001950"}
    first = client.post(url_of(draft), whole)
    again = client.post(url_of(draft), whole)
    assert (first.status_code, again.status_code) == (302, 302)
    assert first["Location"] == again["Location"]
    assert Survey.objects.get().revision == draft.revision + 1
    other = client.post(url_of(draft), whole | {"floor_area_m2": "81"})
    assert other.status_code == 409
    assert client.post(url_of(draft), whole | {"act": "draft"}).status_code == 409


def test_form_a_ends_the_review_of_a_household_with_means(
    world: World, draft: Survey, logged_in: LogIn
) -> None:
    yes = {f"form_a-{code}": "Y" for code in ("car", "air_conditioner")}
    given = typed.shown(draft) | {"asked_for_review": "Y", "act": "complete", **yes}
    client = logged_in(world.officer)
    answer = client.post(url_of(draft), given)
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert (draft.form_a_passed, draft.state) == (False, SurveyState.DRAFT)
    assert "does not pass form A" in client.get(answer["Location"]).content.decode()


def test_form_a_has_to_be_answered_by_a_household_that_asks(
    world: World, draft: Survey, logged_in: LogIn
) -> None:
    given = typed.whole(draft, act="complete") | {"asked_for_review": "Y"}
    answer = logged_in(world.officer).post(url_of(draft), given)
    assert answer.status_code == 422
    assert any(fault.target == "f-form_a-car" for fault in answer.context["faults"])


def test_a_row_can_be_added_without_script(world: World, draft: Survey, logged_in: LogIn) -> None:
    given = typed.whole(draft, act="add_member")
    answer = logged_in(world.officer).post(url_of(draft), given)
    assert answer.status_code == 200
    assert "members-1-full_name" in answer.content.decode()


def test_another_communes_form_does_not_exist(world: World, logged_in: LogIn) -> None:
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, world.other_commune)
    theirs = surveys.start(round=world.round, village=world.other_village, by=stranger)
    client = logged_in(world.officer)
    assert client.get(url_of(theirs)).status_code == 404
    assert client.post(url_of(theirs), {"act": "draft"}).status_code == 404
    assert client.get(reverse("households:survey", args=[theirs.uuid])).status_code == 404
    discard = reverse("households:survey_discard", args=[theirs.uuid])
    assert client.post(discard).status_code == 404


def test_a_reading_role_is_told_why_it_may_not_write(
    world: World, draft: Survey, logged_in: LogIn
) -> None:
    chair = logged_in(users.user("chair", Role.COMMUNE_CHAIR, world.commune))
    answer = chair.post(url_of(draft), typed.whole(draft, act="complete"))
    assert answer.status_code == 403
    assert "Only the reviewer or the commune officer" in answer.content.decode()


def test_a_commune_past_its_survey_stage_is_told(
    world: World, draft: Survey, logged_in: LogIn
) -> None:
    CommuneReview.objects.filter(commune=world.commune).update(state=CommuneState.RECOGNISED)
    answer = logged_in(world.officer).get(url_of(draft))
    assert answer.status_code == 403
    assert "past its survey stage" in answer.content.decode()


def test_a_get_writes_nothing(world: World, draft: Survey, logged_in: LogIn) -> None:
    before = Survey.objects.values().get(pk=draft.pk)
    client = logged_in(world.officer)
    client.get(url_of(draft))
    client.get(reverse("households:survey", args=[draft.uuid]))
    assert Survey.objects.values().get(pk=draft.pk) == before
    assert client.put(url_of(draft)).status_code == 405


def test_the_points_of_form_b_score_a_household_without_income(
    world: World, draft: Survey, logged_in: LogIn
) -> None:
    given = typed.whole(draft, act="complete", income_per_capita_month_vnd="")
    given["members-0-pension"] = "N"
    page = logged_in(world.officer).get(url_of(draft))
    for question in page.context["form"].section("income").questions:
        given[question.name] = str(question.options[-1][0])
    answer = logged_in(world.officer).post(url_of(draft), given)
    assert answer.status_code == 302, answer.context["faults"]
    assert Assessment.objects.get(survey=draft).b1_points is not None


def test_a_correction_keeps_its_reason(world: World, logged_in: LogIn) -> None:
    survey = reviews.surveyed(world.round, world.village, world.officer)
    given = typed.shown(survey) | {"act": "complete", "floor_area_m2": "70", "reason": "Đo lại"}
    assert logged_in(world.officer).post(url_of(survey), given).status_code == 302
    page = logged_in(world.officer).get(reverse("households:household", args=[survey.household_id]))
    assert "Đo lại" in page.content.decode()


def test_a_very_large_household_fits_and_an_impossible_one_is_refused(
    world: World, draft: Survey, logged_in: LogIn
) -> None:
    given = typed.whole(draft, act="complete")
    for index in range(1, 60):
        for name, value in typed.ONE_ADULT.items():
            given[name.replace("-0-", f"-{index}-")] = value
        given[f"members-{index}-full_name"] = f"Nông Văn {index}"
        given[f"members-{index}-relation"] = "other"
    client = logged_in(world.officer)
    given["floor_area_m2"] = "900"
    assert client.post(url_of(draft), given).status_code == 302
    assert draft.members.count() == 60
    for index in range(60, 201):
        given[f"members-{index}-full_name"] = f"Nông Văn {index}"
    assert client.post(url_of(draft), given).status_code == 400
    assert draft.members.count() == 60
