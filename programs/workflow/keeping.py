"""When it can be said who kept what a project or a model gave: pure reckoning."""

import datetime as dt

from households.procedure import months_before

#: For how long a household has to keep it before it counts as kept.
KEPT_MONTHS = 12


def kept_known_from(since: dt.date) -> dt.date:
    """The first day on which anybody can say it of what was given by `since`."""
    return months_before(since, -KEPT_MONTHS)
