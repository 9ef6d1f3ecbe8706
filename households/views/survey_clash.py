"""Two people on one form: both versions field by field, so that the second one chooses."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from households.exchange.columns import MEMBER_COLUMN
from households.folding import fold
from households.forms.fields import Field, capitalised
from households.forms.member_rows import Row
from households.forms.survey_form import SurveyForm

Answers = dict[str, list[str]]


@dataclass(frozen=True)
class Difference:
    """A field, or a whole person, in which the typed form and the saved one differ.

    `take` fills the form with the other version: posted names and their values. A person whom
    only the other version has is `added` (values by column); one whom it lacks is `dropped` (the
    key of the row).
    """

    label: str
    mine: str
    theirs: str
    take: Answers = field(default_factory=dict)
    added: Answers | None = None
    dropped: str | None = None


def differences(mine: SurveyForm, theirs: SurveyForm) -> list[Difference]:
    """In the order of the page; empty when both say the same."""
    return [*_asked(mine, theirs), *_facts(mine, theirs), *_members(mine.rows, theirs.rows)]


def _asked(mine: SurveyForm, theirs: SurveyForm) -> Iterator[Difference]:
    if mine.asked_for_review != theirs.asked_for_review:
        words = {True: pgettext("answer", "Yes"), False: pgettext("answer", "No")}
        yield Difference(
            label=_("The household asked to be reviewed"),
            mine=words[mine.asked_for_review],
            theirs=words[theirs.asked_for_review],
            take={"asked_for_review": ["Y"] if theirs.asked_for_review else []},
        )


def _facts(mine: SurveyForm, theirs: SurveyForm) -> Iterator[Difference]:
    for one, other in zip(mine.fields(), theirs.fields(), strict=True):
        if one.shown != other.shown:
            yield Difference(one.label, one.shown, other.shown, {one.name: _answers(other)})


def _answers(one: Field) -> list[str]:
    return one.ticked if one.kind == "codes" else [one.raw]


def _members(mine: list[Row], theirs: list[Row]) -> Iterator[Difference]:
    for own, other in paired(mine, theirs):
        if own is None and other is not None and not other.is_blank:
            values = {cell.path: [cell.raw] for cell in other.cells}
            yield Difference(_person(), "", other.name, added=values)
        elif other is None and own is not None and not own.is_blank:
            yield Difference(_person(), own.name, "", dropped=own.key)
        elif own is not None and other is not None:
            for cell, that in zip(own.cells, other.cells, strict=True):
                if cell.shown != that.shown:
                    label = f"{own.name or other.name}: {cell.label}"
                    yield Difference(label, cell.shown, that.shown, {cell.name: [that.raw]})


def _person() -> str:
    return capitalised(MEMBER_COLUMN["full_name"].label)


def paired(mine: list[Row], theirs: list[Row]) -> list[tuple[Row | None, Row | None]]:
    """The same person beside himself: by the stored member, then by name, then by place."""
    left = list(theirs)
    pairs: list[tuple[Row | None, Row | None]] = []
    for own in mine:
        found = next((one for one in left if _is_same(own, one)), None)
        if found:
            left.remove(found)
        pairs.append((own, found))
    pairs = [(own, found or _at_same_place(own, left)) for own, found in pairs]
    return pairs + [(None, one) for one in left]


def _is_same(own: Row, other: Row) -> bool:
    return bool(own.name.strip()) and fold(own.name) == fold(other.name)


def _at_same_place(own: Row | None, left: list[Row]) -> Row | None:
    """A person renamed by one of the two still comes from the same stored row."""
    for one in left:
        if own and own.stored and one.stored and own.stored.pk == one.stored.pk:
            left.remove(one)
            return one
    return None
