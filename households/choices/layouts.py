"""What the rows of an output layout are, and whom they are about."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RowKind(TextChoices):
    """What one row of a sheet is."""

    HOUSEHOLD = "HOUSEHOLD", _("One row a household")
    MEMBER = "MEMBER", _("One row a member")


class LayoutWhom(TextChoices):
    """Which households a sheet is about; the official list is that of the day it is taken out."""

    LISTED = "LISTED", _("On the official list")
    POOR = "POOR", _("Poor households alone")
    NEAR_POOR = "NEAR_POOR", _("Near-poor households alone")
    ALL = "ALL", _("All households of the register")
