"""One household's review as an object goes the way of every import, and says what became of it."""

from types import SimpleNamespace

import pytest
from django.utils import translation

from households.choices import CommuneState, Role, TieKind, VillageState
from households.choices.api import ApiScope
from households.errors import Invalid
from households.models import (
    ApiClient,
    ApiToken,
    AuditEvent,
    ClassChange,
    CommuneReview,
    Household,
    HouseholdKey,
    ReviewRound,
    RowHistory,
    Survey,
    SurveyMember,
    User,
    VillageReview,
)
from households.services import review_entry, ties
from households.services.review_entry import Outcome
from tests.factories import api, entry, reviews, users
from tests.households.services.imports.conftest import Import, files, officer, place, run

__all__ = ["files", "officer", "place", "run"]
REGISTER = (Household, HouseholdKey, Survey, SurveyMember, AuditEvent, RowHistory, CommuneReview)
LACKING = {"toilet_hygienic": False, "water_clean": False, "floor_area_m2": 7}


def rows() -> list[int]:
    return [model.objects.count() for model in REGISTER]


def test_a_household_is_entered_and_its_class_told(officer: User) -> None:
    told = entry.household(
        entry.head(cccd="006080123456"),
        entry.spouse(),
        income_per_capita_month_vnd=900000,
        **LACKING,
    )
    done = review_entry.enter(told=told, by=officer)
    assert (done.errors, done.outcome, done.is_written, done.round) == (
        [], Outcome.CREATED, True, "2024",
    )  # fmt: skip
    survey = Survey.objects.get()
    assert done.survey == survey
    assert [one.personal_id for one in survey.members.all()] == ["006080123456", None]
    (verdict,) = done.verdicts
    assert (verdict.standard, verdict.poverty_class) == ("std_2022", "poor")
    assert list(verdict.deprived) == ["house_area", "water", "toilet"]
    assert verdict.deprived["water"].vi
    assert verdict.unknown == {}


def test_the_same_again_changes_nothing_and_other_content_updates(officer: User) -> None:
    review_entry.enter(told=entry.household(), by=officer)
    before = rows()
    assert review_entry.enter(told=entry.household(), by=officer).outcome == Outcome.UNCHANGED
    assert rows() == before
    changed = review_entry.enter(told=entry.household(phone="0912"), by=officer)
    assert (changed.outcome, changed.survey.revision) == (Outcome.UPDATED, 2)
    assert Household.objects.count() == Survey.objects.count() == 1


def test_a_trial_tells_the_class_and_writes_nothing(officer: User) -> None:
    before = rows()
    trial = review_entry.enter(told=entry.household(), by=officer, commit=False)
    assert (trial.is_written, trial.outcome, trial.survey) == (False, Outcome.CREATED, None)
    assert [one.poverty_class for one in trial.verdicts] == ["not_poor"]
    assert rows() == before
    review_entry.enter(told=entry.household(), by=officer)
    again = review_entry.enter(told=entry.household(phone="0912"), by=officer, commit=False)
    assert (again.outcome, again.survey) == (Outcome.UPDATED, Survey.objects.get())
    assert Survey.objects.get().phone == ""


def test_what_files_bring_and_what_an_object_brings_is_one(
    place: SimpleNamespace, run: Import, officer: User
) -> None:
    """The same household by file and then by object: nothing differs."""
    assert run().created == 1
    assert review_entry.enter(told=entry.household(), by=officer).outcome == Outcome.UNCHANGED


def test_errors_stand_at_their_place_in_both_languages(officer: User) -> None:
    told = entry.household(entry.head(), entry.spouse(sex="X", birth_date="31/02/1980"), area="sea")
    before = rows()
    done = review_entry.enter(told=told, by=officer)
    assert entry.places(done) == {
        ("households.area", "unknown_code"),
        ("members[1].sex", "unknown_code"),
        ("members[1].birth_date", "no_such_date"),
    }
    wrong = next(one for one in done.errors if one.place.endswith("birth_date"))
    with translation.override("en"):
        assert str(wrong.words) == "There is no such day in the calendar."
    with translation.override("vi"):
        assert str(wrong.words) != "There is no such day in the calendar."
    assert (done.survey, done.verdicts, rows()) == (None, [], before)


def test_no_list_of_members_is_no_household(officer: User) -> None:
    for members in (None, {}, "x", [1]):
        with pytest.raises(Invalid):
            review_entry.enter(told=entry.household() | {"members": members}, by=officer)


