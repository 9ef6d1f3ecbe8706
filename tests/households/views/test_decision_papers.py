"""Decisions on paper: drafts with their households before they are signed, copies afterwards."""

import datetime as dt
from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode
from docx import Document

from households.choices import (
    ComplaintKind,
    ComplaintState,
    DecisionOrigin,
    PovertyClass,
    Role,
)
from households.models import (
    AuditEvent,
    CommuneReview,
    Complaint,
    Household,
    RecognitionDecision,
    Residence,
    StatusPeriod,
    User,
)
from households.queries import decided_lists
from households.queries.decision_draft import Draft
from households.services import (
    commune_steps,
    complaints,
    corrections,
    decision_drafts,
    recognition,
    village_steps,
)
from tests.factories import people, procedure, reviews, users
from tests.factories.procedure import act, paper
from tests.households.conftest import World
from tests.households.services.conftest import NEAR_POOR, POOR
from tests.security.answers import text_of

LogIn = Callable[[User], Client]
pytestmark = pytest.mark.usefixtures("paper_folder")


#: What each is now, and what its form says.
KINDS: dict[str, tuple[str, dict[str, int]]] = {
    "Mới Nghèo": ("", POOR),
    "Mới Cận": ("", NEAR_POOR),
    "Thoát Nghèo": ("POOR", {}),
    "Thoát Cận": ("NEAR_POOR", {}),
    "Còn Nghèo": ("POOR", POOR),
    "Giữ Lại": ("", POOR),
    "Không Nghèo": ("", {}),
}


@pytest.fixture
def households(world: World) -> dict[str, Household]:
    """Each with a complete form; those that were on last year's list stand on it."""
    before = reviews.periodic(world.province, 2023, reviews.standard())
    living = {name: people.person(name) for name in KINDS}
    found = {name: people.household(world.village, one) for name, one in living.items()}
    listed = [found[name] for name, (now, __) in KINDS.items() if now]
    reviews.listed(before, world.commune, world.officer, *listed)
    near = StatusPeriod.objects.filter(household=found["Thoát Cận"])
    near.update(poverty_class=PovertyClass.NEAR_POOR)
    for name, (__, facts) in KINDS.items():
        head = reviews.adult(name) | {"person_id": living[name].pk}
        reviews.surveyed(
            world.round, world.village, world.officer, household=found[name], members=[head],
            **facts,
        )  # fmt: skip
    return found


@pytest.fixture
def complaint(world: World, households: dict[str, Household]) -> Complaint:
    """About one household, while the list hangs out; the village is closed with it."""
    procedure.confirm_terms(users.user("department", Role.DEPARTMENT, world.province))
    way = village_steps.begun(round=world.round, village=world.village)
    village_steps.finish_survey(way=way, act=act(10, 1), by=world.officer)
    meeting = procedure.meeting()
    village_steps.record_meeting(way=way, meeting=meeting, act=act(10, 2), by=world.officer)
    village_steps.post(way=way, places="x", is_read_out=True, act=act(10, 2), by=world.officer)
    heard = complaints.Heard(
        ComplaintKind.COMPLAINT, dt.date(2024, 10, 4), "Người Gửi", "Sai",
        household=households["Giữ Lại"],
    )  # fmt: skip
    found = complaints.receive(
        round=world.round, village=world.village, heard=heard, by=world.officer
    )
    village_steps.close_posting(way=way, act=act(10, 7), by=world.officer)
    return found


@pytest.fixture
def way(world: World, complaint: Complaint) -> CommuneReview:
    """Ready for the chair."""
    found = commune_steps.begun(round=world.round, commune=world.commune)
    commune_steps.close_villages(way=found, act=act(10, 8), by=world.officer)
    commune_steps.send_up(way=found, act=act(10, 8), by=world.officer)
    commune_steps.record_opinion(way=found, act=act(10, 9), by=world.officer)
    return found


def recognised(world: World, way: CommuneReview) -> CommuneReview:
    recognition.recognise(way=way, paper=paper(10, 10), pages=procedure.pages(), by=world.officer)
    way.refresh_from_db()
    return way


