"""What lists show and search of a household, kept beside it so that a list is one index read."""

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from households.models.areas import Area, Fold
from households.models.people import Household


class HouseholdCard(models.Model):
    """Head, place and size of a household as they are now. Derived: written by services.cards
    only, in the act that changes them; it keeps no history, for its sources do."""

    household = models.OneToOneField(
        Household, primary_key=True, on_delete=models.CASCADE, related_name="card"
    )
    #: Where it lives; of a household that ended, where it lived last.
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    #: The head's name; of a household that is only begun, the name on its form.
    head_name = models.CharField(max_length=120, blank=True)
    folded_head_name = models.GeneratedField(
        expression=Fold(F("head_name")), output_field=models.TextField(), db_persist=True
    )
    members = models.SmallIntegerField(default=0)

    class Meta:
        verbose_name = _("card of a household")
        indexes = [
            models.Index(fields=["folded_head_name", "household"], name="households_card_by_name"),
            models.Index(
                fields=["village", "folded_head_name", "household"],
                name="households_card_in_village",
            ),
            models.Index(
                fields=["members", "folded_head_name", "household"],
                name="households_card_by_size",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.head_name}"
