"""Typing the plan list: who accompanies a household, what was agreed, a province's own rule."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from households.forms.steps import DayInput, SaysFaults
from households.models import User
from programs.models import PlanRule, Programme
from programs.services.companions import Who


class CompanionForm(SaysFaults):
    """One of `users`, or a named person of a mass organisation."""

    user = forms.ChoiceField(label=_("User of the commune"), required=False)
    name = forms.CharField(label=_("Or a person by name"), max_length=120, required=False)
    organisation = forms.CharField(
        label=_("Of which organisation"), max_length=160, required=False,
        help_text=_("For example: Women's Union, Farmers' Union, Youth Union, Veterans."),
    )  # fmt: skip
    valid_from = DayInput(_("From which day"))

    def __init__(self, *args: Any, users: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.users = {str(one.pk): one for one in users}
        user = self.fields["user"]
        assert isinstance(user, forms.ChoiceField)
        user.choices = [("", "–"), *((pk, str(one)) for pk, one in self.users.items())]

    def who(self) -> Who:
        """After is_valid()."""
        given = self.cleaned_data
        return Who(self.users.get(given["user"]), given["name"], given["organisation"])


class AgreedForm(SaysFaults):
    """`programmes`: those that may be named."""

    words = forms.CharField(label=_("What was agreed"), max_length=200)
    programme = forms.ChoiceField(label=_("By which programme"), required=False)
    due_on = DayInput(_("Until"))

    def __init__(self, *args: Any, programmes: Sequence[Programme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].initial = None
        self.programmes = {str(one.pk): one for one in programmes}
        programme = self.fields["programme"]
        assert isinstance(programme, forms.ChoiceField)
        programme.choices = [("", "–"), *((pk, one.name) for pk, one in self.programmes.items())]

    def chosen(self) -> Programme | None:
        """After is_valid()."""
        return self.programmes.get(self.cleaned_data["programme"])


class DoneForm(SaysFaults):
    done_on = DayInput(_("Done on"))


class TakeOffForm(SaysFaults):
    reason = forms.CharField(label=_("Why it is taken off"), max_length=300)


class RuleForm(SaysFaults):
    """A province's own rule."""

    indicators_at_most = forms.IntegerField(
        label=_("Indicators too many to leave the poor list, at most"), min_value=0, max_value=12
    )
    points_at_most = forms.IntegerField(
        label=_("Points of income missing to leave the list, at most"), min_value=0, max_value=100
    )
    source = forms.CharField(label=_("In which text it stands"), max_length=400)

    def __init__(self, *args: Any, rule: PlanRule | None, **kwargs: Any) -> None:
        if rule is not None:
            names = ("indicators_at_most", "points_at_most")
            kwargs["initial"] = {name: getattr(rule, name) for name in names}
        super().__init__(*args, **kwargs)
