"""How many households and people live in a commune on a day: what rates are counted on."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from households.choices import Settlement
from households.models.areas import Area
from households.models.audit import Recorded
from households.models.codes import known
from households.models.triggers import keeps_history
from households.models.users import User


class ResidentCount(Recorded):
    """Resident households and persons (tổng số hộ, nhân khẩu dân cư) of a commune on `as_of`, its
    rural and its urban part apart. Entered, never counted from the register: it holds only those
    who were reviewed."""

    commune = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="resident_counts")
    as_of = models.DateField(_("as of"))
    settlement = models.CharField(_("area"), max_length=5, choices=Settlement)
    households = models.IntegerField(_("resident households"))
    persons = models.IntegerField(_("resident persons"))
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("count of residents")
        constraints = [
            known("residentcount", "settlement", Settlement),
            models.UniqueConstraint(
                fields=["commune", "as_of", "settlement"],
                name="households_residentcount_once",
                violation_error_message=_("The commune has this number on this day already."),
            ),
            models.CheckConstraint(
                name="households_residentcount_not_negative",
                condition=Q(households__gte=0),
                violation_error_message=_("Numbers cannot be negative."),
            ),
            models.CheckConstraint(
                name="households_residentcount_persons_in_households",
                condition=Q(persons__gte=F("households")),
                violation_error_message=_("There are at least as many people as households."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.commune_id} {self.as_of} {self.households}"
