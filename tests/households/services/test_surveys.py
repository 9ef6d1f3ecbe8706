"""Entering a review: saved as often as one likes, complete once right, never half-written."""

import datetime as dt
import uuid
from types import SimpleNamespace

import pytest

from households.choices import PovertyClass, Role, SurveyState
from households.errors import Conflict, Invalid, Refused
from households.models import (
    Assessment,
    AuditEvent,
    ChangeMark,
    Household,
    Membership,
    Person,
    ReviewRound,
    RowHistory,
    StatusPeriod,
    Survey,
    SurveyMember,
    VillageReview,
)
from households.services import rounds, survey_facts, surveys
from tests.factories import areas, reviews, users

NUMBER = "006080123456"


@pytest.fixture
def round(place: SimpleNamespace) -> ReviewRound:
    return reviews.periodic(place.province, 2024, place.standard)


def _save(survey: Survey, place: SimpleNamespace, **given: object) -> Survey:
    given = {
        "values": reviews.WELL_HOUSED,
        "members": [reviews.adult()],
        "revision": survey.revision,
        "complete": True,
        "by": place.officer,
    } | given
    return surveys.save(survey=survey, **given)


def test_a_complete_form_is_scored_and_enters_the_register(
    place: SimpleNamespace, round: ReviewRound
) -> None:
    survey = reviews.surveyed(
        round,
        place.village,
        place.officer,
        members=[
            reviews.adult(personal_id=NUMBER),
            reviews.adult("Lý Thị Thử", "spouse", sex="F", health_insurance_valid=False),
        ],
        income_per_capita_month_vnd=1_500_000,
        **reviews.THREE_LACKS,
    )
    result = Assessment.objects.get(survey=survey)
    assert result.poverty_class == PovertyClass.POOR
    # toilet, water, floor area, health insurance
    assert (result.deprivations, result.persons, result.b2_points) == (4, 2, 40)
    assert (result.is_minority, result.female_head) == (False, False)
    head = Person.objects.get(personal_id=NUMBER)
    member = Membership.objects.get(person=head)
    assert (member.relation, member.valid_from) == ("head", dt.date(2024, 10, 1))
    assert survey.household.residences.get().village == place.village
    assert VillageReview.objects.get(village=place.village).state == "LISTED"
    assert ChangeMark.objects.get(commune=place.commune).number >= 1
    assert not StatusPeriod.objects.exists()


def test_the_stored_result_is_the_explained_one(place: SimpleNamespace, round: ReviewRound) -> None:
    survey = reviews.surveyed(
        round, place.village, place.officer, income_per_capita_month_vnd=1_500_001
    )
    stored = survey.assessments.get()
    explained = survey_facts.explain(survey, place.standard)
    assert explained.poverty_class == stored.poverty_class == PovertyClass.AVERAGE
    assert explained.deprived_bits == stored.deprived_bits


def test_a_draft_is_kept_as_it_is_and_counts_nowhere(
    place: SimpleNamespace, round: ReviewRound
) -> None:
    survey = surveys.start(round=round, village=place.village, by=place.officer)
    _save(
        survey, place, complete=False, values={"wall_durable": True}, members=[{"full_name": "A"}]
    )
    survey.refresh_from_db()
    assert (survey.state, survey.wall_durable) == (SurveyState.DRAFT, True)
    assert survey.members.get().full_name == "A"
    assert not Assessment.objects.exists()
    assert not Person.objects.exists()


def test_every_error_is_told_at_its_field_and_nothing_is_written(
    place: SimpleNamespace, round: ReviewRound
) -> None:
    survey = surveys.start(round=round, village=place.village, by=place.officer)
    acts = AuditEvent.objects.count()
    with pytest.raises(Invalid) as refused:
        _save(
            survey,
            place,
            values=reviews.WELL_HOUSED | {"water_clean": None},
            members=[
                reviews.adult(health_insurance_valid=None),
                reviews.adult("Khác", birth_date=dt.date(2024, 10, 2)),
            ],
        )
    assert {"water_clean", "members.0.health_insurance_valid", "members.1.birth_date"} <= set(
        refused.value.fields
    )
    assert "members.1.relation" in refused.value.fields  # two heads
    assert AuditEvent.objects.count() == acts
    assert not SurveyMember.objects.exists()


def test_saving_over_someone_elses_save_is_a_conflict(
    place: SimpleNamespace, round: ReviewRound
) -> None:
    survey = surveys.start(round=round, village=place.village, by=place.officer)
    _save(survey, place)
    with pytest.raises(Conflict):
        _save(survey, place, revision=1)


def test_a_repeated_start_finds_its_first_try(place: SimpleNamespace, round: ReviewRound) -> None:
    key = uuid.uuid4()
    first = surveys.start(round=round, village=place.village, by=place.officer, uuid=key)
    again = surveys.start(round=round, village=place.village, by=place.officer, uuid=key)
    assert (first.pk, Household.objects.count()) == (again.pk, 1)


