"""Why a household is on the register no more."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class HouseholdEndReason(TextChoices):
    """MERGED is given by the merger, the others by who ends the household."""

    MOVED_OUT = "MOVED_OUT", _("Moved out of the province")
    MOVED_BEYOND = "MOVED_BEYOND", _("Moved to a commune that is not in povreg yet")
    ALL_DIED = "ALL_DIED", _("All members died")
    MISTAKE = "MISTAKE", _("Entered by mistake")
    MERGED = "MERGED", _("Merged into another household")
