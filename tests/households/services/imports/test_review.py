"""A review is imported whole or not at all, twice changes nothing, and re-imports update."""

import datetime as dt
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from django.db import connection

from households.choices import CommuneState, SurveyOrigin, SurveyState
from households.models import (
    Area,
    Assessment,
    AuditEvent,
    ChangeMark,
    CommuneReview,
    Household,
    HouseholdKey,
    Membership,
    Person,
    Residence,
    ReviewRound,
    RowHistory,
    StatusPeriod,
    Survey,
    SurveyMember,
    VillageReview,
)
from households.services import marks, standards
from tests.factories.exchange_files import Files, household, member, spouse
from tests.households.services.imports.conftest import Import, codes, warnings

WRITTEN = (
    Area, AuditEvent, ChangeMark, CommuneReview, Household, HouseholdKey, Membership, Person,
    Residence, ReviewRound, RowHistory, Survey, SurveyMember, Assessment,
)  # fmt: skip


def rows_of_register() -> list[int]:
    return [model.objects.count() for model in WRITTEN]


def counts(result: object) -> tuple[int, int, int]:
    return result.created, result.updated, result.unchanged  # type: ignore[attr-defined]


def test_a_first_import_opens_the_round_and_fills_the_register(
    run: Import, files: Files, place: SimpleNamespace
) -> None:
    files.households = [household(household_size="2", causes="1;3", phone="0912")]
    files.members = [member(cccd="006080123456"), spouse(birth_date="1982")]

    result = run()

    assert (result.committed, result.round, counts(result)) == (True, "2024", (1, 0, 0))
    round = ReviewRound.objects.get()
    assert [part.standard.code for part in round.parts.all()] == ["std_2022"]
    survey = Survey.objects.get()
    assert (survey.state, survey.origin) == (SurveyState.COMPLETE, SurveyOrigin.IMPORT)
    assert (survey.causes, survey.floor_area_m2, survey.has_radio) == (["1", "3"], 80, False)
    assert survey.commune == place.commune
    head, wife = survey.members.all()
    assert (head.personal_id, head.person.personal_id) == ("006080123456", "006080123456")
    assert (wife.birth_date, wife.birth_precision) == (dt.date(1982, 1, 1), "YEAR")
    assert Membership.objects.filter(household=survey.household, valid_to=None).count() == 2
    assert Residence.objects.get().village == survey.village
    assert Assessment.objects.get().poverty_class == "NOT_POOR"
    assert CommuneReview.objects.get().state == CommuneState.OPEN
    assert VillageReview.objects.get().village == survey.village
    assert ChangeMark.objects.get().commune == place.commune
    assert not StatusPeriod.objects.exists()
    act = AuditEvent.objects.get(verb="review.import")
    assert survey.act == head.act == act
    assert "Thử" not in str(act.details)


def test_the_same_file_twice_changes_nothing(run: Import, files: Files) -> None:
    files.households = [household(household_size="2"), household("B1", village="Thôn Hai")]
    files.members = [member(), spouse(), member("B1-1", "B1", full_name="Ma Văn Hai")]
    run()
    before = rows_of_register()

    again = run()

    assert (again.committed, counts(again)) == (True, (0, 0, 2))
    assert rows_of_register() == before


def test_a_trial_writes_nothing_and_tells_the_same(run: Import) -> None:
    before = rows_of_register()

    trial = run(commit=False)

    assert (trial.committed, counts(trial), list(trial.errors)) == (False, (1, 0, 0), [])
    assert rows_of_register() == before
    assert counts(run()) == (1, 0, 0)


def test_one_wrong_row_and_nothing_is_written(run: Import, files: Files) -> None:
    files.households.append(household("B1"))
    files.members.append(member("B1-1", "B1", sex="X", full_name="Ma Văn Hai"))
    before = rows_of_register()

    result = run()

    assert (result.committed, counts(result)) == (False, (0, 0, 0))
    assert codes(result) == {("members.csv", 3, "sex", "unknown_code")}
    assert rows_of_register() == before


def test_a_break_in_the_middle_leaves_nothing_half_written(run: Import) -> None:
    before = rows_of_register()

    with (
        patch.object(marks, "mark_changed", side_effect=RuntimeError("power cut")),
        pytest.raises(RuntimeError),
    ):
        run()

    assert rows_of_register() == before
    assert counts(run()) == (1, 0, 0)


def test_a_changed_row_is_updated_and_its_history_kept(run: Import, files: Files) -> None:
    files.households.append(household("B1", head_name="Ma Văn Hai"))
    files.members.append(member("B1-1", "B1", full_name="Ma Văn Hai"))
    run()
    files.households[0]["toilet_hygienic"] = "N"
    files.members[1]["health_insurance_valid"] = "N"

    result = run()

    assert counts(result) == (0, 2, 0)
    first = Survey.objects.get(household__keys__key="A1")
    assert (first.toilet_hygienic, first.revision) == (False, 2)
    assert list(Assessment.objects.order_by("survey").values_list("deprivations", flat=True)) == [
        1,
        1,
    ]
    kept = RowHistory.objects.filter(table_name="households_survey", row_id=first.pk)
    assert kept.get().row["toilet_hygienic"] is True


