"""Words of reorganisations: what happens to units, and how far the act is."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReorganisationKind(TextChoices):
    """One part of an act: what happens to some units of one level."""

    MERGE = "MERGE", _("Communes become one")
    SPLIT = "SPLIT", _("A commune becomes several")
    TRANSFER = "TRANSFER", _("Villages go to another commune")
    MOVE = "MOVE", _("A commune goes to another district")
    RENAME = "RENAME", _("Another name or code")
    TYPE = "TYPE", _("Another type of unit")
    LEVEL_ENDS = "LEVEL_ENDS", _("Districts end")
    VILLAGE_MERGE = "VILLAGE_MERGE", _("Villages become one")
    VILLAGE_SPLIT = "VILLAGE_SPLIT", _("A village becomes several")
    VILLAGE_RENAME = "VILLAGE_RENAME", _("A village gets another name")


class ReorganisationState(TextChoices):
    DRAFT = "DRAFT", pgettext_lazy("reorganisation", "Draft")
    SIGNED = "SIGNED", pgettext_lazy("reorganisation", "Signed")
    UNDONE = "UNDONE", pgettext_lazy("reorganisation", "Taken back")


#: What a commune does with its own villages; the others are acts of the department.
OF_COMMUNES: Final = frozenset(
    {
        ReorganisationKind.VILLAGE_MERGE,
        ReorganisationKind.VILLAGE_SPLIT,
        ReorganisationKind.VILLAGE_RENAME,
    }
)
#: Villages are told one by one where each goes.
VILLAGE_BY_VILLAGE: Final = frozenset({ReorganisationKind.SPLIT, ReorganisationKind.TRANSFER})
