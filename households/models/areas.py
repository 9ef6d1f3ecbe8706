"""The administrative map with its history: units, what is said of them for a time, and changes."""

import datetime as dt
from typing import Any, Self

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from households.choices import AreaChangeKind, AreaLevel, TraitKind
from households.models.audit import Recorded
from households.models.codes import known
from households.models.triggers import keeps_history

CODE_LENGTHS = {AreaLevel.PROVINCE: 2, AreaLevel.DISTRICT: 3, AreaLevel.COMMUNE: 5}


class Fold(Func):
    """The SQL twin of households.folding.fold."""

    function = "povreg_fold"
    output_field = models.TextField()


def validity() -> Func:
    """The days a dated row is valid, both ends included; no end means still valid."""
    return Func(
        F("valid_from"),
        F("valid_to"),
        RangeBoundary(inclusive_lower=True, inclusive_upper=True),
        function="daterange",
        output_field=DateRangeField(),
    )


class DatedQuerySet(models.QuerySet[Any]):
    """Rows with valid_from and valid_to, both included."""

    def on(self, date: dt.date) -> Self:
        """Those valid on `date`."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=date), valid_from__lte=date)


class AreaQuerySet(DatedQuerySet):
    def under(self, area: "Area") -> Self:
        """`area` itself and everything below it, at any depth."""
        return self.filter(Q(pk=area.pk) | Q(path__startswith=area.inner_path))

    def under_any(self, inner_paths: list[str]) -> Self:
        """Units whose own branch starts with one of `inner_paths` (see Area.inner_path)."""
        if not inner_paths:
            return self.none()
        wanted = Q()
        for inner in inner_paths:
            wanted |= Q(path__startswith=inner) | Q(pk=int(inner.rstrip(".").rsplit(".", 1)[-1]))
        return self.filter(wanted)

    def at(self, level: AreaLevel) -> Self:
        return self.filter(level=level)

    def real(self) -> Self:
        """Those of the country, without the practice area: what figures, lists and reports of
        more than one's own area start from."""
        return self.filter(is_practice=False)

    def practice(self) -> Self:
        """The units of the practice area."""
        return self.filter(is_practice=True)


