"""Officers add the villages that the map does not have."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from households.choices import AreaLevel, Role
from households.models import Area, AuditEvent
from tests.factories import areas, users

pytestmark = pytest.mark.django_db
NEW = reverse("households:village_new")


@pytest.fixture
def place(db: None) -> SimpleNamespace:
    commune = areas.commune(areas.province())
    other = areas.commune(commune.parent, "02011", "Xã Khác")
    officer = users.user("canbo", Role.COMMUNE_OFFICER, commune)
    return SimpleNamespace(commune=commune, other=other, officer=officer)


def test_an_officer_adds_a_village_and_it_is_offered_for_new_households(
    place: SimpleNamespace, client: Client
) -> None:
    client.force_login(place.officer)
    page = client.get(NEW)
    assert page.context["form"].initial["commune"] == place.commune.pk
    sent = {"commune": place.commune.pk, "name": "Thôn Mới", "settlement": "URBAN"}
    assert client.post(NEW, sent).status_code == 302
    village = Area.objects.get(level=AreaLevel.VILLAGE)
    assert (village.name, village.parent) == ("Thôn Mới", place.commune)
    assert village.traits.get().value == "URBAN"
    assert AuditEvent.objects.filter(by=place.officer).exists()
    offered = client.get(reverse("households:household_new")).content.decode()
    assert "Thôn Mới" in offered
    assert NEW in offered


def test_a_village_of_another_commune_cannot_be_added(
    place: SimpleNamespace, client: Client
) -> None:
    client.force_login(place.officer)
    assert client.post(NEW, {"commune": place.other.pk, "name": "Thôn Lạ"}).status_code == 422
    assert not Area.objects.filter(level=AreaLevel.VILLAGE).exists()


def test_who_does_not_keep_the_map_is_refused(place: SimpleNamespace, client: Client) -> None:
    client.force_login(users.user("chutich", Role.COMMUNE_CHAIR, place.commune))
    assert client.get(NEW).status_code == 403


def test_a_name_that_is_there_is_told_at_the_field(place: SimpleNamespace, client: Client) -> None:
    areas.village(place.commune, "Thôn Hoà Bình")
    client.force_login(place.officer)
    answer = client.post(NEW, {"commune": place.commune.pk, "name": "thôn Hòa Bình"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["name"]
    assert Area.objects.filter(level=AreaLevel.VILLAGE).count() == 1
