"""Words of entries that may be one: what a pair is of, and what became of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PairKind(TextChoices):
    """In the order they are shown."""

    NUMBER = "NUMBER", _("Disputed personal number")
    HOUSEHOLD = "HOUSEHOLD", _("One household entered twice")
    PERSON = "PERSON", _("One person entered twice")


class PairState(TextChoices):
    """GONE: the register changed and they are alike no more. NOT_SAME is never offered again."""

    OPEN = "OPEN", pgettext_lazy("pair", "To be looked at")
    NOT_SAME = "NOT_SAME", pgettext_lazy("pair", "Not the same")
    MERGED = "MERGED", pgettext_lazy("pair", "Merged")
    GONE = "GONE", pgettext_lazy("pair", "No longer alike")


#: States that somebody gave it.
SETTLED = (PairState.NOT_SAME, PairState.MERGED)
