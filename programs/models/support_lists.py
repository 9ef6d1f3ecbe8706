"""The lists that a commune hands to a bank, an insurer or a school, and what a loan is for."""

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
from programs.choices.support_lists import ListState, LoanPurpose, Receiver
from programs.models.benefits import Benefit
from programs.models.programmes import Programme, ProgrammeTerms

_MOST_LOAN_MONTHS = 600


def _months_of_a_loan() -> Q:
    return Q(loan_months__isnull=True) | Q(loan_months__gte=1, loan_months__lte=_MOST_LOAN_MONTHS)


class SupportList(Recorded):
    """One list of one programme in one commune. Drawn up, then handed over: from then on its rows
    are benefits, and it changes no more. Written by services.support_lists and its neighbours."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="support_lists")
    commune = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    #: The day entitlement is worked out for.
    listed_on = models.DateField(_("entitled on"))
    #: The year in which the school year begins; of schooling alone.
    school_year = models.SmallIntegerField(null=True, blank=True)
    receiver = models.CharField(max_length=10, choices=Receiver)
    receiver_name = models.CharField(_("receiver of the list"), max_length=160)
    state = models.CharField(max_length=12, choices=ListState, default=ListState.DRAFT)
    #: Of the signed paper.
    paper_number = models.CharField(_("number of the paper"), max_length=60, blank=True)
    handed_over_on = models.DateField(_("day of the hand-over"), null=True, blank=True)
    signed_by = models.CharField(_("signed by"), max_length=120, blank=True)
    #: Why it was taken back.
    reason = models.CharField(max_length=300, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("support list")
        ordering = ["-listed_on", "-pk"]
        indexes = [
            models.Index(
                fields=["commune", "programme", "-listed_on"], name="programs_list_of_commune"
            )
        ]
        constraints = [
            known("supportlist", "state", ListState, app="programs"),
            known("supportlist", "receiver", Receiver, app="programs"),
            models.CheckConstraint(
                name="programs_supportlist_has_a_receiver",
                condition=~Q(receiver_name=""),
                violation_error_message=_("Say to whom the list goes."),
            ),
            models.CheckConstraint(
                name="programs_supportlist_handed_over_by_a_paper",
                condition=~Q(state=ListState.HANDED_OVER)
                | (Q(handed_over_on__isnull=False) & ~Q(paper_number="") & ~Q(signed_by="")),
                violation_error_message=_(
                    "What was handed over has the day, number and signer of its paper."
                ),
            ),
            models.CheckConstraint(
                name="programs_supportlist_draft_has_no_day",
                condition=~Q(state=ListState.DRAFT) | Q(handed_over_on__isnull=True),
                violation_error_message=_("A list being drawn up is not handed over yet."),
            ),
            models.CheckConstraint(
                name="programs_supportlist_handed_over_after_its_day",
                condition=Q(handed_over_on__isnull=True) | Q(handed_over_on__gte=F("listed_on")),
                violation_error_message=_(
                    "It cannot be handed over before the day it is worked out for."
                ),
            ),
            models.CheckConstraint(
                name="programs_supportlist_dropped_has_a_reason",
                condition=~Q(state=ListState.DROPPED) | ~Q(reason=""),
                violation_error_message=_("What was taken back says why."),
            ),
            models.CheckConstraint(
                name="programs_supportlist_school_year_is_a_year",
                condition=Q(school_year__isnull=True)
                | Q(school_year__gte=2000, school_year__lte=2100),
                violation_error_message=_("The year in which the school year begins."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.programme_id} {self.commune_id} {self.listed_on}"

    @property
    def is_draft(self) -> bool:
        return self.state == ListState.DRAFT

    @property
    def is_handed_over(self) -> bool:
        return self.state == ListState.HANDED_OVER


class SupportListRow(Recorded):
    """A recipient on a list with the ground that held on its day. What was asked for stands here
    and stays; what came of it stands in the benefit."""

    support_list = models.ForeignKey(SupportList, on_delete=models.PROTECT, related_name="rows")
    #: Three copies from the list, for the rule of the database; on_draft goes with its state.
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    school_year = models.SmallIntegerField(null=True, blank=True)
    on_draft = models.BooleanField(default=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    #: Where the household lived on the day.
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    terms = models.ForeignKey(ProgrammeTerms, on_delete=models.PROTECT, related_name="+")
    #: Its number on the paper, from the day it was handed over.
    listed_no = models.IntegerField(null=True, blank=True)
    school_level = models.CharField(max_length=20, choices=SchoolLevel, blank=True)
    months = models.SmallIntegerField(null=True, blank=True)
    #: Of schooling worked out from the terms; of a loan what is asked for.
    amount_vnd = models.BigIntegerField(null=True, blank=True)
    purpose = models.CharField(max_length=12, choices=LoanPurpose, blank=True)
    loan_months = models.SmallIntegerField(null=True, blank=True)
    savings_group = models.CharField(max_length=120, blank=True)
    benefit = models.OneToOneField(
        Benefit, null=True, blank=True, on_delete=models.PROTECT, related_name="list_row"
    )

    class Meta:
        verbose_name = _("row of a support list")
        ordering = ["listed_no", "pk"]
        constraints = [
            known("supportlistrow", "school_level", SchoolLevel, app="programs", or_empty=True),
            known("supportlistrow", "purpose", LoanPurpose, app="programs", or_empty=True),
            models.UniqueConstraint(
                fields=["support_list", "household", "person"],
                name="programs_supportlistrow_once_a_list",
                nulls_distinct=False,
                violation_error_message=_("Somebody stands on this list already."),
            ),
            models.UniqueConstraint(
                fields=["programme", "household", "person", "school_year"],
                name="programs_supportlistrow_on_one_draft",
                nulls_distinct=False,
                condition=Q(on_draft=True),
                violation_error_message=_(
                    "Somebody stands on another list of this programme that is being drawn up."
                ),
            ),
            models.UniqueConstraint(
                fields=["support_list", "listed_no"],
                name="programs_supportlistrow_number_once",
                violation_error_message=_("A number stands once on a list."),
            ),
            models.CheckConstraint(
                name="programs_supportlistrow_benefit_once_handed_over",
                condition=Q(benefit__isnull=True) | Q(on_draft=False),
                violation_error_message=_("A row becomes a benefit when its list is handed over."),
            ),
            models.CheckConstraint(
                name="programs_supportlistrow_amount_not_negative",
                condition=Q(amount_vnd__isnull=True) | Q(amount_vnd__gte=0),
                violation_error_message=_("Money cannot be negative."),
            ),
            models.CheckConstraint(
                name="programs_supportlistrow_months_of_a_year",
                condition=Q(months__isnull=True) | Q(months__gte=1, months__lte=12),
                violation_error_message=_("A year has one to twelve months."),
            ),
            models.CheckConstraint(
                name="programs_supportlistrow_months_of_a_loan",
                condition=_months_of_a_loan(),
                violation_error_message=_("A loan runs for 1 to 600 months."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.support_list_id} {self.household_id} {self.person_id or ''}".strip()


class LoanFacts(Recorded):
    """What only a loan has: what for, for how long, through which savings-and-loan group. Amount,
    contract and days stand in the benefit; the ledger stays with the bank."""

    benefit = models.OneToOneField(Benefit, on_delete=models.PROTECT, related_name="loan_facts")
    purpose = models.CharField(_("purpose"), max_length=12, choices=LoanPurpose, blank=True)
    loan_months = models.SmallIntegerField(_("months of the loan"), null=True, blank=True)
    savings_group = models.CharField(_("savings-and-loan group"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("loan")
        constraints = [
            known("loanfacts", "purpose", LoanPurpose, app="programs", or_empty=True),
            models.CheckConstraint(
                name="programs_loanfacts_months_of_a_loan",
                condition=_months_of_a_loan(),
                violation_error_message=_("A loan runs for 1 to 600 months."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.benefit_id} {self.purpose}"
