"""The page of a correcting decision."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from households.choices import CommuneState, InstallationKind, Role
from households.models import CommuneReview, Household, Installation, StatusPeriod, User
from tests.factories import people, procedure, reviews, users
from tests.households.conftest import World

LogIn = Callable[[User], Client]
pytestmark = pytest.mark.usefixtures("paper_folder")
PAPER = {
    "number": "20/QĐ-UBND", "decided_on": "15/10/2024", "decided_by": "Hoàng Văn Chủ",
    "signer_title": "CHAIR", "reason": "Nhập nhầm phiếu",
}  # fmt: skip


@pytest.fixture
def poor(world: World) -> Household:
    Installation.objects.create(pk=1, kind=InstallationKind.DEMO)
    CommuneReview.objects.create(
        round=world.round, commune=world.commune, state=CommuneState.RECOGNISED
    )
    found = people.household(world.village, people.person("Lường Ghi Sai"))
    reviews.listed(world.round, world.commune, world.officer, found)
    return found


def page(world: World) -> str:
    return reverse("households:correction", args=[world.round.pk, world.commune.pk])


def test_found_chosen_and_corrected(world: World, poor: Household, logged_in: LogIn) -> None:
    client = logged_in(world.officer)
    found = client.get(page(world), {"q": "luong ghi"}).content.decode()
    assert f"household={poor.pk}" in found
    chosen = f"{page(world)}?household={poor.pk}"
    assert "decision 1/QĐ" in client.get(chosen).content.decode()
    scan = SimpleUploadedFile("a.jpg", procedure.pages()[0], content_type="image/jpeg")
    assert client.post(chosen, {**PAPER, f"class_{poor.pk}": "NONE"}).status_code == 422
    answer = client.post(chosen, {**PAPER, f"class_{poor.pk}": "NONE", "pages": scan})
    assert answer.status_code == 302
    assert StatusPeriod.objects.get().valid_to is not None
    shown = client.get(answer["Location"]).content.decode()
    assert "20/QĐ-UBND" in shown
    household = client.get(f"/households/{poor.pk}/").content.decode()
    assert "Other decrease" in household


def test_only_who_decides_opens_it(world: World, poor: Household, logged_in: LogIn) -> None:
    front = logged_in(users.user("front", Role.FATHERLAND_FRONT, world.commune))
    assert front.get(page(world)).status_code == 403
    stranger = logged_in(users.user("stranger", Role.COMMUNE_OFFICER, world.other_commune))
    assert stranger.get(page(world)).status_code == 404
