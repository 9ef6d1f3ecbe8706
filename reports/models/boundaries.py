"""Outlines of units on the map, as taken in from a file."""

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from households.models import Area
from households.models.audit import Recorded
from households.models.triggers import keeps_history

#: Kept coordinates are whole numbers of this many to a degree (about 1 m).
STEPS_A_DEGREE: Final = 100_000


class Boundary(Recorded):
    """The outline of a unit, simplified so that neighbours keep one common border. It holds for as
    long as the unit does. Written by services.boundaries only.

    `polygons` is a list of polygons, each a list of rings (the outer one first), each a flat list
    of longitude and latitude by turns in steps (STEPS_A_DEGREE), closed. The label
    stands in the middle of the widest place of the largest polygon; `label_radius_m` is how much
    room there is around it.
    """

    area = models.OneToOneField(Area, on_delete=models.PROTECT, related_name="boundary")
    polygons = models.JSONField()
    label_longitude = models.IntegerField()
    label_latitude = models.IntegerField()
    label_radius_m = models.IntegerField()
    tolerance_m = models.IntegerField()
    #: Where the file comes from and who is to be credited, as shown below a map.
    source = models.CharField(_("source"), max_length=300)
    file_name = models.CharField(max_length=200)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    imported_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("boundary")
        constraints = [
            models.CheckConstraint(
                name="reports_boundary_has_a_source",
                condition=~Q(source=""),
                violation_error_message=_("Say where the boundaries come from."),
            ),
            models.CheckConstraint(
                name="reports_boundary_has_a_shape",
                condition=~Q(polygons=[]),
                violation_error_message=_("A boundary without a shape."),
            ),
            models.CheckConstraint(
                name="reports_boundary_sizes_not_negative",
                condition=Q(tolerance_m__gte=0, label_radius_m__gte=0),
                violation_error_message=_("Numbers cannot be negative."),
            ),
            models.CheckConstraint(
                name="reports_boundary_on_earth",
                condition=Q(
                    label_longitude__range=(-18_000_000, 18_000_000),
                    label_latitude__range=(-9_000_000, 9_000_000),
                ),
                violation_error_message=_("The coordinates are no degrees."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.area_id} ({self.file_name})"
