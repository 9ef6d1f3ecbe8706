"""Closed words of houses and essential works."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Build(TextChoices):
    """What is done to a house."""

    NEW = "NEW", pgettext_lazy("house", "New")
    REPAIR = "REPAIR", pgettext_lazy("house", "Repair")


class PaymentLine(TextChoices):
    """Where the money of one payment comes from."""

    CENTRAL = "CENTRAL", _("Central budget")
    LOCAL = "LOCAL", _("Local budget")
    COMMUNITY = "COMMUNITY", _("Contributions of the community")
    OTHER = "OTHER", pgettext_lazy("money", "Other sources")


#: Public money: what a benefit's amount is, and what a ceiling over all lines binds.
PUBLIC_LINES = (PaymentLine.CENTRAL, PaymentLine.LOCAL)


class WorksFor(TextChoices):
    """Whom a work serves."""

    HOUSEHOLD = "HOUSEHOLD", pgettext_lazy("works", "One household")
    VILLAGE = "VILLAGE", pgettext_lazy("works", "Households of a village")


#: Indicators that a house answers.
HOUSE_INDICATORS = ("house_quality", "house_area")
