"""What is to be checked again: what was looked at and needs no more, and how much is left."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from households.choices.oddities import OddityKind, OddityReason
from households.models.areas import Area
from households.models.audit import Recorded
from households.models.codes import known
from households.models.rounds import ReviewRound
from households.models.triggers import keeps_history
from households.models.users import User


class OddityDismissal(Recorded):
    """Somebody looked at it. `key` names kind and households: it comes back when these change."""

    round = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=OddityKind)
    key = models.CharField(max_length=80)
    reason = models.CharField(_("reason"), max_length=20, choices=OddityReason)
    dismissed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    dismissed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("content looked at again")
        constraints = [
            known("odditydismissal", "kind", OddityKind),
            known("odditydismissal", "reason", OddityReason),
            models.UniqueConstraint(
                fields=["round", "commune", "key"],
                name="households_odditydismissal_once",
                violation_error_message=_("Somebody looked at this already."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class OddityCheck(models.Model):
    """How many were left in a commune when a job last looked. Derived, so without history; the
    commune's own page counts anew."""

    round = models.ForeignKey(ReviewRound, on_delete=models.CASCADE, related_name="+")
    commune = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+")
    left = models.SmallIntegerField()
    #: The change mark it was counted at; 0 when there was none.
    mark_number = models.BigIntegerField(default=0)
    checked_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("check of a commune's forms")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "commune"], name="households_odditycheck_once_per_commune"
            ),
            models.CheckConstraint(
                name="households_odditycheck_left_not_negative", condition=Q(left__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commune_id} {self.left}"
