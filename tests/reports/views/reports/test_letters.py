"""The letter that goes with a set: seen, taken as Word or PDF, from the province's own template."""

from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from households.choices import Role
from households.exchange import word_drafts
from households.services import word_templates
from reports.choices import FigureStatus
from reports.models import ReportOrder
from reports.services import covering_letters, orders
from tests.factories import users
from tests.reports.services.made import Reporting, reporting
from tests.reports.views.reports.test_catalogue import client_of
from tests.reports.views.reports.test_orders import ordered, url

pytestmark = pytest.mark.django_db


def a_set(made: Reporting) -> ReportOrder:
    order = ordered(made, reports=["T1", "T2"])
    orders.make_area(order_id=order.pk, area_id=made.world.a.pk)
    return order


def test_it_is_seen_with_what_is_enclosed_and_taken_as_word_and_pdf(made: Reporting) -> None:
    order, client = a_set(made), client_of(made.officer)
    page = client.get(url(order, "order_letter")).content.decode()
    assert "Kính gửi: Ủy ban nhân dân huyện" in page
    assert "hộ nghèo: " in page
    assert page.count('<th scope="row">T') == 2
    assert "Còn thiếu" not in page
    word = client.get(f"{url(order, 'order_letter')}?form=docx")
    assert 'filename="cong-van-2023-02008-' in word["Content-Disposition"]
    text = "\n".join(one.text for one in Document(BytesIO(word.content)).paragraphs)
    assert "Kính gửi" in text
    pdf = client.get(f"{url(order, 'order_letter')}?form=pdf")
    assert "Kính gửi" in PdfReader(BytesIO(pdf.content)).pages[0].extract_text()


def test_what_is_missing_is_said() -> None:
    made = reporting(decide_last=False)
    order = ordered(made, area=made.world.province, reports=["T1"], by=made.department,
                    status=FigureStatus.PRELIMINARY)  # fmt: skip
    client = client_of(made.department)
    assert "No report of this area is made yet." in (
        client.get(url(order, "order_letter")).content.decode()
    )
    orders.make_area(order_id=order.pk, area_id=made.world.province.pk)
    page = client.get(url(order, "order_letter")).content.decode()
    assert f"3 xã chưa có quyết định công nhận danh sách: {made.world.a.name}" in page
    assert "kết quả sơ bộ" in page


def test_the_order_and_the_catalogue_lead_to_it(made: Reporting) -> None:
    client = client_of(made.officer)
    catalogue = f"{reverse('reports:report_list')}?area={made.world.a.pk}&round=2023"
    assert "Covering letter" not in client.get(catalogue).content.decode()
    order = a_set(made)
    address = url(order, "order_letter")
    assert address in client.get(url(order)).content.decode()
    assert address in client.get(catalogue).content.decode()
    inspector = client_of(users.user("thanh_tra", Role.INSPECTOR, made.world.province))
    for page in (url(order), catalogue):
        assert address not in inspector.get(page).content.decode()


def test_another_area_is_not_found_and_who_only_looks_is_refused(made: Reporting) -> None:
    order = ordered(made, area=made.world.b, by=made.department)
    assert client_of(made.officer).get(url(order, "order_letter")).status_code == 404
    inspector = client_of(users.user("thanh_tra", Role.INSPECTOR, made.world.province))
    assert inspector.get(url(order, "order_letter")).status_code == 403


def test_a_template_of_the_province_is_used(made: Reporting) -> None:
    province = made.world.province
    word = Document(BytesIO(word_drafts.draft(covering_letters.PAPER)))
    word.add_paragraph("Riêng của tỉnh: {{ subject }}")
    out = BytesIO()
    word.save(out)
    word_templates.put(
        province=province, paper=covering_letters.PAPER, content=out.getvalue(),
        by=made.department,
    )  # fmt: skip
    order, client = a_set(made), client_of(made.officer)
    answer = client.get(f"{url(order, 'order_letter')}?form=docx")
    text = "\n".join(one.text for one in Document(BytesIO(answer.content)).paragraphs)
    assert "Riêng của tỉnh: V/v báo cáo" in text
