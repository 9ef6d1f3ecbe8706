"""The review form of one household: forms A and B on one page, from what is stored or was typed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from households import clock
from households.choices import Relation
from households.exchange.columns import HOUSEHOLD_COLUMN, Column, Kind
from households.exchange.problems import Problem
from households.forms import member_rows
from households.forms.fields import (
    Field,
    Words,
    as_money,
    as_text,
    copy_of,
    read,
    read_codes,
    yes_or_no,
)
from households.forms.form_a import FormA, form_a
from households.forms.review_lists import ReviewLists
from households.forms.sections import LAYOUT, SURVEYED_ON, Section
from households.models import Survey, SurveyMember
from households.scoring import PointTable


@dataclass(frozen=True)
class Fault:
    """A line of the summary: what is wrong, and the field it leads to."""

    words: str
    target: str


class SurveyForm:
    """Bound to a survey. Without `posted` it shows what is stored; with it, what was typed.

    After `is_readable()` the `values` and `members` are what services.surveys.save takes.
    `table` is the point table whose questions are asked, None when none is in force. `members` are
    the survey's, where they are read already.
    """

    def __init__(
        self,
        survey: Survey,
        *,
        table: PointTable | None,
        lists: ReviewLists,
        posted: QueryDict | None = None,
        members: Iterable[SurveyMember] | None = None,
    ) -> None:
        self.survey = survey
        self.lists = lists
        self.table = table
        self.revision = survey.revision
        self.values: dict[str, Any] = {}
        self.members: list[Mapping[str, Any]] = []
        self.general: list[str] = []
        self.sections = [section.build(lists, table) for section in LAYOUT]
        self.form_a: FormA = form_a()
        self.form_a_fields = [copy_of(one) for one in _form_a_fields(get_language())]
        self.reason = Field(
            name="reason", path="reason", label=_("Why is it corrected?"), kind="text"
        )
        if posted is None:
            self._show_stored()
        else:
            self._show_posted(posted, survey.members.all() if members is None else members)

    # Showing -------------------------------------------------------------------------------

    def _show_stored(self) -> None:
        survey = self.survey
        self.asked_for_review = survey.asked_for_review
        for one in self.form_a_fields:
            one.raw = as_text(survey.form_a_answers.get(one.path))
        for column, one in self._columns():
            show(one, getattr(survey, column.field or ""))
        if survey.surveyed_on is None:
            self.field("surveyed_on").raw = as_text(clock.today())
        for one in self._questions():
            one.raw = str(survey.b1_answers.get(one.path.removeprefix("b1_"), ""))
        self.rows = member_rows.stored_rows(survey)

    def _show_posted(self, posted: QueryDict, members: Iterable[SurveyMember]) -> None:
        self.revision = _whole(posted.get("revision", "")) or 0
        self.asked_for_review = posted.get("asked_for_review") == "Y"
        for one in self.fields():
            if one.kind == "codes":
                one.ticked = posted.getlist(one.name)
            else:
                one.raw = posted.get(one.name, "")
        self.rows = member_rows.posted_rows(members, posted)
        self.reason.raw = posted.get("reason", "").strip()

    # Reading -------------------------------------------------------------------------------

    def is_readable(self) -> bool:
        """Read everything that was typed; whether all of it could be. Gaps are no errors here:
        they are judged when the form is to be complete."""
        for column, one in self._columns():
            value = read_codes(one) if column.kind is Kind.CODES else read(column, one)
            if value is None and column.kind in (Kind.TEXT, Kind.CODE):
                value = ""
            self.values[column.field or ""] = value
        self.values["b1_answers"] = self._answers()
        self.values["asked_for_review"] = self.asked_for_review
        answers = {one.path: one.raw == "Y" for one in self.form_a_fields if one.raw in ("Y", "N")}
        self.values["form_a_answers"] = answers if self.asked_for_review else {}
        self.values["form_a_passed"] = (
            self.form_a.passes(answers) if self.asked_for_review else None
        )
        self.members = [member_rows.values_of(row, self.lists) for row in self.rows]
        head = next((m for m in self.members if m["relation"] == Relation.HEAD), {})
        self.values["ethnic_group"] = head.get("ethnic_group")
        return not self.faults()

    def _answers(self) -> dict[str, str]:
        answers = {}
        for one in self._questions():
            if one.raw and one.raw not in {value for value, __ in one.options}:
                one.errors.append(_("This code is not in the list."))
            elif one.raw:
                answers[one.path.removeprefix("b1_")] = one.raw
        return answers

    @property
    def stops_at_form_a(self) -> bool:
        return bool(self.values.get("form_a_passed") is False)

    @property
    def is_open_at_form_a(self) -> bool:
        return self.asked_for_review and self.values.get("form_a_passed") is None

    # Errors --------------------------------------------------------------------------------

    def add_errors(self, fields: Mapping[str, Iterable[Words]]) -> None:
        """Put the sentences of a service to their fields; what has no field goes on top."""
        for path, sentences in fields.items():
            target = self.at(path)
            words = [str(sentence) for sentence in sentences]
            if target is None:
                self.general += words
            else:
                target.errors += [one for one in words if one not in target.errors]

    def add_warnings(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            if problem.is_warning and (target := self.at(problem.path)):
                target.warnings.append(str(problem.reason))

    def at(self, path: str) -> Field | None:
        """The field a path names: "floor_area_m2", "members.2.birth_date"."""
        if path == self.reason.path:
            return self.reason
        if not path.startswith("members."):
            return next((one for one in self.fields() if one.path == path), None)
        __, index, name = path.split(".", 2)
        row = self.rows[int(index)] if int(index) < len(self.rows) else None
        return next((cell for cell in row.cells if cell.path == name), None) if row else None

    def faults(self) -> list[Fault]:
        """Every error in the order of the page."""
        found = [Fault(words, "section-members") for words in self.general]
        for one in self.form_a_fields:
            found += [Fault(f"{one.label}: {words}", one.id) for words in one.errors]
        for row, cell in self.cells():
            who = row.name or _("Member %(number)s") % {"number": self.rows.index(row) + 1}
            found += [Fault(f"{who}, {_lower(cell.label)}: {w}", cell.id) for w in cell.errors]
        for section in self.sections:
            for one in section.fields:
                found += [Fault(f"{one.label}: {words}", one.id) for words in one.errors]
        return found + [Fault(words, self.reason.id) for words in self.reason.errors]

    def warnings(self) -> list[Fault]:
        found = []
        for row, cell in self.cells():
            found += [
                Fault(f"{row.name}, {_lower(cell.label)}: {w}", cell.id) for w in cell.warnings
            ]
        for one in self.fields():
            found += [Fault(f"{one.label}: {words}", one.id) for words in one.warnings]
        return found

    # Walking -------------------------------------------------------------------------------

    def cells(self) -> Iterator[tuple[member_rows.Row, Field]]:
        for row in self.rows:
            for cell in row.cells:
                yield row, cell

    def fields(self) -> Iterator[Field]:
        """All questions but the members' cells."""
        yield from self.form_a_fields
        for section in self.sections:
            yield from section.fields

    def field(self, path: str) -> Field:
        return next(one for one in self.fields() if one.path == path)

    def _columns(self) -> Iterator[tuple[Column, Field]]:
        for section in self.sections:
            for one in section.fields:
                if one.path == SURVEYED_ON.field:
                    yield SURVEYED_ON, one
                elif not one.path.startswith("b1_") or one.path == "b1_points_paper":
                    yield HOUSEHOLD_COLUMN[one.path], one

    def _questions(self) -> Iterator[Field]:
        for section in self.sections:
            yield from section.questions

    def section(self, code: str) -> Section:
        return next(section for section in self.sections if section.code == code)


@cache
def _form_a_fields(language: str | None) -> list[Field]:
    """The questions of form A, in the language of the page."""
    return [
        Field(
            name=f"form_a-{one.code}",
            path=one.code,
            label=one.words,
            kind="yes_no",
            options=yes_or_no(),
        )
        for one in form_a().questions
    ]


def show(one: Field, value: Any) -> None:
    if one.kind == "codes":
        one.ticked = list(value or [])
    elif one.kind == "money":
        one.raw = as_money(value)
    else:
        one.raw = as_text(value)


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
