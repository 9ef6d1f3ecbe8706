"""Houses: the rules as rows, the village's meeting, and the way of each house."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from households.models import Area
from households.models.audit import Recorded
from households.models.codes import known
from households.models.triggers import keeps_history
from programs.choices import Doubt
from programs.choices.houses import Build, PaymentLine
from programs.models.benefits import Benefit
from programs.models.programmes import ProgrammeTerms, in_language


class _NamedRule(Recorded):
    """A row of the rules that people may change; `doubt`: who has not vouched for it."""

    code = models.CharField(max_length=40, unique=True)
    name_vi = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    rank = models.SmallIntegerField(default=0)
    source = models.CharField(max_length=400)
    doubt = models.CharField(max_length=10, choices=Doubt, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        return in_language(self.name_vi, self.name_en)


class HousingStage(_NamedRule):
    """One step of a house's way. `norm_days`: after the step before it, None for no norm."""

    #: Codes of Build that go through it.
    builds = models.JSONField(default=list)
    norm_days = models.SmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("step of a house")
        ordering = ["rank"]
        constraints = [
            known("housingstage", "doubt", Doubt, app="programs", or_empty=True),
            models.CheckConstraint(
                name="programs_housingstage_norm_is_days",
                condition=Q(norm_days__isnull=True) | Q(norm_days__gte=1),
                violation_error_message=_("A norm is one day or more."),
            ),
        ]
        triggers = keeps_history()


class HousingCriterion(_NamedRule):
    """A reason to put a household before others."""

    class Meta:
        verbose_name = _("criterion of priority")
        verbose_name_plural = _("criteria of priority")
        ordering = ["rank"]
        constraints = [known("housingcriterion", "doubt", Doubt, app="programs", or_empty=True)]
        triggers = keeps_history()


class HousingCeiling(Recorded):
    """The most that is paid under terms for a new house or a repair, from one funding line or
    (line "") from all public money together."""

    terms = models.ForeignKey(ProgrammeTerms, on_delete=models.PROTECT, related_name="ceilings")
    build = models.CharField(max_length=10, choices=Build)
    line = models.CharField(max_length=10, choices=PaymentLine, blank=True)
    ceiling_vnd = models.BigIntegerField()
    source = models.CharField(max_length=400)
    doubt = models.CharField(max_length=10, choices=Doubt, blank=True)

    class Meta:
        verbose_name = _("ceiling of a house")
        constraints = [
            known("housingceiling", "build", Build, app="programs"),
            known("housingceiling", "line", PaymentLine, app="programs", or_empty=True),
            known("housingceiling", "doubt", Doubt, app="programs", or_empty=True),
            models.CheckConstraint(
                name="programs_housingceiling_is_money",
                condition=Q(ceiling_vnd__gt=0),
                violation_error_message=_("A ceiling is more than nothing."),
            ),
            models.UniqueConstraint(
                fields=["terms", "build", "line"],
                name="programs_housingceiling_once",
                violation_error_message=_("This ceiling is there already."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.terms_id} {self.build} {self.line} {self.ceiling_vnd}"


class HousingMeeting(Recorded):
    """The meeting of a village that lists who needs a house, by its minutes."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField(_("held on"))
    minutes_number = models.CharField(_("number of the minutes"), max_length=60)
    chaired_by = models.CharField(_("chair of the meeting"), max_length=120, blank=True)
    present = models.SmallIntegerField(_("people present"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("meeting on houses")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="programs_housingmeeting_has_minutes",
                condition=~Q(minutes_number=""),
                violation_error_message=_("Write the number of the minutes."),
            ),
            models.CheckConstraint(
                name="programs_housingmeeting_somebody_present",
                condition=Q(present__isnull=True) | Q(present__gte=1),
                violation_error_message=_("Somebody was present."),
            ),
            models.UniqueConstraint(
                fields=["village", "held_on", "minutes_number"],
                name="programs_housingmeeting_once",
                violation_error_message=_("This meeting is recorded already."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.village_id} {self.held_on} {self.minutes_number}"


class HousingCase(Recorded):
    """The house of one benefit: from the meeting's list to the key. `stage` and `stage_on` repeat
    the last of its steps."""

    benefit = models.OneToOneField(Benefit, on_delete=models.PROTECT, related_name="house")
    meeting = models.ForeignKey(HousingMeeting, on_delete=models.PROTECT, related_name="cases")
    build = models.CharField(max_length=10, choices=Build)
    #: Place in the order of the meeting, 1 first; `criteria`: why, codes of HousingCriterion.
    priority = models.SmallIntegerField(_("order"))
    criteria = models.JSONField(default=list, blank=True)
    stage = models.ForeignKey(HousingStage, on_delete=models.PROTECT, related_name="+")
    stage_on = models.DateField()
    planned_vnd = models.BigIntegerField(_("planned (VND)"), null=True, blank=True)
    #: Known once the house is accepted: its area, and the "three hards".
    area_built_m2 = models.DecimalField(
        _("area built (m²)"), max_digits=6, decimal_places=1, null=True, blank=True
    )
    hard_floor = models.BooleanField(_("hard floor"), null=True, blank=True)
    hard_frame = models.BooleanField(_("hard frame and walls"), null=True, blank=True)
    hard_roof = models.BooleanField(_("hard roof"), null=True, blank=True)

    class Meta:
        verbose_name = _("house")
        ordering = ["meeting", "priority"]
        constraints = [
            known("housingcase", "build", Build, app="programs"),
            models.CheckConstraint(
                name="programs_housingcase_order_from_one",
                condition=Q(priority__gte=1),
                violation_error_message=_("The order begins with 1."),
            ),
            models.UniqueConstraint(
                fields=["meeting", "priority"],
                name="programs_housingcase_one_place_each",
                violation_error_message=_("Two households have the same place in the order."),
            ),
            models.CheckConstraint(
                name="programs_housingcase_plan_not_negative",
                condition=Q(planned_vnd__isnull=True) | Q(planned_vnd__gte=0),
                violation_error_message=_("Money cannot be negative."),
            ),
            models.CheckConstraint(
                name="programs_housingcase_accepted_is_whole",
                condition=Q(
                    area_built_m2__isnull=True,
                    hard_floor__isnull=True,
                    hard_frame__isnull=True,
                    hard_roof__isnull=True,
                )
                | Q(
                    area_built_m2__gt=0,
                    hard_floor__isnull=False,
                    hard_frame__isnull=False,
                    hard_roof__isnull=False,
                ),
                violation_error_message=_("An accepted house has its area and its three hards."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.benefit_id} {self.build} {self.stage_id}"


class HousingStep(Recorded):
    """A step that a house has reached on a day."""

    case = models.ForeignKey(HousingCase, on_delete=models.PROTECT, related_name="steps")
    stage = models.ForeignKey(HousingStage, on_delete=models.PROTECT, related_name="+")
    reached_on = models.DateField(_("reached on"))
    note = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("step reached")
        ordering = ["stage__rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "stage"],
                name="programs_housingstep_once",
                violation_error_message=_("This step is recorded already."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.case_id} {self.stage_id} {self.reached_on}"
