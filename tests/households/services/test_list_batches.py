"""A list sent in the browser: checked, looked at, taken over once, and taken back."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, models
from django.utils.translation import override
from pytest_django import Settings

from households import tasks
from households.choices import Role
from households.choices.importing import ImportState
from households.errors import Conflict, Invalid, Refused
from households.exchange.intake.tables import open_tables
from households.models import (
    Area,
    Attachment,
    CommuneReview,
    EthnicGroup,
    Household,
    HouseholdCard,
    HouseholdKey,
    ImportBatch,
    Membership,
    Person,
    RecognitionDecision,
    Residence,
    ReviewRound,
    RowHistory,
    StatusPeriod,
    TakenOverHousehold,
    TakenOverList,
)
from households.services import import_batches, import_marks, import_notes, list_batches
from households.services.taking_over import batch_work, taking
from tests.factories import paper_lists, people, pictures, reviews, users
from tests.factories.paper_lists import FIRST_ROW, TWO, row
from tests.households.conftest import World

#: What a list may touch, each row in full.
BUSINESS: tuple[type[models.Model], ...] = (
    Area, Attachment, CommuneReview, Household, HouseholdCard, HouseholdKey, Membership, Person,
    RecognitionDecision, Residence, ReviewRound, StatusPeriod, TakenOverHousehold,
)  # fmt: skip


@pytest.fixture(autouse=True)
def folders(settings: Settings, tmp_path: Path, world: World) -> Iterator[None]:
    """Folders of the test's own; the job is known by its name, as a worker knows it."""
    settings.POVREG_IMPORTS = tmp_path / "imports"
    settings.MEDIA_ROOT = tmp_path / "attachments"
    assert tasks.run_import.name == "households.run_import"
    EthnicGroup.objects.create(code="01", name="Kinh", is_minority=False)
    with override("en"):
        yield


def sheet(rows: Sequence[Sequence[Any]] = TWO) -> SimpleUploadedFile:
    return SimpleUploadedFile("danh-sach.xlsx", paper_lists.workbook(rows))


def received(world: World, rows: Sequence[Sequence[Any]] = TWO, **given: Any) -> ImportBatch:
    """Sent by the officer and checked."""
    after = given.pop("after", None)
    made = list_batches.receive(
        facts=paper_lists.facts(world.commune, **given),
        files=[sheet(rows)] if rows else [],
        pages=[] if after else [pictures.jpeg()],
        by=world.officer,
        after=after,
    )
    return run(made)


def run(batch: ImportBatch) -> ImportBatch:
    import_batches.run(batch_id=batch.pk)
    batch.refresh_from_db()
    return batch


def written(batch: ImportBatch, reason: str = "") -> ImportBatch:
    list_batches.confirm(batch=batch, reason=reason, by=batch.sent_by)
    return run(batch)


def register() -> dict[str, list[Any]]:
    """Every business table as it stands."""
    return {
        model.__name__: sorted(
            tuple(str(value) for value in one) for one in model._default_manager.values_list()
        )
        for model in BUSINESS
    }


def test_checked_first_then_taken_over_once(world: World) -> None:
    batch = received(world)
    assert (batch.state, batch.created, batch.errors) == (ImportState.CHECKED, 2, 0)
    typed = TakenOverList.objects.get(batch=batch)
    assert batch_work.found(typed) == batch_work.Totals(1, 1, 4, 2)
    assert not RecognitionDecision.objects.exists()
    written(batch)
    assert (batch.state, batch.created) == (ImportState.WRITTEN, 2)
    # The signed decision hangs on it.
    assert Attachment.objects.get().decision == RecognitionDecision.objects.get()
    with pytest.raises(Conflict, match="Written"):
        list_batches.confirm(batch=batch, reason="", by=world.officer)
    assert run(batch).state == ImportState.WRITTEN
    assert StatusPeriod.objects.count() == 2


def test_sent_twice_and_asked_for_twice_it_is_written_once(world: World) -> None:
    first, second = received(world), received(world)
    written(first)
    list_batches.confirm(batch=second, reason="", by=world.officer)
    run(second)
    assert second.state == ImportState.FAILED
    assert "57/QĐ-UBND" in second.failure
    assert RecognitionDecision.objects.count() == 1
    assert Household.objects.count() == 2


def test_totals_are_written_over_only_with_a_reason(world: World) -> None:
    batch = received(world, poor=3)
    with pytest.raises(Invalid, match="totals of the paper"):
        list_batches.confirm(batch=batch, reason=" ", by=world.officer)
    with pytest.raises(Invalid, match="totals of the paper"):
        import_batches.confirm(batch=batch, by=world.officer)
    written(batch, "Hai hộ chuyển đi trước ngày ký")
    assert batch.state == ImportState.WRITTEN
    assert TakenOverList.objects.get(batch=batch).difference_reason.startswith("Hai hộ")


