"""The columns of multidimensional measures in words."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from households.services import standards
from reports.queries.questions import Question
from reports.queries.unit_measures import OF_INDICATOR, of_dimension

_WHOLE: Final[dict[str, Promise]] = {
    "households": _("Households measured"),
    "persons": _("Persons in households measured"),
    "dropped_households": _("Households of which an indicator is not known"),
    "headcount_rate": _("Multidimensional headcount ratio (H), per cent"),
    "intensity_rate": _("Intensity among the poor (A), per cent"),
    "adjusted_headcount_rate": _("Adjusted headcount ratio (M0), per cent"),
}
_OF_INDICATOR: Final = {
    "uncensored": _("Lacking, per cent of all measured: %(what)s"),
    "censored": _("Poor and lacking, per cent of all measured: %(what)s"),
    "contribution": _("Contribution to M0, per cent: %(what)s"),
}


def of(question: Question) -> dict[str, str]:
    """By column of unit_measures, in the language of the page."""
    language = get_language() or "vi"
    rules = standards.rules_of(question.standard)
    words = {column: str(text) for column, text in _WHOLE.items()}
    for one in rules.indicators:
        name = one.name.in_language(language)
        for what in OF_INDICATOR:
            words[f"{one.code}_{what}_rate"] = str(_OF_INDICATOR[what]) % {"what": name}
    for dimension in rules.dimensions:
        name = dimension.name.in_language(language)
        column = of_dimension(dimension.code)
        words[column] = str(_OF_INDICATOR["contribution"]) % {"what": name}
    return words
