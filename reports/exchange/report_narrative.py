"""The yearly report → Word, by docxtpl, from a template that a province may have changed. Pure."""

from io import BytesIO

from docx import Document

from households.exchange import word_printing
from reports.choices import FileVersion
from reports.contents import frame, narrative
from reports.contents.content import Content
from reports.exchange import narrative_charts, report_word

#: The paper whose template it is printed from.
PAPER = "annual_report"


def docx(content: Content, *, version: FileVersion, template: bytes, foot: str = "") -> bytes:
    """`foot` says more at the foot. The same content and template give the same bytes: all their
    times are the cut-off. Raises word_printing.NotATemplate where a tag of the template does not
    fit. Cost: 1 s."""
    head, parts = content.head, narrative.parts_of(content)
    is_public = version == FileVersion.PUBLIC
    words = frame.frame_of(head, parts.units[0], is_public=is_public, foot=foot)
    told = narrative.words(head, parts, is_public=is_public)
    places, not_drawn = narrative_charts.places(*parts.units)
    told |= {
        "mark": " · ".join(words.marks),
        "foot": words.foot,
        "chart_places_note": f"({not_drawn})" if not_drawn else "",
    }
    drawn = {"chart_places": places, "chart_trend": narrative_charts.trend(*parts.trend)}
    pictures = {name: one for name, one in drawn.items() if one}
    filled = Document(BytesIO(word_printing.docx(template, told, pictures)))
    report_word.say_what_it_is(filled, head)
    out = BytesIO()
    filled.save(out)
    return report_word.with_tables(out, head, [])
