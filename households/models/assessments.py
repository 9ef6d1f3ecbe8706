"""The fact row that figures count: one survey under one standard, derived, narrow."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from households.choices import IncomeBasis, PovertyClass, Settlement
from households.models.areas import Area
from households.models.codes import known
from households.models.reference import EthnicGroup
from households.models.rounds import ReviewRound
from households.models.standards import PointTable, PovertyStandard
from households.models.surveys import Survey


class Assessment(models.Model):
    """Result of one survey under one standard. Written by services.assessments only, from the
    same rules that explain it; no history, for it can be computed again at any time."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="assessments")
    standard = models.ForeignKey(PovertyStandard, on_delete=models.PROTECT, related_name="+")
    point_table = models.ForeignKey(
        PointTable, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    #: NULL while facts are missing that could change it.
    poverty_class = models.CharField(max_length=10, choices=PovertyClass, null=True)
    income_basis = models.CharField(max_length=10, choices=IncomeBasis, null=True)
    income_vnd = models.BigIntegerField(null=True)
    b1_points = models.SmallIntegerField(null=True)
    b2_points = models.SmallIntegerField(null=True)
    #: Bit i is the indicator at position i of the standard.
    deprived_bits = models.IntegerField()
    unknown_bits = models.IntegerField(default=0)
    deprivations = models.SmallIntegerField()

    # Cuts, copied so that a figure needs no join.
    round = models.ForeignKey(ReviewRound, on_delete=models.CASCADE, related_name="+")
    commune = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    settlement = models.CharField(max_length=5, choices=Settlement)
    ethnic_group = models.ForeignKey(
        EthnicGroup, null=True, on_delete=models.PROTECT, related_name="+"
    )
    is_minority = models.BooleanField(null=True)
    no_labour = models.BooleanField(null=True)
    merit = models.BooleanField(null=True)
    female_head = models.BooleanField(null=True)
    farm_household = models.BooleanField(null=True)
    persons = models.SmallIntegerField()
    scored_at = models.DateTimeField()

    class Meta:
        verbose_name = _("assessment")
        indexes = [
            models.Index(
                fields=["round", "standard", "commune"], name="households_assessment_commune"
            )
        ]
        constraints = [
            known("assessment", "income_basis", IncomeBasis),
            models.UniqueConstraint(
                fields=["survey", "standard"], name="households_assessment_once_per_standard"
            ),
            models.CheckConstraint(
                name="households_assessment_class_known",
                condition=Q(poverty_class__isnull=True) | Q(poverty_class__in=PovertyClass.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.poverty_class}"
