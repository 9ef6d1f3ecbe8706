"""Words of activities: courses, models shown, communication, vocational training."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from programs.choices import ProgrammeKind


class ActivityKind(TextChoices):
    COURSE = "COURSE", pgettext_lazy("activity", "Course")
    MODEL = "MODEL", _("Model shown")
    EVENT = "EVENT", _("Communication event")
    VOCATIONAL = "VOCATIONAL", _("Vocational training course")


#: The kind of programme an activity belongs to.
PROGRAMME_OF: dict[ActivityKind, ProgrammeKind] = {
    ActivityKind.COURSE: ProgrammeKind.KNOWLEDGE,
    ActivityKind.MODEL: ProgrammeKind.KNOWLEDGE,
    ActivityKind.EVENT: ProgrammeKind.COMMUNICATION,
    ActivityKind.VOCATIONAL: ProgrammeKind.TRAINING,
}
#: At these, people are counted, not named.
COUNTS_ONLY = frozenset({ActivityKind.EVENT})
