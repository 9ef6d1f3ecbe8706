"""Rounds, and each village's and commune's way through one."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from households.choices import CommuneState, RoundKind, RoundStage, StandardPart, VillageState
from households.models.areas import Area
from households.models.audit import Recorded
from households.models.codes import known
from households.models.standards import PovertyStandard
from households.models.triggers import keeps_history


class ReviewRound(Recorded):
    """A review of a province: `2023` is the periodic one, `2023-04` the ad-hoc one of April."""

    province = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="rounds")
    kind = models.CharField(max_length=10, choices=RoundKind)
    year = models.SmallIntegerField()
    month = models.SmallIntegerField(null=True, blank=True)
    #: The date that ages and the map are judged on unless a survey says otherwise.
    as_of = models.DateField()
    opens_on = models.DateField()
    closes_on = models.DateField()
    #: Every resident household is surveyed ("điều tra toàn bộ"), not only listed and asking ones.
    covers_all_residents = models.BooleanField(default=False)
    #: Otherwise only communes that have their CommuneReview in it belong to the round.
    covers_all_communes = models.BooleanField(default=True)
    is_closed = models.BooleanField(default=False)
    standards = models.ManyToManyField(PovertyStandard, through="RoundStandard")

    class Meta:
        verbose_name = _("review round")
        ordering = ["-year", "-month"]
        constraints = [
            models.UniqueConstraint(
                fields=["province", "kind", "year", "month"],
                nulls_distinct=False,
                name="households_reviewround_once",
                violation_error_message=_("The province has this round already."),
            ),
            models.CheckConstraint(
                name="households_reviewround_month_if_ad_hoc",
                condition=Q(kind=RoundKind.PERIODIC, month__isnull=True)
                | Q(kind=RoundKind.AD_HOC, month__gte=1, month__lte=12),
                violation_error_message=_("An ad-hoc round has a month, a periodic one none."),
            ),
            models.CheckConstraint(
                name="households_reviewround_closes_after_opening",
                condition=Q(closes_on__gte=F("opens_on")),
                violation_error_message=_("The round closes before it opens."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return self.key

    @property
    def key(self) -> str:
        """ "2023" or "2023-04"."""
        return f"{self.year}" if self.month is None else f"{self.year}-{self.month:02d}"

    @property
    def deadline(self) -> dt.date:
        return self.closes_on


class RoundStandard(Recorded):
    """A standard that a round is scored under, and for which part of the change of period."""

    round = models.ForeignKey(ReviewRound, on_delete=models.CASCADE, related_name="parts")
    standard = models.ForeignKey(PovertyStandard, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=StandardPart, default=StandardPart.BOTH)

    class Meta:
        verbose_name = _("standard of a round")
        constraints = [
            known("roundstandard", "part", StandardPart),
            models.UniqueConstraint(
                fields=["round", "standard"], name="households_roundstandard_once"
            ),
            models.UniqueConstraint(
                fields=["round", "part"],
                name="households_roundstandard_one_per_part",
                violation_error_message=_("The round has a standard for this part already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.standard_id} {self.part}"


class RoundDeadline(Recorded):
    """The last day the department gives for a stage of a round; a stage without one has the next
    stage's, at last the round's own."""

    round = models.ForeignKey(ReviewRound, on_delete=models.CASCADE, related_name="deadlines")
    stage = models.CharField(max_length=20, choices=RoundStage)
    due_on = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("deadline of a round")
        constraints = [
            known("rounddeadline", "stage", RoundStage),
            models.UniqueConstraint(
                fields=["round", "stage"],
                name="households_rounddeadline_once",
                violation_error_message=_("The stage has a last day already."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.stage} {self.due_on}"


class CommuneReview(Recorded):
    """A commune's way through a round; its states are in households.workflow."""

    round = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="commune_reviews")
    commune = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="commune_reviews")
    state = models.CharField(max_length=20, choices=CommuneState, default=CommuneState.OPEN)

    class Meta:
        verbose_name = _("review of a commune")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "commune"],
                name="households_communereview_once",
                violation_error_message=_("The commune's review is open already."),
            ),
            models.CheckConstraint(
                name="households_communereview_state_known",
                condition=Q(state__in=CommuneState.values),
                violation_error_message=_("This state does not exist."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.commune_id} {self.state}"


class VillageReview(Recorded):
    """A village's way through a round; meeting and posting come with the procedure."""

    round = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="village_reviews")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="village_reviews")
    state = models.CharField(max_length=20, choices=VillageState, default=VillageState.LISTED)

    class Meta:
        verbose_name = _("review of a village")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "village"],
                name="households_villagereview_once",
                violation_error_message=_("The village's review is open already."),
            ),
            models.CheckConstraint(
                name="households_villagereview_state_known",
                condition=Q(state__in=VillageState.values),
                violation_error_message=_("This state does not exist."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.village_id} {self.state}"
