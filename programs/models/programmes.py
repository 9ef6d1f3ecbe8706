"""Programmes of support as dated terms: who, what, on which legal basis, from when to when."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from households.models import Area
from households.models.areas import DatedQuerySet, validity
from households.models.audit import Recorded
from households.models.codes import known
from households.models.triggers import keeps_history
from programs.appraisal.conditions import UNRECORDED
from programs.choices import AmountPer, Doubt, ProgrammeKind, Recipient


def in_language(vi: str, en: str) -> str:
    return en if (get_language() or "vi").split("-")[0] == "en" else vi


class Programme(Recorded):
    """A programme of support. Its grounds are ProgrammeTerms."""

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=20, choices=ProgrammeKind)
    recipient = models.CharField(max_length=10, choices=Recipient)
    name_vi = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    #: A household is served once for all (houses).
    once = models.BooleanField(default=False)
    #: Codes of FundingLine.
    funding = models.JSONField(default=list, blank=True)
    #: Codes of the standards' indicators and of the list support_wanted that it answers.
    answers_indicators = models.JSONField(default=list, blank=True)
    answers_wants = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("programme")
        ordering = ["pk"]
        constraints = [
            known("programme", "kind", ProgrammeKind, app="programs"),
            known("programme", "recipient", Recipient, app="programs"),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        return in_language(self.name_vi, self.name_en)


class ProgrammeTerms(Recorded):
    """One ground of a programme for a time. A change of the law is another row, never a change
    of this one."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="terms")
    #: The province that gives it on its own; empty for the nation's.
    owner = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ground = models.CharField(max_length=40)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    #: Among grounds that give the same, the lower goes first.
    rank = models.SmallIntegerField(default=1)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    #: Conditions that must all hold (programs.appraisal.conditions).
    who = models.JSONField()

    #: Share of the premium or fee that is borne, per cent.
    share_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    ceiling_vnd = models.BigIntegerField(null=True, blank=True)
    rate_percent_year = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    amount_vnd = models.BigIntegerField(null=True, blank=True)
    amount_per = models.CharField(max_length=10, choices=AmountPer, blank=True)
    months_most = models.SmallIntegerField(null=True, blank=True)
    loan_months_most = models.SmallIntegerField(null=True, blank=True)

    legal_basis = models.CharField(max_length=300)
    source = models.CharField(max_length=400)
    #: "who" or a field above to one of Doubt: what nobody has vouched for yet.
    doubts = models.JSONField(default=dict, blank=True)
    note = models.CharField(max_length=300, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("terms of a programme")
        ordering = ["programme", "rank", "valid_from"]
        constraints = [
            known("programmeterms", "amount_per", AmountPer, app="programs", or_empty=True),
            models.CheckConstraint(
                name="programs_programmeterms_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("The last day lies before the first day."),
            ),
            models.CheckConstraint(
                name="programs_programmeterms_share_is_a_share",
                condition=Q(share_percent__isnull=True)
                | Q(share_percent__gte=0, share_percent__lte=100),
                violation_error_message=_("A share lies between 0 and 100 per cent."),
            ),
            models.CheckConstraint(
                name="programs_programmeterms_money_not_negative",
                condition=(Q(ceiling_vnd__isnull=True) | Q(ceiling_vnd__gte=0))
                & (Q(amount_vnd__isnull=True) | Q(amount_vnd__gte=0)),
                violation_error_message=_("Money cannot be negative."),
            ),
            models.CheckConstraint(
                name="programs_programmeterms_amount_says_for_what",
                condition=Q(amount_vnd__isnull=True, amount_per="")
                | (Q(amount_vnd__isnull=False) & ~Q(amount_per="")),
                violation_error_message=_("An amount says what it is for: a month, a year."),
            ),
            ExclusionConstraint(
                name="programs_programmeterms_one_at_a_time",
                expressions=[
                    ("programme", RangeOperators.EQUAL),
                    ("ground", RangeOperators.EQUAL),
                    (
                        Coalesce("owner", Value(0), output_field=models.BigIntegerField()),
                        RangeOperators.EQUAL,
                    ),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This ground has terms for that time already."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.programme_id} {self.ground} {self.valid_from}"

    @property
    def name(self) -> str:
        return in_language(self.name_vi, self.name_en)

    @property
    def decides(self) -> bool:
        """Whether a real family may be decided on it."""
        return bool(self.doubts.get("who") != Doubt.WEAK) and not self.is_unrecorded

    @property
    def is_unrecorded(self) -> bool:
        """Whether it asks for what the register does not hold of anybody."""
        return UNRECORDED in self.who

    @property
    def order(self) -> tuple[Any, ...]:
        """The best ground first: the highest share, then the highest amount, then the rank."""
        return (-(self.share_percent or 0), -(self.amount_vnd or 0), self.rank, self.pk)
