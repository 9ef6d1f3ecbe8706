"""Promises: a file of an edition is made once from what is kept and is the same for ever; names go
only to those who may have them, and each time it is recorded what for."""

import zipfile
from io import BytesIO

import pytest
from docx import Document
from pypdf import PdfReader

from households.choices import Purpose
from households.errors import Conflict, Invalid, Refused
from households.models import AuditEvent
from households.services import word_templates
from reports.choices import FigureStatus, FileForm, FileVersion, OrderWhat
from reports.models import Edition, EditionFile, ReportOrder
from reports.services import edition_files, editions, orders, public_patterns, signing
from reports.services.edition_files import Use
from tests.factories import users
from tests.reports.services.made import Reporting, reporting
from tests.reports.services.test_editions import SIGNER

pytestmark = pytest.mark.django_db
INTERNAL, PUBLIC = FileVersion.INTERNAL, FileVersion.PUBLIC
USE = Use(Purpose.REPORT)


def taken(made: Reporting, edition: Edition, **given: object) -> EditionFile:
    told = {"form": FileForm.PDF, "version": INTERNAL, "by": made.department} | given
    return edition_files.file_of(edition=edition, **told)  # type: ignore[arg-type]


def text_of(file: EditionFile) -> str:
    pages = PdfReader(BytesIO(bytes(file.content))).pages
    return "\n".join(page.extract_text() for page in pages)


@pytest.mark.parametrize("form", list(FileForm))
def test_a_file_is_made_once_and_the_same_again(form: FileForm) -> None:
    made = reporting()
    edition = made.made("T2")
    first = taken(made, edition, form=form)
    assert taken(made, edition, form=form).pk == first.pk
    assert edition_files._written(edition, form, INTERNAL) == bytes(first.content)
    assert EditionFile.objects.count() == 1


def test_of_two_that_make_it_at_once_the_first_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    made = reporting()
    edition = made.made("T2")
    first = taken(made, edition)

    class _Nothing:
        @staticmethod
        def first() -> None:
            return None

        @staticmethod
        def get() -> EditionFile:
            return EditionFile.objects.get()

    monkeypatch.setattr(edition_files.EditionFile.objects, "filter", lambda **_given: _Nothing)
    assert taken(made, edition).pk == first.pk


def test_number_and_check_code_stand_at_its_foot() -> None:
    made = reporting()
    edition = made.made("T2")
    text = text_of(taken(made, edition))
    assert "Bản số 1" in text
    assert edition.sha256[:16] in text


def test_the_public_version_has_no_digest_of_what_it_leaves_out() -> None:
    made = reporting()
    edition = made.made("T8")
    public_patterns.weigh(edition=edition)
    text = text_of(taken(made, edition, version=PUBLIC))
    assert "Bản số 1" in text
    assert edition.sha256[:8] not in text


def test_what_is_no_more_as_it_was_made_is_not_given_out(monkeypatch: pytest.MonkeyPatch) -> None:
    made = reporting()
    edition = made.made("T2")
    monkeypatch.setattr(editions, "is_whole", lambda _edition: False)
    with pytest.raises(Conflict):
        taken(made, edition)


def test_the_public_version_leaves_small_numbers_out() -> None:
    made = reporting()
    edition = made.made("T8")
    public_patterns.weigh(edition=edition)
    assert "Không công bố" in text_of(taken(made, edition))
    public = text_of(taken(made, edition, version=PUBLIC))
    assert "số nhỏ hơn 5" in public
    assert public.count("Không công bố") == 1  # in the note


def test_another_area_is_refused() -> None:
    made = reporting()
    with pytest.raises(Refused):
        taken(made, made.made("T2", made.world.b), by=made.officer)
    with pytest.raises(Refused):
        taken(made, made.made("T2"), by=made.officer)
    assert taken(made, made.made("T2", made.world.a), by=made.officer)
    with pytest.raises(Refused):
        taken(made, made.made("T2"), by=users.user("nobody"))


