"""Lists of poor and near-poor households taken over from papers of before povreg ("tiếp nhận")."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from households.choices import PovertyClass, SignerTitle
from households.models.areas import Area
from households.models.audit import Recorded
from households.models.codes import known
from households.models.import_batches import ImportBatch
from households.models.lists import RecognitionDecision
from households.models.people import Household
from households.models.standards import PovertyStandard
from households.models.triggers import keeps_history


class TakenOverList(Recorded):
    """What the officer typed from the signed decision before its list was read, and what was found
    in the sheet (null: not read yet). Persons may be null: the paper does not say.

    `year` is that of the periodic review behind the decision. `absent` counts households that are
    on povreg's list and not in the sheet.
    """

    batch = models.OneToOneField(ImportBatch, on_delete=models.PROTECT, related_name="taken_over")
    commune = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    standard = models.ForeignKey(PovertyStandard, on_delete=models.PROTECT, related_name="+")
    year = models.SmallIntegerField()
    #: The paper says only who escaped; the classes are those that they left.
    of_escapes = models.BooleanField(default=False)
    number = models.CharField(_("number"), max_length=60)
    decided_on = models.DateField(_("date"))
    effective_from = models.DateField()
    decided_by = models.CharField(_("signed by"), max_length=120)
    signer_title = models.CharField(
        _("title of the signer"), max_length=20, choices=SignerTitle, blank=True
    )
    poor_households = models.IntegerField()
    near_poor_households = models.IntegerField()
    poor_persons = models.IntegerField(null=True, blank=True)
    near_poor_persons = models.IntegerField(null=True, blank=True)
    found_poor_households = models.IntegerField(null=True, blank=True)
    found_near_poor_households = models.IntegerField(null=True, blank=True)
    found_poor_persons = models.IntegerField(null=True, blank=True)
    found_near_poor_persons = models.IntegerField(null=True, blank=True)
    absent = models.IntegerField(null=True, blank=True)
    #: Why the list is right although it does not come to the totals of the paper.
    difference_reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("list taken over")
        constraints = [
            known("takenoverlist", "signer_title", SignerTitle, or_empty=True),
            models.CheckConstraint(
                name="households_takenoverlist_has_a_number",
                condition=~Q(number=""),
                violation_error_message=_("The number of the decision is missing."),
            ),
            models.CheckConstraint(
                name="households_takenoverlist_totals_not_negative",
                condition=Q(poor_households__gte=0, near_poor_households__gte=0)
                & (Q(poor_persons__isnull=True) | Q(poor_persons__gte=0))
                & (Q(near_poor_persons__isnull=True) | Q(near_poor_persons__gte=0)),
                violation_error_message=_("A total is not below zero."),
            ),
            models.CheckConstraint(
                name="households_takenoverlist_of_its_review",
                condition=Q(decided_on__year__gte=F("year"), decided_on__year__lte=F("year") + 1),
                violation_error_message=_("The decision is of the year of the review or the next."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return self.number


class TakenOverHousehold(Recorded):
    """A household of a list as the sheet had it. `persons` is what the sheet says (null: nothing);
    `aside` what it tells in columns that povreg does not read, such as points and lacking
    indicators: kept, never scored anew."""

    decision = models.ForeignKey(
        RecognitionDecision, on_delete=models.PROTECT, related_name="taken_over"
    )
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="taken_over")
    poverty_class = models.CharField(max_length=10, choices=PovertyClass)
    listed_no = models.CharField(max_length=20, blank=True)
    persons = models.SmallIntegerField(null=True, blank=True)
    aside = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("household of a list taken over")
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "household"],
                name="households_takenoverhousehold_once",
                violation_error_message=_("The household is in this list already."),
            ),
            models.CheckConstraint(
                name="households_takenoverhousehold_poor_or_near_poor",
                condition=Q(poverty_class__in=[PovertyClass.POOR, PovertyClass.NEAR_POOR]),
                violation_error_message=_("A list has poor and near-poor households only."),
            ),
            models.CheckConstraint(
                name="households_takenoverhousehold_has_persons",
                condition=Q(persons__isnull=True) | Q(persons__gte=1),
                violation_error_message=_("A household has one person at least."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.household_id} {self.poverty_class}"
