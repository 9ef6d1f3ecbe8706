"""The questions of a form are those of the point table in force when it is opened."""

import copy

import pytest
from pytest_django import DjangoAssertNumQueries

from households.choices import PointTableState, Role, StandardPart
from households.models import PointTable, RoundStandard, Survey, User
from households.services.standard_documents import digest
from households.views.survey_questions import questions_of
from tests.factories import reviews, users
from tests.factories import standards as make
from tests.households.conftest import World


@pytest.fixture
def survey(world: World) -> Survey:
    return reviews.surveyed(world.round, world.village, world.officer)


@pytest.fixture
def department(world: World) -> User:
    return users.user("nguoi_nhap", Role.DEPARTMENT, world.province)


def codes(survey: Survey) -> list[str]:
    table = questions_of(survey)
    return [question.code for question in table.questions] if table else []


def try_out(world: World, survey: Survey) -> None:
    """Let the round stand under a standard of its own, without a table."""
    RoundStandard.objects.filter(round=survey.round).update(
        standard=make.standard(owner=world.province)
    )


def test_a_table_counts_from_the_moment_it_is_in_force_until_another_is(
    world: World, survey: Survey, department: User
) -> None:
    try_out(world, survey)
    assert codes(survey) == []
    standard = RoundStandard.objects.get(round=survey.round).standard
    first = make.point_table(standard, department)
    assert codes(survey) == []
    PointTable.objects.filter(pk=first.pk).update(state=PointTableState.IN_FORCE)
    assert codes(survey) == ["motorbike", "tv"]
    document = make.table_document("table_next", standard=standard.code)
    document["questions"] = document["questions"][:1]
    PointTable.objects.filter(pk=first.pk).update(state=PointTableState.DRAFT)
    second = make.point_table(standard, department, document, PointTableState.IN_FORCE)
    assert codes(survey) == ["motorbike"]
    changed = copy.deepcopy(document)
    changed["questions"][0]["code"] = "boat"
    PointTable.objects.filter(pk=second.pk).update(document=changed, digest=digest(changed))
    assert codes(survey) == ["boat"]


def test_an_incomplete_table_asks_nothing(world: World, survey: Survey, department: User) -> None:
    try_out(world, survey)
    standard = RoundStandard.objects.get(round=survey.round).standard
    lacking = {"vi": "Thiếu điểm", "en": "Points are missing"}
    document = make.table_document(
        standard=standard.code, complete=False, incomplete_because=lacking
    )
    make.point_table(standard, department, document, PointTableState.IN_FORCE)
    assert codes(survey) == []


def test_of_two_standards_the_newer_asks(world: World, survey: Survey, department: User) -> None:
    old = RoundStandard.objects.get(round=survey.round)
    old.part = StandardPart.CLOSING
    old.save()
    standard = make.standard(owner=world.province)
    RoundStandard.objects.create(round=survey.round, standard=standard, part=StandardPart.OPENING)
    assert len(codes(survey)) > 2, "a standard without a table asks that of the one before"
    make.point_table(standard, department, state=PointTableState.IN_FORCE)
    assert codes(survey) == ["motorbike", "tv"]


def test_a_table_this_process_knows_costs_one_statement(
    survey: Survey, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    known = questions_of(survey)
    with django_assert_num_queries(1):
        assert questions_of(survey) is known is not None
