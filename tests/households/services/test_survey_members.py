"""Member rows of a form: those that differ are written, together, and history keeps them."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from households.models import RowHistory, Survey
from households.services import surveys
from tests.factories import reviews
from tests.households.conftest import World

Rows = list[dict[str, Any]]


@pytest.fixture
def four(world: World) -> Rows:
    return [
        reviews.adult("Một", "head"),
        reviews.adult("Hai", "spouse", sex="F"),
        reviews.adult("Ba", "child"),
        reviews.adult("Bốn", "child"),
    ]


@pytest.fixture
def draft(world: World, four: Rows) -> Survey:
    begun = surveys.start(round=world.round, village=world.village, by=world.officer)
    return save(world, begun, four)


def save(world: World, survey: Survey, members: Rows) -> Survey:
    return surveys.save(
        survey=survey,
        values={},
        members=members,
        revision=survey.revision,
        complete=False,
        by=world.officer,
    )


def written(world: World, survey: Survey, members: Rows) -> list[str]:
    """The statements that write the rows."""
    with CaptureQueriesContext(connection) as asked:
        save(world, survey, members)
    return [
        one["sql"]
        for one in asked.captured_queries
        if "households_surveymember" in one["sql"] and not one["sql"].strip().startswith("SELECT")
    ]


def rows(survey: Survey) -> list[tuple[int, str, str]]:
    return list(
        survey.members.order_by("member_no").values_list("member_no", "full_name", "relation")
    )


def test_rows_that_stay_are_not_written(world: World, draft: Survey, four: Rows) -> None:
    assert written(world, draft, four) == []
    assert not RowHistory.objects.filter(table_name="households_surveymember").exists()


def test_of_one_row_only_the_cell_that_differs(world: World, draft: Survey, four: Rows) -> None:
    third = four[2] | {"uses_internet": not four[2]["uses_internet"]}
    (statement,) = written(world, draft, [*four[:2], third, four[3]])
    assert statement.startswith('UPDATE "households_surveymember" SET "uses_internet" = ')
    assert '"full_name"' not in statement
    member = draft.members.get(member_no=3)
    (kept,) = RowHistory.objects.filter(table_name="households_surveymember")
    assert (kept.row_id, kept.row["uses_internet"]) == (member.pk, four[2]["uses_internet"])
    assert kept.act.verb == "survey.save_draft"


def test_several_rows_are_written_together(world: World, draft: Survey, four: Rows) -> None:
    statements = written(world, draft, [four[0], four[2], four[3]])
    assert len(statements) == 2  # the last row goes, two others move up
    assert rows(draft) == [(1, "Một", "head"), (2, "Ba", "child"), (3, "Bốn", "child")]
    kept = RowHistory.objects.filter(table_name="households_surveymember")
    assert sorted(kept.values_list("row__full_name", "operation")) == [
        ("Ba", "U"), ("Bốn", "D"), ("Hai", "U"),
    ]  # fmt: skip


def test_another_person_becomes_the_head(world: World, draft: Survey, four: Rows) -> None:
    """One head at a time is checked row by row."""
    turned = [
        four[0] | {"relation": "spouse"}, four[1] | {"relation": "head"},
        four[2] | {"relation": "parent"}, four[3],
    ]  # fmt: skip
    save(world, draft, turned)
    assert [relation for *__, relation in rows(draft)] == ["spouse", "head", "parent", "child"]
    draft.refresh_from_db()
    assert draft.head_name == "Hai"
    save(world, draft, four)
    assert [relation for *__, relation in rows(draft)] == ["head", "spouse", "child", "child"]


def test_new_rows_carry_the_act(world: World, draft: Survey, four: Rows) -> None:
    fifth, sixth = reviews.adult("Năm", "child"), reviews.adult("Sáu", "parent")
    (statement,) = written(world, draft, [*four, fifth, sixth])
    assert statement.startswith("INSERT")
    acts = draft.members.order_by("member_no").values_list("act__verb", "act_id")
    assert [verb for verb, __ in acts] == ["survey.save_draft"] * 6
    assert acts[4] == acts[5] != acts[0]
