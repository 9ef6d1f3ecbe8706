"""What the start page says of the lists of a commune that was made of others."""

import datetime as dt

import pytest
from django.urls import reverse

from households.choices import Role
from households.errors import Invalid
from households.models import Area
from households.services import complete_lists
from tests.factories import areas, families, reviews, users
from tests.programs.views.test_programmes import client_of
from tests.programs.views.test_starting import in_2026, page_of, province, shown, standings

__all__ = ["in_2026", "province"]


def test_of_a_merged_commune_the_lists_of_each_former_one_are_told(province: Area) -> None:
    formers = [areas.commune(province, code=f"0186{n}", name=f"Xã Cũ {n}") for n in (5, 6)]
    made = areas.merged(*formers, parent=province, code="01867")
    client = client_of(users.user("new", Role.COMMUNE_OFFICER, made))
    assert standings(client, made)["earlier"] == "optional"
    page = shown(client, page_of(made))
    assert "The commune is there since 01/07/2025" in page
    assert "Xã Cũ 5: none; Xã Cũ 6: none" in page
    assert f"?commune={formers[0].pk}" in page
    # The form offers each of them, and the one that the line was about is chosen.
    asked = shown(client, f"{reverse('households:take_over_list')}?commune={formers[1].pk}")
    assert f'<option value="{formers[1].pk}" selected>Xã Cũ 6 (01866, until 30/06/2025)' in asked


def test_complete_is_what_every_former_commune_has(province: Area) -> None:
    formers = [areas.commune(province, code=f"0186{n}", name=f"Xã Cũ {n}") for n in (5, 6)]
    made = areas.merged(*formers, parent=province, code="01867")
    officer = users.user("new", Role.COMMUNE_OFFICER, made)
    std, first = reviews.standard(), reviews.periodic(province, 2023, reviews.standard())
    last = reviews.periodic(province, 2024, std)
    for commune, round in ((formers[0], first), (formers[0], last), (formers[1], last)):
        families.decided(commune, round, std, officer, since=dt.date(round.year + 1, 1, 1))
    with pytest.raises(Invalid, match=r"2023 \(Xã Cũ 6\)"):
        complete_lists.declare(commune=made, year=2023, by=officer)
    complete_lists.declare(commune=made, year=2024, by=officer)
