"""Promises: the letter tells the figures of the tables, what is missing and what is enclosed."""

from io import BytesIO

import pytest
from docx import Document
from pypdf import PdfReader

from households.errors import Conflict, Refused
from reports.choices import FigureStatus, FileForm, OrderWhat
from reports.contents import canonical
from reports.models import Edition, ReportOrder
from reports.queries import covering_letter
from reports.services import covering_letters, orders
from tests.factories import users
from tests.reports.services.made import Reporting, reporting
from tests.reports.services.ordering import under_two_standards

pytestmark = pytest.mark.django_db


def a_set(made: Reporting, status: FigureStatus = FigureStatus.OFFICIAL) -> ReportOrder:
    order = orders.order(
        what=OrderWhat.SET, area=made.world.province, round=made.world.rounds[2023],
        status=status, reports=["T1", "T2"], by=made.department,
    )  # fmt: skip
    orders.make_area(order_id=order.pk, area_id=made.world.province.pk)
    return order


def test_it_tells_the_figures_of_the_enclosed_tables() -> None:
    made = reporting()
    words = covering_letter.words(a_set(made))
    edition = Edition.objects.get(report="T1", area=made.world.province)
    sheet, lines = next(iter(canonical.unpack(bytes(edition.content)).sheets))
    own = list(lines)[-1].cells
    poor = own[[column.key for column in sheet.columns].index("poor_households")]
    ((first, second),) = [part["lines"] for part in words["parts"]]
    assert f"hộ nghèo: {poor} hộ" in first
    assert second.startswith("Trong năm:")
    assert [one["report"] for one in words["enclosed"]] == ["T1", "T2"]
    assert "chính thức" in words["subject"]
    assert words["addressee"].startswith("Bộ ")


def test_it_is_given_as_pdf_and_word() -> None:
    made = reporting()
    order = a_set(made)
    told = {"order": order, "by": made.department}
    pages = PdfReader(BytesIO(covering_letters.letter(form=FileForm.PDF, **told))).pages
    pdf = " ".join("\n".join(page.extract_text() for page in pages).split())
    word = Document(BytesIO(covering_letters.letter(form=FileForm.DOCX, **told)))
    text = "\n".join(one.text for one in word.paragraphs)
    for words in ("Kính gửi", "Quyết định số 24/2021/QĐ-TTg", "Biểu kèm theo"):
        assert words in pdf
        assert words in text


def test_communes_without_a_decided_list_are_named() -> None:
    made = reporting(decide_last=False)
    words = covering_letter.words(a_set(made, FigureStatus.PRELIMINARY))
    assert "sơ bộ" in words["subject"]
    assert words["missing"].startswith("3 xã chưa có quyết định")
    assert made.world.a.name in words["missing"]
    assert "chưa gồm" not in words["missing"]  # preliminary figures count them


def test_official_figures_leave_out_communes_that_did_not_decide() -> None:
    made = reporting(decide_last=False)
    made.world.decide(2023, made.world.a)
    missing = covering_letter.words(a_set(made))["missing"]
    assert missing.startswith("2 xã")
    assert missing.endswith("Số liệu trên chưa gồm các xã này.")


def test_of_two_standards_each_says_what_it_misses_and_nothing_is_said_of_no_figures() -> None:
    made = reporting()
    closing = under_two_standards(made)
    words = covering_letter.words(a_set(made, FigureStatus.PRELIMINARY))
    assert words["missing"].startswith(f"theo {closing.name_vi[0].lower()}{closing.name_vi[1:]}")
    told = {part["standard"]: len(part["lines"]) for part in words["parts"]}
    assert told == {closing.name_vi: 1, made.world.standard.name_vi: 2}


def test_without_an_edition_there_is_no_letter() -> None:
    made = reporting()
    order = orders.order(
        what=OrderWhat.SET, area=made.world.a, round=made.world.rounds[2023],
        status=FigureStatus.OFFICIAL, reports=["T1"], by=made.department,
    )  # fmt: skip
    with pytest.raises(Conflict):
        covering_letters.letter(order=order, form=FileForm.PDF, by=made.department)


def test_another_area_is_refused() -> None:
    made = reporting()
    with pytest.raises(Refused):
        covering_letters.letter(order=a_set(made), form=FileForm.PDF, by=users.user("la"))
