"""Form B as it is printed: the questions of the page, with the answers that are known already."""

from collections.abc import Sequence
from dataclasses import dataclass

from households.exchange.columns import Kind
from households.forms.fields import Field, capitalised
from households.forms.member_rows import COLUMNS, stored_text
from households.forms.review_lists import ReviewLists
from households.forms.sections import LAYOUT
from households.forms.survey_form import show
from households.models import Survey, SurveyMember
from households.scoring import PointTable

#: What the rules compute or the day of the survey says; nobody writes it on the form.
_LEFT_OUT = frozenset({"surveyed_on", "b1_points_paper", "b2_points_paper", "class_paper"})
#: More options than these are written in words, not ticked.
_MOST_BOXES = 12


@dataclass(frozen=True)
class PaperQuestion:
    """A question: boxes to tick (with whether that was the last answer), or a line to write on."""

    label: str
    options: list[tuple[str, bool]]
    value: str
    unit: str


@dataclass(frozen=True)
class PaperSection:
    title: str
    questions: list[PaperQuestion]


@dataclass(frozen=True)
class PaperForm:
    """`heads`: the columns of the members, `rows` their answers in words."""

    sections: list[PaperSection]
    heads: list[str]
    rows: list[list[str]]


def on_paper(
    survey: Survey,
    members: Sequence[SurveyMember],
    *,
    table: PointTable | None,
    lists: ReviewLists,
) -> PaperForm:
    """The form of a survey, stored or only filled from what was known before. No query of its own
    but those of `lists`."""
    sections = []
    for plan in LAYOUT:
        section = plan.build(lists, table)
        asked = [one for one in section.facts if one.path not in _LEFT_OUT]
        for one in asked:
            show(one, getattr(survey, one.path))
        for one in section.questions:
            one.raw = str(survey.b1_answers.get(one.path.removeprefix("b1_"), ""))
        questions = [_question(one) for one in [*asked, *section.questions]]
        sections.append(PaperSection(str(section.title), questions))
    return PaperForm(
        sections=sections,
        heads=[capitalised(column.label) for column in COLUMNS],
        rows=[_row(member, lists) for member in members],
    )


def _question(one: Field) -> PaperQuestion:
    chosen = set(one.ticked) if one.kind == "codes" else {one.raw}
    boxes = [(str(label), code in chosen) for code, label in one.options if code]
    if len(boxes) > _MOST_BOXES:
        return PaperQuestion(str(one.label), [], one.shown, str(one.unit))
    value = "" if boxes else one.raw
    return PaperQuestion(str(one.label), boxes, value, str(one.unit))


def _row(member: SurveyMember, lists: ReviewLists) -> list[str]:
    cells = []
    for column in COLUMNS:
        raw = stored_text(column, member)
        if column.choices is not None:
            raw = dict(column.choices.choices).get(raw, raw)
        elif column.kind is Kind.YES_NO:
            raw = {"Y": "có", "N": "không"}.get(raw, "")
        elif column.list_code:
            raw = next(
                (str(name) for code, name in lists.options(column.list_code) if code == raw), raw
            )
        cells.append(str(raw))
    return cells
