"""Which number of a standard is meant: the name of each parameter, apart from its value."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

#: By the last part of the path that is no settlement.
_NAMES: Mapping[str, str] = {
    # of the whole standard and of the official list
    "points_per_deprivation": gettext_noop("B2 points for each lacking indicator"),
    "deprivations_for_poor": gettext_noop("Lacking indicators from which a household is poor"),
    "newly_escaped_months": gettext_noop("How long a household counts as newly escaped"),
    "minority_household": gettext_noop("Whose ethnic group makes a minority household"),
    "no_labour_household": gettext_noop("Household without labour capacity"),
    "periodic_decision_counts_from": gettext_noop("Day from which a periodic decision counts"),
    "relapse_look_back": gettext_noop("How far back a relapse looks"),
    # of a line
    "inclusive": gettext_noop("Whether the line itself counts"),
    "income_vnd": gettext_noop("Income of the line"),
    "points": gettext_noop("Points that stand for the line"),
    # of an indicator
    "reading_stated": gettext_noop("Reading of the indicator"),
    "seeking": gettext_noop("Who counts as seeking work"),
    "contract_needed": gettext_noop("Who needs a labour contract"),
    "working_age_from": gettext_noop("Working age from"),
    "working_age_below": gettext_noop("Working age below"),
    "share": gettext_noop("Share of dependants"),
    "more_than_share": gettext_noop("Whether the share itself counts"),
    "child_below_age": gettext_noop("Children are under"),
    "elderly_from_age": gettext_noop("Elderly from"),
    "elderly_without_allowance": gettext_noop("Elderly without a monthly allowance"),
    "disabled_without_allowance": gettext_noop("Disabled without a monthly allowance"),
    "insured_from_age": gettext_noop("Insurance is asked from"),
    "degree": gettext_noop("Degree needed"),
    "adult_from_age": gettext_noop("Adults from"),
    "born_from_year": gettext_noop("Born from"),
    "grown_degree": gettext_noop("Degree needed of the older ones"),
    "young_degree": gettext_noop("Degree needed of the younger ones"),
    "grown_from_age": gettext_noop("The older ones begin at"),
    "young_from_age": gettext_noop("The younger ones begin at"),
    "grown_below_age": gettext_noop("The older ones are under"),
    "grown_attending_counts_from": gettext_noop(
        "Level whose pupils count as attending, older ones"
    ),
    "young_attending_counts_from": gettext_noop(
        "Level whose pupils count as attending, younger ones"
    ),
    "first_level": gettext_noop("First level of school"),
    "second_level": gettext_noop("Second level of school"),
    "third_level": gettext_noop("Third level of school"),
    "preschool_from_age": gettext_noop("Preschool from"),
    "primary_from_age": gettext_noop("Primary school from"),
    "lower_secondary_from_age": gettext_noop("Lower secondary school from"),
    "school_from_age": gettext_noop("School age from"),
    "school_below_age": gettext_noop("School age below"),
    "parts_not_durable": gettext_noop("Parts of the house that are not durable"),
    "area_per_member": gettext_noop("Floor area per member"),
    "under_limit": gettext_noop("Whether the limit itself counts"),
}


def name_of(path: str) -> str:
    """What the number at a path is called; "" for a rule of the class, which names its class; the
    code of what has no words."""
    parts = path.split(".")
    if parts[0] == "class_rules":
        return ""
    code = parts[2] if parts[0] == "lines" else parts[-1]
    return _(_NAMES[code]) if code in _NAMES else code
