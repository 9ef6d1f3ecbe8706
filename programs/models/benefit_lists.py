"""Lists that come from who gives the support, and their rows: whom each is about, what became of
it. Rows about nobody that is known stay, with what they say."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from households.choices import SchoolLevel
from households.models import Area, Household, Person, User
from households.models.audit import Recorded
from households.models.codes import known
from households.models.personal_id import PersonalIdField
from households.models.triggers import keeps_history
from programs.choices import FundingLine
from programs.choices.benefit_lists import HERE, ListState, RowOutcome, WhyNobody
from programs.models.benefits import Benefit
from programs.models.programmes import Programme, ProgrammeTerms

_HERE = sorted(HERE)


class BenefitList(Recorded):
    """One list of one programme and calendar year, sent for an area. `reading` is how its sheet
    was read (exchange.benefit_list.ListHead, and rows passed over); `counts` are rows by outcome,
    and what they come to. `written_act` recorded its benefits."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="received_lists"
    )
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    year = models.SmallIntegerField(_("year"))
    sender = models.CharField(_("from whom the list is"), max_length=120)
    number = models.CharField(_("number of the list"), max_length=60, blank=True)
    #: Rows without a day of their own were received on it.
    listed_on = models.DateField(_("day of the list"))
    funding = models.CharField(max_length=20, choices=FundingLine, blank=True)
    #: Whether whom the register does not know is recorded as a person outside of it.
    takes_outside = models.BooleanField(default=False)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(db_default=Now(), editable=False)
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=ListState, default=ListState.TO_READ)
    reading = models.JSONField(default=dict, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    #: Only the good rows are written; the others stay to be settled.
    good_only = models.BooleanField(default=False)
    written_act = models.BigIntegerField(null=True, blank=True)
    #: Why it cannot be read, or could not be taken back.
    failure = models.TextField(blank=True)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("list of support")
        ordering = ["-pk"]
        constraints = [
            known("benefitlist", "state", ListState, app="programs"),
            known("benefitlist", "funding", FundingLine, app="programs", or_empty=True),
            models.UniqueConstraint(
                fields=["programme", "area", "year", "file_hash"],
                condition=Q(state__in=_HERE),
                name="programs_benefitlist_file_once",
                violation_error_message=_("This very file is here already."),
            ),
            models.CheckConstraint(
                name="programs_benefitlist_has_a_sender",
                condition=~Q(sender=""),
                violation_error_message=_("Write from whom the list is."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return self.file_name

    @property
    def folder(self) -> Path:
        return Path(settings.POVREG_IMPORTS) / str(self.uuid)


class BenefitListRow(Recorded):
    """One row of a list. `household`, `person`: whom it was found to be about. `commune`: that of
    the home on the day, else the one it names. `cells` are the row's own words where one of them
    cannot be read, personal numbers masked. `benefit`: what it recorded, or was the same as.

    Rows are written by the job of their list, and settled once by a person, in an act; they have no
    history of their own, for what they record has.
    """

    of_list = models.ForeignKey(BenefitList, on_delete=models.PROTECT, related_name="rows")
    line = models.IntegerField()
    outcome = models.CharField(max_length=10, choices=RowOutcome)
    found_by = models.CharField(max_length=20, blank=True)
    why_not = models.CharField(max_length=20, choices=WhyNobody, blank=True)
    faults = models.JSONField(default=list, blank=True)
    cells = models.JSONField(null=True, blank=True)
    household = models.ForeignKey(
        Household, null=True, blank=True, on_delete=models.PROTECT, related_name="benefit_list_rows"
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    terms = models.ForeignKey(
        ProgrammeTerms, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    commune = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    village = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=120, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    birth_year = models.SmallIntegerField(null=True, blank=True)
    personal_id = PersonalIdField(null=True)
    stated_village = models.CharField(max_length=120, blank=True)
    stated_commune = models.CharField(max_length=120, blank=True)
    stated_ground = models.CharField(max_length=160, blank=True)
    day = models.DateField()
    amount_vnd = models.BigIntegerField(null=True, blank=True)
    number = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    school_year = models.SmallIntegerField(null=True, blank=True)
    months = models.SmallIntegerField(null=True, blank=True)
    school_level = models.CharField(
        max_length=20, choices=SchoolLevel, blank=True, default="", db_default=""
    )
    benefit = models.ForeignKey(
        Benefit, null=True, blank=True, on_delete=models.PROTECT, related_name="list_rows"
    )
    settled_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("row of a list of support")
        ordering = ["line"]
        indexes = [
            models.Index(fields=["of_list", "outcome", "line"], name="programs_listrow_outcome")
        ]
        constraints = [
            known("benefitlistrow", "outcome", RowOutcome, app="programs"),
            known("benefitlistrow", "school_level", SchoolLevel, app="programs", or_empty=True),
            known("benefitlistrow", "why_not", WhyNobody, app="programs", or_empty=True),
            models.UniqueConstraint(
                fields=["of_list", "line"],
                name="programs_benefitlistrow_line_once",
                violation_error_message=_("A row of a list is kept once."),
            ),
            models.CheckConstraint(
                name="programs_benefitlistrow_settled_by_somebody",
                condition=Q(
                    outcome__in=[RowOutcome.SETTLED, RowOutcome.SET_ASIDE],
                    settled_by__isnull=False,
                    settled_at__isnull=False,
                )
                | (
                    ~Q(outcome__in=[RowOutcome.SETTLED, RowOutcome.SET_ASIDE])
                    & Q(settled_by__isnull=True, settled_at__isnull=True)
                ),
                violation_error_message=_("Who settled the row, and when, is known."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of_list_id}:{self.line}"
