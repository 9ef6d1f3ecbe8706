"""Essential works (water, toilet, electricity) and the households they serve."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from households.models import Area
from households.models.audit import Recorded
from households.models.codes import known
from households.models.triggers import keeps_history
from programs.choices import Doubt
from programs.choices.houses import WorksFor
from programs.models.benefits import Benefit
from programs.models.programmes import Programme, in_language


class WorksKind(Recorded):
    """A kind of works and the indicators that it ends (codes of the standards)."""

    code = models.CharField(max_length=40, unique=True)
    name_vi = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    rank = models.SmallIntegerField(default=0)
    indicators = models.JSONField(default=list, blank=True)
    source = models.CharField(max_length=400)
    doubt = models.CharField(max_length=10, choices=Doubt, blank=True)

    class Meta:
        verbose_name = _("kind of works")
        ordering = ["rank"]
        constraints = [known("workskind", "doubt", Doubt, app="programs", or_empty=True)]
        triggers = keeps_history()

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        return in_language(self.name_vi, self.name_en)


class WorksProject(Recorded):
    """One work, for a household or for households of a village. Money in whole đồng."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="works")
    kind = models.ForeignKey(WorksKind, on_delete=models.PROTECT, related_name="+")
    serves = models.CharField(max_length=10, choices=WorksFor)
    name = models.CharField(_("name of the work"), max_length=160)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    #: Of the kind when it was opened.
    indicators = models.JSONField(default=list, blank=True)
    planned_vnd = models.BigIntegerField(_("planned (VND)"), null=True, blank=True)
    started_on = models.DateField(_("started on"))
    ended_on = models.DateField(_("built on"), null=True, blank=True)
    accepted_on = models.DateField(_("accepted on"), null=True, blank=True)
    acceptance_number = models.CharField(
        _("number of the acceptance minutes"), max_length=60, blank=True
    )
    cancelled_because = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("essential work")
        ordering = ["-started_on", "-pk"]
        constraints = [
            known("worksproject", "serves", WorksFor, app="programs"),
            models.CheckConstraint(
                name="programs_worksproject_has_a_name",
                condition=~Q(name=""),
                violation_error_message=_("Write the name of the work."),
            ),
            models.CheckConstraint(
                name="programs_worksproject_days_in_order",
                condition=(Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")))
                & (
                    Q(accepted_on__isnull=True)
                    | Q(ended_on__isnull=False, accepted_on__gte=F("ended_on"))
                ),
                violation_error_message=_("A work is started, then built, then accepted."),
            ),
            models.CheckConstraint(
                name="programs_worksproject_accepted_has_minutes",
                condition=Q(accepted_on__isnull=True) | ~Q(acceptance_number=""),
                violation_error_message=_("Write the number of the acceptance minutes."),
            ),
            models.CheckConstraint(
                name="programs_worksproject_plan_not_negative",
                condition=Q(planned_vnd__isnull=True) | Q(planned_vnd__gte=0),
                violation_error_message=_("Money cannot be negative."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return self.name


class WorksServed(Recorded):
    """A benefit that a work gives: one household served by it."""

    works = models.ForeignKey(WorksProject, on_delete=models.PROTECT, related_name="served")
    benefit = models.OneToOneField(Benefit, on_delete=models.PROTECT, related_name="from_works")

    class Meta:
        verbose_name = _("household served by a work")
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.works_id} {self.benefit_id}"