class Area(Recorded):
    """A unit of the map: province, district, commune or village.

    Never re-parented: a reorganisation closes rows, opens new ones and records AreaChange.
    Codes are re-used with other meanings, so code and date together name a unit. A level may be
    missing (no districts since 1 July 2025).
    """

    level = models.CharField(max_length=10, choices=AreaLevel)
    code = models.CharField(max_length=10, blank=True)
    name = models.CharField(max_length=120)
    folded_name = models.GeneratedField(
        expression=Fold(F("name")), output_field=models.TextField(), db_persist=True
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    #: Ids of all units above, from the top: "12.40.". Filled by a trigger.
    path = models.CharField(max_length=120, blank=True, editable=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    is_practice = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("area")
        ordering = ["code", "folded_name", "valid_from"]
        indexes = [
            models.Index(fields=["path"], name="households_area_path"),
            models.Index(fields=["parent", "folded_name"], name="households_area_in_parent"),
            models.Index(fields=["code"], name="households_area_code"),
        ]
        constraints = [
            models.CheckConstraint(
                name="households_area_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("The last day lies before the first day."),
            ),
            models.CheckConstraint(
                name="households_area_code_fits_level",
                condition=(
                    Q(level=AreaLevel.PROVINCE, code__regex=r"^[0-9]{2}$")
                    | Q(level=AreaLevel.DISTRICT, code__regex=r"^[0-9]{3}$")
                    | Q(level=AreaLevel.COMMUNE, code__regex=r"^[0-9]{5}$")
                    | Q(level=AreaLevel.VILLAGE)
                ),
                violation_error_message=_(
                    "A province code has 2 digits, a district code 3, a commune code 5."
                ),
            ),
            models.CheckConstraint(
                name="households_area_only_provinces_on_top",
                condition=Q(level=AreaLevel.PROVINCE, parent__isnull=True)
                | (~Q(level=AreaLevel.PROVINCE) & Q(parent__isnull=False)),
                violation_error_message=_("Only a province stands at the top."),
            ),
            ExclusionConstraint(
                name="households_area_one_code_at_a_time",
                expressions=[
                    ("level", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                condition=~Q(code=""),
                violation_error_message=_("Another unit has this code at that time."),
            ),
            ExclusionConstraint(
                name="households_area_one_village_name_at_a_time",
                expressions=[
                    ("parent", RangeOperators.EQUAL),
                    ("folded_name", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                condition=Q(level=AreaLevel.VILLAGE),
                violation_error_message=_("The commune has a village of this name at that time."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="place_in_tree",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("parent_id", "level", "path"),
                declare=[("above", "households_area%ROWTYPE")],
                func="""
                IF TG_OP = 'UPDATE' AND (NEW.parent_id IS DISTINCT FROM OLD.parent_id
                                         OR NEW.level <> OLD.level) THEN
                  RAISE EXCEPTION 'povreg: an area is never re-parented; close it and open a new one'
                    USING ERRCODE = '23514';
                END IF;
                IF NEW.parent_id IS NULL THEN
                  NEW.path := '';
                ELSE
                  SELECT * INTO above FROM households_area WHERE id = NEW.parent_id;
                  IF NOT ((NEW.level = 'VILLAGE' AND above.level = 'COMMUNE')
                       OR (NEW.level = 'COMMUNE' AND above.level IN ('DISTRICT', 'PROVINCE'))
                       OR (NEW.level = 'DISTRICT' AND above.level = 'PROVINCE')) THEN
                    RAISE EXCEPTION 'povreg: a % cannot stand under a %', NEW.level, above.level
                      USING ERRCODE = '23514';
                  END IF;
                  NEW.path := above.path || above.id || '.';
                END IF;
                RETURN NEW;
                """,
            ),
            *keeps_history(),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def unit_type(self) -> str:
        """Its newest kind (AreaType), "" where none is known. One query, once for a row read."""
        types = self.traits.filter(kind=TraitKind.TYPE).order_by("-valid_from")
        return str(types.values_list("value", flat=True).first() or "")

    def is_valid_on(self, day: dt.date) -> bool:
        """As DatedQuerySet.on, of a row at hand."""
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)

    @property
    def inner_path(self) -> str:
        """What the paths of everything below this unit start with."""
        return f"{self.path}{self.pk}."


class AreaTrait(Recorded):
    """What is said of a unit for a time: type, urban or rural, zone, poor district."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="traits")
    kind = models.CharField(max_length=20, choices=TraitKind)
    value = models.CharField(max_length=30)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    is_confirmed = models.BooleanField(default=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("trait of an area")
        constraints = [
            known("areatrait", "kind", TraitKind),
            models.CheckConstraint(
                name="households_areatrait_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("The last day lies before the first day."),
            ),
            ExclusionConstraint(
                name="households_areatrait_one_at_a_time",
                expressions=[
                    ("area", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This is already stated for that time."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.kind}={self.value}"


class AreaChange(Recorded):
    """One arrow of a reorganisation: what became of a unit on a date."""

    kind = models.CharField(max_length=10, choices=AreaChangeKind)
    from_area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="became")
    to_area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="came_from"
    )
    #: First day of the new state.
    changed_on = models.DateField()
    is_whole = models.BooleanField(default=True)
    legal_basis = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("change of the map")
        constraints = [
            known("areachange", "kind", AreaChangeKind),
            models.UniqueConstraint(
                Coalesce("to_area", Value(0), output_field=models.BigIntegerField()),
                "from_area",
                "changed_on",
                name="households_areachange_once",
                violation_error_message=_("This change is already recorded."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.from_area_id} → {self.to_area_id} ({self.kind}, {self.changed_on})"


class AreaGroup(Recorded):
    """A named set of communes for showing figures; it carries no authority."""

    name = models.CharField(max_length=120, unique=True)
    province = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    communes = models.ManyToManyField(Area, related_name="groups")
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("group of communes")

    def __str__(self) -> str:
        return self.name
