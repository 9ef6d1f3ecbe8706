"""The page of an order: how far it is, giving up, making again."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from households.choices import Role
from reports.choices import FigureStatus, OrderWhat, PartState
from reports.contents import canonical
from reports.models import ReportOrder
from reports.services import orders
from tests.factories import users
from tests.reports.services.made import Reporting
from tests.reports.services.ordering import under_two_standards
from tests.reports.views.reports.test_catalogue import client_of

pytestmark = pytest.mark.django_db


def ordered(made: Reporting, **more: Any) -> ReportOrder:
    told = {
        "what": OrderWhat.SET, "area": made.world.a, "round": made.world.rounds[2023],
        "status": FigureStatus.OFFICIAL, "reports": ["T1", "T15"], "by": made.officer,
    }  # fmt: skip
    return orders.order(**(told | more))


def url(order: ReportOrder, name: str = "report_order") -> str:
    return reverse(f"reports:{name}", args=[order.uuid])


def text(client: Client, address: str, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    found: str = answer.content.decode()
    return found


def test_it_says_what_is_done_and_asks_again_until_it_is_over(made: Reporting) -> None:
    order = ordered(made)
    client = client_of(made.officer)
    page = text(client, url(order))
    assert "0 of 2 reports made" in page
    assert "Waiting for its turn." in page
    assert 'hx-trigger="every 3s"' in page
    order.parts.filter(report="T1").update(state=PartState.MAKING)
    assert "Being made now:" in text(client, url(order))
    orders.make_area(order_id=order.pk, area_id=made.world.a.pk)
    page = text(client, url(order))
    assert "All 2 reports are made" in page
    assert "hx-get" not in page
    for edition in order.parts.values_list("edition", flat=True):
        assert reverse("reports:edition", args=[edition]) in page


def test_asked_by_htmx_only_the_part_that_changes_is_given(made: Reporting) -> None:
    page = text(client_of(made.officer), url(ordered(made)), **{"HX-Request": "true"})
    assert page.strip().startswith('<div id="order"')
    assert 'hx-swap-oob="innerHTML:#order-said"' in page


def test_what_failed_says_why_and_is_made_again(made: Reporting) -> None:
    order = ordered(made, reports=["T1"])
    client = client_of(made.officer)
    order.parts.update(state=PartState.FAILED, failure="Vì một lý do.")
    orders.make_area(order_id=order.pk, area_id=made.world.a.pk)
    page = text(client, url(order))
    assert "0 of 1 reports are made; what is missing" in page
    assert "Vì một lý do." in page
    answer = client.post(url(order, "order_retry"), follow=True)
    assert "1 report is made again." in answer.content.decode()
    orders.make_area(order_id=order.pk, area_id=made.world.a.pk)
    assert order.parts.get().state == PartState.MADE
    answer = client.post(url(order, "order_retry"), follow=True)
    assert "Nothing of these reports is missing." in answer.content.decode()


def test_it_is_given_up_once(made: Reporting) -> None:
    order = ordered(made)
    client = client_of(made.officer)
    assert "Give up the rest" in text(client, url(order))
    page = client.post(url(order, "order_cancel"), follow=True).content.decode()
    assert "Given up by" in page
    assert "Make what is missing" in page
    page = client.post(url(order, "order_cancel"), follow=True).content.decode()
    assert "These reports are made already." in page


def test_of_many_areas_one_is_opened_at_a_time(
    made: Reporting, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    order = ordered(made, what=OrderWhat.YEAR, area=made.world.province, by=made.department)
    client = client_of(made.department)
    page = text(client, url(order))
    assert page.count("Its reports</a>") == 6
    assert "Result of the review" not in page
    with django_assert_num_queries(8):
        page = text(client, f"{url(order)}?opened={made.world.b.pk}")
    assert page.count("Its reports</a>") == 5
    assert "Result of the review" in page


def test_orders_of_another_area_do_not_exist_and_inspectors_only_look(made: Reporting) -> None:
    order = ordered(made, area=made.world.b, by=made.department, reports=["T15"])
    orders.make_area(order_id=order.pk, area_id=made.world.b.pk)
    officer = client_of(made.officer)
    for name in ("report_order", "order_cancel", "order_retry", "order_files"):
        method = officer.get if name == "report_order" else officer.post
        assert method(url(order, name)).status_code == 404, name
    inspector = client_of(users.user("thanh_tra", Role.INSPECTOR, made.world.province))
    page = text(inspector, url(order))
    edition = order.parts.get().edition_id
    assert reverse("reports:edition", args=[edition]) not in page
    assert inspector.post(url(order, "order_cancel")).status_code == 403
    assert inspector.post(url(order, "order_retry")).status_code == 403


def test_a_round_under_two_standards_has_a_set_under_each(made: Reporting) -> None:
    closing = under_two_standards(made)
    order = ordered(made, reports=["T1"], status=FigureStatus.PRELIMINARY)
    orders.make_area(order_id=order.pk, area_id=made.world.a.pk)
    first, second = (part.edition for part in order.parts.order_by("position"))
    assert first
    assert second
    assert (first.standard, second.standard) == (closing, made.world.standard)
    heads = [canonical.head_of(bytes(one.content)) for one in (first, second)]
    assert [one.standard for one in heads] == ["std_2016", "std_2022"]
    client = client_of(made.officer)
    page = text(client, url(order))
    assert page.count("2016–2021") == page.count("2022–2026") == 1
    letter = text(client, url(order, "order_letter"))
    for name in (closing.name_vi, made.world.standard.name_vi):
        assert f"<b>{name}:</b>" in letter
    shelf = f"{reverse('reports:report_list')}?area={made.world.a.pk}&round=2023&status=preliminary"
    for edition, years in ((first, "2016–2021"), (second, "2022–2026")):
        page = text(client, f"{shelf}&standard={edition.standard.code}")
        assert f"standard {years}" in page
        assert reverse("reports:edition", args=[edition.pk]) in page
        assert f"standard {years}" in text(client, reverse("reports:edition", args=[edition.pk]))
    packed = client.post(url(order, "order_files"), {"form": "xlsx"})
    held = ZipFile(BytesIO(b"".join(packed.streaming_content)))  # type: ignore[attr-defined]
    assert sum("std_2016" in one for one in held.namelist()) == 1
    assert len(held.namelist()) == 2


def test_what_failed_for_one_reason_is_told_once_with_its_standard(made: Reporting) -> None:
    """The list is decided under the opening standard alone."""
    closing = under_two_standards(made)
    order = ordered(made, reports=["T1", "T2"])
    orders.make_area(order_id=order.pk, area_id=made.world.a.pk)
    assert list(order.parts.order_by("position").values_list("state", flat=True)) == [
        "FAILED", "FAILED", "MADE", "MADE",
    ]  # fmt: skip
    page = text(client_of(made.officer), url(order))
    failed = page.split('id="failed"')[1].split("</section>")[0]
    assert failed.count("<li>") == 1
    assert f"<b>T1, T2, {made.world.a.name} <span" in failed
    assert "2016–2021" in failed
    assert closing.name_vi in failed
