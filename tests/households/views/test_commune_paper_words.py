"""The commune's report and letter say what is recorded, and plainly what is not yet."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from households.choices import ComplaintKind
from households.models import Area, CommuneReview, User
from households.services import commune_steps, complaints, decision_drafts, village_steps
from households.views import commune_paper_words
from tests.factories import areas, people, procedure, reviews
from tests.factories.procedure import act, meeting
from tests.households.conftest import World
from tests.security.answers import text_of

LogIn = Callable[[User], Client]
pytestmark = pytest.mark.usefixtures("paper_folder")


def told(world: World, signer: str = "") -> dict[str, object]:
    commune_steps.begun(round=world.round, commune=world.commune)
    way = CommuneReview.objects.select_related("round__province", "commune").get()
    commune = Area.objects.get(pk=world.commune.pk)
    drafted = decision_drafts.draft(way)
    return commune_paper_words.report_data(world.round, commune, drafted, "", signer)


def process(world: World) -> str:
    return " ".join(told(world)["process"])  # type: ignore[arg-type]


def test_nothing_is_told_that_did_not_happen(world: World) -> None:
    waiting = people.household(world.village, people.person("Người Chờ"))
    reviews.listed(world.round, world.commune, world.officer, waiting)
    said = process(world)
    assert "chưa thôn nào rà soát xong, chưa thôn nào họp dân" in said
    assert "Đã rà soát 0/1 hộ, còn 1 hộ chưa rà soát xong." in said
    assert "Chưa xong: Thôn Một (chưa rà soát xong)." in said
    assert "Số liệu dưới đây là số liệu tạm tính." in said
    assert "Chưa nhận ý kiến, phản ánh, khiếu nại nào." in said
    data = told(world)
    assert "họp dân và niêm yết công khai tại" not in str(data["basis"])
    assert "chưa thôn nào họp dân" in str(data["progress"])
    assert "biên bản" not in str(data["enclosed"])
    assert data["parts"][0]["rows"][0]["met"] == "chưa"  # type: ignore[index]


def test_villages_are_counted_by_what_they_have_done(world: World) -> None:
    second = areas.village(world.commune, name="Thôn Ba")
    for village in (world.village, second):
        reviews.surveyed(world.round, village, world.officer)
    way = village_steps.begun(round=world.round, village=world.village)
    village_steps.finish_survey(way=way, act=act(10, 1), by=world.officer)
    village_steps.record_meeting(way=way, meeting=meeting(), act=act(10, 2), by=world.officer)
    said = process(world)
    assert (
        "Có 2 thôn có hộ rà soát: 1 thôn đã rà soát xong, 1 thôn đã họp dân, chưa thôn nào niêm yết"
        in said
    )
    assert "Thôn Ba (chưa rà soát xong)" in said
    assert "Thôn Một (chưa niêm yết)" in said
    data = told(world)
    assert "biên bản họp thôn (1 thôn)" in str(data["enclosed"])
    village_steps.survey_again(way=way, act=act(10, 3, note="Sai phiếu"), by=world.officer)
    assert "chưa thôn nào họp dân" in process(world)


def test_where_all_is_done_the_letter_rests_on_all_steps(world: World) -> None:
    reviews.surveyed(world.round, world.village, world.officer)
    procedure.closed_village(world.round, world.village, world.officer)
    data = told(world)
    assert data["basis"] == (
        "Căn cứ kết quả rà soát, họp dân và niêm yết công khai tại 1 thôn của Xã Thử,"
    )
    assert "tạm tính" not in process(world)
    assert "biên bản kết thúc niêm yết (1 thôn)" in str(data["enclosed"])


def test_remarks_are_counted_and_a_denunciation_is_not(world: World) -> None:
    reviews.surveyed(world.round, world.village, world.officer)
    for kind in (ComplaintKind.OPINION, ComplaintKind.DENUNCIATION):
        heard = complaints.Heard(kind, dt.date(2024, 10, 4), "Người Gửi", "Nội dung")
        complaints.receive(round=world.round, village=world.village, heard=heard, by=world.officer)
    assert "Nhận 1 ý kiến, phản ánh, khiếu nại; còn 1 đang giải quyết." in process(world)


def test_the_district_is_named_with_its_kind_and_its_chair_or_his_deputy_signs(
    world: World, logged_in: LogIn
) -> None:
    reviews.surveyed(world.round, world.village, world.officer)
    Area.objects.filter(pk=world.commune.parent_id).update(name="Pác Nặm")
    data = told(world, "DEPUTY_FOR_CHAIR")
    assert data["addressee"] == "Chủ tịch Ủy ban nhân dân huyện Pác Nặm"
    assert "Chủ tịch Ủy ban nhân dân huyện Pác Nặm cho ý kiến" in str(data["proposal"])
    assert data["signer"] == "KT. Chủ tịch\nPhó Chủ tịch"
    report = reverse("households:report_paper", args=[world.round.pk, world.commune.pk])
    page = logged_in(world.officer).get(report, {"signer": "DEPUTY_FOR_CHAIR"})
    assert "KT. CHỦ TỊCH PHÓ CHỦ TỊCH" in " ".join(text_of(page).split())  # type: ignore[arg-type]
    odd = logged_in(world.officer).get(report, {"signer": "KING"})
    assert "KT." not in text_of(odd)  # type: ignore[arg-type]
    ways = reverse("households:commune_way", args=[world.round.pk, world.commune.pk])
    assert 'name="signer"' in logged_in(world.officer).get(ways).content.decode()


def test_without_a_district_the_steering_committee_reports_to_the_chair(
    world: World, settings: Settings, logged_in: LogIn
) -> None:
    reviews.surveyed(world.round, world.village, world.officer)
    Area.objects.filter(pk=world.commune.parent_id).update(valid_to=dt.date(2024, 10, 1))
    data = told(world)
    assert data["addressee"] == "Chủ tịch Ủy ban nhân dân Xã Thử"
    assert data["signer"] == "Trưởng ban"
    assert "huyện" not in str(data)
    ways = reverse("households:commune_way", args=[world.round.pk, world.commune.pk])
    assert 'name="signer"' not in logged_in(world.officer).get(ways).content.decode()