def test_a_correction_keeps_the_old_answers_and_scores_anew(
    place: SimpleNamespace, round: ReviewRound
) -> None:
    survey = reviews.surveyed(
        round, place.village, place.officer, income_per_capita_month_vnd=1_400_000
    )
    person = Person.objects.get()
    again = _save(
        survey,
        place,
        values={"income_per_capita_month_vnd": 2_400_000},
        members=[reviews.adult(person_id=person.pk)],
        reason="Đã tính thiếu lương",
    )
    assert again.assessments.get().poverty_class == PovertyClass.NOT_POOR
    assert Person.objects.get() == person
    old = RowHistory.objects.filter(table_name="households_survey", row_id=survey.pk).last()
    assert old.row["income_per_capita_month_vnd"] == 1_400_000
    assert old.act.verb == "survey.complete"


def test_taking_a_complete_form_back_to_draft_removes_its_result(
    place: SimpleNamespace, round: ReviewRound
) -> None:
    survey = reviews.surveyed(round, place.village, place.officer)
    _save(survey, place, complete=False, reason="Nhập nhầm hộ")
    assert not Assessment.objects.exists()


def test_a_person_of_another_household_cannot_be_named_by_id(
    place: SimpleNamespace, round: ReviewRound
) -> None:
    stranger = reviews.surveyed(round, place.village, place.officer).members.get().person
    survey = surveys.start(round=round, village=place.village, by=place.officer)
    _save(survey, place, members=[reviews.adult("Người Mới", person_id=stranger.pk)])
    assert survey.members.get().person != stranger


def test_next_year_starts_from_last_years_answers_without_the_income(
    place: SimpleNamespace, round: ReviewRound
) -> None:
    first = reviews.surveyed(round, place.village, place.officer, roof_durable=False)
    later = reviews.periodic(place.province, 2025, place.standard)
    draft = surveys.start(round=later, household=first.household, by=place.officer)
    assert (draft.roof_durable, draft.income_per_capita_month_vnd) == (False, None)
    assert draft.members.get().person == first.members.get().person


def test_a_closed_round_takes_no_survey(place: SimpleNamespace, round: ReviewRound) -> None:
    department = users.user("so", Role.DEPARTMENT, place.province)
    survey = reviews.surveyed(round, place.village, place.officer)
    rounds.close_round(round=round, by=department)
    with pytest.raises(Refused):
        _save(survey, place)
    with pytest.raises(Refused):
        surveys.start(round=round, village=place.village, by=place.officer)
    with pytest.raises(Invalid):
        rounds.reopen_round(round=round, reason=" ", by=department)
    rounds.reopen_round(round=round, reason="Nhập thiếu", by=department)
    _save(survey, place)


@pytest.mark.parametrize("role", [Role.COMMUNE_CHAIR, Role.DEPARTMENT, Role.ADMINISTRATOR])
def test_who_only_reads_does_not_write(
    place: SimpleNamespace, round: ReviewRound, role: Role
) -> None:
    reader = users.user("reader", role, place.commune)
    with pytest.raises(Refused):
        surveys.start(round=round, village=place.village, by=reader)


def test_an_officer_of_another_commune_does_not_write(
    place: SimpleNamespace, round: ReviewRound
) -> None:
    other = areas.commune(place.commune.parent, "02011", "Xã Khác")
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, other)
    survey = reviews.surveyed(round, place.village, place.officer)
    with pytest.raises(Refused):
        _save(survey, place, by=stranger)


def test_a_thrown_away_draft_takes_its_household_with_it(
    place: SimpleNamespace, round: ReviewRound
) -> None:
    survey = surveys.start(round=round, village=place.village, by=place.officer)
    surveys.discard(survey=survey, by=place.officer)
    assert not Survey.objects.exists()
    assert Household.objects.get().ended_on == round.as_of
    complete = reviews.surveyed(round, place.village, place.officer)
    with pytest.raises(Refused):
        surveys.discard(survey=complete, by=place.officer)


def test_points_with_an_open_question_are_told_at_their_fields(
    place: SimpleNamespace, round: ReviewRound
) -> None:
    with pytest.raises(Invalid) as refused:
        reviews.surveyed(
            round,
            place.village,
            place.officer,
            income_per_capita_month_vnd=None,
            b1_answers={"electricity": "under_25"},
        )
    assert {"members.0.pension", "b1_answers.nonfarm_work"} <= set(refused.value.fields)
    assert "b1_answers.electricity" not in refused.value.fields
    assert not Assessment.objects.exists()


def test_the_paper_total_tells_the_income_where_nothing_else_does(
    place: SimpleNamespace, round: ReviewRound
) -> None:
    facts = {"income_per_capita_month_vnd": None, "b1_points_paper": 140}
    survey = reviews.surveyed(round, place.village, place.officer, **facts, **reviews.THREE_LACKS)
    result = survey.assessments.get()
    assert (result.income_basis, result.poverty_class) == ("PAPER", PovertyClass.POOR)
