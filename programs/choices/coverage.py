"""Words of coverage: which list, and what came of looking at a benefit without a ground."""

from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CoverageList(TextChoices):
    """Which recipients of a programme one asks for. The values stand in addresses."""

    GAP = "gap", _("Entitled, not served yet")
    SERVED = "served", _("Entitled and served")
    OPEN = "open", _("Too little is known to say")
    TWICE = "twice", _("Served twice at the same time")
    LAPSING = "lapsing", pgettext_lazy("coverage", "Ends soon")


class GroundVerdict(TextChoices):
    """What an officer found of a benefit that no ground known to povreg explains."""

    FOUND = "FOUND", _("A ground was found")
    STAYS = "STAYS", _("It stays without a ground")
    TAKEN_BACK = "TAKEN_BACK", _("It was recorded by mistake and is taken back")


class GroundStanding(Enum):
    """How a benefit stands to a ground; never stored."""

    #: It was given on a ground.
    KNOWN = "KNOWN"
    #: None is known, and nobody has looked at it yet.
    TO_CHECK = "TO_CHECK"
    #: Somebody has said what he found of it.
    LOOKED_AT = "LOOKED_AT"
    #: No ground of the programme is confirmed: there is nothing to hold it against.
    NONE_CONFIRMED = "NONE_CONFIRMED"
    #: Not received, or taken back.
    NOT_ASKED = "NOT_ASKED"
