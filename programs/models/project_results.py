"""Who takes part in a production project, what was paid, and what each cycle brought."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from households.models import Household
from households.models.audit import Recorded
from households.models.codes import known
from households.models.triggers import keeps_history
from programs.choices import FundingLine
from programs.choices.projects import ParticipantStanding
from programs.models.benefits import Benefit
from programs.models.projects import Project


class ProjectParticipant(Recorded):
    """A household and a project: an entitled one with its benefit, another one without, one that
    was refused with the reason, or one that left."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="participants")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    standing = models.CharField(max_length=10, choices=ParticipantStanding)
    #: The day the ground was worked out for.
    joined_on = models.DateField()
    #: On the list since it joined, received with the inputs.
    benefit = models.OneToOneField(
        Benefit, null=True, blank=True, on_delete=models.PROTECT, related_name="participant"
    )
    own_vnd = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("participant of a project")
        ordering = ["project", "pk"]
        constraints = [
            known("projectparticipant", "standing", ParticipantStanding, app="programs"),
            models.UniqueConstraint(
                fields=["project", "household"],
                name="programs_projectparticipant_once_a_project",
                violation_error_message=_("The household stands in this project already."),
            ),
            models.CheckConstraint(
                name="programs_projectparticipant_entitled_has_a_benefit",
                condition=~Q(standing=ParticipantStanding.TARGET) | Q(benefit__isnull=False),
                violation_error_message=_("An entitled household has its benefit."),
            ),
            models.CheckConstraint(
                name="programs_projectparticipant_refused_says_why",
                condition=~Q(standing__in=[ParticipantStanding.LEFT, ParticipantStanding.REFUSED])
                | ~Q(reason=""),
                violation_error_message=_("Who was refused or left is told with the reason."),
            ),
            models.CheckConstraint(
                name="programs_projectparticipant_money_not_negative",
                condition=Q(own_vnd__gte=0),
                violation_error_message=_("Money cannot be negative."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.project_id} {self.household_id} {self.standing}"


class ProjectPayment(Recorded):
    """Money paid out, against an acceptance. All of a project together never exceed what was
    approved: the database itself refuses it."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="payments")
    paid_on = models.DateField()
    amount_vnd = models.BigIntegerField()
    funding = models.CharField(max_length=20, choices=FundingLine)
    acceptance_number = models.CharField(max_length=60)
    accepted_on = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    #: Why it was recorded by mistake; it then counts nowhere.
    void_reason = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("payment of a project")
        ordering = ["project", "paid_on", "pk"]
        constraints = [
            known("projectpayment", "funding", FundingLine, app="programs"),
            models.CheckConstraint(
                name="programs_projectpayment_is_money",
                condition=Q(amount_vnd__gt=0),
                violation_error_message=_("A payment is more than nothing."),
            ),
            models.CheckConstraint(
                name="programs_projectpayment_paid_after_acceptance",
                condition=Q(paid_on__gte=F("accepted_on")) & ~Q(acceptance_number=""),
                violation_error_message=_("Money is paid against an acceptance, not before it."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="not_above_approved",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("approved", "bigint"), ("paid", "bigint")],
                func="""
                SELECT p.committed_vnd INTO approved FROM programs_project p
                WHERE p.id = NEW.project_id FOR NO KEY UPDATE;
                SELECT coalesce(sum(s.amount_vnd), 0) INTO paid FROM programs_projectpayment s
                WHERE s.project_id = NEW.project_id AND s.void_reason = '';
                IF paid > coalesce(approved, 0) THEN
                  RAISE EXCEPTION 'povreg: more paid than approved' USING ERRCODE = '23514';
                END IF;
                RETURN NEW;
                """,
            ),
            *keeps_history(),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.paid_on} {self.amount_vnd}"


class ProjectCycle(Recorded):
    """One cycle of production, with its result planned and real."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="cycles")
    number = models.SmallIntegerField()
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    #: "kg", "con", "tấn".
    unit = models.CharField(max_length=30)
    planned_quantity = models.DecimalField(max_digits=12, decimal_places=2)
    real_quantity = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    sold_vnd = models.BigIntegerField(null=True, blank=True)
    #: What came back into the group's revolving fund.
    returned_vnd = models.BigIntegerField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("cycle of a project")
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "number"],
                name="programs_projectcycle_once_a_project",
                violation_error_message=_("The project has this cycle already."),
            ),
            models.CheckConstraint(
                name="programs_projectcycle_ends_after_start",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                violation_error_message=_("The last day lies before the first day."),
            ),
            models.CheckConstraint(
                name="programs_projectcycle_results_not_negative",
                condition=Q(planned_quantity__gte=0, number__gte=1)
                & (Q(real_quantity__isnull=True) | Q(real_quantity__gte=0))
                & (Q(sold_vnd__isnull=True) | Q(sold_vnd__gte=0))
                & (Q(returned_vnd__isnull=True) | Q(returned_vnd__gte=0)),
                violation_error_message=_("A result is a number not below zero."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.project_id} {self.number}"
