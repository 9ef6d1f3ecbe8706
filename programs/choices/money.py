"""The closed sets of words of plans and money."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Counted(TextChoices):
    """What a target counts. Times served and distinct recipients are different numbers."""

    TIMES = "TIMES", pgettext_lazy("counted", "Times served")
    HOUSEHOLDS = "HOUSEHOLDS", pgettext_lazy("counted", "Distinct households")
    PERSONS = "PERSONS", pgettext_lazy("counted", "Distinct persons")
    HOUSES = "HOUSES", pgettext_lazy("counted", "Houses")
    PROJECTS = "PROJECTS", pgettext_lazy("counted", "Projects")
    JOBS = "JOBS", pgettext_lazy("counted", "Jobs")
    PEOPLE_REACHED = "PEOPLE_REACHED", pgettext_lazy("counted", "People reached")


class MoneyStage(TextChoices):
    """How far money of a programme has come."""

    ALLOCATED = "ALLOCATED", pgettext_lazy("money", "Allocated")
    COMMITTED = "COMMITTED", pgettext_lazy("money", "Committed")
    DISBURSED = "DISBURSED", pgettext_lazy("money", "Disbursed")


class EntrySource(TextChoices):
    """Where an entry of money was read from."""

    TYPED = "TYPED", pgettext_lazy("money", "Typed from the document")
    TREASURY = "TREASURY", pgettext_lazy("money", "Sheet of the treasury")


class PaidRecord(TextChoices):
    """Which records say that money was paid."""

    BENEFITS = "benefits", pgettext_lazy("paid", "Amounts written on benefits")
    PROJECTS = "projects", pgettext_lazy("paid", "Payments of projects")
    HOUSES = "houses", pgettext_lazy("paid", "Payments for houses")
    WORKS = "works", pgettext_lazy("paid", "Payments for works")