def test_the_round_is_there_and_open(officer: User, place: SimpleNamespace) -> None:
    department = users.user("so", Role.DEPARTMENT, place.province)
    other = entry.household(review_year=2025, as_of="2025-06-01")
    assert entry.places(review_entry.enter(told=other, by=department)) == {
        ("households.review_year", "no_round")
    }
    ReviewRound.objects.update(is_closed=True)
    assert entry.places(review_entry.enter(told=entry.household(), by=officer)) == {
        ("households.review_year", "round_closed")
    }


def test_villages_and_communes_past_their_survey_are_closed(officer: User) -> None:
    review_entry.enter(told=entry.household(), by=officer)
    VillageReview.objects.update(state=VillageState.SURVEYED)
    told = entry.household(phone="1")
    assert entry.places(review_entry.enter(told=told, by=officer)) == {
        ("households.village", "village_closed")
    }
    # Nor by way of another village.
    moved = entry.household(village="Thôn Hai")
    assert entry.places(review_entry.enter(told=moved, by=officer)) == {
        ("households.household_id", "household_held")
    }
    CommuneReview.objects.update(state=CommuneState.SENT_UP)
    assert ("households.commune_code", "commune_closed") in entry.places(
        review_entry.enter(told=told, by=officer)
    )


def test_nobody_enters_for_others_nor_for_his_own(officer: User, place: SimpleNamespace) -> None:
    done = review_entry.enter(told=entry.household(), by=officer)
    assert done.survey is not None
    for role in (Role.REVIEWER, Role.DISTRICT_READER, Role.INSPECTOR):
        stranger = users.user(f"a {role}", role, place.commune)
        assert entry.places(review_entry.enter(told=entry.household(), by=stranger)) == {
            ("households.commune_code", "not_your_area")
        }
    ties.declare(user=officer, household=done.survey.household, kind=TieKind.OWN, by=officer)
    assert entry.places(review_entry.enter(told=entry.household(phone="1"), by=officer)) == {
        ("households.household_id", "own_household")
    }


def test_a_class_that_was_seen_changes_with_a_reason(officer: User) -> None:
    review_entry.enter(told=entry.household(), by=officer)
    poor = entry.household(income_per_capita_month_vnd=900000, **LACKING)
    done = review_entry.enter(told=poor, by=officer)
    assert entry.places(done) == {("reason", "reason_missing")}
    assert not ClassChange.objects.exists()
    for nothing in (1, [], {}, " \ud800"):
        silent = review_entry.enter(told=poor | {"reason": nothing}, by=officer)
        assert entry.places(silent) == {("reason", "reason_missing")}
    told = poor | {"reason": "Đo lại\x00 diện tích nhà"}
    again = review_entry.enter(told=told, by=officer)
    assert [one.poverty_class for one in again.verdicts] == ["poor"]
    assert ClassChange.objects.get().reason == "Đo lại diện tích nhà"


def test_the_act_names_the_system_and_its_token(officer: User, place: SimpleNamespace) -> None:
    token = _token(place, officer)
    assert not review_entry.enter(told=entry.household(), by=officer, through=token).errors
    act = AuditEvent.objects.get(verb="review.import")
    assert act.by == officer
    assert (act.details["system"], act.details["api_client"], act.details["api_token"]) == (
        token.client.name, token.client.pk, token.prefix,
    )  # fmt: skip
    assert Survey.objects.get().act == act
    assert "Nông" not in str(act.details)


def test_a_system_enters_only_in_its_own_area(place: SimpleNamespace) -> None:
    """However far the account reaches in whose name it enters."""
    reviews.periodic(place.province, 2024, place.standard)
    department = users.user("so", Role.DEPARTMENT, place.province)
    token = _token(place, department)
    elsewhere = entry.household(commune_code="02005", commune="Xã Khác")
    assert entry.places(review_entry.enter(told=elsewhere, by=department, through=token)) == {
        ("households.commune_code", "not_your_area")
    }
    review_entry.enter(told=elsewhere, by=department)
    assert entry.places(
        review_entry.enter(told=entry.household(), by=department, through=token)
    ) == {("households.household_id", "household_elsewhere")}


def _token(place: SimpleNamespace, acts_as: User) -> ApiToken:
    client: ApiClient = api.client_of(place.commune, ApiScope.REVIEWS, acts_as=acts_as)
    api.secret_of(client)
    return ApiToken.objects.get()
