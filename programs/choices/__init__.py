"""The closed sets of words that programmes store, with the labels officers read."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProgrammeKind(TextChoices):
    """Which typed benefit a programme gives."""

    LOAN = "LOAN", _("Preferential loan")
    HEALTH_CARD = "HEALTH_CARD", _("Health-insurance card")
    TUITION = "TUITION", _("Tuition exemption or reduction")
    STUDY_COST = "STUDY_COST", _("Study-cost support")
    HOUSING = "HOUSING", _("Housing support")
    WORKS = "WORKS", _("Essential works")
    KNOWLEDGE = "KNOWLEDGE", _("Knowledge, courses and models")
    PROJECT = "PROJECT", _("Production project")
    TRAINING = "TRAINING", _("Vocational training")
    JOB = "JOB", _("Job")
    LABOUR_EXPORT = "LABOUR_EXPORT", _("Labour export")
    COMMUNICATION = "COMMUNICATION", _("Communication")
    OTHER = "OTHER", pgettext_lazy("programme", "Other benefit")


class Recipient(TextChoices):
    """Who is served: what times served and distinct recipients are counted in."""

    PERSON = "PERSON", pgettext_lazy("recipient", "Person")
    HOUSEHOLD = "HOUSEHOLD", pgettext_lazy("recipient", "Household")


class AmountPer(TextChoices):
    """What an amount of money is for."""

    ONCE = "ONCE", pgettext_lazy("amount", "once")
    MONTH = "MONTH", pgettext_lazy("amount", "a month")
    YEAR = "YEAR", pgettext_lazy("amount", "a year")
    DAY = "DAY", pgettext_lazy("amount", "a day")
    COURSE = "COURSE", pgettext_lazy("amount", "a course")


class Doubt(TextChoices):
    """Why a number or a ground is shown as unconfirmed. On what is WEAK nobody is decided."""

    MEMORY = "memory", _("Stated from memory, text not at hand")
    WEAK = "weak", _("Not confirmed: nobody is decided on it")


class FundingLine(TextChoices):
    """Where money comes from."""

    CENTRAL = "central", _("Central budget")
    LOCAL = "local", _("Local budget")
    COMMUNITY = "community", _("Contributions of the community")
    POLICY_BANK = "policy_bank", _("Policy bank")


class BenefitState(TextChoices):
    """How far a benefit has come. Which states a kind knows: programs.workflow."""

    WISHED = "WISHED", _("Wished for")
    LISTED = "LISTED", _("On the list of the commune")
    DECIDED = "DECIDED", pgettext_lazy("benefit", "Decided")
    SERVED = "SERVED", _("Received")
    CLOSED = "CLOSED", pgettext_lazy("benefit", "Ended")
    REFUSED = "REFUSED", pgettext_lazy("benefit", "Refused")
    CANCELLED = "CANCELLED", _("Recorded by mistake")
