"""Programmes with their grounds of a day."""

import pytest

from households.choices.api import ApiScope
from households.services.system_user import system_user
from programs.models import Programme, ProgrammeTerms
from programs.services import programmes
from tests.factories import api, areas

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


def test_programmes_tell_their_grounds_and_what_nobody_vouched_for() -> None:
    programmes.load(by=system_user())
    province = areas.province()
    asker = api.asker(province, ApiScope.AGGREGATES)
    told = asker.get(f"{api.API}programmes/?on=2024-10-15").json()
    assert [one["code"] for one in told] == list(
        Programme.objects.order_by("pk").values_list("code", flat=True)
    )
    grounds = [ground for one in told for ground in one["grounds"]]
    assert grounds
    assert {one["is_confirmed"] for one in grounds} <= {True, False}
    before = asker.get(f"{api.API}programmes/?on=1999-01-01").json()
    assert not any(one["grounds"] for one in before)


def test_another_provinces_own_ground_is_not_told() -> None:
    programmes.load(by=system_user())
    other = areas.province("04", "Tỉnh Khác")
    term = ProgrammeTerms.objects.filter(valid_to__isnull=True).earliest("pk")
    term.pk, term.owner, term.ground = None, other, "cua_tinh_khac"
    term._state.adding = True
    term.save()
    address = f"{api.API}programmes/"
    own = api.asker(areas.province(), ApiScope.AGGREGATES).get(address).content.decode()
    assert "cua_tinh_khac" not in own
    theirs = api.asker(other, ApiScope.AGGREGATES, name="Khác").get(address).content.decode()
    assert "cua_tinh_khac" in theirs
