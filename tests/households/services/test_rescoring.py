"""What is still open is computed again with a new point table; what is past stays."""

import pytest

from households.choices import CommuneState, PointTableState, Role, SurveyState
from households.models import (
    Area,
    Assessment,
    ChangeMark,
    CommuneReview,
    PointTable,
    ReviewRound,
    Survey,
)
from households.services import rescoring
from tests.factories import areas, users
from tests.factories import standards as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> Area:
    return areas.province()


@pytest.fixture
def result(province: Area) -> Assessment:
    """The result of a complete survey, told by the answers of form B under the sample table."""
    entered = users.user("nguoi_nhap", Role.DEPARTMENT, province)
    standard = make.standard()
    sample = make.point_table(standard, entered, state=PointTableState.IN_FORCE)
    made = make.result(standard, areas.village(areas.commune(province)), sample)
    made.round.standards.add(standard)
    Survey.objects.filter(pk=made.survey_id).update(
        state=SurveyState.COMPLETE,
        b1_answers={"motorbike": "yes"},
        has_tv=True,
        floor_area_m2=40,
    )
    return made


@pytest.fixture
def new_table(result: Assessment, province: Area) -> PointTable:
    """In force in place of the sample; a motorbike is worth a point more."""
    PointTable.objects.update(state=PointTableState.RETIRED)
    document = make.table_document("b1_new", is_sample=False)
    document["questions"][0]["options"][0]["points"] = [11, 16]
    return make.point_table(
        result.standard,
        users.user("nguoi_nhap_2", Role.DEPARTMENT, province),
        document,
        state=PointTableState.IN_FORCE,
        agreed_by=users.user("nguoi_duyet", Role.DEPARTMENT, province),
    )


def test_open_results_rest_on_the_new_table(result: Assessment, new_table: PointTable) -> None:
    assert rescoring.of_open_rounds(result.standard) == 1
    computed = Assessment.objects.get(survey_id=result.survey_id)
    assert (computed.point_table, computed.b1_points) == (new_table, 26)


def test_figures_are_told_that_they_changed(result: Assessment, new_table: PointTable) -> None:
    rescoring.of_open_rounds(result.standard)
    assert ChangeMark.objects.filter(round=result.round, commune=result.commune).exists()


def unchanged(result: Assessment) -> bool:
    computed = rescoring.of_open_rounds(result.standard)
    return computed == 0 and Assessment.objects.get().point_table == result.point_table


def test_a_closed_round_stays(result: Assessment, new_table: PointTable) -> None:
    ReviewRound.objects.update(is_closed=True)
    assert unchanged(result)


def test_a_commune_past_its_survey_stage_stays(result: Assessment, new_table: PointTable) -> None:
    CommuneReview.objects.create(
        round=result.round, commune=result.commune, state=CommuneState.SENT_UP
    )
    assert unchanged(result)


def test_declared_income_stays(result: Assessment, new_table: PointTable) -> None:
    Survey.objects.update(income_per_capita_month_vnd=1_000_000)
    assert unchanged(result)


def test_another_standards_round_stays(result: Assessment, new_table: PointTable) -> None:
    result.round.standards.clear()
    assert unchanged(result)
