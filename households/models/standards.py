"""Poverty standards and point tables: the numbers of the law as dated, frozen documents."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from households.choices import PointTableState
from households.models.areas import Area, DatedQuerySet, validity
from households.models.audit import Recorded
from households.models.codes import known
from households.models.triggers import append_only, keeps_history


def _frozen_once_used(column: str) -> pgtrigger.Trigger:
    """Refuse to change the document of a standard or table that an assessment rests on."""
    return pgtrigger.Trigger(
        name="frozen_once_used",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=f"""
        IF TG_OP = 'UPDATE' AND NEW.document IS NOT DISTINCT FROM OLD.document THEN
          RETURN NEW;
        END IF;
        IF EXISTS (SELECT 1 FROM households_assessment a WHERE a.{column} = OLD.id) THEN
          RAISE EXCEPTION 'povreg: % is in use and frozen', OLD.code USING ERRCODE = '23514';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
        """,
    )


class PovertyStandard(Recorded):
    """The numbers and readings of one legal text. `document` is what scoring reads.

    Owned by the nation (`owner` null) or by a province whose own standard is higher. Which
    standard a household is judged by is said by the round, not by validity alone.
    """

    code = models.CharField(max_length=40, unique=True)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    legal_basis = models.CharField(max_length=300)
    source = models.CharField(max_length=300, blank=True)
    owner = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="own_standards"
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    #: The whole dated file, as loaded; see docs/indicators.md.
    document = models.JSONField()
    digest = models.CharField(max_length=64)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("poverty standard")
        ordering = ["valid_from"]
        constraints = [
            ExclusionConstraint(
                name="households_povertystandard_one_at_a_time",
                expressions=[
                    (
                        Coalesce("owner", Value(0), output_field=models.BigIntegerField()),
                        RangeOperators.EQUAL,
                    ),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Another standard is in force at that time."),
            )
        ]
        triggers = [_frozen_once_used("standard_id"), *keeps_history()]

    def __str__(self) -> str:
        return self.name_vi


class Confirmation(Recorded):
    """A person of the department vouches for one number or reading, naming the source.

    Append-only; the latest of a path counts, and only while the value it names still stands.
    """

    standard = models.ForeignKey(
        PovertyStandard, on_delete=models.PROTECT, related_name="confirmations"
    )
    #: Dotted place in the document: "indicators.dependents.parameters.share".
    path = models.CharField(max_length=160)
    value = models.JSONField()
    source = models.CharField(max_length=300)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_on = models.DateField()

    class Meta:
        verbose_name = _("confirmation of a number")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="households_confirmation_names_its_source",
                condition=~Q(source=""),
                violation_error_message=_("Name the source."),
            )
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.standard_id} {self.path}"


class PointTable(Recorded):
    """A version of the B1 points of form B. Takes effect when a second person agrees."""

    code = models.CharField(max_length=60, unique=True)
    standard = models.ForeignKey(
        PovertyStandard, on_delete=models.PROTECT, related_name="point_tables"
    )
    name = models.CharField(max_length=200)
    document = models.JSONField()
    digest = models.CharField(max_length=64)
    is_sample = models.BooleanField()
    source = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=PointTableState, default=PointTableState.DRAFT)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("point table")
        ordering = ["-pk"]
        constraints = [
            known("pointtable", "state", PointTableState),
            models.UniqueConstraint(
                fields=["standard"],
                condition=Q(state=PointTableState.IN_FORCE),
                name="households_pointtable_one_in_force",
                violation_error_message=_("Another point table is in force."),
            ),
            models.CheckConstraint(
                name="households_pointtable_agreed_by_a_second_person",
                condition=Q(is_sample=True)
                | ~Q(state__in=[PointTableState.IN_FORCE, PointTableState.RETIRED])
                | (Q(agreed_by__isnull=False) & ~Q(agreed_by=F("entered_by"))),
                violation_error_message=_("A second person has to agree."),
            ),
        ]
        triggers = [_frozen_once_used("point_table_id"), *keeps_history()]

    def __str__(self) -> str:
        return self.name


class WorkedHousehold(Recorded):
    """A household worked out by hand, entered beside a point table to check it."""

    point_table = models.ForeignKey(
        PointTable, on_delete=models.PROTECT, related_name="worked_households"
    )
    name = models.CharField(max_length=120)
    variant = models.CharField(max_length=20)
    #: Question code to option code, all questions of the table.
    answers = models.JSONField()
    expected_b1_points = models.SmallIntegerField()

    class Meta:
        verbose_name = _("worked household")
        triggers = keeps_history()

    def __str__(self) -> str:
        return self.name
