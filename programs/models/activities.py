"""What is held for many at once: courses, models, communication events, vocational training."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from households.models import Area
from households.models.audit import Recorded
from households.models.codes import known
from households.models.triggers import keeps_history
from programs.choices.activities import ActivityKind
from programs.models.benefits import Benefit
from programs.models.programmes import Programme
from programs.workflow import keeping


def _no_more_than_all(field: str) -> Q:
    return Q(**{f"{field}__isnull": True}) | Q(
        **{f"{field}__gte": 0, f"{field}__lte": F("people_reached")}
    )


class Activity(Recorded):
    """One activity on some days. Who took part by name are Participations; people who were only
    counted (`people_reached` and the parts of it) are a figure of their own, never persons."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="activities")
    kind = models.CharField(max_length=12, choices=ActivityKind)
    #: Of a vocational course: the trade that is taught.
    topic = models.CharField(_("topic"), max_length=200)
    begins_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    commune = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    #: Who holds it; of a vocational course the school or centre.
    organiser = models.CharField(_("organiser"), max_length=160, blank=True)
    hours = models.SmallIntegerField(_("hours"), null=True, blank=True)
    #: What the programme pays for each who takes part.
    cost_each_vnd = models.BigIntegerField(_("cost per person (VND)"), null=True, blank=True)
    #: Counted on the spot; empty where nobody counted.
    people_reached = models.IntegerField(null=True, blank=True)
    women_reached = models.IntegerField(null=True, blank=True)
    minority_reached = models.IntegerField(null=True, blank=True)
    poor_reached = models.IntegerField(null=True, blank=True)
    cancelled_because = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("activity")
        ordering = ["-begins_on", "-pk"]
        indexes = [models.Index(fields=["commune", "begins_on"], name="programs_activity_area")]
        constraints = [
            known("activity", "kind", ActivityKind, app="programs"),
            models.CheckConstraint(
                name="programs_activity_has_a_topic",
                condition=~Q(topic=""),
                violation_error_message=_("The topic is missing."),
            ),
            models.CheckConstraint(
                name="programs_activity_ends_after_start",
                condition=Q(ends_on__gte=F("begins_on")),
                violation_error_message=_("The last day lies before the first day."),
            ),
            models.CheckConstraint(
                name="programs_activity_people_not_negative",
                condition=Q(people_reached__isnull=True) | Q(people_reached__gte=0),
                violation_error_message=_("People cannot be less than none."),
            ),
            models.CheckConstraint(
                name="programs_activity_parts_within_people",
                condition=Q(
                    women_reached__isnull=True,
                    minority_reached__isnull=True,
                    poor_reached__isnull=True,
                )
                | (
                    Q(people_reached__isnull=False)
                    & _no_more_than_all("women_reached")
                    & _no_more_than_all("minority_reached")
                    & _no_more_than_all("poor_reached")
                ),
                violation_error_message=_("A part of the people is more than all of them."),
            ),
            models.CheckConstraint(
                name="programs_activity_hours_and_cost_not_negative",
                condition=(Q(hours__isnull=True) | Q(hours__gte=1))
                & (Q(cost_each_vnd__isnull=True) | Q(cost_each_vnd__gte=0)),
                violation_error_message=_("Hours are at least one, costs not negative."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return self.topic

    @property
    def kept_known_from(self) -> dt.date:
        """The first day on which anybody can say who kept what a model showed."""
        return keeping.kept_known_from(self.ends_on)


class Participation(Recorded):
    """A benefit that is somebody's part in an activity. Its state is the benefit's: of a trainee
    LISTED is learning, SERVED finished, REFUSED left before the end."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="participations")
    benefit = models.OneToOneField(Benefit, on_delete=models.PROTECT, related_name="participation")

    class Meta:
        verbose_name = _("participation")
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.activity_id} {self.benefit_id}"
