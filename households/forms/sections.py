"""The sections of the review form and the questions in each, in the order of the paper."""

from dataclasses import dataclass, field
from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from households.exchange.columns import HOUSEHOLD_COLUMN, Column, Kind, Need
from households.forms.fields import Field, Words, copy_of, of_column
from households.forms.review_lists import ReviewLists
from households.scoring import PointTable

SURVEYED_ON = Column(
    "surveyed_on", Kind.DATE, _("surveyed on"), "Ngày khảo sát", Need.OPTIONAL, field="surveyed_on"
)


@dataclass
class Section:
    """A part of the page. `questions` are the point questions of form B."""

    code: str
    title: Words
    facts: list[Field] = field(default_factory=list)
    questions: list[Field] = field(default_factory=list)
    derived: list[str] = field(default_factory=list)

    @property
    def fields(self) -> list[Field]:
        return [*self.facts, *self.questions]

    @property
    def errors(self) -> int:
        return sum(len(one.errors) for one in self.fields)


@dataclass(frozen=True)
class SectionPlan:
    """What a section asks: columns of the exchange format by field name."""

    code: str
    title: Words
    names: tuple[str, ...]
    asks_points: bool = False

    def build(self, lists: ReviewLists, table: PointTable | None) -> Section:
        section = Section(code=self.code, title=self.title)
        section.facts = [fact(name, lists) for name in self.names]
        if self.asks_points and table is not None:
            language = get_language() or "vi"
            derived = [one for one in table.questions if not one.takes_answer]
            section.questions = _questions(table, language)
            section.derived = [one.name.in_language(language) for one in derived]
        return section


LAYOUT = (
    SectionPlan("general", _("General"), ("surveyed_on", "phone", "farm_household")),
    SectionPlan(
        "housing",
        _("Housing"),
        (
            "wall_material", "wall_durable", "column_material", "column_durable",
            "roof_material", "roof_durable", "floor_area_m2",
        ),
    ),
    SectionPlan(
        "water",
        _("Water and toilet"),
        ("water_source", "water_clean", "toilet_type", "toilet_hygienic"),
    ),
    SectionPlan(
        "devices",
        _("Devices"),
        ("has_tv", "has_radio", "has_desktop", "has_phone", "has_laptop", "has_tablet",
         "has_smartphone"),
    ),
    SectionPlan(
        "income",
        _("Income and points"),
        ("income_per_capita_month_vnd", "b1_points_paper", "b2_points_paper", "class_paper"),
        asks_points=True,
    ),
    SectionPlan(
        "traits",
        _("Traits and hardship"),
        ("no_labour", "shock", "shock_on"),
    ),
)  # fmt: skip

_UNITS: dict[str, Words] = {
    "floor_area_m2": "m²",
    "income_per_capita_month_vnd": _("đồng per person and month"),
    "b1_points_paper": _("points"),
    "b2_points_paper": _("points"),
}


#: What a legal term means, in a line; the guide says more.
_HINTS: dict[str, Words] = {
    "farm_household": _(
        "Lives mainly of farming, forestry, fishery or salt; only such a household can be"
        " recognised as of average living standard."
    ),
    "no_labour": _("No member is able to work: old, disabled, gravely ill or a child."),
    "shock": _("What hit the household in the twelve months before the review."),
    "income_per_capita_month_vnd": _(
        "Average of the last twelve months, social allowances left out. Empty means: not asked."
    ),
}


def fact(name: str, lists: ReviewLists) -> Field:
    """The empty question of a column, by field name, with its unit and its list."""
    one = copy_of(_fact(name, get_language()))
    if list_code := _column(name).list_code:
        one.options = lists.options(list_code)
    return one


@cache
def _fact(name: str, language: str | None) -> Field:
    """What is the same in every form of a language: all but the codes of a list."""
    one = of_column(_column(name))
    one.unit = _UNITS.get(name, "")
    one.hint = _HINTS.get(name, "")
    return one


def _column(name: str) -> Column:
    return SURVEYED_ON if name == SURVEYED_ON.name else HOUSEHOLD_COLUMN[name]


def _questions(table: PointTable, language: str) -> list[Field]:
    return [
        Field(
            name=f"b1-{question.code}",
            path=f"b1_{question.code}",
            label=question.name.in_language(language),
            kind="choice",
            options=[(one.code, one.name.in_language(language)) for one in question.options],
            hint=_("Only when the members do not tell it.") if question.or_asked else "",
        )
        for question in table.questions
        if question.takes_answer
    ]
