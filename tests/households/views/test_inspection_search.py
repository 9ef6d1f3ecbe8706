"""An inspector finds a family by name; who was shown is recorded, and no other area is."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from households.choices import Role
from households.models import AuditEvent, Inspection, User
from households.views import inspection_search
from tests.factories import areas, people, reviews, users
from tests.households.conftest import World
from tests.households.views.test_inspection_papers import opened

LogIn = Callable[[User], Client]


@pytest.fixture
def inspector(world: World) -> User:
    return users.user("inspector", Role.INSPECTOR, world.commune)


@pytest.fixture
def inspection(world: World, inspector: User) -> Inspection:
    return opened(world, inspector)


def page_of(inspection: Inspection) -> str:
    return reverse("households:inspection_search", args=[inspection.pk])


def test_a_family_is_found_by_any_members_name(
    world: World, inspector: User, inspection: Inspection, logged_in: LogIn
) -> None:
    members = [reviews.adult("Hoàng Văn Páo"), reviews.adult("Triệu Thị Lả", "spouse", sex="F")]
    here = reviews.surveyed(world.round, world.village, world.officer, members=members)
    reviews.surveyed(world.round, world.village, world.officer, members=[reviews.adult("Lý A Sử")])
    client = logged_in(inspector)
    page = client.post(page_of(inspection), {"words": "trieu la"}).content.decode()
    assert here.household.code in page
    assert "Hoàng Văn Páo" in page
    assert "Lý A Sử" not in page
    look = AuditEvent.objects.get(verb="inspection.look")
    assert look.details == {"what": "names", "households": [here.household_id]}
    assert look.household_id == here.household_id
    file = reverse("programs:inspection_dossier", args=[inspection.pk])
    assert client.post(file, {"household": here.household.code}).content.startswith(b"%PDF")


@pytest.mark.parametrize("words", ["Lường", "", "  "])
def test_nobody_of_another_area_and_nobody_for_no_words(
    world: World, inspector: User, inspection: Inspection, logged_in: LogIn, words: str
) -> None:
    district = world.commune.parent
    assert district is not None
    elsewhere = areas.village(areas.commune(district, code="09999"))
    people.household(elsewhere, people.person("Lường Thị Xa"))
    answer = logged_in(inspector).post(page_of(inspection), {"words": words}, follow=True)
    assert "No family of the inspected area and years" in answer.content.decode()
    assert not AuditEvent.objects.filter(verb="inspection.look").exists()


def test_many_are_told_and_not_listed(
    world: World,
    inspector: User,
    inspection: Inspection,
    logged_in: LogIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(inspection_search, "MOST_SHOWN", 2)
    for name in "ABC":
        members = [reviews.adult(f"Lý Văn {name}")]
        reviews.surveyed(world.round, world.village, world.officer, members=members)
    page = logged_in(inspector).post(page_of(inspection), {"words": "lý văn"}).content.decode()
    assert "More than 2 families match" in page
    assert "Lý Văn C" not in page
    assert len(AuditEvent.objects.get(verb="inspection.look").details["households"]) == 2
