"""Rows read by written statements are those that Django reads."""

import datetime as dt
from decimal import Decimal

from django.db import models

from households.models import Area, RowHistory, Survey, SurveyMember
from households.models.whole_rows import WholeRows, write_columns
from tests.factories import reviews
from tests.households.conftest import World


def columns(row: models.Model) -> dict[str, object]:
    return {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}


def test_a_joined_row_is_read_whole(world: World) -> None:
    person = reviews.adult(personal_id="006080123456", old_number="095123456")
    stored = reviews.surveyed(
        world.round, world.village, world.officer, members=[person], floor_area_m2=Decimal("80.500")
    )
    rows = WholeRows(member=SurveyMember, survey=Survey, village=Area)
    ((member, survey, village),) = rows.read(
        f"SELECT {rows.columns} FROM households_surveymember member"
        " JOIN households_survey survey ON survey.id = member.survey_id"
        " JOIN households_area village ON village.id = survey.village_id WHERE survey.id = %s",
        [stored.pk],
    )
    assert columns(member) == columns(stored.members.get())
    assert member.personal_id == "006080123456"
    assert columns(survey) == columns(Survey.objects.get(pk=stored.pk))
    assert survey.policy_groups == Survey.objects.get(pk=stored.pk).policy_groups
    assert columns(village) == columns(world.village)
    assert not member._state.adding


def test_nothing_found_is_no_row(world: World) -> None:
    rows = WholeRows(village=Area)
    none = rows.read(f"SELECT {rows.columns} FROM households_area village WHERE id < %s", [0])
    assert list(none) == []


def test_only_the_named_columns_are_written_and_history_keeps_the_row_before(
    world: World,
) -> None:
    person = reviews.adult(personal_id="006080123456")
    survey = reviews.surveyed(world.round, world.village, world.officer, members=[person])
    member = survey.members.get()
    member.personal_id, member.birth_date = "006080123457", dt.date(1981, 2, 3)
    member.full_name = "Không ghi"
    write_columns(member, ["personal_id", "birth_date"])
    stored = SurveyMember.objects.get(pk=member.pk)
    assert (stored.personal_id, stored.birth_date) == ("006080123457", dt.date(1981, 2, 3))
    assert stored.full_name == person["full_name"]
    kept = RowHistory.objects.filter(table_name="households_surveymember", row_id=member.pk)
    assert kept.last().row["birth_date"] == person["birth_date"].isoformat()
    survey.causes = ["no_land", "no_capital"]
    write_columns(survey, ["causes"])
    assert Survey.objects.get(pk=survey.pk).causes == ["no_land", "no_capital"]
