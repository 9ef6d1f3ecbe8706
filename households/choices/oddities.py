"""Words of what is to be checked again before a decision; about the data, accusing nobody."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OddityKind(TextChoices):
    """In the order they are shown."""

    IDENTITY = "IDENTITY", _("Facts that do not fit together")
    EDGE = "EDGE", _("Many households close to the line")
    IDENTICAL = "IDENTICAL", _("Forms with the same answers")
    FAST = "FAST", _("Many forms in a short time")
    REVIEWER = "REVIEWER", _("Results far from those of the neighbours")
    CHANGED = "CHANGED", _("Answers that changed since the earlier review")


class OddityReason(TextChoices):
    """Why it needs no more looking at."""

    RIGHT = "RIGHT", _("Checked, the forms are right")
    MENDED = "MENDED", _("The forms were corrected")
    LOCAL = "LOCAL", _("Common in this place")
    ENTRY = "ENTRY", _("Entered together from paper")