def address(world: World, name: str = "decision_paper", **asked: object) -> str:
    place = reverse(f"households:{name}", args=[world.round.pk, world.commune.pk])
    return f"{place}?{urlencode(asked)}" if asked else place


def printed(client: Client, where: str, **given: object) -> str:
    answer = client.post(where, {"purpose": "REPORT", **given})
    return " ".join(text_of(answer).split())  # type: ignore[arg-type]


def lists_of(draft: Draft) -> dict[str, list[tuple[int, str, str, str]]]:
    return {
        key: [(row.household_id, row.village, row.now_class, row.new_class) for row in rows]
        for key, rows in draft.lists
    }


def test_the_signer_of_a_draft_is_chosen(
    world: World, way: CommuneReview, logged_in: LogIn
) -> None:
    client = logged_in(world.officer)
    assert "Deputy chair, for the chair" in client.get(address(world)).content.decode()
    chair = printed(client, address(world), signer_title="CHAIR")
    assert "KT." not in chair
    assert "Số: ……/QĐ-UBND" in chair
    deputy = printed(client, address(world), signer_title="DEPUTY_FOR_CHAIR")
    assert "KT. CHỦ TỊCH PHÓ CHỦ TỊCH" in deputy
    file = client.post(
        address(world), {"purpose": "REPORT", "signer_title": "DEPUTY_FOR_CHAIR", "format": "word"}
    )
    cells = [
        cell.text for table in Document(BytesIO(file.content)).tables
        for row in table.rows for cell in row.cells
    ]  # fmt: skip
    assert any("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH" in one for one in cells)


def test_what_was_signed_is_read_as_it_was_drafted(
    world: World, way: CommuneReview, households: dict[str, Household]
) -> None:
    (drafted,) = decision_drafts.draft(way)
    recognised(world, way)
    decision = RecognitionDecision.objects.get(origin=DecisionOrigin.PROCEDURE)
    before = lists_of(drafted.draft)
    assert [len(rows) for rows in before.values()] == [2, 1, 1, 1]
    assert lists_of(decided_lists.of_decision(decision)) == before
    # Whatever becomes of them since: a correction, a move.
    corrections.correct(
        way=way, changes={households["Còn Nghèo"].pk: None}, reason="Nhập nhầm",
        paper=paper(10, 14, number="20/QĐ-UBND"), pages=procedure.pages(), by=world.officer,
    )  # fmt: skip
    Residence.objects.filter(household=households["Mới Cận"]).update(valid_to=dt.date(2024, 10, 11))
    Residence.objects.create(
        household=households["Mới Cận"], village=world.other_village,
        valid_from=dt.date(2024, 10, 12),
    )  # fmt: skip
    assert lists_of(decided_lists.of_decision(decision)) == before


def test_after_recognition_the_signed_decision_is_printed(
    world: World, way: CommuneReview, logged_in: LogIn
) -> None:
    recognised(world, way)
    client = logged_in(world.officer)
    assert "signer_title" not in client.get(address(world)).content.decode()
    told = printed(client, address(world))
    for said in (
        "Số: 15/QĐ-UBND", "ngày 10 tháng 10 năm 2024", "Hoàng Văn Chủ", "(đã ký)",
        "In lại từ quyết định đã ghi trong povreg", "hộ nghèo: 2 hộ", "Mới Nghèo",
        "1 hộ có khiếu nại hoặc phúc tra chưa giải quyết xong",
    ):  # fmt: skip
        assert said in told
    assert "Giữ Lại" not in told
    details = AuditEvent.objects.get(verb="paper.print").details
    assert details["filters"]["paper"] == "decision_copy"
    assert details["count"] == 5
    assert client.get(address(world, decision=999999)).status_code == 404
    word = client.post(address(world), {"purpose": "REPORT", "format": "word"})
    said = "\n".join(one.text for one in Document(BytesIO(word.content)).paragraphs)
    assert "In lại từ quyết định đã ghi trong povreg" in said


