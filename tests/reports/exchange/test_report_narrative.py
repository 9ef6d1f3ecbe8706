"""Promises: the same content and template give the same file; what it says is what is in the
content; a template of staff is filled, and one that does not fit is told."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from households.exchange import word_drafts
from households.exchange.word_printing import NotATemplate
from reports.choices import FileVersion
from reports.exchange import report_narrative
from tests.factories import narratives

SHIPPED = word_drafts.draft(report_narrative.PAPER)


def made(version: FileVersion = FileVersion.INTERNAL, **given: Any) -> Any:
    content = narratives.content(**given)
    file = report_narrative.docx(content, version=version, template=SHIPPED, foot="Bản số 2")
    return Document(BytesIO(file))


def text_of(document: Any) -> str:
    return "\n".join(one.text for one in document.paragraphs)


def test_it_says_the_figures_as_officers_write_them() -> None:
    document = made(is_sample=True)
    text = text_of(document)
    assert "BÁO CÁO" in text
    assert "trên địa bàn tỉnh Mẫu" in text
    assert "2. Hộ nghèo: 1.234 hộ với 5.000 nhân khẩu; tỷ lệ hộ nghèo 12,34%." in text
    assert "số hộ nghèo giảm 266 hộ, tỷ lệ hộ nghèo giảm 2,66 điểm phần trăm" in text
    assert "số hộ cận nghèo tăng 10 hộ, tỷ lệ hộ cận nghèo không thay đổi" in text
    assert "– Huyện Một: 1.000 hộ nghèo, tỷ lệ 20,00%; 400 hộ cận nghèo, tỷ lệ 8,00%." in text
    assert "– Hộ tái nghèo: chưa đủ dữ liệu." in text
    assert "– Nước sạch: 900 hộ (72,93% số hộ nghèo)." in text
    assert "Bảo hiểm" not in text  # the fourth
    assert (
        "– Vay vốn: thực hiện 90 (kế hoạch 100, đạt 90,00%); 80 hộ, 320 người trong danh sách hộ"
        in text
    )
    assert "kinh phí 9.000.000 đồng" in text
    assert "{" not in text
    section = document.sections[0]
    assert "Số liệu mẫu" in section.header.paragraphs[0].text
    assert "Bản số 2" in section.footer.paragraphs[0].text


def test_units_stand_in_a_table_the_upper_ones_bold() -> None:
    table = made().tables[1]
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells[1] == [
        "1", "Huyện Một", "5.000", "1.000", "20,00", "−2,00", "400", "8,00", "0,10",
    ]  # fmt: skip
    assert cells[2][1] == "Xã Hai"
    assert cells[-1][1] == "Tổng cộng Mẫu"

    def is_bold(row: int) -> bool:
        runs = table.rows[row].cells[1].paragraphs[0].runs
        return all(run.bold for run in runs if run.text)

    assert [is_bold(1), is_bold(2), is_bold(len(cells) - 1)] == [True, False, True]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_charts_have_words_for_those_who_do_not_see_them() -> None:
    document = made()
    told = [one._inline.docPr.get("descr") for one in document.inline_shapes]
    assert len(told) == 2
    assert "Huyện Một 20,00% và 8,00%" in told[0]
    assert "2023 15,00% và 7,90%; 2024 12,34% và 7,90%" in told[1]


def test_a_public_version_says_nothing_of_groups_and_of_what_is_left_out() -> None:
    values = narratives.VALUES | {"poor_households": None}
    text = text_of(made(FileVersion.PUBLIC, values=values))
    assert "12,34%" not in text
    assert "giảm 266 hộ" not in text
    assert "– Nhóm hộ: không nêu trong bản công bố." in text
    assert "phát sinh mới" not in text


def test_a_review_that_has_not_begun_is_not_compared() -> None:
    values = narratives.VALUES | {"resident_households": 0, "poor_households": 0}
    text = text_of(made(values=values))
    assert "Không so sánh với kỳ rà soát trước. Kỳ này chưa có số liệu." in text
    assert "So với kỳ" not in text
    assert "– Biến động: chưa đủ dữ liệu." in text


def test_the_same_content_gives_the_same_bytes_dated_by_its_cut_off() -> None:
    first, second = (
        report_narrative.docx(narratives.content(), version=FileVersion.INTERNAL, template=SHIPPED)
        for _time in range(2)
    )
    assert first == second
    with zipfile.ZipFile(BytesIO(first)) as packed:
        assert {one.date_time for one in packed.infolist()} == {(2024, 12, 14, 9, 30, 0)}


def test_a_template_of_staff_is_filled_and_a_wrong_one_told() -> None:
    own, out = Document(), BytesIO()
    own.add_paragraph("Riêng: {{ poor_households }} hộ")
    own.save(out)
    file = report_narrative.docx(
        narratives.content(), version=FileVersion.INTERNAL, template=out.getvalue()
    )
    assert "Riêng: 1.234 hộ" in text_of(Document(BytesIO(file)))
    wrong, out = Document(), BytesIO()
    wrong.add_paragraph("{{ area.__class__.__mro__ }}")
    wrong.save(out)
    with pytest.raises(NotATemplate):
        report_narrative.docx(
            narratives.content(), version=FileVersion.INTERNAL, template=out.getvalue()
        )
