"""Registering a system that enters reviews, as the department does it."""

import pytest
from django.test import Client
from django.urls import reverse

from households.choices import Role
from households.choices.api import ApiScope
from households.models import ApiClient
from tests.factories import areas, users

pytestmark = pytest.mark.django_db
LIST = "households:api_client_list"


def test_the_department_says_in_whose_name_a_system_enters() -> None:
    province = areas.province()
    commune = areas.commune(areas.district(province))
    other = areas.commune(commune.parent, "02005", "Xã Khác")
    officer = users.user("officer", Role.COMMUNE_OFFICER, commune)
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, other)
    reader = users.user("reader", Role.DISTRICT_READER, commune.parent)
    client = Client()
    client.force_login(users.user("so", Role.DEPARTMENT, province))
    page = client.get(reverse(LIST)).content.decode()
    assert str(officer) in page
    assert str(reader) not in page.split('name="acts_as"')[1].split("</select>")[0]
    given = {
        "name": "Phần mềm xã", "organisation": "UBND xã", "contact": "x", "area": commune.pk,
        "scopes": [ApiScope.REVIEWS.value], "agreement": "1/TT", "calls_per_minute": 60,
    }  # fmt: skip
    for acts_as in ("", stranger.pk, reader.pk):
        refused = client.post(reverse(LIST), given | {"acts_as": acts_as})
        assert refused.status_code == 422, acts_as
        assert not ApiClient.objects.exists()
    assert client.post(reverse(LIST), given | {"acts_as": officer.pk}).status_code == 302
    made = ApiClient.objects.get()
    assert made.acts_as == officer
    assert (
        str(officer)
        in client.get(reverse("households:api_client", args=[made.pk])).content.decode()
    )
