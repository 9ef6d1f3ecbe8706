"""Words of coverage: which list, and what came of looking at a benefit without a ground."""

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
