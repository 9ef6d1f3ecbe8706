"""What is typed when a project or a model is evaluated, and when a shortcoming is mended."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from households.forms.steps import DayInput, SaysFaults
from programs.choices.projects import WorthRepeating
from programs.forms.projects import lines, optional_day
from programs.services.evaluations import Verdict

_LONG = 600


class EvaluationForm(SaysFaults):
    """What it was worth."""

    evaluated_on = DayInput(_("Evaluated on"))
    evaluated_by = forms.CharField(label=_("Evaluated by"), max_length=160)
    result = lines(_("Result against the plan"), _LONG)
    started_households = forms.IntegerField(
        label=_("Households that began"), min_value=0, max_value=10_000
    )
    kept_households = forms.IntegerField(
        label=_("Of these, kept it after 12 months"), min_value=0, required=False
    )
    shortcoming = lines(_("Shortcoming"), _LONG, required=False)
    mends = forms.CharField(label=_("Who mends it"), max_length=160, required=False)
    mend_by = optional_day(_("To be mended by"))
    worth_repeating = forms.ChoiceField(
        label=_("Worth repeating"), choices=WorthRepeating, widget=forms.RadioSelect
    )
    repeat_where = forms.CharField(label=_("Where to repeat it"), max_length=200, required=False)

    def begins_with(self, took_part: int, kept_hint: Any) -> None:
        """`took_part`: households that may have begun; `kept_hint`: when one knows who kept it."""
        self.fields["started_households"].initial = took_part
        self.fields["kept_households"].help_text = kept_hint

    def verdict(self) -> Verdict:
        """After is_valid()."""
        return Verdict(**{name: self.cleaned_data[name] for name in Verdict.__dataclass_fields__})


class MendingForm(SaysFaults):
    """A shortcoming is mended. `rows`: the evaluations that name an open one, by their keys."""

    evaluation = forms.ChoiceField(label=_("Shortcoming"))
    mended_on = DayInput(_("Mended on"))

    def offers(self, evaluations: QuerySet[Any]) -> None:
        """Out of these evaluations. One query."""
        open_ones = evaluations.exclude(shortcoming="").filter(mended_on=None)
        self.rows = {str(one.pk): one for one in open_ones}
        field = self.fields["evaluation"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(pk, one.shortcoming[:80]) for pk, one in self.rows.items()]


class ModelEvaluationForm(EvaluationForm):
    """Of a model: `took_part` households by name, who kept it is known from a day on."""

    def __init__(self, *args: Any, took_part: int, kept_known_from: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.begins_with(
            took_part,
            _("12 months after the last day: %(day)s. Leave it empty before.")
            % {"day": f"{kept_known_from:%d/%m/%Y}"},
        )
        self.fields["started_households"].help_text = _(
            "Households that took part by name: %(count)s. No more can have begun."
        ) % {"count": took_part}
