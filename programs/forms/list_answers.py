"""The answers of bank, insurer or school: a grid in which only exceptions are typed, and lines
pasted from the sheet that came back."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from households.forms.steps import DayInput, SaysFaults
from programs.choices import BenefitState, ProgrammeKind
from programs.choices.support_lists import Outcome
from programs.forms.support_lists import whole_number, words_cell
from programs.models import SupportListRow
from programs.services.list_answers import Answer
from programs.workflow import next_states
from programs.workflow.support_lists import SCHOOLING

_PASTED_MOST = 2_000_000


def outcomes_of(kind: str, state: str) -> list[Outcome]:
    """What may be answered of a row in this state, in the order of its life."""
    return [Outcome(one) for one in next_states(kind, state)]


def answer_fields(kind: str, state: str) -> dict[str, forms.Field]:
    """What an answer of this kind tells beside its outcome and day, by the names of Answer; of
    what was received already only the end."""
    if state == BenefitState.SERVED:
        return {}
    if kind == ProgrammeKind.HEALTH_CARD:
        return {
            "number": words_cell(_("Number of the card"), 60),
            "valid_from": _day_cell(_("Valid from")),
            "valid_to": _day_cell(_("Valid until")),
        }
    if kind in SCHOOLING:
        return {
            "months": whole_number(_("Months of the school year"), 12),
            "amount_vnd": whole_number(_("Amount (VND)")),
        }
    return {
        "amount_vnd": whole_number(_("Amount (VND)")),
        "loan_months": whole_number(_("Months of the loan"), 600),
        "number": words_cell(_("Number of the contract"), 60),
    }


def _day_cell(label: Any) -> DayInput:
    field = DayInput(label)
    field.required, field.initial = False, None
    field.widget.attrs["class"] = "form-control list-cell"
    return field


class CommonAnswer(SaysFaults):
    """The day of the answer, what holds for all rows without one of their own, and for cards from
    when to when all of them are valid."""

    acted_on = DayInput(pgettext_lazy("of an answer", "On"))
    outcome = forms.ChoiceField(label=_("All rows without an answer of their own"), required=False)

    def __init__(self, *args: Any, kind: str, state: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.state = kind, state
        outcome = self.fields["outcome"]
        assert isinstance(outcome, forms.ChoiceField)
        outcome.choices = [
            ("", _("wait on")),
            *((one.value, one.label) for one in self._for_all()),
        ]
        if kind == ProgrammeKind.HEALTH_CARD:
            for name, label in (
                ("valid_from", _("All cards are valid from")),
                ("valid_to", _("All cards are valid until")),
            ):
                self.fields[name] = _day_cell(label)

    def _for_all(self) -> list[Outcome]:
        """Nobody is refused in one stroke: each has his reason."""
        return [one for one in outcomes_of(self.kind, self.state) if one != Outcome.REFUSED]


class AnswersForm(CommonAnswer):
    """The grid: fields "<row>.<name>", each row with an outcome of its own or that of all."""

    def __init__(self, *args: Any, rows: Sequence[SupportListRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = list(rows)
        self.common = list(self.fields)
        self.names = ["outcome", *answer_fields(self.kind, self.state), "reason"]
        for row in self.rows:
            for name, field in self._fields_of_row(row).items():
                self.fields[f"{row.pk}.{name}"] = field

    def _fields_of_row(self, row: SupportListRow) -> dict[str, forms.Field]:
        own = answer_fields(self.kind, self.state)
        benefit: Any = row.benefit  # of every row that was handed over
        asked = {"amount_vnd": benefit.amount_vnd, "months": benefit.months}
        if "loan_months" in own:
            asked["loan_months"] = benefit.loan_facts.loan_months
        for name, field in own.items():
            field.initial = asked.get(name)
        own_outcome = forms.ChoiceField(
            label=pgettext_lazy("of a row", "Answer"),
            required=False,
            choices=[
                ("", _("as all")),
                *((one.value, one.label) for one in outcomes_of(self.kind, self.state)),
            ],
            widget=forms.Select({"class": "form-select list-cell"}),
        )
        return {"outcome": own_outcome, **own, "reason": words_cell(_("Why, if refused"), 300)}

    def common_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.common]

    def cells(self, row: SupportListRow) -> list[forms.BoundField]:
        return [self[f"{row.pk}.{name}"] for name in self.names]

    @property
    def heads(self) -> list[Any]:
        return (
            [field.label for field in self._fields_of_row(self.rows[0]).values()]
            if self.rows
            else []
        )

    def answers(self) -> Mapping[int, Answer]:
        """After is_valid(). Rows without an outcome wait on; so does a card without a number,
        unless its row says what came of it."""
        found = {}
        for row in self.rows:
            given = {name: self.cleaned_data[f"{row.pk}.{name}"] for name in self.names}
            is_own = bool(given.pop("outcome"))
            outcome = self.cleaned_data[f"{row.pk}.outcome"] or self.cleaned_data["outcome"]
            waits = "number" in given and self.kind == ProgrammeKind.HEALTH_CARD
            if not outcome or (waits and not is_own and not given["number"]):
                continue
            found[row.pk] = self._answer(Outcome(outcome), given)
        return found

    def _answer(self, outcome: Outcome, given: dict[str, Any]) -> Answer:
        return answer_of(outcome, self.cleaned_data, given)


def answer_of(outcome: Outcome, common: Mapping[str, Any], given: Mapping[str, Any]) -> Answer:
    """One row's answer; days of validity it does not tell are those of all."""
    told = dict(given)
    for name in ("valid_from", "valid_to"):
        day: dt.date | None = told.get(name) or common.get(name)
        if outcome == Outcome.SERVED and day:
            told[name] = day
    return Answer(outcome, common["acted_on"], **told)


class PastedAnswersForm(CommonAnswer):
    """Lines of the sheet that came back, with its headings."""

    pasted = forms.CharField(
        label=_("Lines copied from the sheet, with the line of headings"),
        max_length=_PASTED_MOST,
        strip=False,
        widget=forms.Textarea({"rows": 6, "class": "form-control"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcome = self.fields["outcome"]
        assert isinstance(outcome, forms.ChoiceField)
        outcome.label, outcome.required = _("What the lines tell"), True
        outcome.choices = [(one.value, one.label) for one in self._for_all()]