def test_an_empty_cell_empties_and_a_missing_column_leaves(run: Import, files: Files) -> None:
    files.households = [household(phone="0912", no_labour="Y")]
    run()
    files.households = [household(no_labour="")]
    files.households[0]["wall_material"] = ""

    run()

    survey = Survey.objects.get()
    assert (survey.phone, survey.no_labour, survey.wall_material) == ("0912", None, "")


def test_members_come_go_and_change_places(run: Import, files: Files) -> None:
    files.households = [household(household_size="2")]
    files.members = [member(), spouse()]
    run()
    files.members = [
        member("A1-2", member_no="1", full_name="Lý Thị Thử", sex="F", birth_date="1982-03-04"),
        member(member_no="2", relation="spouse"),
        spouse("A1-3", member_no="3", relation="other", full_name="Lý Thị Ba"),
    ]
    files.households = [household(household_size="3", head_name="Lý Thị Thử")]

    assert counts(run()) == (0, 1, 0)
    assert [(m.full_name, m.relation) for m in Survey.objects.get().members.all()] == [
        ("Lý Thị Thử", "head"),
        ("Nông Văn Thử", "spouse"),
        ("Lý Thị Ba", "other"),
    ]

    files.members = files.members[:1]
    files.households = [household(head_name="Lý Thị Thử")]
    run()

    assert Survey.objects.get().members.count() == 1
    assert Person.objects.count() == 3


def test_the_next_year_is_the_same_household_and_person(run: Import, files: Files) -> None:
    run()
    files.households = [household(review_year="2025", as_of="2025-10-01")]

    result = run()

    assert (result.round, counts(result)) == ("2025", (1, 0, 0))
    assert (Household.objects.count(), Person.objects.count()) == (1, 1)
    assert Survey.objects.count() == 2
    assert Membership.objects.count() == 1


def test_another_source_has_keys_of_its_own(run: Import, files: Files) -> None:
    run()
    files.members[0]["full_name"] = "Ai Khác"

    assert counts(run(source="commune 02005")) == (1, 0, 0)
    assert set(HouseholdKey.objects.values_list("source", flat=True)) == {"06", "commune 02005"}


def test_points_take_the_place_of_an_empty_income(run: Import, files: Files) -> None:
    files.households = [
        household(income_per_capita_month_vnd="", b1_points_paper="140"),
        household("B1", income_per_capita_month_vnd="", b1_points_paper="141"),
    ]
    files.members.append(member("B1-1", "B1"))

    assert not run().errors
    found = dict(Assessment.objects.values_list("survey__household__keys__key", "poverty_class"))
    assert found == {"A1": "NEAR_POOR", "B1": "NOT_POOR"}


def test_answers_of_form_b_are_kept_question_by_question(
    run: Import, files: Files, place: SimpleNamespace
) -> None:
    table = standards.rules_of_table(standards.table_in_force(place.standard))
    answers = {f"b1_{q.code}": q.options[-1].code for q in table.asked_questions}
    first, second = list(answers)[:2]
    other = table.question(first.removeprefix("b1_")).options[0].code
    # A doubtful number, so that the household is looked at closely too.
    files.members[0] |= {"cccd": "006180123456", "pension": "N"}
    files.households = [household(income_per_capita_month_vnd="", causes="1", **answers)]

    assert not run().errors
    assert Assessment.objects.get().income_basis == "POINTS"
    assert len(Survey.objects.get().b1_answers) == len(answers)

    changed = {first: other, second: ""}
    files.households = [household(income_per_capita_month_vnd="900000", **changed)]
    assert counts(run()) == (0, 1, 0)
    kept = Survey.objects.get().b1_answers
    assert kept[first.removeprefix("b1_")] == other
    assert second.removeprefix("b1_") not in kept
    assert len(kept) == len(answers) - 1


def test_answers_that_do_not_tell_the_points_are_an_error(
    run: Import, files: Files, place: SimpleNamespace
) -> None:
    table = standards.rules_of_table(standards.table_in_force(place.standard))
    question = table.asked_questions[0]
    option = {f"b1_{question.code}": question.options[0].code}
    files.households = [household(income_per_capita_month_vnd="", **option)]

    result = run()

    assert (result.committed, counts(result)) == (False, (0, 0, 0))
    assert codes(result) == {
        ("households.csv", 2, "income_per_capita_month_vnd", "income_undetermined")
    }
    assert not Household.objects.exists()


def test_facts_that_files_do_not_carry_are_a_warning(run: Import) -> None:
    result = run(standard_code="std_2016")

    assert result.committed
    assert {code for *_where, code in warnings(result)} <= {"class_undetermined"}


def test_a_draft_typed_in_before_is_completed_by_the_import(
    run: Import, files: Files, place: SimpleNamespace
) -> None:
    run()
    Survey.objects.update(state=SurveyState.DRAFT)

    assert counts(run()) == (0, 1, 0)
    assert Survey.objects.get().state == SurveyState.COMPLETE


def test_temporary_tables_are_gone_after_an_import(run: Import) -> None:
    run()

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relpersistence = 't' AND relkind = 'r'")
        assert cursor.fetchone()[0] == 0


def test_names_of_units_only_warn(run: Import, files: Files) -> None:
    files.households = [household(district="Huyện Khác", commune="THỬ")]

    result = run()

    assert warnings(result) == {("households.csv", 2, "district", "name_differs")}
    assert result.committed
