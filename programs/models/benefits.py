"""A benefit: what one household or person received from a programme, or is on the way to."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from households.choices import SchoolLevel
from households.models import Area, Household, Person
from households.models.audit import Recorded
from households.models.codes import known
from households.models.triggers import keeps_history
from programs.choices import BenefitState, FundingLine
from programs.models.programmes import Programme, ProgrammeTerms
from programs.workflow import SERVED_STATES, VOID_STATES

#: In one order, for the rules of the database are compared as text.
_SERVED, _VOID = sorted(SERVED_STATES), sorted(VOID_STATES)


class Benefit(Recorded):
    """One row is one time served (lượt), or one on its way. Written by services.benefits only.

    The recipient is a household of the register (and one of its persons, where the programme
    serves persons), or a person outside of it by name and birth year, counted by his ground.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="benefits")
    #: The ground that held on the day; empty where none that povreg knows did.
    terms = models.ForeignKey(
        ProgrammeTerms, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    household = models.ForeignKey(
        Household, null=True, blank=True, on_delete=models.PROTECT, related_name="benefits"
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="benefits"
    )
    outside_name = models.CharField(_("full name"), max_length=120, blank=True)
    outside_birth_year = models.SmallIntegerField(_("birth year"), null=True, blank=True)
    outside_ground = models.CharField(_("ground"), max_length=160, blank=True)
    #: Where the recipient lived on the day.
    commune = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, choices=BenefitState)
    #: The day of the state before it is served; the day it was received after.
    acted_on = models.DateField(_("date"))
    served_on = models.DateField(_("received on"), null=True, blank=True)
    #: For how long it holds: a card, a course, a contract.
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    #: The year in which the school year begins, and how many months of it.
    school_year = models.SmallIntegerField(null=True, blank=True)
    months = models.SmallIntegerField(_("months of the school year"), null=True, blank=True)
    #: At which level the school year was attended.
    school_level = models.CharField(
        _("school level"), max_length=20, choices=SchoolLevel, blank=True, default="", db_default=""
    )
    amount_vnd = models.BigIntegerField(_("amount (VND)"), null=True, blank=True)
    funding = models.CharField(max_length=20, choices=FundingLine, blank=True)
    #: Of the card, contract or decision.
    number = models.CharField(_("number"), max_length=60, blank=True)
    #: Why it was recorded although no ground holds, refused, or taken back.
    reason = models.CharField(max_length=300, blank=True)
    #: Copied from the programme, for the rule of the database.
    once = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("benefit")
        ordering = ["-acted_on", "-pk"]
        indexes = [
            models.Index(fields=["programme", "commune", "served_on"], name="programs_benefit_area")
        ]
        constraints = [
            known("benefit", "state", BenefitState, app="programs"),
            known("benefit", "school_level", SchoolLevel, app="programs", or_empty=True),
            known("benefit", "funding", FundingLine, app="programs", or_empty=True),
            models.CheckConstraint(
                name="programs_benefit_somebody_receives_it",
                condition=Q(household__isnull=False, outside_name="")
                | (Q(household__isnull=True, person__isnull=True) & ~Q(outside_name="")),
                violation_error_message=_(
                    "A benefit is for a household of the register, or for a named person outside."
                ),
            ),
            models.CheckConstraint(
                name="programs_benefit_served_has_a_day",
                condition=Q(state__in=_SERVED, served_on__isnull=False)
                | (~Q(state__in=_SERVED) & Q(served_on__isnull=True))
                | Q(state=BenefitState.CANCELLED),
                violation_error_message=_("What was received has a day, and only that."),
            ),
            models.CheckConstraint(
                name="programs_benefit_ends_after_start",
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=False, valid_to__gte=F("valid_from")),
                violation_error_message=_("The last day lies before the first day."),
            ),
            models.CheckConstraint(
                name="programs_benefit_amount_not_negative",
                condition=Q(amount_vnd__isnull=True) | Q(amount_vnd__gte=0),
                violation_error_message=_("Money cannot be negative."),
            ),
            models.CheckConstraint(
                name="programs_benefit_months_of_a_year",
                condition=Q(months__isnull=True) | Q(months__gte=1, months__lte=12),
                violation_error_message=_("A year has one to twelve months."),
            ),
            models.CheckConstraint(
                name="programs_benefit_void_has_a_reason",
                condition=~Q(state__in=_VOID) | ~Q(reason=""),
                violation_error_message=_("What was refused or taken back says why."),
            ),
            models.UniqueConstraint(
                fields=["programme", "household"],
                condition=Q(once=True) & ~Q(state__in=_VOID),
                name="programs_benefit_once_a_household",
                violation_error_message=_(
                    "The household has this benefit already; it is given once."
                ),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.programme_id} {self.state} {self.acted_on}"
