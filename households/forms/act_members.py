"""Who joins a household, and what of a member is put right: the facts of one person."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.choices import BirthPrecision, Relation, Sex
from households.exchange.card_numbers import CardNumbers, typed_number
from households.exchange.columns import MEMBER_COLUMN
from households.exchange.values import BadValue, BirthDate, parse, tidy
from households.forms.fields import as_text
from households.forms.household_acts import ActForm
from households.forms.review_lists import ReviewLists
from households.models import Membership
from households.models.personal_id import mask_personal_id
from households.services.household_acts.newcomers import Facts


class PersonForm(ActForm):
    """The facts of one person, typed as in a review."""

    full_name = forms.CharField(label=gettext_lazy("Full name"), max_length=120)
    sex = forms.ChoiceField(
        label=gettext_lazy("Sex"), choices=[("", gettext_lazy("Choose")), *Sex.choices]
    )
    birth_date = forms.CharField(
        label=gettext_lazy("Birth date"),
        help_text=gettext_lazy("dd/mm/yyyy, or the year alone."),
        max_length=10,
    )
    ethnic_group = forms.CharField(
        label=gettext_lazy("Ethnic group"), required=False, max_length=60
    )
    personal_id = forms.CharField(
        label=gettext_lazy("Personal number"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("12 digits, or the 9 of an old identity card."),
    )
    relation = forms.ChoiceField(
        label=gettext_lazy("Relation to the head"),
        choices=[("", gettext_lazy("Choose the relation")), *Relation.choices],
    )

    def clean_full_name(self) -> str:
        return tidy(self.cleaned_data["full_name"])

    def clean_birth_date(self) -> BirthDate:
        found: BirthDate = self._read("birth_date", "birth_date")
        return found

    def clean_personal_id(self) -> CardNumbers:
        try:
            return typed_number(self.cleaned_data["personal_id"])
        except BadValue as fault:
            raise ValidationError(str(fault.reason)) from fault

    def clean_ethnic_group(self) -> Any:
        typed = self.cleaned_data["ethnic_group"]
        group = ReviewLists().ethnic_group(typed) if typed else None
        if typed and group is None:
            raise ValidationError(_("This ethnic group is not in the list."))
        return group

    def _read(self, name: str, column: str) -> Any:
        try:
            return parse(MEMBER_COLUMN[column], self.cleaned_data[name])
        except BadValue as fault:
            raise ValidationError(str(fault.reason)) from fault

    def arguments(self) -> dict[str, Any]:
        given = self.cleaned_data
        born: BirthDate = given["birth_date"]
        facts = Facts(
            full_name=given["full_name"],
            sex=given["sex"],
            birth_date=born.date,
            birth_precision=born.precision,
            ethnic_group=given["ethnic_group"],
            personal_id=given["personal_id"].personal_id,
            old_number=given["personal_id"].old_number,
        )
        return {"facts": facts, "relation": given["relation"]}


class JoinForm(PersonForm):
    field_order = [
        "full_name", "relation", "sex", "birth_date", "ethnic_group", "personal_id", "happened_on",
    ]  # fmt: skip

    def prepare(self) -> None:
        self.fields["personal_id"].help_text = _(
            "12 digits, by which a person the register knows is found; or the 9 of an old card."
        )

    def arguments(self) -> dict[str, Any]:
        return super().arguments() | {"happened_on": self.cleaned_data["happened_on"]}


class CorrectForm(PersonForm):
    """Of the member in `person_id`; the number is never shown, so that nobody reads it here."""

    happened_on = None  # type: ignore[assignment]
    person_id = forms.ChoiceField(widget=forms.HiddenInput)
    takes_number_back = forms.BooleanField(
        label=gettext_lazy("The personal number is not this person's: take it back"),
        required=False,
    )
    field_order = [
        "person_id", "full_name", "relation", "sex", "birth_date", "ethnic_group", "personal_id",
        "takes_number_back",
    ]  # fmt: skip

    def prepare(self) -> None:
        self.offer_members("person_id")
        person = self.persons.get(self.typed("person_id"))
        numbers = [person.personal_id, person.old_number] if person else []
        if known := ", ".join(mask_personal_id(one) for one in numbers if one):
            self.fields["personal_id"].help_text = _(
                "12 digits, or the 9 of an old identity card; stays %(number)s when left empty."
            ) % {"number": known}
        else:
            del self.fields["takes_number_back"]

    def arguments(self) -> dict[str, Any]:
        return super().arguments() | {
            "person": self.person("person_id"),
            "takes_number_back": self.cleaned_data.get("takes_number_back", False),
        }


def as_typed(member: Membership) -> dict[str, str]:
    """What the form of corrections starts with."""
    person = member.person
    precision = BirthPrecision(person.birth_precision)
    born = BirthDate(person.birth_date, precision) if person.birth_date else None
    return {
        "person_id": str(member.person_id),
        "full_name": person.full_name,
        "relation": member.relation,
        "sex": person.sex,
        "birth_date": as_text(born),
        "ethnic_group": as_text(person.ethnic_group),
    }


class PhoneForm(ActForm):
    happened_on = None  # type: ignore[assignment]
    phone = forms.CharField(label=gettext_lazy("Phone"), required=False, max_length=20)

    def prepare(self) -> None:
        self.fields["phone"].initial = self.household.phone

    def arguments(self) -> dict[str, Any]:
        return {"phone": self.cleaned_data["phone"]}
