"""Households, persons, who belongs to which household and where a household lives."""

import datetime as dt
import re
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from households.choices import BirthPrecision, PovertyClass, Relation, Sex
from households.models.areas import Area, DatedQuerySet, Fold, validity
from households.models.audit import Recorded
from households.models.codes import known
from households.models.personal_id import PersonalIdField, has_old_length
from households.models.reference import EthnicGroup
from households.models.triggers import keeps_history

_CODE = re.compile(r"[hH]?0*(\d{1,9})", re.ASCII)


def code_of(household_id: int) -> str:
    """The number of a household that officers read and search: "H00001234"."""
    return f"H{household_id:08d}"


def id_of(typed: str) -> int | None:
    """The household that a typed code means: "H00001234", "h1234" or "1234"; None for no code."""
    found = _CODE.fullmatch(typed.strip())
    return int(found[1]) if found else None


class HouseholdQuerySet(models.QuerySet[Any]):
    def under(self, area: Area, *, on: dt.date | None = None) -> Self:
        """Those that live in `area`: now (or lived there last, if they ended), or on a date."""
        return self.under_any([area.inner_path], on=on)

    def under_any(self, inner_paths: list[str], *, on: dt.date | None = None) -> Self:
        """Those living in any of the branches (see Area.inner_path); none for an empty list."""
        if not inner_paths:
            return self.none()
        prefix = "village" if on else "card__village"
        wanted = Q()
        for inner in inner_paths:
            own = int(inner.rstrip(".").rsplit(".", 1)[-1])
            wanted |= Q(**{prefix: own}) | Q(**{f"{prefix}__path__startswith": inner})
        if on is None:
            return self.filter(wanted)
        return self.filter(
            Exists(Residence.objects.on(on).filter(wanted, household=OuterRef("pk")))
        )

    def real(self) -> Self:
        """Those that live outside the practice area (or lived there last)."""
        return self.filter(card__village__is_practice=False)

    def of_class(self, poverty_class: PovertyClass, *, on: dt.date) -> Self:
        """Those on the national official list with this class on a date."""
        return self.filter(
            Q(status_periods__valid_to__isnull=True) | Q(status_periods__valid_to__gte=on),
            status_periods__valid_from__lte=on,
            status_periods__poverty_class=poverty_class,
            # One row at most: the list's exclusion constraint forbids overlaps.
            status_periods__list_owner=None,
        )


class Household(Recorded):
    """A household (hộ gia đình, Law on Residence). It lives where its Residence says."""

    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    #: Its place on the walk through its village; equal and missing numbers go by code.
    walking_no = models.SmallIntegerField(_("number on the walk"), null=True, blank=True)

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        verbose_name = _("household")
        constraints = [
            models.CheckConstraint(
                name="households_household_end_has_a_reason",
                condition=Q(ended_on__isnull=True, end_reason="")
                | (Q(ended_on__isnull=False) & ~Q(end_reason="")),
                violation_error_message=_("The end of a household has a reason."),
            )
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        return code_of(self.pk)


class HouseholdKey(Recorded):
    """The stable key of a household in some source (a province's sheets, a commune's export)."""

    source = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="keys")

    class Meta:
        verbose_name = _("source key of a household")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "key"],
                name="households_householdkey_once_per_source",
                violation_error_message=_("This source has a household with this key already."),
            )
        ]
        # Officers search by the key alone.
        indexes = [models.Index(fields=["key"], name="households_householdkey_key")]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.source}:{self.key}"


class Person(Recorded):
    """A person. The personal number is unique when known, encrypted, and masked on screen; so is
    the number of an old identity card, but not unique: provinces gave some of them out twice."""

    full_name = models.CharField(_("full name"), max_length=120)
    folded_name = models.GeneratedField(
        expression=Fold(F("full_name")), output_field=models.TextField(), db_persist=True
    )
    sex = models.CharField(_("sex"), max_length=1, choices=Sex)
    birth_date = models.DateField(_("birth date"), null=True, blank=True)
    birth_precision = models.CharField(
        max_length=4, choices=BirthPrecision, default=BirthPrecision.DAY
    )
    ethnic_group = models.ForeignKey(
        EthnicGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    personal_id = PersonalIdField(_("personal number"), null=True, blank=True)
    old_number = PersonalIdField(_("old 9-digit number"), null=True, blank=True)
    died_on = models.DateField(_("died on"), null=True, blank=True)

    class Meta:
        verbose_name = _("person")
        indexes = [
            # Parts of a name are found in SearchName, from where one goes on by the whole name;
            # who may be entered already by name and birth date (queries.duplicate_candidates).
            models.Index(fields=["folded_name", "birth_date"], name="households_person_name_birth"),
            models.Index(fields=["birth_date"], name="households_person_birth"),
            models.Index(
                fields=["old_number"],
                name="households_person_old_number",
                condition=Q(old_number__isnull=False),
            ),
        ]
        constraints = [
            known("person", "birth_precision", BirthPrecision),
            models.UniqueConstraint(
                fields=["personal_id"],
                name="households_person_personal_id_once",
                violation_error_message=_("Another person has this personal number."),
            ),
            has_old_length("person"),
            models.CheckConstraint(
                name="households_person_has_a_name",
                condition=~Q(full_name=""),
                violation_error_message=_("The full name is missing."),
            ),
            models.CheckConstraint(
                name="households_person_sex_known",
                condition=Q(sex__in=Sex.values),
                violation_error_message=_("Sex is M or F."),
            ),
            models.CheckConstraint(
                name="households_person_died_after_birth",
                condition=Q(died_on__isnull=True)
                | Q(birth_date__isnull=True)
                | Q(died_on__gte=F("birth_date")),
                violation_error_message=_("The day of death lies before the birth date."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return self.full_name


class PersonKey(Recorded):
    """The stable key of a person in some source."""

    source = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="keys")

    class Meta:
        verbose_name = _("source key of a person")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "key"],
                name="households_personkey_once_per_source",
                violation_error_message=_("This source has a person with this key already."),
            )
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.source}:{self.key}"


class Membership(Recorded):
    """A person belongs to a household from a day to a day (both included)."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    relation = models.CharField(max_length=20, choices=Relation)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        constraints = [
            models.CheckConstraint(
                name="households_membership_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("The last day lies before the first day."),
            ),
            models.CheckConstraint(
                name="households_membership_relation_known",
                condition=Q(relation__in=Relation.values),
                violation_error_message=_("This relation to the head does not exist."),
            ),
            ExclusionConstraint(
                name="households_membership_one_household_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This person belongs to another household at that time."),
            ),
            ExclusionConstraint(
                name="households_membership_one_head_at_a_time",
                expressions=[
                    ("household", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                condition=Q(relation=Relation.HEAD),
                violation_error_message=_("The household has two heads at that time."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.person_id} in {self.household_id}"


class Residence(Recorded):
    """A household lives in a village from a day to a day (both included)."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="residences")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="residences")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("residence")
        constraints = [
            models.CheckConstraint(
                name="households_residence_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("The last day lies before the first day."),
            ),
            ExclusionConstraint(
                name="households_residence_one_place_at_a_time",
                expressions=[
                    ("household", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The household lives elsewhere at that time."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.household_id} in {self.village_id}"
