"""Next year's plan list: who may leave poverty, who accompanies them, what was agreed."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from households.choices import PovertyClass
from households.models import Area, Household, Survey
from households.models.areas import DatedQuerySet, validity
from households.models.audit import Recorded
from households.models.codes import known
from households.models.triggers import keeps_history
from programs.choices.plan_list import WhyPlanned
from programs.models.programmes import Programme


class PlanRule(Recorded):
    """How near the end of poverty a household stands to be proposed: a province's own rule goes
    before the nation's (`owner` empty)."""

    owner = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    #: Indicators too many to leave the poor list, at most.
    indicators_at_most = models.SmallIntegerField()
    #: Points of income (B1) missing to leave the list, at most.
    points_at_most = models.SmallIntegerField()
    source = models.CharField(max_length=400)
    is_confirmed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("rule of the plan list")
        constraints = [
            models.CheckConstraint(
                name="programs_planrule_in_reach",
                condition=Q(
                    indicators_at_most__gte=0, indicators_at_most__lte=12,
                    points_at_most__gte=0, points_at_most__lte=100,
                ),
                violation_error_message=_("At most 12 indicators and 100 points."),
            ),
            models.UniqueConstraint(
                fields=["owner"],
                nulls_distinct=False,
                name="programs_planrule_one_an_owner",
                violation_error_message=_("There is a rule already."),
            ),
        ]  # fmt: skip
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.indicators_at_most}/{self.points_at_most}"


class PlanEntry(Recorded):
    """A household on the plan list of a year, as it stood when it was put there."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="plan_entries")
    year = models.SmallIntegerField()
    commune = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    poverty_class = models.CharField(max_length=10, choices=PovertyClass)
    why = models.CharField(max_length=12, choices=WhyPlanned)
    #: The form of the decided round that it rests on.
    survey = models.ForeignKey(
        Survey, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    #: Empty while it stands on the list.
    taken_off_because = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("entry of the plan list")
        indexes = [models.Index(fields=["commune", "year"], name="programs_planentry_area")]
        constraints = [
            known("planentry", "why", WhyPlanned, app="programs"),
            models.CheckConstraint(
                name="programs_planentry_class_of_a_list",
                condition=Q(poverty_class__in=[PovertyClass.POOR, PovertyClass.NEAR_POOR]),
                violation_error_message=_("Only poor and near-poor households are planned."),
            ),
            models.CheckConstraint(
                name="programs_planentry_year_known",
                condition=Q(year__gte=2000, year__lte=2100),
                violation_error_message=_("A year from 2000 to 2100."),
            ),
            models.UniqueConstraint(
                fields=["household", "year"],
                name="programs_planentry_once_a_year",
                violation_error_message=_("The household is on the list of this year already."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.household_id} {self.year}"


class AgreedAction(Recorded):
    """What was agreed with a household: by when, and whether it was done."""

    entry = models.ForeignKey(PlanEntry, on_delete=models.PROTECT, related_name="actions")
    words = models.CharField(max_length=200)
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("agreed action")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="programs_agreedaction_says_what",
                condition=~Q(words=""),
                violation_error_message=_("Write what was agreed."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return self.words


class Companion(Recorded):
    """Who accompanies a household from a day to a day: a user, or a named person of a mass
    organisation. One at a time."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="companions")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outside_name = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=160, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("companion of a household")
        ordering = ["valid_from"]
        constraints = [
            models.CheckConstraint(
                name="programs_companion_is_somebody",
                condition=Q(user__isnull=False, outside_name="")
                | (Q(user__isnull=True) & ~Q(outside_name="")),
                violation_error_message=_("Choose a user, or write a name."),
            ),
            models.CheckConstraint(
                name="programs_companion_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("The last day lies before the first day."),
            ),
            ExclusionConstraint(
                name="programs_companion_one_at_a_time",
                expressions=[
                    ("household", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Somebody accompanies the household at that time."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return str(self.user) if self.user else self.outside_name
