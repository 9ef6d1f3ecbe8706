"""The papers of an inspected file: listed, and opened only by a look that is recorded first."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from households.choices import AttachmentKind, ComplaintKind, RequestChannel, RequestKind, Role
from households.models import Attachment, AuditEvent, Inspection, RecognitionDecision, Survey, User
from households.services import attachments, complaints, inspections, requests
from tests.factories import pictures, procedure, reviews, users
from tests.households.conftest import TODAY, World
from tests.security.answers import text_of

LogIn = Callable[[User], Client]
pytestmark = pytest.mark.usefixtures("paper_folder")


@pytest.fixture
def survey(world: World) -> Survey:
    """A household with a photo on its form, a request and a complaint with papers; its village met,
    posted, and was closed; the commune decided."""
    found = reviews.surveyed(
        world.round, world.village, world.officer, members=[reviews.adult("Lường Thị Ngẫu")]
    )
    attachments.add(
        survey=found, kind=AttachmentKind.HOUSE, sources=[pictures.jpeg(50, 40)], by=world.officer
    )
    asked = requests.Asked(
        RequestKind.REVIEW, RequestChannel.DESK, TODAY, "Lường Thị Ngẫu", household=found.household
    )
    asked_for = requests.receive(village=world.village, asked=asked, by=world.officer)
    heard = complaints.Heard(
        ComplaintKind.OPINION, dt.date(2024, 10, 4), "Người Gửi", "Sai", household=found.household
    )
    complaint = complaints.receive(
        round=world.round, village=world.village, heard=heard, by=world.officer
    )
    procedure.closed_village(world.round, world.village, world.officer)
    reviews.listed(world.round, world.commune, world.officer, found.household)
    for owner in (asked_for, complaint, RecognitionDecision.objects.get()):
        made = attachments.made_paper(procedure.pages())
        attachments.keep_paper(of=owner, paper=made, by=world.officer)
    return found


@pytest.fixture
def inspector(world: World) -> User:
    return users.user("inspector", Role.INSPECTOR, world.commune)


def opened(world: World, inspector: User, year: int = 2024) -> Inspection:
    order = inspections.Order("9/QĐ-TTr", year, year, dt.date(2024, 10, 1), dt.date(2024, 10, 31))
    department = User.objects.filter(username="so").first()
    return inspections.open_inspection(
        inspector=inspector,
        area=world.commune,
        order=order,
        by=department or users.user("so", Role.DEPARTMENT, world.province),
    )


def looks() -> list[dict[str, Any]]:
    acts = AuditEvent.objects.filter(verb="inspection.look").order_by("pk")
    return list(acts.values_list("details", flat=True))


def paper(found: Inspection, one: Attachment) -> str:
    return reverse("households:inspection_paper", args=[found.pk, one.uuid])


@pytest.mark.parametrize("what", ["household", "village", "commune"])
def test_the_file_lists_the_papers_of_all_its_acts(
    world: World, survey: Survey, inspector: User, logged_in: LogIn, what: str
) -> None:
    found = opened(world, inspector)
    whose = {
        "household": survey.household.code, "village": world.village.pk,
        "commune": world.commune.pk,
    }[what]  # fmt: skip
    client = logged_in(inspector)
    given = {what: whose}
    dossier = client.post(reverse("programs:inspection_dossier", args=[found.pk]), given)
    text = " ".join(text_of(dossier).split())  # type: ignore[arg-type]
    assert "Giấy tờ của thôn, xã" in text
    assert "Họp dân: nhất trí, Thôn Một, 02/10/2024" in text
    assert "Giấy tờ, ảnh trong hồ sơ" in text
    assert "chỉ người giải quyết xem" in text
    assert "Người Gửi" not in text
    page = client.post(reverse("households:inspection_papers", args=[found.pk]), given)
    shown = page.content.decode()
    for one in Attachment.objects.all():
        assert (paper(found, one) in shown) == (one.complaint_id is None)
    assert looks() == [
        {"what": what, "households": [survey.household_id]},
        {"what": "papers", "households": [survey.household_id]},
    ]


def test_each_paper_is_sent_once_its_look_is_recorded(
    world: World, survey: Survey, inspector: User, logged_in: LogIn
) -> None:
    found = opened(world, inspector)
    client = logged_in(inspector)
    openable = Attachment.objects.filter(complaint=None)
    assert openable.count() >= 5
    for one in openable:
        answer = client.post(paper(found, one))
        assert answer.status_code == 200
        assert answer["Content-Type"] == one.media_type
        assert b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        of = [survey.household_id] if one.survey_id or one.request_id else []
        assert looks()[-1] == {"what": "paper", "attachment": str(one.uuid), "households": of}
    assert len(looks()) == openable.count()
    photo = openable.get(survey=survey)
    assert client.get(paper(found, photo)).status_code == 405
    assert client.get(reverse("households:attachment", args=[photo.uuid])).status_code == 403
    assert client.get(reverse("households:inspection_papers", args=[found.pk])).status_code == 405


def test_what_came_with_a_complaint_and_what_is_of_other_years_or_areas_is_not_found(
    world: World, survey: Survey, inspector: User, logged_in: LogIn, settings: Settings
) -> None:
    found, earlier = opened(world, inspector), opened(world, inspector, year=2023)
    client = logged_in(inspector)
    assert (
        client.post(paper(found, Attachment.objects.get(complaint__isnull=False))).status_code
        == 404
    )
    photo = Attachment.objects.get(survey=survey)
    assert client.post(paper(earlier, photo)).status_code == 404
    theirs = reviews.surveyed(world.round, world.other_village, _officer_of(world))
    (other,) = attachments.add(
        survey=theirs, kind=AttachmentKind.HOUSE, sources=[pictures.jpeg(50, 40)],
        by=User.objects.get(username="their-officer"),
    )  # fmt: skip
    assert client.post(paper(found, other)).status_code == 404
    colleague = logged_in(users.user("other", Role.INSPECTOR, world.commune))
    assert colleague.post(paper(found, photo)).status_code == 404
    assert logged_in(world.officer).post(paper(found, photo)).status_code == 403
    settings.POVREG_TODAY = dt.date(2024, 11, 1)
    assert client.post(paper(found, photo)).status_code == 403
    assert looks() == []


def _officer_of(world: World) -> User:
    return users.user("their-officer", Role.COMMUNE_OFFICER, world.other_commune)


def test_a_household_of_another_area_has_no_papers_here(
    world: World, survey: Survey, inspector: User, logged_in: LogIn
) -> None:
    found = opened(world, inspector)
    client = logged_in(inspector)
    page = reverse("households:inspection_papers", args=[found.pk])
    answer = client.post(page, {"household": "H99999999"}, follow=True)
    assert "No household of the inspected area" in answer.content.decode()
    assert client.post(page, {"village": world.other_village.pk}).status_code == 404
    assert looks() == []
