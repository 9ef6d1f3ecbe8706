"""The register of certificates, their papers, confirmations and the announcement."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from households.choices import Role
from households.models import AuditEvent, Certificate, Household, StatusConfirmation, User
from tests.factories import people, reviews, users
from tests.households.conftest import World
from tests.security.answers import text_of

LogIn = Callable[[User], Client]
SIGNED = {"issued_on": "15/10/2024", "signed_by": "Hoàng Văn Chủ", "signer_title": "CHAIR"}
NUMBER = "006080123456"


@pytest.fixture
def home(world: World) -> Household:
    head = people.person("Lường Thị Ngẫu", personal_id=NUMBER)
    found = people.household(world.village, head)
    reviews.listed(world.round, world.commune, world.officer, found)
    return found


def register(world: World) -> str:
    return reverse("households:certificate_register", args=[world.commune.pk])


def words(answer: object) -> str:
    return " ".join(text_of(answer).split())  # type: ignore[arg-type]


def test_issued_handed_over_and_found_again(
    world: World, home: Household, logged_in: LogIn
) -> None:
    client, page = logged_in(world.officer), register(world)
    assert "1 listed household has no certificate" in client.get(page).content.decode()
    assert client.post(page, {"act": "issue", **SIGNED, "signed_by": ""}).status_code == 422
    assert client.post(page, {"act": "issue", **SIGNED}).status_code == 302
    found = Certificate.objects.get()
    given = {"act": "hand_over", "certificate": [found.pk], "handed_over_on": "15/10/2024"}
    assert client.post(page, given).status_code == 302
    found.refresh_from_db()
    assert found.handed_to == "Lường Thị Ngẫu"
    for query, number in (("q=luong", 1), ("q=1", 1), ("q=khac", 0), ("state=HERE", 0)):
        assert client.get(f"{page}?{query}").context["page"].paginator.count == number
    assert found.number in client.get(f"/households/{home.pk}/").content.decode()


def test_others_read_the_register_and_issue_nothing(
    world: World, home: Household, logged_in: LogIn
) -> None:
    chair = logged_in(users.user("chair", Role.COMMUNE_CHAIR, world.commune))
    assert chair.get(register(world)).status_code == 200
    assert chair.post(register(world), {"act": "issue", **SIGNED}).status_code == 403
    stranger = logged_in(users.user("stranger", Role.COMMUNE_OFFICER, world.other_commune))
    assert stranger.get(register(world)).status_code == 404
    assert not Certificate.objects.exists()


def test_the_papers_name_the_family_and_no_number_of_a_person(
    world: World, home: Household, logged_in: LogIn
) -> None:
    client = logged_in(world.officer)
    client.post(register(world), {"act": "issue", **SIGNED})
    pile = reverse("households:certificate_pile", args=[world.commune.pk])
    text = words(client.post(pile, {"purpose": "REPORT"}))
    said = ("GIẤY CHỨNG NHẬN HỘ NGHÈO", "LƯỜNG THỊ NGẪU", "0001/2024/GCN-HN.HCN", "01/01/2024")
    for one in said:
        assert one in text
    assert NUMBER not in text
    assert AuditEvent.objects.filter(verb="paper.print").count() == 1
    sign = reverse("households:hand_over_list", args=[world.commune.pk])
    assert "Lường Thị Ngẫu" in words(client.post(sign, {"purpose": "REPORT"}))


def test_a_status_is_confirmed_in_two_clicks(
    world: World, home: Household, logged_in: LogIn
) -> None:
    client = logged_in(world.officer)
    page = reverse("households:status_confirmation_new", args=[home.pk])
    assert "Poor household" in client.get(page).content.decode()
    person = home.memberships.get().person_id
    given = {"on_day": "15/10/2024", "purpose": "SCHOOL", "person": str(person)}
    answer = client.post(page, given, follow=True)
    text = words(answer)
    for one in ("GIẤY XÁC NHẬN", "LƯỜNG THỊ NGẪU", "là hộ nghèo", "15/10/2024", "đi học"):
        assert one in text
    assert StatusConfirmation.objects.get().person_id == person
    listed = reverse("households:status_confirmations", args=[world.commune.pk])
    assert "0001/2024/XN-UBND" in client.get(listed).content.decode()


def test_a_confirmation_is_signed_by_the_chair_or_his_deputy_for_him(
    world: World, home: Household, logged_in: LogIn
) -> None:
    client = logged_in(world.officer)
    page = reverse("households:status_confirmation_new", args=[home.pk])
    given = {"on_day": "15/10/2024", "purpose": "SCHOOL", "signer_title": "DEPUTY_FOR_CHAIR"}
    deputy = "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH"
    assert deputy in words(client.post(page, given, follow=True))
    paper = reverse("households:status_confirmation", args=[StatusConfirmation.objects.get().pk])
    assert "KT." not in words(client.get(paper))
    listed = reverse("households:status_confirmations", args=[world.commune.pk])
    shown = client.get(listed, {"signer": "DEPUTY_FOR_CHAIR"}).content.decode()
    assert f"{paper}?signer=DEPUTY_FOR_CHAIR" in shown
    assert deputy in words(client.get(paper, {"signer": "DEPUTY_FOR_CHAIR"}))


def test_after_the_decision_villages_are_told_numbers_and_hang_out_names(
    world: World, home: Household, logged_in: LogIn
) -> None:
    client = logged_in(world.officer)
    page = client.get(reverse("households:announce", args=[world.round.pk, world.commune.pk]))
    text = page.content.decode()
    assert "1 hộ nghèo" in text
    assert "Lường Thị Ngẫu" not in text
    hung = reverse("households:announced_list", args=[world.round.pk, world.village.pk])
    paper = words(client.post(hung, {"purpose": "POSTING"}))
    assert "Lường Thị Ngẫu" in paper
    for kept in (NUMBER, "1980", world.officer.username):
        assert kept not in paper
    elsewhere = reverse("households:announce", args=[world.round.pk, world.other_commune.pk])
    assert client.get(elsewhere).status_code == 404
