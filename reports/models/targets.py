"""By how much the poverty rate of an area is to fall in a year."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from households.models import Area, PovertyStandard
from households.models.audit import Recorded
from households.models.codes import known
from households.models.triggers import keeps_history
from reports.choices import TargetWhom


class ReductionTarget(Recorded):
    """A resolution's or plan's aim: so many points a year off the rate of poor households of `whom`
    in an area, under one standard. Written by services.targets only.

    `points_to` is the upper end of a span; None where the text names none.
    """

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    year = models.SmallIntegerField(_("year"))
    standard = models.ForeignKey(PovertyStandard, on_delete=models.PROTECT, related_name="+")
    whom = models.CharField(max_length=10, choices=TargetWhom, default=TargetWhom.ALL)
    points_from = models.DecimalField(_("points a year, from"), max_digits=4, decimal_places=2)
    points_to = models.DecimalField(
        _("points a year, to"), max_digits=4, decimal_places=2, null=True, blank=True
    )
    #: More than `points_from`; that much alone is not enough.
    is_over = models.BooleanField(default=False)
    legal_basis = models.CharField(_("legal basis"), max_length=300)
    source = models.CharField(_("where it was read"), max_length=300, blank=True)
    is_confirmed = models.BooleanField(default=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("target of the reduction")
        ordering = ["year", "area", "whom"]
        constraints = [
            known("reductiontarget", "whom", TargetWhom, app="reports"),
            models.UniqueConstraint(
                fields=["area", "year", "standard", "whom"],
                name="reports_reductiontarget_once",
                violation_error_message=_("The area has a target of this year already."),
            ),
            models.CheckConstraint(
                name="reports_reductiontarget_points_above_zero",
                condition=Q(points_from__gt=0),
                violation_error_message=_("The points of a target are above 0."),
            ),
            models.CheckConstraint(
                name="reports_reductiontarget_span_goes_up",
                condition=Q(points_to__isnull=True) | Q(points_to__gte=F("points_from")),
                violation_error_message=_("The upper end lies below the lower one."),
            ),
            models.CheckConstraint(
                name="reports_reductiontarget_has_a_basis",
                condition=~Q(legal_basis=""),
                violation_error_message=_("Write by which text the target was set."),
            ),
            models.CheckConstraint(
                name="reports_reductiontarget_year_known",
                condition=Q(year__gte=2000, year__lte=2100),
                violation_error_message=_("This is no year of a target."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.area_id} {self.year} {self.whom} {self.points_from}"
