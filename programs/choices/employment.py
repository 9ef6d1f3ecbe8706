"""Words of jobs and of asking, later, whether somebody still works."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EmploymentKind(TextChoices):
    LOCAL = "LOCAL", _("Wage work in the province")
    AWAY = "AWAY", _("Wage work in another province")
    SELF_EMPLOYED = "SELF_EMPLOYED", _("Self-employed")
    FUND_LOAN = "FUND_LOAN", _("Job by a loan of the employment fund")
    ABROAD = "ABROAD", _("Work abroad under contract")


class CheckAfter(IntegerChoices):
    """Months after the first working day, or the departure, at which one asks."""

    THREE = 3, _("after 3 months")
    TWELVE = 12, _("after 12 months")


class StillEmployed(TextChoices):
    YES = "YES", _("Still works")
    NO = "NO", _("Works no more")
    UNKNOWN = "UNKNOWN", _("Asked, no answer")


class AskedHow(TextChoices):
    VISIT = "VISIT", pgettext_lazy("asked", "At home")
    PHONE = "PHONE", pgettext_lazy("asked", "By telephone")
    EMPLOYER = "EMPLOYER", pgettext_lazy("asked", "Asked the employer")
    FAMILY = "FAMILY", pgettext_lazy("asked", "Asked the family")
