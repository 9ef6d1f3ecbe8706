"""Words of inspections: how a sample is drawn, and what was found."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SampleStrata(TextChoices):
    """The same number is drawn from each stratum."""

    ALL = "ALL", _("All together")
    BY_CLASS = "BY_CLASS", _("By class")
    BY_COMMUNE = "BY_COMMUNE", _("By commune")
    BY_VILLAGE = "BY_VILLAGE", _("By village")


class FindingKind(TextChoices):
    RIGHT = "RIGHT", pgettext_lazy("finding", "Right")
    WRONG_CLASS = "WRONG_CLASS", _("The class is not right")
    WRONG_FACTS = "WRONG_FACTS", _("Facts are not right")
    PROCEDURE = "PROCEDURE", _("The procedure was not followed")
