"""What every kind of figures that is kept commune by commune says of itself."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from households.models import Area


class KeptSummary(models.Model):
    """How far the figures of a commune go. Derived, so without history; written by services.kept
    only.

    `tide` and `last_act` say up to where the acts of the register are in them (queries.
    coverage_state): `tide` is the oldest transaction that was still open, `last_act` the newest
    act that could be seen.
    """

    #: Whether the figures are right on the day they were counted for alone, for ages change with
    #: it; else on later days too.
    is_of_its_day_alone: ClassVar[bool]

    commune = models.OneToOneField(Area, on_delete=models.CASCADE, related_name="+")
    #: The day the figures are of, or up to which they go.
    counted_for = models.DateField()
    computed_at = models.DateTimeField(db_default=Now())
    tide = models.BigIntegerField()
    last_act = models.BigIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.commune_id} {self.counted_for}"
