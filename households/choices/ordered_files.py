"""Words of files that are too large to be written while one waits."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrderedKind(TextChoices):
    """What is in the file."""

    REVIEW = "REVIEW", _("Review files")
    LAYOUT = "LAYOUT", _("Sheet of a layout")
    HOUSEHOLDS = "HOUSEHOLDS", _("List of households")
    PAPERS = "PAPERS", _("Papers of households")


class OrderedForm(TextChoices):
    """How it is written."""

    XLSX = "XLSX", "Excel"
    CSV = "CSV", "CSV"
    #: One for each village, packed into a ZIP.
    PDF = "PDF", "PDF"


class OrderedState(TextChoices):
    """From the order to the day on which the file goes."""

    TO_WRITE = "TO_WRITE", pgettext_lazy("ordered file", "Waits to be written")
    WRITING = "WRITING", pgettext_lazy("ordered file", "Is being written")
    READY = "READY", pgettext_lazy("ordered file", "Ready")
    FAILED = "FAILED", pgettext_lazy("ordered file", "Could not be written")
    GONE = "GONE", pgettext_lazy("ordered file", "Deleted after its time")


#: Somebody is at work, or will be.
BEING_WRITTEN = frozenset({OrderedState.TO_WRITE, OrderedState.WRITING})
