"""A household's answers in one round, kept as their own snapshot.

Columns have the names of the exchange format, so that one word serves file, form and rule.
NULL and '' mean "not asked"; they are different from no.
"""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from households.choices import (
    BirthPrecision,
    Employment,
    PovertyClass,
    Relation,
    SchoolLevel,
    Settlement,
    Sex,
    SurveyOrigin,
    SurveyState,
)
from households.models.areas import Area
from households.models.audit import Recorded
from households.models.codes import known
from households.models.people import Household, Person
from households.models.personal_id import PersonalIdField, has_old_length
from households.models.reference import EthnicGroup
from households.models.rounds import ReviewRound
from households.models.standards import PointTable
from households.models.triggers import keeps_history

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise  # a name only the stubs have


def _yes_no(label: "str | _StrPromise") -> "models.BooleanField[bool | None, bool | None]":
    return models.BooleanField(label, null=True, blank=True)


class Survey(Recorded):
    """Form B (and form A before it, for a household that asks) of one household in one round."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    round = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="surveys")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="surveys")
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    province_code = models.CharField(max_length=2)
    settlement = models.CharField(_("area"), max_length=5, choices=Settlement)
    as_of = models.DateField(_("as of"))
    state = models.CharField(max_length=10, choices=SurveyState, default=SurveyState.DRAFT)
    origin = models.CharField(max_length=10, choices=SurveyOrigin, default=SurveyOrigin.FORM)
    surveyed_on = models.DateField(_("surveyed on"), null=True, blank=True)
    surveyed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    #: Grows with each save; a form that started from an older one is told so.
    revision = models.IntegerField(default=1)

    # Form A, for a household that asks to be reviewed.
    asked_for_review = models.BooleanField(_("asked to be reviewed"), default=False)
    form_a_answers = models.JSONField(default=dict, blank=True)
    form_a_passed = _yes_no(_("passed form A"))

    # Household.
    head_name = models.CharField(_("head of household"), max_length=120, blank=True)
    ethnic_group = models.ForeignKey(
        EthnicGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    household_size = models.SmallIntegerField(_("members"), default=0)
    phone = models.CharField(_("phone"), max_length=20, blank=True)

    # Income: at most one of the three instruments decides (see scoring).
    income_per_capita_month_vnd = models.BigIntegerField(
        _("income per person and month (VND)"), null=True, blank=True
    )
    b1_table = models.ForeignKey(
        PointTable, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    b1_answers = models.JSONField(default=dict, blank=True)
    b1_points_paper = models.SmallIntegerField(_("B1 on paper"), null=True, blank=True)
    b2_points_paper = models.SmallIntegerField(_("B2 on paper"), null=True, blank=True)
    class_paper = models.CharField(
        _("class on paper"), max_length=10, choices=PovertyClass, blank=True
    )

    # Housing.
    wall_material = models.CharField(_("wall material"), max_length=80, blank=True)
    wall_durable = _yes_no(_("wall durable"))
    column_material = models.CharField(_("column material"), max_length=80, blank=True)
    column_durable = _yes_no(_("column durable"))
    roof_material = models.CharField(_("roof material"), max_length=80, blank=True)
    roof_durable = _yes_no(_("roof durable"))
    floor_area_m2 = models.DecimalField(
        _("floor area (m²)"), max_digits=9, decimal_places=3, null=True, blank=True
    )
    water_source = models.CharField(_("water source"), max_length=80, blank=True)
    water_clean = _yes_no(_("clean water"))
    toilet_type = models.CharField(_("toilet"), max_length=80, blank=True)
    toilet_hygienic = _yes_no(_("hygienic toilet"))

    # Devices.
    has_tv = _yes_no(_("TV"))
    has_radio = _yes_no(_("radio"))
    has_desktop = _yes_no(_("desktop computer"))
    has_phone = _yes_no(_("telephone"))
    has_laptop = _yes_no(_("laptop"))
    has_tablet = _yes_no(_("tablet"))
    has_smartphone = _yes_no(_("smartphone"))

    # What else the lists and tables need; codes of the short lists.
    causes = models.JSONField(_("causes of poverty"), default=list, blank=True)
    policy_groups = models.JSONField(_("policy groups"), default=list, blank=True)
    support_wanted = models.JSONField(_("support wanted"), default=list, blank=True)
    shock = models.CharField(_("sudden hardship"), max_length=30, blank=True)
    shock_on = models.DateField(_("date of the hardship"), null=True, blank=True)
    no_labour = _yes_no(_("without labour capacity"))
    farm_household = _yes_no(_("farm, forestry, fishery or salt household"))
    registers_to_escape = _yes_no(_("registers to leave poverty"))

    class Meta:
        verbose_name = _("survey")
        indexes = [
            models.Index(fields=["round", "commune"], name="households_survey_commune"),
            models.Index(fields=["round", "village"], name="households_survey_village"),
        ]
        constraints = [
            known("survey", "state", SurveyState),
            known("survey", "origin", SurveyOrigin),
            known("survey", "class_paper", PovertyClass, or_empty=True),
            models.UniqueConstraint(
                fields=["household", "round"],
                name="households_survey_one_per_round",
                violation_error_message=_("This household has a survey in this round already."),
            ),
            models.CheckConstraint(
                name="households_survey_income_not_negative",
                condition=Q(income_per_capita_month_vnd__isnull=True)
                | Q(income_per_capita_month_vnd__gte=0),
                violation_error_message=_("Income cannot be negative."),
            ),
            models.CheckConstraint(
                name="households_survey_floor_area_not_negative",
                condition=Q(floor_area_m2__isnull=True) | Q(floor_area_m2__gte=0),
                violation_error_message=_("The floor area cannot be negative."),
            ),
            models.CheckConstraint(
                name="households_survey_settlement_known",
                condition=Q(settlement__in=Settlement.values),
                violation_error_message=_("The area is rural or urban."),
            ),
            models.CheckConstraint(
                name="households_survey_complete_has_members",
                condition=~Q(state=SurveyState.COMPLETE) | Q(household_size__gte=1),
                violation_error_message=_("A complete survey has at least one member."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.household_id} {self.round_id}"


class SurveyMember(Recorded):
    """A member as found by one survey."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    member_no = models.SmallIntegerField()
    full_name = models.CharField(_("full name"), max_length=120)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, blank=True)
    birth_date = models.DateField(_("birth date"), null=True, blank=True)
    birth_precision = models.CharField(
        max_length=4, choices=BirthPrecision, default=BirthPrecision.DAY
    )
    relation = models.CharField(_("relation"), max_length=20, choices=Relation, blank=True)
    ethnic_group = models.ForeignKey(
        EthnicGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    personal_id = PersonalIdField(_("personal number"), null=True, blank=True)
    old_number = PersonalIdField(_("old 9-digit number"), null=True, blank=True)
    able_to_work = _yes_no(_("able to work"))
    employment = models.CharField(_("work"), max_length=20, choices=Employment, blank=True)
    has_labour_contract = _yes_no(_("labour contract"))
    disabled = _yes_no(_("disabled"))
    monthly_social_assistance = _yes_no(_("monthly social allowance"))
    malnourished_height = _yes_no(_("stunted"))
    malnourished_weight = _yes_no(_("underweight"))
    health_insurance_valid = _yes_no(_("health insurance"))
    attending_level = models.CharField(
        _("attending"), max_length=20, choices=SchoolLevel, blank=True
    )
    highest_qualification = models.CharField(
        _("highest qualification"), max_length=20, choices=SchoolLevel, blank=True
    )
    in_training = _yes_no(_("in training"))
    uses_internet = _yes_no(_("uses the internet"))
    merit = _yes_no(_("merit to the revolution"))
    pension = _yes_no(_("pension"))

    class Meta:
        verbose_name = _("surveyed member")
        ordering = ["survey", "member_no"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "member_no"],
                name="households_surveymember_number_once",
                violation_error_message=_("Two members have the same number."),
            ),
            models.UniqueConstraint(
                fields=["survey"],
                condition=Q(relation=Relation.HEAD),
                name="households_surveymember_one_head",
                violation_error_message=_("The household has two heads."),
            ),
            known("surveymember", "birth_precision", BirthPrecision),
            models.UniqueConstraint(
                fields=["survey", "person"],
                name="households_surveymember_person_once",
                # Rows of one form may change places.
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("The same person stands in two rows."),
            ),
            has_old_length("surveymember"),
            known("surveymember", "sex", Sex, or_empty=True),
            known("surveymember", "relation", Relation, or_empty=True),
            known("surveymember", "employment", Employment, or_empty=True),
            known("surveymember", "attending_level", SchoolLevel, or_empty=True),
            known("surveymember", "highest_qualification", SchoolLevel, or_empty=True),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return self.full_name
