"""Files of editions through the browser: one, one with names, those of an order."""

import io
import zipfile

import pytest
from django.urls import reverse

from households.choices import Role
from households.models import AuditEvent
from households.services import disclosures
from reports.choices import FigureStatus, OrderWhat
from reports.models import Edition, EditionFile, ReportOrder
from reports.services import orders, public_patterns
from tests.factories import users
from tests.reports.services.made import Reporting
from tests.reports.views.reports.test_catalogue import client_of

pytestmark = pytest.mark.django_db


def url(edition: Edition) -> str:
    return reverse("reports:edition_file", args=[edition.pk])


def test_a_table_is_given_as_it_is_kept(made: Reporting) -> None:
    edition = made.made("T1", made.world.a)
    client = client_of(made.officer)
    assert not EditionFile.objects.exists()
    assert client.get(url(edition)).status_code == 200
    assert not EditionFile.objects.exists()  # looking writes nothing
    answer = client.post(url(edition), {"form": "xlsx"})
    kept = EditionFile.objects.get()
    assert answer.content == bytes(kept.content)
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')
    assert client.post(url(edition), {"form": "xlsx"}).content == answer.content
    assert client.post(url(edition), {"form": "exe"}).status_code == 422


def test_who_takes_a_public_file_first_waits_for_it(made: Reporting) -> None:
    edition, client = made.made("T1"), client_of(made.department)
    asked = {"form": "xlsx", "version": "public"}
    text = client.post(url(edition), asked, follow=True).content.decode()
    assert "is being worked out" in text
    assert not EditionFile.objects.exists()
    public_patterns.weigh(edition=edition)
    assert client.post(url(edition), asked).status_code == 200


def test_names_are_given_once_it_is_said_what_for(made: Reporting) -> None:
    edition = made.made("T15", made.world.a)
    client = client_of(made.officer)
    answer = client.post(url(edition), {"form": "xlsx"})
    assert answer.status_code == 422
    assert not EditionFile.objects.exists()
    answer = client.post(url(edition), {"form": "xlsx", "purpose": "OTHER", "note": ""})
    assert answer.status_code == 422
    assert "Write what the list is for." in answer.content.decode()
    answer = client.post(url(edition), {"form": "xlsx", "purpose": "OTHER", "note": "Họp"})
    assert answer.status_code == 200
    event = AuditEvent.objects.get(verb=disclosures.DOWNLOAD)
    assert (event.by, event.reason) == (made.officer, "Họp")


def test_a_list_of_names_has_no_public_version(made: Reporting) -> None:
    edition = made.made("T15", made.world.a)
    asked = {"form": "xlsx", "purpose": "OTHER", "note": "Họp", "version": "public"}
    assert client_of(made.officer).post(url(edition), asked).status_code == 403
    assert not EditionFile.objects.exists()


def test_other_areas_do_not_exist_and_inspectors_get_no_names(made: Reporting) -> None:
    names, table = made.made("T15", made.world.b), made.made("T1", made.world.b)
    inspector = client_of(users.user("thanh_tra", Role.INSPECTOR, made.world.province))
    assert inspector.post(url(names), {"form": "xlsx"}).status_code == 403
    assert inspector.get(url(table)).status_code == 200
    for one in (names, table):
        assert client_of(made.officer).post(url(one), {"form": "xlsx"}).status_code == 404


def ordered(made: Reporting, *reports: str) -> ReportOrder:
    order = orders.order(
        what=OrderWhat.SET, area=made.world.a, round=made.world.rounds[2023],
        status=FigureStatus.OFFICIAL, reports=reports, by=made.officer,
    )  # fmt: skip
    orders.make_area(order_id=order.pk, area_id=made.world.a.pk)
    return order


def test_an_order_comes_as_one_zip_without_names(made: Reporting) -> None:
    order = ordered(made, "T1", "T9", "T15")
    address = reverse("reports:order_files", args=[order.uuid])
    answer = client_of(made.officer).post(address, {"form": "xlsx"})
    packed = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert packed.testzip() is None
    assert sorted(name[:3] for name in packed.namelist()) == ["t1-", "t9-"]


def test_an_order_of_names_alone_has_no_zip(made: Reporting) -> None:
    address = reverse("reports:order_files", args=[ordered(made, "T15").uuid])
    page = client_of(made.officer).post(address, {"form": "xlsx"}, follow=True)
    assert "There is no finished report here" in page.content.decode()
