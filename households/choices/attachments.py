"""What a picture or a scan kept with a form shows."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AttachmentKind(TextChoices):
    """What a picture or a scan kept with a form shows."""

    HOUSE = "HOUSE", _("House")
    WATER = "WATER", _("Water source")
    TOILET = "TOILET", _("Toilet")
    SIGNED_FORM = "SIGNED_FORM", _("Signed form on paper")
    STEP_PAPER = "STEP_PAPER", _("Paper of a step")


#: Kinds that are one picture; a signed paper is one file of all its pages.
PHOTO_KINDS = (AttachmentKind.HOUSE, AttachmentKind.WATER, AttachmentKind.TOILET)
