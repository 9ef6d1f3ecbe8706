"""Words of next year's plan list: why a household is on it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class WhyPlanned(TextChoices):
    INDICATORS = "INDICATORS", _("One indicator from leaving the poor list")
    POINTS = "POINTS", _("Few points of income from leaving the list")
    BOTH = "BOTH", _("Few points and one indicator")
    CHOSEN = "CHOSEN", _("Chosen by the commune")
