"""What projects and models were worth, in the words of who looked."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from households.models.audit import Recorded
from households.models.codes import known
from households.models.triggers import keeps_history
from programs.choices.projects import WorthRepeating
from programs.models.activities import Activity
from programs.models.projects import Project


class Evaluation(Recorded):
    """An evaluation of what the field OF names."""

    OF: ClassVar[str]

    evaluated_on = models.DateField()
    evaluated_by = models.CharField(max_length=160)
    result = models.CharField(max_length=600)
    #: Households that began, and those of them that still had it after twelve months.
    started_households = models.SmallIntegerField()
    kept_households = models.SmallIntegerField(null=True, blank=True)
    shortcoming = models.CharField(max_length=600, blank=True)
    mends = models.CharField(max_length=160, blank=True)
    mend_by = models.DateField(null=True, blank=True)
    mended_on = models.DateField(null=True, blank=True)
    worth_repeating = models.CharField(max_length=10, choices=WorthRepeating)
    repeat_where = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True
        constraints = [
            known("%(class)s", "worth_repeating", WorthRepeating, app="programs"),
            models.CheckConstraint(
                name="programs_%(class)s_kept_among_those_that_began",
                condition=Q(started_households__gte=0)
                & (
                    Q(kept_households__isnull=True)
                    | Q(kept_households__gte=0, kept_households__lte=F("started_households"))
                ),
                violation_error_message=_("More households kept it than began."),
            ),
            models.CheckConstraint(
                name="programs_%(class)s_shortcoming_has_an_owner",
                condition=Q(shortcoming="", mends="", mend_by__isnull=True)
                | (~Q(shortcoming="") & ~Q(mends="") & Q(mend_by__isnull=False)),
                violation_error_message=_("A shortcoming says who mends it by when."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of.pk} {self.evaluated_on}"

    @property
    def of(self) -> Project | Activity:
        """What is evaluated."""
        found: Project | Activity = getattr(self, self.OF)
        return found


class ProjectEvaluation(Evaluation):
    """What a production project was worth."""

    OF = "project"
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="evaluations")

    class Meta(Evaluation.Meta):
        verbose_name = _("evaluation of a project")
        ordering = ["project", "-evaluated_on", "-pk"]
        triggers = keeps_history()


class ActivityEvaluation(Evaluation):
    """What a model that was shown was worth. Households that began are among those that took part
    by name; who kept it is said twelve months after its last day, not before."""

    OF = "activity"
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="evaluations")

    class Meta(Evaluation.Meta):
        verbose_name = _("evaluation of a model")
        ordering = ["activity", "-evaluated_on", "-pk"]
        triggers = keeps_history()
