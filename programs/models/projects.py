"""Production projects and their way through the steps of their procedure."""

import uuid

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from households.models import Area
from households.models.audit import Recorded
from households.models.codes import known
from households.models.triggers import keeps_history
from programs.choices.projects import OwnerKind, ProductionKind, StepOutcome
from programs.models.programmes import Programme
from programs.models.project_procedures import ProcedureStep, ProjectProcedure
from programs.workflow.projects import Entry


class Project(Recorded):
    """A production project. Where it stands is worked out from its ProjectSteps for any day.
    Written by services.projects and its neighbours only."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="projects")
    procedure = models.ForeignKey(
        ProjectProcedure, on_delete=models.PROTECT, related_name="projects"
    )
    #: As its procedure's, for rules and figures.
    owner_kind = models.CharField(max_length=20, choices=OwnerKind)
    kind = models.CharField(max_length=20, choices=ProductionKind)
    name = models.CharField(max_length=160)
    #: The group, cooperative, firm or office that owns it.
    lead_unit = models.CharField(max_length=160)
    product = models.CharField(max_length=120)
    buyer = models.CharField(max_length=160, blank=True)
    #: The commune that keeps the dossier, and the others it reaches.
    commune = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    other_communes = models.ManyToManyField(Area, blank=True, related_name="+")
    #: The year of whose plan it is.
    year = models.SmallIntegerField()
    season = models.CharField(max_length=80)
    #: The last day on which inputs are of use.
    season_deadline = models.DateField()
    #: Planned money of the state by line, and what was approved of the sum.
    central_vnd = models.BigIntegerField(default=0)
    local_vnd = models.BigIntegerField(default=0)
    planned_vnd = models.GeneratedField(
        expression=F("central_vnd") + F("local_vnd"),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )
    committed_vnd = models.BigIntegerField(null=True, blank=True)
    committed_on = models.DateField(null=True, blank=True)
    decision_number = models.CharField(max_length=60, blank=True)
    #: What the families and the lead unit bring in; what goes back into the group's fund.
    own_vnd = models.BigIntegerField(default=0)
    revolving_vnd = models.BigIntegerField(default=0)
    #: Households that take part and stand outside the register.
    outside_households = models.SmallIntegerField(default=0)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("production project")
        ordering = ["-year", "name", "pk"]
        indexes = [models.Index(fields=["commune", "year"], name="programs_project_place")]
        constraints = [
            known("project", "owner_kind", OwnerKind, app="programs"),
            known("project", "kind", ProductionKind, app="programs"),
            models.CheckConstraint(
                name="programs_project_money_not_negative",
                condition=Q(central_vnd__gte=0, local_vnd__gte=0, own_vnd__gte=0)
                & Q(revolving_vnd__gte=0, outside_households__gte=0)
                & (Q(committed_vnd__isnull=True) | Q(committed_vnd__gte=0)),
                violation_error_message=_("Money cannot be negative."),
            ),
            models.CheckConstraint(
                name="programs_project_approved_has_a_day",
                condition=Q(committed_vnd__isnull=True, committed_on__isnull=True)
                | Q(committed_vnd__isnull=False, committed_on__isnull=False),
                violation_error_message=_("What was approved has the day of its decision."),
            ),
            models.CheckConstraint(
                name="programs_project_has_a_name",
                condition=~Q(name="") & ~Q(lead_unit="") & ~Q(product="") & ~Q(season=""),
                violation_error_message=_(
                    "A project has a name, a lead unit, a product and a season."
                ),
            ),
            models.CheckConstraint(
                name="programs_project_season_of_its_years",
                condition=Q(season_deadline__year__gte=F("year"))
                & Q(season_deadline__year__lte=F("year") + 2),
                violation_error_message=_(
                    "The season ends in the plan year or in one of the two years after it."
                ),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return self.name

    @property
    def cost_vnd(self) -> int:
        """All of it: the state's planned part and the own one."""
        return int(self.planned_vnd) + self.own_vnd


class ProjectStep(Recorded):
    """One stay of a project in a step; a reopened step is another stay."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="stays")
    step = models.ForeignKey(ProcedureStep, on_delete=models.PROTECT, related_name="+")
    entered_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=StepOutcome, blank=True)
    #: Where the dossier lies, and who works on it.
    office = models.CharField(max_length=160)
    person = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=300, blank=True)
    paper_number = models.CharField(max_length=60, blank=True)
    #: Codes of the step's papers that lie in the dossier.
    papers = models.JSONField(default=list, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("step of a project")
        ordering = ["project", "pk"]
        constraints = [
            known("projectstep", "outcome", StepOutcome, app="programs", or_empty=True),
            models.CheckConstraint(
                name="programs_projectstep_left_after_it_was_entered",
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("entered_on")),
                violation_error_message=_("A step is left on the day it was entered, or later."),
            ),
            models.CheckConstraint(
                name="programs_projectstep_left_with_an_outcome",
                condition=Q(left_on__isnull=True, outcome="")
                | (Q(left_on__isnull=False) & ~Q(outcome="")),
                violation_error_message=_("A step that was left says how."),
            ),
            models.CheckConstraint(
                name="programs_projectstep_rejected_says_why",
                condition=~Q(outcome=StepOutcome.REJECTED) | ~Q(note=""),
                violation_error_message=_("What was rejected says why."),
            ),
            ExclusionConstraint(
                name="programs_projectstep_one_at_a_time",
                expressions=[
                    ("project", RangeOperators.EQUAL),
                    (
                        Func(
                            F("entered_on"),
                            F("left_on"),
                            RangeBoundary(inclusive_lower=True, inclusive_upper=False),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("The project lay in another step on these days."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.project_id} {self.step_id} {self.entered_on}"

    @property
    def entry(self) -> Entry:
        """Reads its step."""
        return Entry(self.step.number, self.entered_on, self.left_on, self.outcome)


class ProjectReminder(Recorded):
    """That somebody was reminded of a step that waits."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="reminders")
    step = models.ForeignKey(
        ProcedureStep, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reminded_on = models.DateField()
    reminded_whom = models.CharField(max_length=160)
    words = models.CharField(max_length=300)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("reminder of a project")
        ordering = ["project", "-reminded_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="programs_projectreminder_says_whom_and_what",
                condition=~Q(reminded_whom="") & ~Q(words=""),
                violation_error_message=_("Say who was reminded, and of what."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.project_id} {self.reminded_on}"
