"""The page of an order: how far it is, giving up, making again."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from households.choices import Role
from reports.choices import FigureStatus, OrderWhat, PartState
from reports.models import ReportOrder
from reports.services import orders
from tests.factories import users
from tests.reports.services.made import Reporting
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
