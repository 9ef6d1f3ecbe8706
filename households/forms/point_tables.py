"""What the department types about a point table: its heading, its points, worked households."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from households.exchange import point_grid
from households.exchange.point_grid import GridError
from households.models import PointTable
from households.scoring import PointTable as PointRules
from households.services import standards
from households.services.confirmations import in_words
from households.services.point_tables import Heading, with_points
from households.services.standard_documents import Document, read_text
from households.services.worked_households import may_stay_open

_LARGEST_FILE_BYTES = 1_000_000


def _dress(fields: Iterable[forms.Field]) -> None:
    """The classes of the components, so that Django's widgets look like all others."""
    for field in fields:
        is_select = isinstance(field.widget, forms.Select)
        field.widget.attrs["class"] = "form-select" if is_select else "form-control"


def is_toml(file_name: str) -> bool:
    """Whether a file holds a whole table, not only its points."""
    return file_name.lower().endswith(".toml")


class PointsForm(forms.Form):
    """The points, pasted as a grid or as a file: a grid as CSV, or a whole table as TOML."""

    grid = forms.CharField(
        label=_("Points, as a grid"),
        required=False,
        strip=False,
        help_text=_(
            "Copy the rows from a spreadsheet and paste them here: question, option, then one"
            " column for each area."
        ),
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false", "wrap": "off"}),
    )
    file = forms.FileField(
        label=_("Or a file"),
        required=False,
        help_text=_("A CSV file with the same columns, or a TOML file with the whole table."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.toml"}),
    )

    use_required_attribute = False

    def __init__(self, *args: Any, pattern: PointTable | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pattern = pattern
        self.grid_errors: tuple[GridError, ...] = ()
        _dress(self.fields.values())

    def heading(self) -> Heading:
        """What names the table: that of the draft whose points are changed."""
        assert self.pattern is not None
        name = self.pattern.document["name"]
        return Heading(self.pattern.code, name["vi"], name["en"], self.pattern.source)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > _LARGEST_FILE_BYTES:
            raise forms.ValidationError(_("The file is too large for a point table."))
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("file") and not cleaned.get("grid", "").strip():
            self.add_error("grid", _("Paste the points, or choose a file."))
        return cleaned

    def document(self) -> Document:
        """The table's document. Raises errors.Invalid; wrong cells are in `grid_errors`, and then
        the document is empty."""
        file = self.cleaned_data.get("file")
        if file and is_toml(file.name):
            return read_text(file.read(), name=file.name)
        text = file.read().decode("utf-8-sig", "replace") if file else self.cleaned_data["grid"]
        pattern = self.pattern
        if pattern is None:
            self.add_error("grid", _("Choose the table whose questions are taken over."))
            return {}
        grid = point_grid.read(text, standards.rules_of_table(pattern))
        self.grid_errors = grid.errors
        if grid.errors:
            self.add_error("grid", _("Some cells are wrong; they are listed below."))
            return {}
        return with_points(pattern=pattern, heading=self.heading(), points=grid.points)


class NewTableForm(PointsForm):
    """A new table: heading and points. A TOML file brings its own heading."""

    code = forms.SlugField(
        label=pgettext_lazy("point table", "Code"),
        max_length=40,
        help_text=_("Letters, digits and _, for example b1_2022_tt07."),
    )
    name_vi = forms.CharField(label=_("Name in Vietnamese"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("The text with its article or annex, as printed."),
    )
    field_order = ("code", "name_vi", "name_en", "source", "grid", "file")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        file = self.files.get("file")
        if file and is_toml(file.name or ""):
            for name in ("code", "name_vi", "source"):
                self.fields[name].required = False

    def heading(self) -> Heading:
        given = self.cleaned_data
        name_en = given["name_en"] or given["name_vi"]
        return Heading(given["code"], given["name_vi"], name_en, given["source"])


class WorkedHouseholdForm(forms.Form):
    """A household worked out by hand: an answer to every question, and the total expected."""

    name = forms.CharField(label=_("Name of the worked household"), max_length=120)
    variant = forms.ChoiceField(label=_("Area of the table"))
    expected_b1_points = forms.IntegerField(
        label=_("B1 total worked out by hand"), min_value=-9999, max_value=9999
    )

    def __init__(self, *args: Any, rules: PointRules, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rules = rules
        variant = self.fields["variant"]
        assert isinstance(variant, forms.ChoiceField)
        variant.choices = [(code, in_words(rules.variant_names[code])) for code in rules.variants]
        for question in rules.questions:
            open_answer = [("", _("no points") if may_stay_open(question) else "")]
            options = [(option.code, in_words(option.name)) for option in question.options]
            self.fields[self.answer_name(question.code)] = forms.ChoiceField(
                label=f"{question.number}. {in_words(question.name)}",
                choices=[*open_answer, *options],
                required=not may_stay_open(question),
            )
        _dress(self.fields.values())

    @staticmethod
    def answer_name(question: str) -> str:
        return f"answers.{question}"

    @property
    def answers(self) -> dict[str, str]:
        return {
            question.code: self.cleaned_data[self.answer_name(question.code)]
            for question in self.rules.questions
        }