def test_rows_in_error_are_marked_in_the_sheet(world: World, tmp_path: Path) -> None:
    batch = received(world, [row(listed_as="?"), row("Nông Văn Thử", no=2)])
    assert (batch.state, batch.errors, batch.left_out) == (ImportState.CHECKED, 1, None)
    ((kind, problem),) = import_notes.problems_of(batch)
    assert (kind, problem.file, problem.row, problem.column) == (
        "error", "Danh sách", FIRST_ROW, "poverty_class",
    )  # fmt: skip
    with pytest.raises(Invalid, match="Correct the rows"):
        list_batches.confirm(batch=batch, reason="", by=world.officer)
    # A list is whole: there are no good rows without the others.
    with pytest.raises(Invalid):
        import_batches.confirm_good_rows(batch=batch, by=world.officer)
    import_marks.marked(batch, tmp_path / "marked.xlsx")
    (marked,) = open_tables(tmp_path / "marked.xlsx", "marked.xlsx")
    told = {line: cells[-1] for line, cells in marked.rows()}
    assert told[FIRST_ROW].startswith("Unknown code")
    assert told[FIRST_ROW + 1] == ""


def test_a_second_try_needs_only_what_changed(world: World) -> None:
    batch = received(world, [row(listed_as="?")], near_poor=0)
    again = received(world, [row()], near_poor=0, after=batch)
    assert (again.state, again.errors) == (ImportState.CHECKED, 0)
    kept = received(world, [], near_poor=0, poor=2, after=again)
    assert kept.household_file == "danh-sach.xlsx"
    written(kept, "Một hộ chết cả")
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize("missing", ["pages", "sent"])
def test_scan_and_sheet_are_asked_for(world: World, missing: str) -> None:
    with pytest.raises(Invalid) as fault:
        list_batches.receive(
            facts=paper_lists.facts(world.commune),
            files=[] if missing == "sent" else [sheet()],
            pages=[] if missing == "pages" else [pictures.jpeg()],
            by=world.officer,
        )
    assert set(fault.value.fields) == {missing}
    assert not ImportBatch.objects.exists()


def test_only_ones_own_commune_and_ones_own_files(world: World) -> None:
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, world.other_commune)
    with pytest.raises(Refused, match="another commune"):
        list_batches.receive(
            facts=paper_lists.facts(world.commune), files=[sheet()], pages=[pictures.jpeg()],
            by=stranger,
        )  # fmt: skip
    batch = received(world)
    with pytest.raises(Refused):
        list_batches.confirm(batch=batch, reason="", by=stranger)
    with pytest.raises(Refused, match="Only who sent"):
        list_batches.receive(
            facts=paper_lists.facts(world.other_commune), files=[], pages=[], by=stranger,
            after=batch,
        )  # fmt: skip


def test_a_worker_that_dies_while_writing_leaves_nothing_half(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = received(world)
    before = register()
    list_batches.confirm(batch=batch, reason="", by=world.officer)

    class Killed(BaseException):
        """As a worker ends: nothing catches it."""

    def die(*given: Any, **more: Any) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(taking.attachments, "keep_paper", die)
        with pytest.raises(Killed):
            import_batches.run(batch_id=batch.pk)
    batch.refresh_from_db()
    assert batch.state == ImportState.WRITING
    assert register() == before
    # The next worker finds it begun and not locked.
    assert run(batch).state == ImportState.WRITTEN
    assert StatusPeriod.objects.count() == 2


def test_a_second_worker_leaves_it_alone(world: World) -> None:
    batch = received(world)
    list_batches.confirm(batch=batch, reason="", by=world.officer)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(7301, %s)", [batch.pk])
            assert run(batch).state == ImportState.TO_WRITE
            cursor.execute("SELECT pg_advisory_unlock(7301, %s)", [batch.pk])
    finally:
        other.close()
    assert run(batch).state == ImportState.WRITTEN


def undone(batch: ImportBatch) -> ImportBatch:
    import_batches.ask_to_undo(batch=batch, by=batch.sent_by)
    return run(batch)


def test_undone_the_register_is_as_before(world: World) -> None:
    known = people.household(world.village, people.person("Nông Văn Thử"))
    reviews.listed(
        reviews.periodic(world.province, 2022, reviews.standard()), world.commune, world.officer,
        known,
    )  # fmt: skip
    StatusPeriod.objects.update(valid_from="2023-01-01")
    RecognitionDecision.objects.update(effective_from="2023-01-01")
    before = register()
    batch = written(received(world, [*TWO[:1], (2, "Nông Văn Thử", "Nam", "1980", "", "Kinh",
                                                "Thôn Mới Mở", 1, "Cận nghèo")]))  # fmt: skip
    assert batch.state == ImportState.WRITTEN
    assert register() != before
    assert undone(batch).state == ImportState.UNDONE
    assert register() == before
    assert RowHistory.objects.filter(table_name="households_statusperiod", operation="D").exists()
    # And it can be taken over anew.
    assert written(received(world)).state == ImportState.WRITTEN


def test_a_list_that_something_rests_on_stays(world: World) -> None:
    batch = written(received(world))
    household = StatusPeriod.objects.first().household  # type: ignore[union-attr]
    reviews.surveyed(world.round, world.village, world.officer, household=household)
    undone(batch)
    assert batch.state == ImportState.WRITTEN
    assert batch.failure
    assert StatusPeriod.objects.count() == 2


def test_a_list_below_a_later_decision_stays(world: World) -> None:
    batch = written(received(world))
    RecognitionDecision.objects.create(
        commune=world.commune, round=world.round, standard=reviews.standard(), number="60/QĐ-UBND",
        decided_on="2024-12-10", effective_from="2025-01-01", recorded_by=world.officer,
        origin="PROCEDURE",
    )  # fmt: skip
    undone(batch)
    assert "60/QĐ-UBND" in batch.failure