def test_names_are_recorded_each_time_with_what_for() -> None:
    made = reporting()
    edition = made.made("T15", made.world.a)
    with pytest.raises(Invalid):
        taken(made, edition)
    taken(made, edition, use=USE)
    taken(made, edition, use=USE)
    events = AuditEvent.objects.filter(verb="list.download", by=made.department)
    assert [one.details["purpose"] for one in events] == [Purpose.REPORT] * 2
    assert events[0].details["filters"] == {"editions": [edition.pk]}
    assert EditionFile.objects.count() == 1


def test_names_have_no_public_version() -> None:
    made = reporting()
    with pytest.raises(Refused):
        taken(made, made.made("T15", made.world.a), version=PUBLIC, use=USE)


def test_names_say_what_else_they_are_for() -> None:
    made = reporting()
    with pytest.raises(Invalid):
        taken(made, made.made("T15", made.world.a), use=Use(Purpose.OTHER))


def a_set(made: Reporting, *reports: str) -> ReportOrder:
    order = orders.order(
        what=OrderWhat.SET, area=made.world.a, round=made.world.rounds[2023],
        status=FigureStatus.OFFICIAL, reports=reports, by=made.department,
    )  # fmt: skip
    orders.make_area(order_id=order.pk, area_id=made.world.a.pk)
    return order


def names_in(stream: object) -> list[str]:
    with zipfile.ZipFile(BytesIO(b"".join(stream))) as packed:  # type: ignore[arg-type]
        assert packed.testzip() is None
        return packed.namelist()


def test_a_set_is_a_zip_without_names_unless_it_is_said_what_for() -> None:
    made = reporting()
    order = a_set(made, "T1", "T2", "T15")
    given = {"order": order, "form": FileForm.DOCX, "by": made.department}
    plain = names_in(edition_files.set_zip(version=INTERNAL, **given))
    assert [name.split("-")[0] for name in plain] == ["t1", "t2"]
    assert plain[0].endswith("-chinh-thuc-noi-bo-ban-1.docx")
    assert len(names_in(edition_files.set_zip(version=INTERNAL, use=USE, **given))) == 3
    public_patterns.weigh(edition=order.parts.get(report="T1").edition)
    public = names_in(edition_files.set_zip(version=PUBLIC, use=USE, **given))
    assert [name.split("-")[0] for name in public] == ["t1", "t2"]


def test_a_zip_of_another_area_is_refused() -> None:
    made = reporting()
    order = a_set(made, "T1")
    other = users.user("nguoi_khac")
    with pytest.raises(Refused):
        edition_files.set_zip(order=order, form=FileForm.PDF, version=INTERNAL, by=other)


def test_the_report_in_words_follows_the_template_until_it_is_signed() -> None:
    made = reporting()
    edition = made.made("BC")
    first = taken(made, edition, form=FileForm.DOCX)
    assert first.pk is None
    assert bytes(taken(made, edition, form=FileForm.DOCX).content) == bytes(first.content)
    own, out = Document(), BytesIO()
    own.add_paragraph("Mẫu của tỉnh: {{ poor_households }} hộ")
    own.save(out)
    word_templates.put(
        province=made.world.province, paper="annual_report", content=out.getvalue(),
        by=made.department,
    )  # fmt: skip
    file = taken(made, edition, form=FileForm.DOCX)
    assert "Mẫu của tỉnh" in Document(BytesIO(bytes(file.content))).paragraphs[0].text
    signing.sign(edition=edition, signer=SIGNER, broken_reason="thử", by=made.department)
    edition = Edition.objects.get(pk=edition.pk)
    kept = taken(made, edition, form=FileForm.DOCX)
    word_templates.take_away(
        province=made.world.province, paper="annual_report", by=made.department
    )
    again = taken(made, edition, form=FileForm.DOCX)
    assert kept.pk == again.pk
    assert again.pk is not None
    with pytest.raises(Invalid):
        taken(made, edition, form=FileForm.XLSX)
