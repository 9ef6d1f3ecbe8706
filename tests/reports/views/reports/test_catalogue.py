"""The catalogue: what is made of an area and round, for whom, and asking for more."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from households.choices import Role
from households.models import User
from reports.choices import OrderWhat, PartState
from reports.models import Edition, EditionFile, ReportOrder, ReportPart
from reports.services import orders
from tests.factories import areas, users
from tests.reports.services.made import Reporting

pytestmark = pytest.mark.django_db
LIST, ORDER = reverse("reports:report_list"), reverse("reports:order_new")


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def page(client: Client, **query: Any) -> str:
    answer = client.get(LIST, query)
    assert answer.status_code == 200
    found: str = answer.content.decode()
    return found


def test_every_report_is_there_and_says_what_was_made_of_it(made: Reporting) -> None:
    made.made("T1")
    text = page(client_of(made.department))
    offered = len(orders.offered_for(made.world.rounds[2023]))
    assert f"1 of {offered} reports are made here" in text
    assert "T1 Result of the review" in text
    assert "Official, edition 1" in text
    assert text.count("Not made yet.") == offered - 1
    assert made.world.near.name in text  # the first line of the small table


def test_names_are_offered_to_those_who_may_read_them_only(made: Reporting) -> None:
    made.made("T15")
    inspector = users.user("thanh_tra", Role.INSPECTOR, made.world.province)
    text = page(client_of(inspector))
    assert "Your role does not open household pages." in text
    assert "0 of " in text
    assert "Make it" not in text
    assert "Reports are made by the commune" in text
    assert "1 of " in page(client_of(made.department))


def test_another_area_a_strange_round_and_a_strange_standard_do_not_exist(made: Reporting) -> None:
    officer = client_of(made.officer)
    world = made.world
    assert made.world.b.name not in page(officer)
    for query in (
        {"area": world.b.pk}, {"area": world.province.pk}, {"area": "x"}, {"round": "1999"},
        {"standard": "none"},
    ):  # fmt: skip
        assert officer.get(LIST, query).status_code == 404, query


def test_who_reads_no_reports_is_refused(made: Reporting) -> None:
    reviewer = users.user("ra_soat", Role.REVIEWER, made.world.a)
    assert client_of(reviewer).get(LIST).status_code == 403


def test_without_a_round_the_page_leads_to_the_rounds() -> None:
    department = users.user("so_moi", Role.DEPARTMENT, areas.province())
    text = page(client_of(department))
    assert "There is no review round yet." in text
    assert reverse("households:round_list") in text


def test_the_page_needs_as_many_queries_for_many_editions(
    made: Reporting, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(made.department)
    page(client)
    made.made("T1")
    with django_assert_num_queries(14):
        page(client)
    for report in ("T2", "T3", "T4", "T5"):
        made.made(report)
    with django_assert_num_queries(14):
        page(client)


def test_a_set_is_ordered_and_made(made: Reporting) -> None:
    client = client_of(made.officer)
    answer = client.post(f"{ORDER}?area={made.world.a.pk}&round=2023", {"what": "SET"})
    order = ReportOrder.objects.get()
    orders.make_area(order_id=order.pk, area_id=made.world.a.pk)
    assert answer.headers["Location"] == reverse("reports:report_order", args=[order.uuid])
    assert order.what == OrderWhat.SET
    states = order.parts.values_list("state", flat=True)
    assert set(states) == {PartState.MADE}
    assert Edition.objects.count() == len(states)
    assert f"{len(states)} of {len(states)} reports are made here" in page(client)


def test_one_report_or_the_sets_of_all_areas_are_ordered(made: Reporting) -> None:
    client = client_of(made.department)
    client.post(f"{ORDER}?round=2023", {"report": "T3"})
    one = ReportOrder.objects.get()
    assert (one.what, one.reports) == (OrderWhat.ONE, ["T3"])
    text = page(client)
    assert "0 of 1 reports made" in text
    assert reverse("reports:report_order", args=[one.uuid]) in text
    client.post(f"{ORDER}?round=2023", {"what": "YEAR"})
    year = ReportOrder.objects.get(what=OrderWhat.YEAR)
    assert year.parts.values("area").distinct().count() == 6


def test_an_order_of_what_is_not_there_says_so(made: Reporting) -> None:
    client = client_of(made.department)
    answer = client.post(f"{ORDER}?round=2023", {"report": "T99"}, follow=True)
    assert "There is no report T99." in answer.content.decode()
    assert not ReportOrder.objects.exists()


def test_orders_of_other_areas_and_by_inspectors_are_refused(made: Reporting) -> None:
    world = made.world
    assert client_of(made.officer).post(f"{ORDER}?area={world.b.pk}").status_code == 404
    inspector = users.user("thanh_tra", Role.INSPECTOR, world.province)
    assert client_of(inspector).post(ORDER).status_code == 403
    assert not ReportOrder.objects.exists()


def test_files_that_are_ticked_are_ready_when_the_set_is_made(made: Reporting) -> None:
    client = client_of(made.officer)
    text = page(client)
    assert 'name="forms" value="xlsx" checked' in text
    asked = {"what": "SET", "forms": ["xlsx", "pdf", "exe"]}
    answer = client.post(f"{ORDER}?area={made.world.a.pk}&round=2023", asked, follow=True)
    assert "with files: Excel, PDF" in answer.content.decode()
    order = ReportOrder.objects.get()
    assert order.forms == ["xlsx", "pdf"]
    ReportPart.objects.exclude(report__in=["T1", "T2"]).delete()
    orders.make_area(order_id=order.pk, area_id=made.world.a.pk)
    ready = set(EditionFile.objects.values_list("pk", flat=True))
    assert len(ready) == 4
    for form in order.forms:
        packed = client.post(reverse("reports:order_files", args=[order.uuid]), {"form": form})
        assert b"".join(packed.streaming_content)  # type: ignore[attr-defined]
    assert set(EditionFile.objects.values_list("pk", flat=True)) == ready
