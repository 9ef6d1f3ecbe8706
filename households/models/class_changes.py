"""When the class of a household changed after somebody had seen it: both classes, and why."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from households.choices import PovertyClass
from households.models.audit import Recorded
from households.models.standards import PovertyStandard
from households.models.surveys import Survey
from households.models.triggers import keeps_history


class ClassChange(Recorded):
    """One survey under one standard: the class that was seen, and the one the correction gave.

    `class_after` is NULL when the correction took the class away (the form is a draft again).
    `facts` lists what was changed: {"fact", "member_no" (None for the household), "before",
    "after"}, without names and personal numbers.
    """

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="class_changes")
    standard = models.ForeignKey(PovertyStandard, on_delete=models.PROTECT, related_name="+")
    class_before = models.CharField(max_length=10, choices=PovertyClass)
    class_after = models.CharField(max_length=10, choices=PovertyClass, null=True)
    facts = models.JSONField()
    reason = models.TextField()

    class Meta:
        verbose_name = _("change of a class that was seen")
        constraints = [
            models.CheckConstraint(
                name="households_classchange_has_reason",
                condition=~Q(reason__regex=r"^\s*$"),
                violation_error_message=_("Say why the class changes."),
            ),
            models.CheckConstraint(
                name="households_classchange_classes_known",
                condition=Q(class_before__in=PovertyClass.values)
                & (Q(class_after__isnull=True) | Q(class_after__in=PovertyClass.values)),
                violation_error_message=_("This code does not exist."),
            ),
            models.CheckConstraint(
                name="households_classchange_is_a_change",
                condition=Q(class_after__isnull=True) | ~Q(class_after=F("class_before")),
                violation_error_message=_("The class before and after is the same."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.survey_id} {self.class_before} > {self.class_after}"
