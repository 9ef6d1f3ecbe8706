"""What became of a household between two reviews: moves, splits, mergers, ends, its members."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from households.choices import HouseholdEndReason, HouseholdEventKind
from households.models.areas import Area
from households.models.audit import Recorded
from households.models.people import Household, Person
from households.models.triggers import keeps_history

#: Kinds that tie two households: `household` is where it came from, `other_household` where to.
LINKING = (HouseholdEventKind.SPLIT, HouseholdEventKind.MERGED)
#: Kinds that are about one person of the household.
OF_A_PERSON = (
    HouseholdEventKind.JOINED,
    HouseholdEventKind.LEFT,
    HouseholdEventKind.DIED,
    HouseholdEventKind.CORRECTED,
    HouseholdEventKind.HEAD_CHANGED,
)


class HouseholdEvent(Recorded):
    """One dated change of the register that no review made. Memberships and residences hold the
    new state; this says what it was: counts of "other" increases and decreases read it.

    `happened_on` is the first day of the new state, for a death and an end the last of the old.
    """

    kind = models.CharField(max_length=20, choices=HouseholdEventKind)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="events")
    other_household = models.ForeignKey(
        Household,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events_from_others",
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    happened_on = models.DateField()
    end_reason = models.CharField(max_length=20, choices=HouseholdEndReason, blank=True)
    #: Where it moved, of MOVED_BEYOND: a commune of the province without villages in povreg.
    to_commune = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("change of a household")
        ordering = ["happened_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="households_householdevent_kind_known",
                condition=Q(kind__in=HouseholdEventKind.values),
                violation_error_message=_("This kind of change does not exist."),
            ),
            models.CheckConstraint(
                name="households_householdevent_links_two",
                condition=Q(kind__in=LINKING, other_household__isnull=False)
                | (~Q(kind__in=LINKING) & Q(other_household__isnull=True)),
                violation_error_message=_("A split and a merger tie two households."),
            ),
            models.CheckConstraint(
                name="households_householdevent_not_with_itself",
                condition=Q(other_household__isnull=True) | ~Q(other_household=F("household")),
                violation_error_message=_("A household cannot be merged with itself."),
            ),
            models.CheckConstraint(
                name="households_householdevent_about_a_person",
                condition=Q(kind__in=OF_A_PERSON, person__isnull=False)
                | (~Q(kind__in=OF_A_PERSON) & Q(person__isnull=True)),
                violation_error_message=_("This change is about one member."),
            ),
            models.CheckConstraint(
                name="households_householdevent_end_has_a_reason",
                condition=Q(kind=HouseholdEventKind.ENDED, end_reason__in=HouseholdEndReason.values)
                | (~Q(kind=HouseholdEventKind.ENDED) & Q(end_reason="")),
                violation_error_message=_("The end of a household has a reason."),
            ),
            models.CheckConstraint(
                name="households_householdevent_moved_beyond_to_a_commune",
                condition=Q(end_reason=HouseholdEndReason.MOVED_BEYOND, to_commune__isnull=False)
                | (~Q(end_reason=HouseholdEndReason.MOVED_BEYOND) & Q(to_commune__isnull=True)),
                violation_error_message=_("Say to which commune the household moved."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.household_id} {self.kind} {self.happened_on}"
