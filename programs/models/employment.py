"""Jobs at home and abroad, and whether they last."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from households.models.audit import Recorded
from households.models.codes import known
from households.models.triggers import keeps_history
from programs.choices.employment import AskedHow, CheckAfter, EmploymentKind, StillEmployed
from programs.models.benefits import Benefit


class Employment(Recorded):
    """What a benefit of jobs or labour export is about. The benefit holds the rest: served_on is
    the first working day or the departure, valid_from and valid_to are the contract's, amount_vnd
    what was supported, and CLOSED says on which day it ended."""

    benefit = models.OneToOneField(Benefit, on_delete=models.PROTECT, related_name="employment")
    kind = models.CharField(max_length=15, choices=EmploymentKind)
    #: Of work abroad the company that sends.
    employer = models.CharField(max_length=160, blank=True)
    workplace = models.CharField(max_length=160, blank=True)
    country = models.CharField(max_length=80, blank=True)
    #: A month, as the contract or the worker says.
    wage_vnd = models.BigIntegerField(null=True, blank=True)
    #: What was paid for: a language course, passport, health check …
    costs_supported = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("job")
        constraints = [
            known("employment", "kind", EmploymentKind, app="programs"),
            models.CheckConstraint(
                name="programs_employment_abroad_has_a_country",
                condition=(Q(kind=EmploymentKind.ABROAD) & ~Q(country=""))
                | (~Q(kind=EmploymentKind.ABROAD) & Q(country="")),
                violation_error_message=_("Work abroad names the country, other work none."),
            ),
            models.CheckConstraint(
                name="programs_employment_wage_not_negative",
                condition=Q(wage_vnd__isnull=True) | Q(wage_vnd__gte=0),
                violation_error_message=_("Money cannot be negative."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.kind} {self.benefit_id}"


class EmploymentCheck(Recorded):
    """Asked once after so many months: does the person still work? A missing row is "not asked",
    never no."""

    benefit = models.ForeignKey(Benefit, on_delete=models.PROTECT, related_name="employment_checks")
    after_months = models.SmallIntegerField(choices=CheckAfter)
    answer = models.CharField(max_length=10, choices=StillEmployed)
    checked_on = models.DateField()
    asked_how = models.CharField(max_length=10, choices=AskedHow)
    #: A month, now; only of who still works.
    wage_vnd = models.BigIntegerField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("employment check")
        constraints = [
            known("employmentcheck", "answer", StillEmployed, app="programs"),
            known("employmentcheck", "asked_how", AskedHow, app="programs"),
            models.CheckConstraint(
                name="programs_employmentcheck_after_months_known",
                condition=Q(after_months__in=CheckAfter.values),
                violation_error_message=_("One asks after 3 and after 12 months."),
            ),
            models.CheckConstraint(
                name="programs_employmentcheck_wage_of_who_works",
                condition=Q(wage_vnd__isnull=True) | Q(wage_vnd__gte=0, answer=StillEmployed.YES),
                violation_error_message=_("Only who still works has a wage."),
            ),
            models.UniqueConstraint(
                fields=["benefit", "after_months"],
                name="programs_employmentcheck_once_a_term",
                violation_error_message=_("This was asked already."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.benefit_id} {self.after_months} {self.answer}"
