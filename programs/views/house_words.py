"""Names of indicators on pages of houses and works."""

import datetime as dt

from households.services import standards
from households.views.explanations import in_language


def indicator_names(on: dt.date) -> dict[str, str]:
    """By code, of the standard in force on the day; empty without one. One query."""
    standard = standards.in_force(on)
    if standard is None:
        return {}
    return {one.code: in_language(one.name) for one in standards.rules_of(standard).indicators}
