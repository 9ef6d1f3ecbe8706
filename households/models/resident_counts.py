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


def _is_part(part: str, households: str, persons: str) -> Q:
    """Both numbers or none; not more than the whole, and as many persons as households."""
    own = {"households": f"{part}_households", "persons": f"{part}_persons"}
    none = Q(**{f"{name}__isnull": True for name in own.values()})
    known = Q(**{f"{name}__isnull": False for name in (*own.values(), households, persons)})
    fits = Q(
        **{
            f"{own['households']}__gte": 0,
            f"{own['households']}__lte": F(households),
            f"{own['persons']}__gte": F(own["households"]),
            f"{own['persons']}__lte": F(persons),
        }
    )
    return none | (known & fits)


class ResidentCount(Recorded):
    """Resident households and persons (tổng số hộ, nhân khẩu dân cư) of a commune on `as_of`, its
    rural and its urban part apart. Entered, never counted from the register: it holds only those
    who were reviewed."""

    commune = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="resident_counts")
    as_of = models.DateField(_("as of"))
    settlement = models.CharField(_("area"), max_length=5, choices=Settlement)
    households = models.IntegerField(_("resident households"))
    persons = models.IntegerField(_("resident persons"))
    #: Of them of minorities, and of the local ones (a choice of the province); empty: not entered.
    minority_households = models.IntegerField(
        _("resident minority households"), null=True, blank=True
    )
    minority_persons = models.IntegerField(_("resident minority persons"), null=True, blank=True)
    local_minority_households = models.IntegerField(
        _("resident local minority households"), null=True, blank=True
    )
    local_minority_persons = models.IntegerField(
        _("resident local minority persons"), null=True, blank=True
    )
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
            models.CheckConstraint(
                name="households_residentcount_minority_is_part",
                condition=_is_part("minority", "households", "persons"),
                violation_error_message=_("Minorities are a part of all residents."),
            ),
            models.CheckConstraint(
                name="households_residentcount_local_minority_is_part",
                condition=_is_part("local_minority", "minority_households", "minority_persons"),
                violation_error_message=_("Local minorities are a part of all minorities."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.commune_id} {self.as_of} {self.households}"
