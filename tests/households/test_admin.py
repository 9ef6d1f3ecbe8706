"""Look-up pages: for administrators, read-only, and without families."""

from types import SimpleNamespace

import pytest
from django.contrib import admin
from django.test import Client

from households.choices import Role
from households.models import AuditEvent, Household, Person, Survey
from households.services import audit
from tests.factories import areas, users

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db: None) -> SimpleNamespace:
    province = areas.province()
    return SimpleNamespace(
        administrator=users.user("quantri", Role.ADMINISTRATOR, province),
        officer=users.user("canbo", Role.COMMUNE_OFFICER, areas.commune(province)),
    )


def test_an_administrator_looks_up_areas_and_acts(people: SimpleNamespace, client: Client) -> None:
    with audit.act(by=people.administrator, verb="test.act"):
        pass
    client.force_login(people.administrator)
    for page in ("area", "auditevent", "assignment", "ethnicgroup", "listentry", "povertystandard"):
        assert client.get(f"/admin/households/{page}/").status_code == 200, page
    act = AuditEvent.objects.get()
    assert client.get(f"/admin/households/auditevent/{act.pk}/change/").status_code == 200
    chosen = {f"actresource_{name}": "on" for name in ("at", "by__username", "verb")}
    exported = client.post(
        "/admin/households/auditevent/export/", {"format": "0", "resource": "0", **chosen}
    )
    assert exported["Content-Type"] == "text/csv"
    assert "test.act" in exported.content.decode()


def test_others_are_sent_to_log_in_and_nothing_can_be_written(
    people: SimpleNamespace, client: Client
) -> None:
    people.officer.is_staff = True
    people.officer.save()
    client.force_login(people.officer)
    assert client.get("/admin/households/area/").status_code == 302
    client.force_login(people.administrator)
    assert client.get("/admin/households/area/add/").status_code == 403


def test_no_family_stands_in_the_administration() -> None:
    registered = set(admin.site._registry)
    assert not registered & {Household, Person, Survey}
