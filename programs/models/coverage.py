"""Coverage: figures kept commune by commune, and what was found of benefits without a ground."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from households.models.audit import Recorded
from households.models.codes import known
from households.models.triggers import keeps_history
from programs.choices.coverage import GroundVerdict
from programs.models.benefits import Benefit
from programs.models.kept_summary import KeptSummary
from programs.models.programmes import Programme, ProgrammeTerms


class CoverageSummary(KeptSummary):
    """Ages and dates change with the day. Written by services.coverage."""

    is_of_its_day_alone = True

    class Meta(KeptSummary.Meta):
        verbose_name = _("coverage of a commune")


class CoverageFigure(models.Model):
    """One programme in one commune: of all (`terms` empty) or of those whose best ground is
    `terms`; households where nobody can work apart. queries.coverage_figures.Figures says what
    each number counts."""

    summary = models.ForeignKey(CoverageSummary, on_delete=models.CASCADE, related_name="figures")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    terms = models.ForeignKey(ProgrammeTerms, null=True, on_delete=models.CASCADE, related_name="+")
    no_labour = models.BooleanField()
    entitled = models.IntegerField()
    entitled_households = models.IntegerField()
    served = models.IntegerField()
    served_households = models.IntegerField()
    gap_households = models.IntegerField()
    open = models.IntegerField()
    open_households = models.IntegerField()
    receiving = models.IntegerField()
    receiving_households = models.IntegerField()
    times = models.IntegerField()
    twice = models.IntegerField()
    lapsing = models.IntegerField()
    outside_times = models.IntegerField()

    class Meta:
        verbose_name = _("figure of coverage")
        constraints = [
            models.UniqueConstraint(
                fields=["summary", "programme", "terms", "no_labour"],
                nulls_distinct=False,
                name="programs_coveragefigure_once",
            ),
            models.CheckConstraint(
                name="programs_coveragefigure_adds_up",
                condition=Q(
                    entitled__gte=0, served__gte=0, served__lte=F("entitled"),
                    entitled_households__lte=F("entitled"), times__gte=F("receiving"),
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.programme_id} {self.terms_id} {self.entitled}"


class CoverageLack(models.Model):
    """Of how many recipients nobody can say, by the ground that is open (`fact` empty) or by the
    condition that lacks its fact (`terms` empty)."""

    summary = models.ForeignKey(CoverageSummary, on_delete=models.CASCADE, related_name="lacks")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    terms = models.ForeignKey(ProgrammeTerms, null=True, on_delete=models.CASCADE, related_name="+")
    fact = models.CharField(max_length=30, blank=True)
    recipients = models.IntegerField()

    class Meta:
        verbose_name = _("facts missing for coverage")
        constraints = [
            models.UniqueConstraint(
                fields=["summary", "programme", "terms", "fact"],
                nulls_distinct=False,
                name="programs_coveragelack_once",
            ),
            models.CheckConstraint(
                name="programs_coveragelack_ground_or_fact",
                condition=Q(terms__isnull=False, fact="") | (Q(terms__isnull=True) & ~Q(fact="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.terms_id or self.fact} {self.recipients}"


class GroundCheck(Recorded):
    """What an officer found of a benefit that no known ground explains. A later look changes the
    row; the earlier ones stand in its history."""

    benefit = models.OneToOneField(Benefit, on_delete=models.PROTECT, related_name="ground_check")
    verdict = models.CharField(max_length=12, choices=GroundVerdict)
    #: By which text, paper or word.
    note = models.CharField(_("reason"), max_length=300)
    checked_on = models.DateField()
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("check of a ground")
        constraints = [
            known("groundcheck", "verdict", GroundVerdict, app="programs"),
            models.CheckConstraint(
                name="programs_groundcheck_has_a_reason",
                condition=~Q(note=""),
                violation_error_message=_("Say what the finding rests on."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.benefit_id} {self.verdict}"
