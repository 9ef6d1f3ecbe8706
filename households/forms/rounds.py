"""What the department fills in to open a review round."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from households import clock, procedure
from households.choices import RoundKind, StandardPart
from households.forms.round_terms import DayField, RoundTermsForm
from households.models import Area, PovertyStandard
from households.services import rounds, standards
from households.services.rounds import Parts

#: Years that a slip of the finger does not leave.
_EARLIEST_YEAR, _LATEST_YEAR = 2000, 2100


class StandardChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Standards by their name in the reader's language."""

    def label_from_instance(self, standard: PovertyStandard) -> str:
        return str(standard.name_en if get_language() == "en" else standard.name_vi)


class RoundForm(RoundTermsForm):
    """A round of one of `provinces`; what stays empty is told by the law's dates.

    After is_valid() `cleaned_data` holds `as_of`, `opens_on` and `closes_on` as dates, defaults
    filled in, and `parts` as services.rounds.open_round takes them.
    """

    province = forms.ModelChoiceField(
        queryset=Area.objects.none(), label=gettext_lazy("Province"), empty_label=None
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of review"),
        choices=RoundKind.choices,
        initial=RoundKind.PERIODIC,
        widget=forms.RadioSelect,
    )
    year = forms.IntegerField(
        label=gettext_lazy("Year"), min_value=_EARLIEST_YEAR, max_value=_LATEST_YEAR
    )
    month = forms.TypedChoiceField(
        label=gettext_lazy("Month"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", ""), *((month, month) for month in range(1, 13))],
        help_text=gettext_lazy("Only for an ad-hoc review."),
    )
    as_of = DayField(label=gettext_lazy("Ages and map on"))
    standard = StandardChoice(
        queryset=PovertyStandard.objects.none(),
        label=gettext_lazy("Standard"),
        required=False,
        empty_label=gettext_lazy("The one in force on that day"),
    )
    opening_standard = StandardChoice(
        queryset=PovertyStandard.objects.none(),
        label=gettext_lazy("Standard of the new period"),
        required=False,
        empty_label=gettext_lazy("The same: no change of period"),
        help_text=gettext_lazy(
            "Only at a change of period: the standard above closes the old period, this one opens"
            " the new one, and every form is scored under both. Until its numbers are confirmed"
            " this is a trial that decides no list."
        ),
    )
    opens_on = DayField(label=gettext_lazy("First day of the review"))
    closes_on = DayField(label=gettext_lazy("Last day of the review"))
    covers_all_residents = forms.BooleanField(
        label=gettext_lazy("Every resident household is surveyed, not only those on the list"),
        required=False,
    )

    def __init__(
        self, *args: Any, provinces: list[Area], communes: Iterable[Area] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, communes=communes, **kwargs)
        province = self.fields["province"]
        assert isinstance(province, forms.ModelChoiceField)
        province.queryset = Area.objects.filter(pk__in=[one.pk for one in provinces])
        national = PovertyStandard.objects.filter(owner=None)
        for name in ("standard", "opening_standard"):
            choice = self.fields[name]
            assert isinstance(choice, StandardChoice)
            choice.queryset = national | PovertyStandard.objects.filter(owner__in=provinces)
        self.fields["year"].initial = clock.today().year
        self._tell_defaults()

    def _tell_defaults(self) -> None:
        """What an empty day will be, as day and month."""
        year = clock.today().year
        first, last = (f"{day:%d/%m}" for day in procedure.periodic_dates(year))
        begin, end = procedure.ad_hoc_dates(year, 1)
        opens = _("Left empty: %(day)s; for an ad-hoc review day %(ad_hoc)s of its month.")
        opens %= {"day": first, "ad_hoc": begin.day}
        self.fields["as_of"].help_text = self.fields["opens_on"].help_text = opens
        self.fields["closes_on"].help_text = _(
            "Left empty: %(day)s; for an ad-hoc review %(days)s days after day %(ad_hoc)s."
        ) % {"day": last, "days": (end - begin).days, "ad_hoc": begin.day}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        kind, month = cleaned.get("kind"), cleaned.get("month")
        if kind and "month" in cleaned and (kind == RoundKind.AD_HOC) != bool(month):
            self.add_error("month", _("An ad-hoc round has a month, a periodic one none."))
        if not self.errors:
            self._fill_days(cleaned)
            self._check_days(cleaned)
            cleaned["parts"] = self._parts(cleaned)
        return cleaned

    def _fill_days(self, cleaned: dict[str, Any]) -> None:
        year, month = cleaned["year"], cleaned["month"]
        first, last = (
            procedure.ad_hoc_dates(year, month) if month else procedure.periodic_dates(year)
        )
        for name, default in (("as_of", first), ("opens_on", first), ("closes_on", last)):
            cleaned[name] = cleaned[name] or default

    def _check_days(self, cleaned: dict[str, Any]) -> None:
        as_of: dt.date = cleaned["as_of"]
        province: Area = cleaned["province"]
        if as_of.year != cleaned["year"]:
            self.add_error("as_of", _("This day is not in the year of the round."))
        elif not Area.objects.on(as_of).filter(pk=province.pk).exists():
            self.add_error("as_of", _("The province is not on the map of this day."))
        if cleaned["closes_on"] < cleaned["opens_on"]:
            self.add_error("closes_on", _("The round closes before it opens."))

    def _parts(self, cleaned: dict[str, Any]) -> Parts:
        """One standard for both ends of the round, or one for each."""
        if "as_of" not in cleaned:
            return []
        first: PovertyStandard | None = cleaned["standard"] or standards.in_force(cleaned["as_of"])
        opening: PovertyStandard | None = cleaned["opening_standard"]
        if first is None:
            self.add_error("standard", _("No poverty standard is in force on this day; name one."))
            return []
        for name, one in (("standard", first), ("opening_standard", opening)):
            if one and one.owner_id not in (None, cleaned["province"].pk):
                self.add_error(name, _("This standard belongs to another province."))
        if opening and cleaned["kind"] == RoundKind.AD_HOC:
            self.add_error("opening_standard", rounds.only_periodic_change_period())
        if opening is None:
            return [(first, StandardPart.BOTH)]
        if opening == first:
            self.add_error("opening_standard", _("This standard closes the old period already."))
        return [(first, StandardPart.CLOSING), (opening, StandardPart.OPENING)]
