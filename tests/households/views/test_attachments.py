"""Pages of a form's pictures: added with and without a script, shown to who may see the family."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from households.choices import AttachmentKind, Role
from households.models import Attachment, Survey, User
from households.services import attachments
from tests.factories import pictures, reviews, users
from tests.households.conftest import World

LogIn = Callable[[User], Client]


@pytest.fixture
def survey(world: World, settings: Settings, tmp_path: Path) -> Survey:
    settings.MEDIA_ROOT = tmp_path
    return reviews.surveyed(world.round, world.village, world.officer)


def _send(
    client: Client, survey: Survey, *contents: bytes, kind: str = "HOUSE", script: bool = False
) -> HttpResponse:
    files = [SimpleUploadedFile("anh.jpg", content, "image/jpeg") for content in contents]
    headers = {"X-Requested-With": "fetch"} if script else {}
    url = reverse("households:photo_add", args=[survey.uuid])
    return client.post(url, {"kind": kind, "files": files}, headers=headers)  # type: ignore[return-value]


def test_photos_are_added_and_shown(world: World, survey: Survey, logged_in: LogIn) -> None:
    client = logged_in(world.officer)
    answer = _send(client, survey, pictures.jpeg(40), pictures.jpeg(50))
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    for one in attachments.of(survey):
        assert reverse("households:attachment_small", args=[one.uuid]) in page
    assert len(attachments.of(survey)) == 2


def test_a_script_gets_the_block_alone(world: World, survey: Survey, logged_in: LogIn) -> None:
    answer = _send(logged_in(world.officer), survey, pictures.jpeg(), script=True)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert text.lstrip().startswith("<section")
    assert "photo-HOUSE" in text


@pytest.mark.parametrize("script", [True, False])
def test_a_file_that_is_no_picture_is_told_at_its_slot(
    world: World, survey: Survey, logged_in: LogIn, script: bool
) -> None:
    answer = _send(logged_in(world.officer), survey, b"no picture", kind="WATER", script=script)
    assert answer.status_code == 422
    assert 'id="photo-error-WATER"' in answer.content.decode()
    assert attachments.of(survey) == []


@pytest.mark.parametrize("posted", [{}, {"kind": "SELFIE"}, {"kind": "HOUSE"}])
def test_nothing_chosen_is_an_error_not_a_crash(
    world: World, survey: Survey, logged_in: LogIn, posted: dict[str, str]
) -> None:
    url = reverse("households:photo_add", args=[survey.uuid])
    assert logged_in(world.officer).post(url, posted).status_code == 422


def test_the_file_and_its_small_picture_are_sent_as_what_they_are(
    world: World, survey: Survey, logged_in: LogIn
) -> None:
    client = logged_in(world.officer)
    _send(client, survey, pictures.jpeg(900, 600))
    _send(client, survey, pictures.jpeg(), kind=AttachmentKind.SIGNED_FORM)
    photo, paper = attachments.of(survey)
    for one, name, kind in (
        (photo, "attachment", "image/jpeg"),
        (photo, "attachment_small", "image/jpeg"),
        (paper, "attachment", "application/pdf"),
    ):
        answer = client.get(reverse(f"households:{name}", args=[one.uuid]))
        assert (answer.status_code, answer["Content-Type"]) == (200, kind)
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer["Cache-Control"]
        assert b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_a_reader_sees_pictures_and_changes_none(
    world: World, survey: Survey, logged_in: LogIn
) -> None:
    (kept,) = attachments.add(
        survey=survey, kind=AttachmentKind.HOUSE, sources=[pictures.jpeg()], by=world.officer
    )
    reader = logged_in(users.user("chair", Role.COMMUNE_CHAIR, world.commune))
    page = reader.get(reverse("households:survey", args=[survey.uuid])).content.decode()
    assert reverse("households:attachment_small", args=[kept.uuid]) in page
    assert "data-photo-form" not in page
    assert reader.post(reverse("households:attachment_remove", args=[kept.uuid])).status_code == 403
    assert Attachment.objects.filter(pk=kept.pk).exists()


def test_the_picture_is_taken_away(world: World, survey: Survey, logged_in: LogIn) -> None:
    client = logged_in(world.officer)
    _send(client, survey, pictures.jpeg())
    (kept,) = attachments.of(survey)
    url = reverse("households:attachment_remove", args=[kept.uuid])
    assert client.post(url).status_code == 302
    assert client.post(url).status_code == 404
    assert attachments.of(survey) == []


def test_a_file_that_is_lost_is_not_found(
    world: World, survey: Survey, logged_in: LogIn, tmp_path: Path
) -> None:
    client = logged_in(world.officer)
    _send(client, survey, pictures.jpeg())
    (kept,) = attachments.of(survey)
    (tmp_path / kept.file_name).unlink()
    assert client.get(reverse("households:attachment", args=[kept.uuid])).status_code == 404
