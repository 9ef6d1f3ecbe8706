"""Word templates from people: checked before they are kept, run in a sandbox."""

import zipfile
from io import BytesIO

import pytest
from django.utils import translation
from docx import Document

from households.exchange import word_drafts, word_printing
from households.exchange.word_printing import NotATemplate


def template(*lines: str) -> bytes:
    made = Document()
    for line in lines:
        made.add_paragraph(line)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def with_entry(name: str, content: bytes = b"x") -> bytes:
    out = BytesIO(word_drafts.draft("minutes"))
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("paper", word_drafts.papers())
def test_the_shipped_ones_pass(paper: str) -> None:
    word_printing.check(paper, word_drafts.draft(paper))


LINK = b'<Relationships><Relationship TargetMode="External" Target="http://x"/></Relationships>'


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"not a zip", "no Word file"),
        (b"x" * 1_000_001, "larger than 1 MB"),
        (with_entry("word/vbaProject.bin"), "macros"),
        (with_entry("word/embeddings/a.xlsx"), "embedded"),
        (with_entry("word/_rels/extra.rels", LINK), "outside"),
        (template("{{ personal_number }}"), "personal_number"),
        (template("{% for x in %}"), "no Word template"),
    ],
)
def test_what_is_no_template_is_refused(content: bytes, why: str) -> None:
    with translation.override("en"), pytest.raises(NotATemplate, match=why):
        word_printing.check("minutes", content)


@pytest.mark.parametrize(
    "tag",
    [
        "{{ round.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{% for i in range(10000000) %}x{% endfor %}",
    ],
)
def test_a_tag_reaches_nothing_but_the_words(tag: str) -> None:
    with pytest.raises(NotATemplate):
        word_printing.docx(template(tag), {"round": "2024"})


def test_what_staff_wrote_is_kept_and_filled() -> None:
    content = word_printing.docx(template("Kính gửi {{ head_name }}"), {"head-name": "Lý A"})
    assert Document(BytesIO(content)).paragraphs[0].text == "Kính gửi Lý A"
