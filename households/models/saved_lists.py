"""The lists a user comes back to: filters and order of the household list under a name."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from households.choices import InRound, PovertyClass
from households.models.areas import Area, Fold
from households.models.audit import Recorded
from households.models.codes import known
from households.models.users import User


class SavedList(Recorded):
    """What one user named; nobody else sees it. It keeps codes and places only, never the words
    that were searched: they may be a name. No history: it says nothing of any household."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_lists")
    name = models.CharField(_("name of the list"), max_length=60)
    folded_name = models.GeneratedField(
        expression=Fold(F("name")), output_field=models.TextField(), db_persist=True
    )
    poverty_class = models.CharField(max_length=10, blank=True)
    in_round = models.CharField(max_length=10, blank=True)
    commune = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    village = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    #: As queries.list_order.Order writes it.
    order = models.CharField(max_length=20, default="name")
    #: The one the user's list opens with.
    is_default = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("saved list")
        constraints = [
            known("savedlist", "in_round", InRound, or_empty=True),
            known("savedlist", "poverty_class", PovertyClass, or_empty=True),
            models.CheckConstraint(
                name="households_savedlist_has_a_name",
                condition=~Q(folded_name=""),
                violation_error_message=_("Give the list a name."),
            ),
            models.UniqueConstraint(
                fields=["user", "folded_name"],
                name="households_savedlist_name_once",
                violation_error_message=_("You have a list of this name already."),
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(is_default=True),
                name="households_savedlist_one_default",
                violation_error_message=_("Another list opens first already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
