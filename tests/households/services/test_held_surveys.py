"""A form is kept from others while it is read and written, and asked once who may."""

import pytest
from django.db import connection
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from households.choices import Role
from households.errors import Refused
from households.models import RowHistory, Survey
from households.services import held_surveys, surveys
from tests.factories import reviews, users
from tests.households.conftest import World


@pytest.fixture
def draft(world: World) -> Survey:
    begun = surveys.start(round=world.round, village=world.village, by=world.officer)
    members = [reviews.adult(), reviews.adult("Lý Thị Thử", "spouse", sex="F")]
    return surveys.save(
        survey=begun,
        values=reviews.WELL_HOUSED,
        members=members,
        revision=begun.revision,
        complete=False,
        by=world.officer,
    )


def test_what_is_held_is_what_is_stored(world: World, draft: Survey) -> None:
    held = held_surveys.hold(survey_id=draft.pk, by=world.officer)
    stored = Survey.objects.get(pk=draft.pk)
    assert held.stored == held_surveys.columns_of(stored) == held_surveys.columns_of(held.survey)
    assert held.members == list(stored.members.order_by("member_no"))
    assert held.by == world.officer
    with CaptureQueriesContext(connection) as asked:
        found = (held.survey.round, held.survey.village, held.survey.household)
    assert found == (world.round, world.village, draft.household)
    assert not asked.captured_queries


def test_the_row_is_locked(world: World, draft: Survey) -> None:
    with CaptureQueriesContext(connection) as asked:
        held_surveys.locked(draft.pk)
    assert "FOR UPDATE OF survey" in asked.captured_queries[0]["sql"]


def test_who_may_not_edit_holds_nothing(world: World, draft: Survey) -> None:
    chair = users.user("chair", Role.COMMUNE_CHAIR, world.commune)
    with pytest.raises(Refused):
        held_surveys.hold(survey_id=draft.pk, by=chair)


def test_what_was_thrown_away_is_not_there(world: World, draft: Survey) -> None:
    surveys.discard(survey=draft, by=world.officer)
    with pytest.raises(Survey.DoesNotExist):
        held_surveys.hold(survey_id=draft.pk, by=world.officer)


@pytest.mark.django_db(transaction=True)
def test_outside_of_a_transaction_nothing_is_held() -> None:
    with pytest.raises(TransactionManagementError):
        held_surveys.locked(1)


def test_only_what_differs_is_written(world: World, draft: Survey) -> None:
    held = held_surveys.hold(survey_id=draft.pk, by=world.officer)
    kept = RowHistory.objects.filter(table_name="households_survey", row_id=draft.pk)
    before = kept.count()
    held.write()
    assert kept.count() == before
    held.survey.phone = "0912345678"
    with CaptureQueriesContext(connection) as asked:
        held.write()
    (statement,) = asked.captured_queries
    assert statement["sql"].startswith('UPDATE "households_survey" SET "phone" = ')
    assert "floor_area_m2" not in statement["sql"]
    assert (kept.count(), Survey.objects.get(pk=draft.pk).phone) == (before + 1, "0912345678")
