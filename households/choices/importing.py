"""Words of files that are imported in the browser."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ImportKind(TextChoices):
    """What the files of an import hold."""

    REVIEW = "REVIEW", _("Review")
    LIST = "LIST", _("List taken over")


class ListedClass(TextChoices):
    """What sheets of lists say of a household: its class, or which one it escaped from."""

    POOR = "POOR", _("Poor household")
    NEAR_POOR = "NEAR_POOR", _("Near-poor household")
    AVERAGE = "AVERAGE", _("Average living standard")
    NOT_POOR = "NOT_POOR", _("Not poor")
    ESCAPED_POOR = "ESCAPED_POOR", _("Escaped poverty")
    ESCAPED_NEAR_POOR = "ESCAPED_NEAR_POOR", _("Escaped near-poverty")


class ImportState(TextChoices):
    """From the files that came to the rows in the register; each step once."""

    TO_CHECK = "TO_CHECK", _("Waits to be checked")
    CHECKING = "CHECKING", _("Is being checked")
    CHECKED = "CHECKED", _("Checked")
    TO_WRITE = "TO_WRITE", _("Waits to be written")
    WRITING = "WRITING", _("Is being written")
    WRITTEN = "WRITTEN", _("Written")
    TO_UNDO = "TO_UNDO", _("Waits to be undone")
    UNDONE = "UNDONE", _("Undone")
    FAILED = "FAILED", _("Cannot be read")
    DISCARDED = "DISCARDED", _("Thrown away")


#: Somebody is at work, or will be.
UNDER_WAY = frozenset(
    {
        ImportState.TO_CHECK,
        ImportState.CHECKING,
        ImportState.TO_WRITE,
        ImportState.WRITING,
        ImportState.TO_UNDO,
    }
)
