"""Plans and money of programmes: dated targets, and entries that are never changed."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from households.models import Area
from households.models.audit import Recorded
from households.models.codes import known
from households.models.triggers import append_only, keeps_history
from programs.choices import FundingLine
from programs.choices.money import Counted, EntrySource, MoneyStage
from programs.models.programmes import Programme

_YEARS = {"year__gte": 2000, "year__lte": 2100}


class Target(Recorded):
    """What an area is to reach of a programme in a year, by a decision. A later decision is a row
    of its own: on a day the newest one decided by then counts. Written by services.targets only.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="targets")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    year = models.SmallIntegerField(_("year"))
    counts = models.CharField(max_length=20, choices=Counted)
    number = models.IntegerField(_("number"))
    decision_number = models.CharField(_("number of the decision"), max_length=60)
    decided_on = models.DateField(_("decided on"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("target of a programme")
        ordering = ["programme", "year", "area", "-decided_on"]
        constraints = [
            known("target", "counts", Counted, app="programs"),
            models.UniqueConstraint(
                fields=["programme", "area", "year", "counts", "decided_on"],
                name="programs_target_once_a_decision",
                violation_error_message=_("This decision set a target for this area already."),
            ),
            models.CheckConstraint(
                name="programs_target_not_negative",
                condition=Q(number__gte=0),
                violation_error_message=_("Numbers cannot be negative."),
            ),
            models.CheckConstraint(
                name="programs_target_has_a_decision",
                condition=~Q(decision_number=""),
                violation_error_message=_("The number of the decision is missing."),
            ),
            models.CheckConstraint(
                name="programs_target_year_known",
                condition=Q(**_YEARS),
                violation_error_message=_("This is no year of a programme."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.programme_id} {self.area_id} {self.year} {self.counts} {self.number}"


class MoneyEntry(Recorded):
    """Money of a programme that was allocated, committed or disbursed for an area and year: a sum
    with its sign, day and document. Never changed: a mistake is answered by a counter-entry.
    Written by services.money only; not to be mixed up with the sums of recorded benefits.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="money")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    #: The budget year it belongs to, whatever the day it was booked.
    year = models.SmallIntegerField(_("year"))
    funding = models.CharField(_("money from"), max_length=20, choices=FundingLine)
    stage = models.CharField(max_length=10, choices=MoneyStage)
    amount_vnd = models.BigIntegerField(_("amount (VND)"))
    booked_on = models.DateField(_("date"))
    document_number = models.CharField(_("number of the document"), max_length=60)
    source = models.CharField(max_length=10, choices=EntrySource)
    #: The entry that this one takes back.
    counters = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="countered_by"
    )
    #: Why it was booked although a rule speaks against it, or why it takes another back.
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    booked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("entry of money")
        ordering = ["-booked_on", "-pk"]
        indexes = [models.Index(fields=["year", "programme"], name="programs_money_of_year")]
        constraints = [
            known("moneyentry", "funding", FundingLine, app="programs"),
            known("moneyentry", "stage", MoneyStage, app="programs"),
            known("moneyentry", "source", EntrySource, app="programs"),
            models.CheckConstraint(
                name="programs_moneyentry_not_nothing",
                condition=~Q(amount_vnd=0),
                violation_error_message=_("An entry of nothing says nothing."),
            ),
            models.CheckConstraint(
                name="programs_moneyentry_has_a_document",
                condition=~Q(document_number=""),
                violation_error_message=_("The number of the document is missing."),
            ),
            models.CheckConstraint(
                name="programs_moneyentry_year_known",
                condition=Q(**_YEARS),
                violation_error_message=_("This is no year of a programme."),
            ),
            models.CheckConstraint(
                name="programs_moneyentry_counter_says_why",
                condition=Q(counters__isnull=True) | ~Q(reason=""),
                violation_error_message=_("Write why."),
            ),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.programme_id} {self.area_id} {self.year} {self.stage} {self.amount_vnd}"
