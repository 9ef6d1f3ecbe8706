"""What a year came to, kept commune by commune."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from households.choices import SchoolLevel
from households.models import Area
from households.models.codes import known
from programs.models.kept_summary import KeptSummary
from programs.models.programmes import Programme


class YearSummary(KeptSummary):
    """Of all years, with what was received by the day. Written by services.year_results."""

    is_of_its_day_alone = False

    class Meta(KeptSummary.Meta):
        verbose_name = _("results of a commune")


class YearFigure(models.Model):
    """A year of a programme in a commune (`ground` empty of value: of all grounds together), as
    queries.totals.Total, or of a line of results, as queries.distinct.Distinct; of schooling also
    by level (`school_level`, empty of value: of all levels together), as queries.pupils.AtLevel."""

    summary = models.ForeignKey(YearSummary, on_delete=models.CASCADE, related_name="figures")
    year = models.SmallIntegerField()
    #: Code of ResultLine; "" where the row is of a programme.
    line = models.CharField(max_length=30, blank=True)
    programme = models.ForeignKey(Programme, null=True, on_delete=models.CASCADE, related_name="+")
    ground = models.CharField(max_length=60, null=True)
    stated = models.CharField(max_length=160, blank=True)
    school_level = models.CharField(max_length=20, choices=SchoolLevel, null=True)
    times = models.IntegerField()
    households = models.IntegerField()
    persons = models.IntegerField()
    outside = models.IntegerField()
    amount_vnd = models.BigIntegerField()
    without_amount = models.IntegerField()
    without_labour = models.IntegerField()
    labour_unknown = models.IntegerField()

    class Meta:
        verbose_name = _("figure of a year")
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "summary",
                    "year",
                    "line",
                    "programme",
                    "ground",
                    "stated",
                    "school_level",
                ],
                nulls_distinct=False,
                name="programs_yearfigure_once",
            ),
            known("yearfigure", "school_level", SchoolLevel, app="programs", or_empty=True),
            models.CheckConstraint(
                name="programs_yearfigure_line_or_programme",
                condition=Q(line="", programme__isnull=False)
                | (~Q(line="") & Q(programme__isnull=True, ground__isnull=True)),
            ),
            models.CheckConstraint(
                name="programs_yearfigure_adds_up",
                condition=Q(without_amount__lte=F("times"))
                & Q(households__gte=F("without_labour") + F("labour_unknown")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.line or self.programme_id} {self.times}"


class YearWanderer(models.Model):
    """A household or person served in more than one commune in a year, once for each commune,
    programme, ground and school level: what the figures of several communes hold twice. Keys
    without a rule of the database, for all is written anew."""

    year = models.SmallIntegerField()
    commune = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    ground = models.CharField(max_length=60, blank=True)
    stated = models.CharField(max_length=160, blank=True)
    school_level = models.CharField(max_length=20, choices=SchoolLevel, blank=True)
    is_person = models.BooleanField()
    #: Key of the household or person.
    recipient = models.BigIntegerField()
    #: Of a household, by the newest form; empty where none tells it.
    no_labour = models.BooleanField(null=True)

    class Meta:
        verbose_name = _("recipient served in several communes")
        indexes = [models.Index(fields=["recipient", "year"], name="programs_wanderer_recipient")]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "year", "commune", "programme", "ground", "stated", "school_level",
                    "is_person", "recipient",
                ],
                name="programs_yearwanderer_once",
            ),
            known("yearwanderer", "school_level", SchoolLevel, app="programs", or_empty=True),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.year} {self.recipient} {self.commune_id}"
