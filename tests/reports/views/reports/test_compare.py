"""Comparing two editions on screen: what differs is marked and leads to the households."""

import pytest
from django.urls import reverse

from households.choices import Role
from reports.choices import FigureStatus
from tests.factories import users
from tests.reports.services.test_comparing import pair
from tests.reports.views.reports.test_catalogue import client_of

pytestmark = pytest.mark.django_db


def test_cells_that_differ_are_marked_and_open_who_made_the_difference() -> None:
    made, first, second = pair("T1")
    client = client_of(made.department)
    address = reverse("reports:edition_compare", args=[second.pk, first.pk])
    text = client.get(address).content.decode()
    assert made.world.a.name in text
    assert made.world.c.name not in text  # nothing changed there
    assert made.world.c.name in client.get(f"{address}?all=1").content.decode()
    link = f"unit={made.world.a.pk}&amp;counted=&amp;column=poor_households"
    assert made.world.far.name not in text
    assert link in text
    assert ">+1</a>" in text


def test_households_are_not_linked_for_who_may_not_list_them() -> None:
    made, first, second = pair("T1")
    inspector = users.user("thanh_tra", Role.INSPECTOR, made.world.province)
    address = reverse("reports:edition_compare", args=[second.pk, first.pk])
    text = client_of(inspector).get(address).content.decode()
    assert ">+1</span>" in text
    assert "edition_changed" not in text
    assert "column=" not in text


def test_only_editions_of_one_report_are_compared() -> None:
    made, first, second = pair("T1")
    client = client_of(made.department)
    other = made.made("T3", status=FigureStatus.PRELIMINARY)
    for after, before in ((first.pk, first.pk), (other.pk, first.pk), (first.pk, 999_999)):
        address = reverse("reports:edition_compare", args=[after, before])
        assert client.get(address).status_code == 404
    officer = client_of(made.officer)  # of commune A, not of the province
    address = reverse("reports:edition_compare", args=[second.pk, first.pk])
    assert officer.get(address).status_code == 404


def test_lists_of_names_tell_who_came_and_who_is_gone() -> None:
    made, first, second = pair("T15", area=None)
    client = client_of(made.department)
    home = made.world.homes["new_home"]
    text = client.get(
        reverse("reports:edition_compare", args=[second.pk, first.pk])
    ).content.decode()
    assert "1 line is new" in text
    assert text.count("new line") == 1
    assert made.world.a1.name in text  # above him
    assert made.world.c.name not in text
    text = client.get(
        reverse("reports:edition_compare", args=[first.pk, second.pk])
    ).content.decode()
    assert "1 line is gone" in text
    assert reverse("households:household", args=[home.pk]) in text


def test_the_first_sheet_that_differs_is_opened() -> None:
    made, first, second = pair("BC")
    client = client_of(made.department)
    address = reverse("reports:edition_compare", args=[second.pk, first.pk])
    text = client.get(address).content.decode()
    assert f"sheet=0&amp;level=commune&amp;unit={made.world.a.pk}" in text
    assert "theo địa bàn năm 2023 (" in text  # how much of each sheet differs
    assert client.get(f"{address}?sheet=9").status_code == 404
