"""Reports that were asked for, and how far their making is."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from households.models import Area, PovertyStandard, ReviewRound
from households.models.audit import Recorded
from households.models.codes import known
from households.models.triggers import keeps_history
from reports.choices import FigureStatus, OrderWhat, PartState
from reports.models.editions import Edition


class ReportOrder(Recorded):
    """`what` of an area and round was asked for, at `cut_off_at`. `key` is the same for the same
    wish, so that a set is not made twice at once. How far it is stands in its parts."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    what = models.CharField(max_length=8, choices=OrderWhat)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=11, choices=FigureStatus)
    #: By the units of that day; None: of the round's own.
    areas_on = models.DateField(null=True)
    #: Codes of the reports.
    reports = ArrayField(models.CharField(max_length=20))
    #: Files that are made at once; others when somebody asks for them.
    forms = ArrayField(models.CharField(max_length=4), default=list)
    #: Of a signed edition that it corrects.
    reason = models.TextField(blank=True)
    key = models.CharField(max_length=64)
    cut_off_at = models.DateTimeField()
    is_scheduled = models.BooleanField(default=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(db_default=Now(), editable=False)
    #: All parts are made, failed or given up.
    ended_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("order of reports")
        ordering = ["-pk"]
        constraints = [
            known("reportorder", "what", OrderWhat, app="reports"),
            known("reportorder", "status", FigureStatus, app="reports"),
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(ended_at__isnull=True),
                name="reports_reportorder_once_at_a_time",
                violation_error_message=_("These reports are being made already."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.what} {self.area_id}/{self.round_id}"


class ReportPart(models.Model):
    """One report of one area of an order. `state` and `edition` are written in the transaction that
    writes the edition: a killed worker leaves neither."""

    order = models.ForeignKey(ReportOrder, on_delete=models.CASCADE, related_name="parts")
    report = models.CharField(max_length=20)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    standard = models.ForeignKey(PovertyStandard, on_delete=models.PROTECT, related_name="+")
    #: Communes come first, then districts, then the province.
    position = models.IntegerField()
    state = models.CharField(max_length=9, choices=PartState, default=PartState.WAITING)
    edition = models.ForeignKey(Edition, null=True, on_delete=models.PROTECT, related_name="parts")
    #: Why it could not be made, in the user's words.
    failure = models.TextField(blank=True)
    #: How often its making was begun since somebody asked for it.
    attempts = models.SmallIntegerField(default=0)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("part of an order of reports")
        ordering = ["order", "position"]
        constraints = [
            known("reportpart", "state", PartState, app="reports"),
            models.UniqueConstraint(
                fields=["order", "report", "area", "standard"], name="reports_reportpart_once"
            ),
            models.CheckConstraint(
                name="reports_reportpart_made_has_edition",
                condition=Q(state=PartState.MADE, edition__isnull=False)
                | ~Q(state=PartState.MADE) & Q(edition__isnull=True),
            ),
            models.CheckConstraint(
                name="reports_reportpart_failed_says_why",
                condition=~Q(state=PartState.FAILED) | ~Q(failure=""),
            ),
            models.CheckConstraint(
                name="reports_reportpart_attempts_from_zero", condition=Q(attempts__gte=0)
            ),
        ]
        indexes = [
            models.Index(
                fields=["state", "changed_at"],
                condition=Q(state__in=["WAITING", "MAKING"]),
                name="reports_reportpart_to_make",
            )
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.report} {self.area_id}"
