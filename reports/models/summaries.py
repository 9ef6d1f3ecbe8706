"""Results of a round added up by commune. Derived, so without history; written by
services.summaries only, read through queries.summaries only.

Each row of sums has the round, the commune and the mark it was made at itself: they are read from
one index. It is the only one: nothing else is asked of them, and communes are not deleted."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from households.choices import PovertyClass, Settlement
from households.models import Area, EthnicGroup, PovertyStandard, ReviewRound
from households.models.codes import known


class CommuneSummary(models.Model):
    """Up to which change of a commune in a round its sums go. They hold while `mark_number` is the
    number of its ChangeMark (0: never marked); otherwise the facts themselves are read."""

    round = models.ForeignKey(ReviewRound, on_delete=models.CASCADE, related_name="+")
    commune = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+")
    mark_number = models.BigIntegerField()
    computed_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("summary of a commune")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "commune"], name="reports_communesummary_once_per_round"
            )
        ]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.commune_id} #{self.mark_number}"


class _Summed(models.Model):
    round = models.ForeignKey(
        ReviewRound, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    commune = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+", db_index=False)
    #: As of the commune's summary.
    mark_number = models.BigIntegerField()
    standard = models.ForeignKey(
        PovertyStandard, on_delete=models.CASCADE, related_name="+", db_index=False
    )

    class Meta:
        abstract = True


class ClassSummary(_Summed):
    """Households of one class under one standard in urban or rural villages of a commune.

    A household whose group is not known counts in no group and in `…_unknown`. `deprived` and
    `deprived_persons` have the indicators of the standard in its order: households (and their
    members) that lack it.
    """

    #: Empty while facts are missing that decide it.
    poverty_class = models.CharField(max_length=10, choices=PovertyClass, blank=True)
    settlement = models.CharField(max_length=5, choices=Settlement)
    households = models.IntegerField()
    persons = models.IntegerField()
    minority_households = models.IntegerField()
    minority_persons = models.IntegerField()
    minority_unknown = models.IntegerField()
    no_labour_households = models.IntegerField()
    no_labour_persons = models.IntegerField()
    no_labour_unknown = models.IntegerField()
    merit_households = models.IntegerField()
    merit_persons = models.IntegerField()
    #: In none of the three groups.
    other_households = models.IntegerField()
    other_persons = models.IntegerField()
    female_head_households = models.IntegerField()
    #: Farm, forestry, fishery and salt households.
    farm_households = models.IntegerField()
    farm_persons = models.IntegerField()
    deprivations = models.IntegerField()
    deprived = ArrayField(models.IntegerField())
    deprived_persons = ArrayField(models.IntegerField())

    class Meta:
        verbose_name = _("households of a class")
        constraints = [
            known("classsummary", "poverty_class", PovertyClass, or_empty=True, app="reports"),
            known("classsummary", "settlement", Settlement, app="reports"),
            models.UniqueConstraint(
                fields=["round", "commune", "standard", "poverty_class", "settlement"],
                name="reports_classsummary_once",
            ),
            models.CheckConstraint(
                name="reports_classsummary_adds_up",
                condition=Q(
                    households__gt=0, persons__gte=0,
                    minority_households__lte=F("households"),
                    no_labour_households__lte=F("households"),
                    merit_households__lte=F("households"),
                    other_households__lte=F("households"),
                    farm_households__lte=F("households"),
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.round_id}/{self.commune_id} {self.poverty_class} {self.households}"


class EthnicSummary(_Summed):
    """Households of one class whose head is of one ethnic group (empty: not known)."""

    poverty_class = models.CharField(max_length=10, choices=PovertyClass, blank=True)
    ethnic_group = models.ForeignKey(
        EthnicGroup, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    households = models.IntegerField()
    persons = models.IntegerField()

    class Meta:
        verbose_name = _("households of an ethnic group")
        constraints = [
            known("ethnicsummary", "poverty_class", PovertyClass, or_empty=True, app="reports"),
            models.UniqueConstraint(
                fields=["round", "commune", "standard", "poverty_class", "ethnic_group"],
                nulls_distinct=False,
                name="reports_ethnicsummary_once",
            ),
            models.CheckConstraint(
                name="reports_ethnicsummary_somebody", condition=Q(households__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.commune_id} {self.ethnic_group_id} {self.households}"
