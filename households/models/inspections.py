"""Inspections: who may look where and for which years, samples drawn, and what was found."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from households.choices.inspections import FindingKind, SampleStrata
from households.models.areas import Area, DatedQuerySet
from households.models.audit import Recorded
from households.models.codes import known
from households.models.people import Household
from households.models.rounds import ReviewRound
from households.models.triggers import keeps_history
from households.models.users import User


class Inspection(Recorded):
    """An inspection that a paper orders: `inspector` looks at the families of `area` and at what
    was done in these years (both included), from a day to a day. He writes nothing but findings.
    """

    inspector = models.ForeignKey(User, on_delete=models.PROTECT, related_name="inspections")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    paper_number = models.CharField(_("number of the decision"), max_length=60)
    first_year = models.SmallIntegerField(_("first year"))
    last_year = models.SmallIntegerField(_("last year"))
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"))
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("inspection")
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="households_inspection_ends_after_start",
                condition=Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("The last day lies before the first day."),
            ),
            models.CheckConstraint(
                name="households_inspection_years_in_order",
                condition=Q(last_year__gte=F("first_year")),
                violation_error_message=_("The last year lies before the first one."),
            ),
            models.CheckConstraint(
                name="households_inspection_is_ordered",
                condition=~Q(paper_number=""),
                violation_error_message=_("Write the number of the decision that orders it."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return self.paper_number


class InspectionSample(Recorded):
    """Households drawn at random from the complete forms of a round in the inspected area.

    Within each stratum households are put in the order of a hash of seed and id; the first
    `per_stratum` are drawn. So the same seed draws the same from the same forms, again and by
    anybody. `frame_digest` tells whether the forms are still the same. Never changed.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="samples")
    round = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="+")
    seed = models.BigIntegerField(_("seed"))
    strata = models.CharField(max_length=20, choices=SampleStrata)
    per_stratum = models.SmallIntegerField(_("households of each stratum"))
    frame_size = models.IntegerField()
    frame_digest = models.CharField(max_length=64)
    #: Household ids, stratum by stratum, in the order they were drawn.
    households = models.JSONField(default=list)
    drawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("sample of an inspection")
        ordering = ["-pk"]
        constraints = [
            known("inspectionsample", "strata", SampleStrata),
            models.CheckConstraint(
                name="households_inspectionsample_draws_some",
                condition=Q(per_stratum__gte=1),
                violation_error_message=_("Draw at least one."),
            ),
            models.UniqueConstraint(
                fields=["inspection", "round", "seed", "strata", "per_stratum"],
                name="households_inspectionsample_once",
                violation_error_message=_("This sample is drawn already."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.seed}"


class InspectionFinding(Recorded):
    """What was found of a household. Never changed; a later one stands beside it."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="findings")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="findings")
    round = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=FindingKind)
    words = models.TextField(_("what was found"), blank=True)
    found_on = models.DateField(_("found on"))
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("finding of an inspection")
        ordering = ["-pk"]
        constraints = [
            known("inspectionfinding", "kind", FindingKind),
            models.CheckConstraint(
                name="households_inspectionfinding_says_what",
                condition=Q(kind=FindingKind.RIGHT) | ~Q(words=""),
                violation_error_message=_("Write what was found."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.household_id} {self.kind}"
