"""Which numbers of a round are not given to everybody."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from households.models import PovertyStandard, ReviewRound
from households.models.triggers import append_only
from reports.models.editions import Edition


class PublicPattern(models.Model):
    """What is `hidden` of all that was counted in a round under a standard, in every area, table
    and status. Never changed: where figures change a further one is made, in which everything that
    was hidden before is hidden too. `figures` are those that were weighed for it beside those of
    the patterns before (contents.stored_figures), `hidden` names of numbers.

    Of the small ones, `exposed` could be told from what was given out before, and of `narrow` it
    can be told that they are little, if not how little.
    """

    round = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="+")
    standard = models.ForeignKey(PovertyStandard, on_delete=models.PROTECT, related_name="+")
    number = models.IntegerField()
    #: Smaller counts are hidden.
    least = models.SmallIntegerField()
    figures = models.BinaryField()
    hidden = models.BinaryField()
    #: Of `hidden`, packed as it is.
    sha256 = models.CharField(max_length=64)
    count = models.IntegerField()
    small = models.IntegerField()
    exposed = models.IntegerField()
    narrow = models.IntegerField()
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("numbers not given to everybody")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "standard", "number"], name="reports_publicpattern_number_once"
            ),
            models.CheckConstraint(
                name="reports_publicpattern_counted",
                condition=Q(
                    number__gte=1, least__gte=2, count__gte=0, small__gte=0,
                    exposed__range=(0, F("small")), narrow__range=(0, F("small")),
                ),
            ),
            models.CheckConstraint(
                name="reports_publicpattern_digest_whole",
                condition=Q(sha256__regex="^[0-9a-f]{64}$"),
            ),
        ]  # fmt: skip
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.round_id}/{self.standard_id} #{self.number}"


class WeighedEdition(models.Model):
    """That an edition's figures were weighed for a pattern: its version for everybody is made by
    that one, for ever."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="weighed")
    pattern = models.ForeignKey(PublicPattern, on_delete=models.PROTECT, related_name="weighed")

    class Meta:
        verbose_name = _("edition weighed for what is given to everybody")
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.edition_id}/{self.pattern_id}"
