"""The only clock. POVREG_TODAY (ISO date) sets it for tests, training and the demo."""

import datetime as dt

from django.conf import settings
from django.utils import timezone


def today() -> dt.date:
    """The local date of the installation, or the date that POVREG_TODAY pins.

    Validity of people, units and standards is judged on a round's `as_of`, never on this.
    """
    pinned: dt.date | None = settings.POVREG_TODAY
    return pinned or timezone.localdate()
