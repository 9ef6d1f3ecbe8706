"""The procedures of production projects as dated data: steps, norms, papers, ceilings."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from households.models.areas import DatedQuerySet
from households.models.audit import Recorded
from households.models.codes import known
from households.models.triggers import keeps_history
from programs.choices.projects import OwnerKind
from programs.models.programmes import in_language
from programs.workflow.projects import Norm


class ProjectProcedure(Recorded):
    """One set of steps. Simplified procedures are sets of their own; a change is a new set."""

    code = models.CharField(max_length=40, unique=True)
    owner_kind = models.CharField(max_length=20, choices=OwnerKind)
    is_simplified = models.BooleanField(default=False)
    name_vi = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    #: Least share of poor, near-poor and newly escaped households among the participants.
    target_share_percent = models.SmallIntegerField(null=True, blank=True)
    #: SupportArea to the share of the cost that is borne at most, per cent.
    ceilings_percent = models.JSONField(default=dict, blank=True)
    legal_basis = models.CharField(max_length=300)
    source = models.CharField(max_length=400)
    #: A field above to one of Doubt.
    doubts = models.JSONField(default=dict, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("procedure of projects")
        ordering = ["owner_kind", "is_simplified", "valid_from"]
        constraints = [
            known("projectprocedure", "owner_kind", OwnerKind, app="programs"),
            models.CheckConstraint(
                name="programs_projectprocedure_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("The last day lies before the first day."),
            ),
            models.CheckConstraint(
                name="programs_projectprocedure_share_is_a_share",
                condition=Q(target_share_percent__isnull=True)
                | Q(target_share_percent__gte=0, target_share_percent__lte=100),
                violation_error_message=_("A share lies between 0 and 100 per cent."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        return in_language(self.name_vi, self.name_en)


class ProcedureStep(Recorded):
    """A step: who acts, within how many days, which papers it needs."""

    procedure = models.ForeignKey(ProjectProcedure, on_delete=models.PROTECT, related_name="steps")
    number = models.SmallIntegerField()
    code = models.CharField(max_length=40)
    name_vi = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    #: The office or role that acts.
    by_vi = models.CharField(max_length=120)
    by_en = models.CharField(max_length=120)
    #: Calendar days.
    norm_days = models.SmallIntegerField()
    #: After it the families have seeds, animals, materials.
    brings_inputs = models.BooleanField(default=False)
    #: [{"code", "vi", "en"}].
    papers = models.JSONField(default=list, blank=True)
    doubts = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("step of a procedure")
        ordering = ["procedure", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "number"],
                name="programs_procedurestep_one_a_place",
                violation_error_message=_("The procedure has a step at this place already."),
            ),
            models.UniqueConstraint(
                fields=["procedure", "code"],
                name="programs_procedurestep_once_a_procedure",
                violation_error_message=_("The procedure has this step already."),
            ),
            models.CheckConstraint(
                name="programs_procedurestep_norm_is_a_time",
                condition=Q(norm_days__gte=0, norm_days__lte=730, number__gte=1),
                violation_error_message=_("A norm is a number of days, two years at most."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.procedure_id} {self.number} {self.code}"

    @property
    def name(self) -> str:
        return in_language(self.name_vi, self.name_en)

    @property
    def by(self) -> str:
        return in_language(self.by_vi, self.by_en)

    @property
    def norm(self) -> Norm:
        return Norm(self.number, self.code, self.norm_days, self.brings_inputs)

    @property
    def paper_names(self) -> dict[str, str]:
        return {one["code"]: in_language(one["vi"], one["en"]) for one in self.papers}
