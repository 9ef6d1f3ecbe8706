"""Reorganisations of the map: prepared as a draft, signed once, in force on their day."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from households.choices.reorganisations import ReorganisationState
from households.models.areas import Area
from households.models.audit import Recorded
from households.models.codes import known
from households.models.triggers import keeps_history
from households.models.users import User


class Reorganisation(Recorded):
    """What a resolution does to units of `area`: of a province, or to the villages of a commune.

    `parts` are services.reorganisation.plans.Part as JSON. `changed_on` is the first day of the new
    state. `written_act` is the act that changed the map, by which it can be taken back until then.
    """

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10, choices=ReorganisationState, default=ReorganisationState.DRAFT
    )
    changed_on = models.DateField(_("in force from"), null=True, blank=True)
    paper_number = models.CharField(_("number of the resolution"), max_length=60, blank=True)
    paper_date = models.DateField(_("signed on"), null=True, blank=True)
    paper_by = models.CharField(_("whose resolution"), max_length=120, blank=True)
    parts = models.JSONField(default=list, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    signed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    written_act = models.BigIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("reorganisation")
        ordering = ["-pk"]
        constraints = [
            known("reorganisation", "state", ReorganisationState),
            models.CheckConstraint(
                name="households_reorganisation_signed_has_its_paper",
                condition=Q(state=ReorganisationState.DRAFT)
                | (
                    Q(changed_on__isnull=False, paper_date__isnull=False)
                    & Q(signed_by__isnull=False, signed_at__isnull=False)
                    & Q(written_act__isnull=False)
                    & ~Q(paper_number="")
                ),
                violation_error_message=_("A signed reorganisation has its day and its paper."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return self.paper_number or f"{self.made_at:%d/%m/%Y}"
