"""Photos of a form: kept once, only by who may write it now, row and file together."""

import os
import time
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from households.choices import AttachmentKind, Role, VillageState
from households.errors import Invalid, Refused
from households.models import Attachment, AuditEvent, Survey, VillageReview
from households.services import attachments, surveys
from tests.factories import pictures, reviews, users
from tests.households.conftest import World

HOUSE = AttachmentKind.HOUSE


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def survey(world: World, folder: Path) -> Survey:
    return reviews.surveyed(world.round, world.village, world.officer)


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_photo_is_kept_small_with_its_act(world: World, survey: Survey, folder: Path) -> None:
    source = pictures.jpeg(3000, 2000)
    (kept,) = attachments.add(survey=survey, kind=HOUSE, sources=[source], by=world.officer)
    with attachments.opened(kept, small=False) as file:
        content = file.read()
    assert (kept.size_bytes, kept.media_type) == (len(content), "image/jpeg")
    assert content[:2] == b"\xff\xd8"
    assert files(folder) == sorted([f"{kept.uuid.hex}.jpg", f"{kept.uuid.hex}-small.jpg"])
    event = AuditEvent.objects.get(pk=kept.act_id)
    assert (event.verb, event.by, event.household) == (
        "attachment.add", world.officer, survey.household,
    )  # fmt: skip


def test_the_same_photo_sent_twice_is_kept_once(world: World, survey: Survey, folder: Path) -> None:
    for __ in range(2):
        attachments.add(survey=survey, kind=HOUSE, sources=[pictures.jpeg()] * 2, by=world.officer)
    assert len(attachments.of(survey)) == 1
    assert len(files(folder)) == 2


def test_pages_of_a_signed_form_become_one_paper(world: World, survey: Survey) -> None:
    (kept,) = attachments.add(
        survey=survey,
        kind=AttachmentKind.SIGNED_FORM,
        sources=[pictures.jpeg(), pictures.pdf(2)],
        by=world.officer,
    )
    assert (kept.page_count, kept.media_type) == (3, "application/pdf")


def test_all_files_of_one_sending_are_kept_or_none(
    world: World, survey: Survey, folder: Path
) -> None:
    with pytest.raises(Invalid):
        attachments.add(
            survey=survey, kind=HOUSE, sources=[pictures.jpeg(), b"none"], by=world.officer
        )
    many = [pictures.jpeg(width) for width in range(30, 31 + attachments.MOST_PER_SURVEY)]
    with pytest.raises(Invalid):
        attachments.add(survey=survey, kind=HOUSE, sources=many, by=world.officer)
    assert (attachments.of(survey), files(folder)) == ([], [])


def test_a_file_over_ten_megabytes_is_refused(world: World, survey: Survey) -> None:
    source = pictures.jpeg() + b"\0" * attachments.MOST_BYTES
    with pytest.raises(Invalid, match="10 MB"):
        attachments.add(survey=survey, kind=HOUSE, sources=[source], by=world.officer)


def test_who_may_not_write_the_form_now_adds_and_removes_nothing(
    world: World, survey: Survey
) -> None:
    (kept,) = attachments.add(
        survey=survey, kind=HOUSE, sources=[pictures.jpeg()], by=world.officer
    )
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, world.other_commune)
    VillageReview.objects.filter(village=world.village).update(state=VillageState.POSTED)
    for by in (stranger, world.officer):  # another commune; the village is past its survey
        with pytest.raises(Refused):
            attachments.add(survey=survey, kind=HOUSE, sources=[pictures.jpeg(50)], by=by)
        with pytest.raises(Refused):
            attachments.remove(attachment=kept, by=by)
    assert attachments.of(survey) == [kept]


def test_a_removed_photo_leaves_no_file_and_stays_in_the_history(
    world: World,
    survey: Survey,
    folder: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    (kept,) = attachments.add(
        survey=survey, kind=HOUSE, sources=[pictures.jpeg()], by=world.officer
    )
    with django_capture_on_commit_callbacks() as waiting:
        attachments.remove(attachment=kept, by=world.officer)
        assert len(files(folder)) == 2  # until it is certain
    for run in waiting:
        run()
    assert (attachments.of(survey), files(folder)) == ([], [])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM households_rowhistory"
            " WHERE table_name = 'households_attachment' AND row_id = %s AND operation = 'D'",
            [kept.pk],
        )
        assert cursor.fetchone() == (1,)


def test_a_draft_thrown_away_takes_its_photos_along(
    world: World,
    folder: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    draft = surveys.start(round=world.round, village=world.village, by=world.officer)
    attachments.add(survey=draft, kind=HOUSE, sources=[pictures.jpeg()], by=world.officer)
    with django_capture_on_commit_callbacks(execute=True):
        surveys.discard(survey=draft, by=world.officer)
    assert (Attachment.objects.count(), files(folder)) == (0, [])


def test_a_file_that_no_row_names_is_swept_after_a_day(
    world: World, survey: Survey, folder: Path
) -> None:
    (kept,) = attachments.add(
        survey=survey, kind=HOUSE, sources=[pictures.jpeg()], by=world.officer
    )
    old = time.time() - 2 * 86_400
    left = folder / "ab" / "ab000000000040008000000000000000.jpg"
    fresh = folder / "ab" / "ab000000000040008000000000000001.jpg"
    other = folder / "ab" / "README.txt"
    left.parent.mkdir(exist_ok=True)
    for path in (left, fresh, other):
        path.write_bytes(b"x")
    for path in [left, other, *(folder / kept.file_name[:2]).iterdir()]:
        if path != fresh:
            os.utime(path, (old, old))
    assert attachments.sweep(folder) == 1
    assert not left.exists()
    assert all(path.exists() for path in (fresh, other, folder / kept.file_name))
