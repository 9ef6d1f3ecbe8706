"""Word files of papers, and the page where a province puts its own templates."""

from collections.abc import Callable
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from docx import Document

from households.choices import Role
from households.models import AuditEvent, User, WordTemplate
from tests.factories import reviews, users
from tests.households.conftest import World

LogIn = Callable[[User], Client]
PAGE = reverse("households:word_templates")


def text_of(answer: HttpResponse) -> str:
    return "\n".join(one.text for one in Document(BytesIO(answer.content)).paragraphs)


def own_template(words: str = "Mẫu riêng của tỉnh {{ round }}") -> SimpleUploadedFile:
    made, out = Document(), BytesIO()
    made.add_paragraph(words)
    made.save(out)
    return SimpleUploadedFile("mau.docx", out.getvalue())


def test_a_paper_with_names_as_word_is_recorded_like_the_pdf(
    world: World, logged_in: LogIn
) -> None:
    reviews.surveyed(world.round, world.village, world.officer, head_name="Nông Văn Thử")
    paper = reverse("households:village_paper", args=[world.round.pk, world.village.pk, "minutes"])
    client = logged_in(world.officer)
    assert "As Word" in client.get(paper).content.decode()
    answer = client.post(paper, {"purpose": "MEETING", "format": "word"})
    assert answer["Content-Disposition"].endswith('.docx"')
    tables = Document(BytesIO(answer.content)).tables
    assert tables[1].rows[1].cells[1].text == "Nông Văn Thử"
    assert AuditEvent.objects.filter(verb="paper.print").count() == 1


def test_the_province_puts_its_own_and_goes_back(world: World, logged_in: LogIn) -> None:
    reviews.surveyed(world.round, world.village, world.officer)
    department = logged_in(users.user("so", Role.DEPARTMENT, world.province))
    taken = department.get(reverse("households:word_template", args=["invitation"]))
    assert "GIẤY MỜI" in text_of(taken)
    wrong = department.post(
        PAGE, {"paper": "invitation", "content": own_template("{{ personal_number }}")}
    )
    assert wrong.status_code == 422
    assert "personal_number" in wrong.content.decode()
    given = {"paper": "invitation", "content": own_template()}
    assert department.post(PAGE, given, follow=True).status_code == 200
    assert WordTemplate.objects.get().province == world.province
    paper = reverse(
        "households:village_paper", args=[world.round.pk, world.village.pk, "invitation"]
    )
    officer = logged_in(world.officer)
    assert "Mẫu riêng của tỉnh" in text_of(officer.get(paper, {"format": "word"}))
    department.post(PAGE, {"paper": "invitation", "act": "take_away"})
    assert "GIẤY MỜI" in text_of(officer.get(paper, {"format": "word"}))
    assert officer.get(PAGE).status_code == 403
