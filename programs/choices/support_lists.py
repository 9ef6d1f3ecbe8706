"""Words of the lists that a commune hands to a bank, an insurer or a school."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class ListState(TextChoices):
    """How far a list has come. That it is answered follows from its rows and is not stored."""

    DRAFT = "DRAFT", pgettext_lazy("support list", "Being drawn up")
    HANDED_OVER = "HANDED_OVER", pgettext_lazy("support list", "Handed over")
    DROPPED = "DROPPED", pgettext_lazy("support list", "Taken back")


class Receiver(TextChoices):
    """To whom a list goes."""

    BANK = "BANK", pgettext_lazy("receiver of a list", "Policy bank")
    INSURER = "INSURER", pgettext_lazy("receiver of a list", "Social insurance")
    SCHOOL = "SCHOOL", pgettext_lazy("receiver of a list", "School")


class LoanPurpose(TextChoices):
    """What a loan is for, as the bank's list of borrowers has it."""

    LIVESTOCK = "LIVESTOCK", pgettext_lazy("loan", "Livestock")
    CROPS = "CROPS", pgettext_lazy("loan", "Crops")
    FOREST = "FOREST", pgettext_lazy("loan", "Forest")
    FISHERY = "FISHERY", pgettext_lazy("loan", "Fishery")
    TRADE = "TRADE", pgettext_lazy("loan", "Trade and services")
    CRAFT = "CRAFT", pgettext_lazy("loan", "Craft")
    HOUSING = "HOUSING", pgettext_lazy("loan", "Housing")
    WATER = "WATER", pgettext_lazy("loan", "Clean water, sanitation")
    STUDY = "STUDY", pgettext_lazy("loan", "Study costs")
    WORK_ABROAD = "WORK_ABROAD", pgettext_lazy("loan", "Work abroad")
    OTHER = "OTHER", pgettext_lazy("loan", "Other purpose")


class Outcome(TextChoices):
    """What the receiver answers of one row."""

    DECIDED = "DECIDED", pgettext_lazy("answer", "Approved")
    SERVED = "SERVED", pgettext_lazy("answer", "Received")
    CLOSED = "CLOSED", pgettext_lazy("answer", "Ended")
    REFUSED = "REFUSED", pgettext_lazy("answer", "Refused")
