"""An edition on screen: every cell as it is stored, what it rests on, its history."""

import html
import re

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from households.choices import Role
from households.models import User
from reports.choices import FigureStatus
from reports.contents import canonical
from reports.contents.frame import printed
from reports.models import Edition
from reports.services import public_patterns
from reports.views.reports.edition import has_public
from tests.factories import reviews, users
from tests.reports.services.made import Reporting
from tests.reports.views.reports.test_catalogue import client_of

pytestmark = pytest.mark.django_db


def page(user: User, edition: Edition, query: str = "") -> str:
    answer = client_of(user).get(reverse("reports:edition", args=[edition.pk]) + query)
    assert answer.status_code == 200
    found: str = answer.content.decode()
    return found


def cells_of(text: str) -> list[str]:
    (body,) = re.findall(r'<table class="report.*?</table>', text, re.S)
    found = re.findall(r'<td class="(?:number)?(?: changed)?"[^>]*>([^<]*)', body)
    return [html.unescape(one) for one in found]


@pytest.mark.parametrize("report", [f"T{number}" for number in range(1, 16)])
def test_every_cell_stands_as_it_is_stored(made: Reporting, report: str) -> None:
    edition = made.made(report)
    text = page(made.department, edition)
    sheets = canonical.unpack(bytes(edition.content)).sheets
    ((sheet, told),) = [(sheet, list(lines)) for sheet, lines in sheets]
    stored = [
        printed(value, column, line.reasons)
        for line in told
        for value, column in zip(line.cells, sheet.columns, strict=True)
    ]
    assert cells_of(text) == stored
    for column in sheet.columns:
        assert html.escape(column.path[-1]) in text
    assert "Checked just now: whole" in text
    assert edition.sha256 in text


def test_the_head_says_whether_it_is_signed_and_what_does_not_fit(made: Reporting) -> None:
    edition = made.made("T1")
    text = page(made.department, edition)
    assert "Official, edition 1, not signed</h1>" in text
    assert reverse("reports:edition_sign", args=[edition.pk]) in text
    assert "A commune&#x27;s reports are signed by its chair" in page(
        made.department, made.made("T1", made.world.a)
    )


def test_communes_are_folded_under_their_district_until_opened(made: Reporting) -> None:
    edition = made.made("T1")
    near = made.world.near.pk
    assert f'id="under-{near}" hidden' in page(made.department, edition)
    assert f'id="under-{near}">' in page(made.department, edition, f"?opened={near}")


def test_earlier_editions_are_compared_from_here(made: Reporting) -> None:
    early = made.made("T1", status=FigureStatus.PRELIMINARY)
    late = made.made("T1")
    address = reverse("reports:edition_compare", args=[late.pk, early.pk])
    assert address in page(made.department, late)
    assert address in page(made.department, early)


def test_names_only_for_who_may_and_other_areas_do_not_exist(made: Reporting) -> None:
    world = made.world
    names, table = made.made("T15", world.a), made.made("T1", world.a)
    inspector = users.user("thanh_tra", Role.INSPECTOR, world.province)
    assert "Nông" in page(made.officer, names)
    client = client_of(inspector)
    assert client.get(reverse("reports:edition", args=[names.pk])).status_code == 403
    assert client.get(reverse("reports:edition", args=[table.pk])).status_code == 200
    other = users.user("can_bo_ben", Role.COMMUNE_OFFICER, world.b)
    for one in (names, table):
        address = reverse("reports:edition", args=[one.pk])
        assert client_of(other).get(address).status_code == 404


def test_sheets_and_pages_that_are_not_there(made: Reporting) -> None:
    client, edition = client_of(made.department), made.made("T1")
    address = reverse("reports:edition", args=[edition.pk])
    assert client.get(f"{address}?sheet=7").status_code == 404
    assert client.get(f"{address}?sheet=x&page=x&version=x").status_code == 200


def test_a_page_needs_few_queries(
    made: Reporting, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    edition, client = made.made("T2"), client_of(made.department)
    address = reverse("reports:edition", args=[edition.pk])
    client.get(address)
    with django_assert_num_queries(6):
        client.get(address)


def test_the_public_version_leaves_small_numbers_out(made: Reporting) -> None:
    edition = made.made("T1")
    client = client_of(made.department)
    address = reverse("reports:edition", args=[edition.pk])
    answer = client.get(f"{address}?version=public", follow=True)
    assert "worked out when a file of it is first taken" in answer.content.decode()
    public_patterns.weigh(edition=edition)
    text = page(made.department, edition, "?version=public")
    assert "…" in cells_of(text)
    assert "…" not in cells_of(page(made.department, edition))
    names = made.made("T15")
    assert "small numbers left out" not in page(made.department, names, "?version=public")


def test_a_trial_is_not_offered_for_everybody(made: Reporting) -> None:
    edition = made.made("T1")
    assert "version=public" in page(made.department, edition)
    opening = reviews.with_trial(edition.round)
    edition.standard = opening
    assert not has_public(edition)
