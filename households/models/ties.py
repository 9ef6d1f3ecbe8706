"""Which households are a user's own or his relatives': he reviews none of them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from households.choices import TieKind
from households.models.audit import Recorded
from households.models.codes import known
from households.models.people import Household
from households.models.triggers import keeps_history
from households.models.users import User


class DeclaredTie(Recorded):
    """A household that a user declared, or that was declared for him, as his own or related.

    It holds from the moment it is declared until it is ended; nothing is deleted.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="ties")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="ties")
    kind = models.CharField(max_length=10, choices=TieKind)
    declared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    declared_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("declared tie")
        constraints = [
            known("declaredtie", "kind", TieKind),
            models.CheckConstraint(
                name="households_declaredtie_ends_after_start",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("declared_on")),
                violation_error_message=_("The last day lies before the first day."),
            ),
            models.UniqueConstraint(
                name="households_declaredtie_one_open",
                fields=["user", "household"],
                condition=Q(ended_on__isnull=True),
                violation_error_message=_("This household is declared already."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.household_id}"
