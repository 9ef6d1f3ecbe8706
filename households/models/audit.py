"""Who did what: acts, the rows they changed, and the marks that tell figures to refresh."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from households.models.triggers import CurrentAct, append_only


class AuditEvent(models.Model):
    """One act of one user. Written by services in the act's own transaction; never changed.

    `details` holds plain values only, no names and no personal numbers.
    """

    at = models.DateTimeField(db_default=Now(), editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=60)
    area = models.ForeignKey(
        "households.Area", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    household = models.ForeignKey(
        "households.Household", null=True, blank=True, on_delete=models.PROTECT, related_name="acts"
    )
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.BigIntegerField(null=True, blank=True)
    details = models.JSONField(default=dict, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("act")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["household", "-id"], name="households_act_household"),
            models.Index(fields=["object_type", "object_id"], name="households_act_object"),
            models.Index(fields=["by", "-id"], name="households_act_by"),
            models.Index(fields=["verb", "-id"], name="households_act_verb"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.verb} #{self.pk}"


class RowHistory(models.Model):
    """A row as it was before an UPDATE ('U') or DELETE ('D'). Filled by triggers only."""

    table_name = models.CharField(max_length=63)
    row_id = models.BigIntegerField(null=True)
    operation = models.CharField(max_length=1)
    row = models.JSONField()
    act = models.ForeignKey(
        AuditEvent, null=True, on_delete=models.PROTECT, related_name="rows", db_constraint=False
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("earlier state of a row")
        indexes = [
            models.Index(fields=["table_name", "row_id", "-id"], name="households_history_row"),
            models.Index(fields=["act"], name="households_history_act"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.table_name} {self.row_id} {self.operation}"


class Recorded(models.Model):
    """A row that remembers the act that made it. Later acts stand in its history."""

    act = models.ForeignKey(
        AuditEvent,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        db_default=CurrentAct(),
        # Set by the database from the running act; a foreign key check for each row of a bulk
        # load would only repeat what the one writer of the setting guarantees.
        db_constraint=False,
        db_index=False,
    )

    class Meta:
        abstract = True


class ChangeMark(models.Model):
    """Says that what is counted of (round, commune) changed; the number grows with each change.

    Figures read the sums that were made at this number, and the facts where it has grown since, so
    that they are right at commit. Marks are never deleted (ADR 66): numbers do not begin again.
    """

    round = models.ForeignKey("households.ReviewRound", on_delete=models.CASCADE)
    commune = models.ForeignKey("households.Area", on_delete=models.CASCADE)
    number = models.BigIntegerField(default=1)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("change mark")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "commune"], name="households_changemark_once_per_commune"
            )
        ]

    def __str__(self) -> str:
        return f"{self.round_id}/{self.commune_id} #{self.number}"
