"""A household offered by the commune it leaves, and taken over by the one it comes to."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from households.choices import PovertyClass
from households.choices.transfers import TransferState
from households.models.areas import Area
from households.models.audit import Recorded
from households.models.codes import known
from households.models.people import Household
from households.models.triggers import keeps_history
from households.models.users import User


class HouseholdTransfer(Recorded):
    """A move within the province (chuyển đi, tiếp nhận).

    Until it is accepted the household lives where it lived. `to_village` is where the old commune
    thinks it went, later where the new one says it lives. `poverty_class` is its class on the
    national list the day it was taken over ("" for none): the pair cancels in the province's table.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="transfers")
    from_commune = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="transfers_offered"
    )
    from_village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    to_commune = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="transfers_received"
    )
    to_village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    moved_on = models.DateField(_("moved on"))
    state = models.CharField(max_length=10, choices=TransferState, default=TransferState.OFFERED)
    poverty_class = models.CharField(max_length=10, choices=PovertyClass, blank=True)
    offered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField(db_default=Now(), editable=False)
    settled_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_on = models.DateField(null=True, blank=True)
    #: Why the new commune did not take it over.
    answer = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("move between communes")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["to_commune", "state"], name="households_transfer_to"),
            models.Index(fields=["from_commune", "state"], name="households_transfer_from"),
        ]
        constraints = [
            known("householdtransfer", "state", TransferState),
            known("householdtransfer", "poverty_class", PovertyClass, or_empty=True),
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(state=TransferState.OFFERED),
                name="households_householdtransfer_one_open",
                violation_error_message=_("The household is offered to a commune already."),
            ),
            models.CheckConstraint(
                name="households_householdtransfer_between_two",
                condition=~Q(from_commune=F("to_commune")),
                violation_error_message=_("The household stays in its commune."),
            ),
            models.CheckConstraint(
                name="households_householdtransfer_end_is_known",
                condition=Q(state=TransferState.OFFERED, settled_on__isnull=True)
                | (~Q(state=TransferState.OFFERED) & Q(settled_on__isnull=False)),
                violation_error_message=_("What is settled has its day."),
            ),
            models.CheckConstraint(
                name="households_householdtransfer_declined_says_why",
                condition=~Q(state=TransferState.DECLINED) | ~Q(answer=""),
                violation_error_message=_("Write the reason."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.household_id} {self.state}"
