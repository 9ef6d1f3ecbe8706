"""What becomes of households in a year: where they began, and how they stand at its closing."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Began(TextChoices):
    """Where a household stood on the first day of the year."""

    POOR = "POOR", pgettext_lazy("began the year as", "Poor households")
    NEAR_POOR = "NEAR_POOR", pgettext_lazy("began the year as", "Near-poor households")
    ESCAPED = "ESCAPED", pgettext_lazy("began the year as", "Households newly off the lists")


class Outcome(TextChoices):
    """How it stands by the year's closing, under the standard by which it began."""

    LEFT = "LEFT", pgettext_lazy("outcome", "Off the lists")
    TO_NEAR_POOR = "TO_NEAR_POOR", pgettext_lazy("outcome", "From poor to near-poor")
    STAYED = "STAYED", pgettext_lazy("outcome", "As before")
    FELL = "FELL", pgettext_lazy("outcome", "From near-poor to poor")
    REFELL = "REFELL", pgettext_lazy("outcome", "Fell back onto the lists")
    GONE = "GONE", pgettext_lazy("outcome", "Ended, moved away or other decrease")
    OTHER_STANDARD = "OTHER_STANDARD", pgettext_lazy("outcome", "Another standard: not compared")
    OPEN = "OPEN", pgettext_lazy("outcome", "The closing is not decided yet")