def test_a_supplement_is_drafted_with_its_households_and_copied_when_signed(
    world: World, way: CommuneReview, complaint: Complaint, logged_in: LogIn
) -> None:
    recognised(world, way)
    client = logged_in(world.officer)
    draft = address(world, draft="supplement")
    assert client.get(draft).status_code == 403
    complaints.settle(
        complaint=complaint, state=ComplaintState.KEPT, answered_on=dt.date(2024, 10, 11),
        answer="Giữ nguyên", by=world.officer,
    )  # fmt: skip
    page = reverse("households:decision", args=[world.round.pk, world.commune.pk])
    assert "draft=supplement" in client.get(page).content.decode()
    told = printed(client, draft, signer_title="DEPUTY_FOR_CHAIR")
    for said in (
        "công nhận bổ sung", "Quyết định số 15/QĐ-UBND ngày 10/10/2024", "hộ nghèo: 1 hộ",
        "Giữ Lại", "PHÓ CHỦ TỊCH", "Số: ……/QĐ-UBND",
    ):  # fmt: skip
        assert said in told
    assert "Mới Nghèo" not in told
    recognition.supplement(
        way=way, paper=paper(10, 14, number="17/QĐ-UBND"), pages=procedure.pages(),
        by=world.officer,
    )  # fmt: skip
    signed = RecognitionDecision.objects.get(origin=DecisionOrigin.SUPPLEMENT)
    told = printed(client, address(world, decision=signed.pk))
    for said in ("Số: 17/QĐ-UBND", "Quyết định số 15/QĐ-UBND", "Giữ Lại", "hộ nghèo: 1 hộ"):
        assert said in told
    assert "Mới Nghèo" not in told


def test_a_correction_is_drafted_from_what_is_typed_and_copied_when_signed(
    world: World, way: CommuneReview, households: dict[str, Household], logged_in: LogIn
) -> None:
    recognised(world, way)
    wrong, other = households["Mới Nghèo"], households["Không Nghèo"]
    client = logged_in(world.officer)
    page = address(world, "correction", household=wrong.pk)
    assert "correction/paper/?household=" in client.get(page).content.decode()
    place = address(world, "correction_paper") + f"?household={wrong.pk}&household={other.pk}"
    typed = {f"class_{wrong.pk}": "NEAR_POOR", "reason": "Nhập nhầm thu nhập"}
    asked = client.post(place, typed | {"signer_title": "DEPUTY_FOR_CHAIR"})
    assert asked.status_code == 200
    shown = asked.content.decode()
    assert f'name="class_{wrong.pk}" value="NEAR_POOR"' in shown
    assert not AuditEvent.objects.filter(verb="paper.print").exists()
    told = printed(client, place, **typed, signer_title="DEPUTY_FOR_CHAIR")
    for said in (
        "điều chỉnh danh sách", "Nhập nhầm thu nhập", "Mới Nghèo", "Hộ cận nghèo",
        "Hộ nghèo (Quyết", "PHÓ CHỦ TỊCH",
    ):  # fmt: skip
        assert said in told
    assert "Không Nghèo" not in told  # nothing was chosen for it
    assert client.get(place).status_code == 405
    corrections.correct(
        way=way, changes={wrong.pk: PovertyClass.NEAR_POOR}, reason="Nhập nhầm thu nhập",
        paper=paper(10, 15, number="21/QĐ-UBND"), pages=procedure.pages(), by=world.officer,
    )  # fmt: skip
    signed = RecognitionDecision.objects.get(origin=DecisionOrigin.CORRECTION)
    told = printed(client, address(world, decision=signed.pk))
    for said in (
        "Số: 21/QĐ-UBND", "ngày 15 tháng 10 năm 2024", "Nhập nhầm thu nhập", "Mới Nghèo",
        "Hộ nghèo (Quyết", "Hộ cận nghèo",
    ):  # fmt: skip
        assert said in told


def test_a_colleague_of_another_commune_prints_none(
    world: World, way: CommuneReview, logged_in: LogIn
) -> None:
    recognised(world, way)
    stranger = logged_in(users.user("stranger", Role.COMMUNE_OFFICER, world.other_commune))
    assert stranger.post(address(world), {"purpose": "REPORT"}).status_code == 404
    assert stranger.post(address(world, "correction_paper")).status_code == 404
