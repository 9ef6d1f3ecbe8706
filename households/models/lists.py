"""The official list: who is poor or near-poor, since when, by which decision."""

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from households.choices import DecisionOrigin, HowIn, HowOut, PovertyClass, SignerTitle
from households.models.areas import Area, DatedQuerySet, validity
from households.models.audit import Recorded
from households.models.codes import known
from households.models.people import Household
from households.models.rounds import ReviewRound
from households.models.standards import PovertyStandard
from households.models.surveys import Survey
from households.models.triggers import keeps_history


class RecognitionDecisionQuerySet(models.QuerySet[Any]):
    def on_lists(self) -> Self:
        """Those about a commune's lists, without recognitions of one household on its request and
        papers that only say who escaped."""
        return self.exclude(origin__in=[DecisionOrigin.SINGLE, DecisionOrigin.ESCAPES])

    def on_household(self, household: Any) -> Self:
        """Those on lists that decided about a household (an id, or a reference to one): it was not
        left out, and they are not about others alone."""
        given = household if hasattr(household, "resolve_expression") else models.Value(household)
        one = models.Func(given, function="to_jsonb", output_field=models.JSONField())
        return (
            self.on_lists()
            .exclude(left_out__contains=one)
            .filter(Q(only_about=[]) | Q(only_about__contains=one))
        )


class RecognitionDecision(Recorded):
    """The act of the commune chair that fixes the lists. `decided_by` signed the paper,
    `recorded_by` typed it."""

    commune = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="decisions")
    round = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="decisions")
    standard = models.ForeignKey(PovertyStandard, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(_("number"), max_length=60)
    decided_on = models.DateField(_("date"))
    effective_from = models.DateField()
    decided_by = models.CharField(_("signed by"), max_length=120, blank=True)
    signer_title = models.CharField(
        _("title of the signer"), max_length=20, choices=SignerTitle, blank=True
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    origin = models.CharField(max_length=20, choices=DecisionOrigin)
    #: Household ids it left out because their complaints were open; a supplement follows.
    left_out = models.JSONField(default=list, blank=True)
    #: Household ids of a supplement or a correction, which is about them alone.
    only_about = models.JSONField(default=list, blank=True)

    objects = RecognitionDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("recognition decision")
        constraints = [
            known("recognitiondecision", "origin", DecisionOrigin),
            known("recognitiondecision", "signer_title", SignerTitle, or_empty=True),
            models.UniqueConstraint(
                fields=["commune", "round", "standard"],
                condition=~Q(
                    origin__in=[
                        DecisionOrigin.CORRECTION,
                        DecisionOrigin.SUPPLEMENT,
                        DecisionOrigin.SINGLE,
                        DecisionOrigin.ESCAPES,
                    ]
                ),
                name="households_decision_once_per_round",
                violation_error_message=_(
                    "The commune has a decision of this round under this standard already."
                ),
            ),
            models.CheckConstraint(
                name="households_decision_has_a_number",
                condition=~Q(number=""),
                violation_error_message=_("The number of the decision is missing."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return self.number


class StatusPeriod(Recorded):
    """A household's place on the official list from a day to a day (both included).

    No period means not on a list. A status does not lapse with the year or the standard: only a
    decision ends it. Written by services.lists only.
    """

    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, related_name="status_periods"
    )
    #: The nation (null), or the province whose higher standard this list follows.
    list_owner = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    standard = models.ForeignKey(PovertyStandard, on_delete=models.PROTECT, related_name="+")
    poverty_class = models.CharField(max_length=10, choices=PovertyClass)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    decision_in = models.ForeignKey(
        RecognitionDecision, on_delete=models.PROTECT, related_name="periods_opened"
    )
    decision_out = models.ForeignKey(
        RecognitionDecision,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="periods_ended",
    )
    how_in = models.CharField(max_length=20, choices=HowIn)
    how_out = models.CharField(max_length=20, choices=HowOut, blank=True)
    #: The survey the class rests on; empty for lists taken over from before povreg.
    survey = models.ForeignKey(
        Survey, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("period on the official list")
        ordering = ["valid_from"]
        constraints = [
            known("statusperiod", "how_in", HowIn),
            known("statusperiod", "how_out", HowOut, or_empty=True),
            models.CheckConstraint(
                name="households_statusperiod_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("The last day lies before the first day."),
            ),
            models.CheckConstraint(
                name="households_statusperiod_class_of_a_list",
                condition=Q(
                    poverty_class__in=[
                        PovertyClass.POOR,
                        PovertyClass.NEAR_POOR,
                        PovertyClass.AVERAGE,
                    ]
                ),
                violation_error_message=_(
                    "Only poor, near-poor and average households are listed."
                ),
            ),
            models.CheckConstraint(
                name="households_statusperiod_end_is_decided",
                condition=Q(valid_to__isnull=True, decision_out__isnull=True, how_out="")
                | (Q(valid_to__isnull=False, decision_out__isnull=False) & ~Q(how_out="")),
                violation_error_message=_("Only a decision ends a period."),
            ),
            ExclusionConstraint(
                name="households_statusperiod_one_class_at_a_time",
                expressions=[
                    ("household", RangeOperators.EQUAL),
                    (
                        Coalesce("list_owner", Value(0), output_field=models.BigIntegerField()),
                        RangeOperators.EQUAL,
                    ),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The household is on a list at that time already."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.household_id} {self.poverty_class}"
