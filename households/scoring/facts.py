"""The facts that rules may read: one household's answers on one day.

Field names are the columns of the exchange format and of the survey tables, so that one word
serves file, form, database and rule. None (or "" for a code) means "not asked".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

SETTLEMENTS = ("RURAL", "URBAN")
POVERTY_CLASSES = ("POOR", "NEAR_POOR", "AVERAGE", "NOT_POOR")

_SCHOOL_LEVELS = (
    "none",
    "preschool",
    "primary",
    "lower_secondary",
    "upper_secondary",
    "vocational",
    "college_university",
)


#: Flags of a member a rule may read.
MEMBER_FLAGS = (
    "able_to_work",
    "has_labour_contract",
    "disabled",
    "monthly_social_assistance",
    "malnourished_height",
    "malnourished_weight",
    "health_insurance_valid",
    "in_training",
    "uses_internet",
    "merit",
    "pension",
)

#: Coded answers of a member a rule may read, each with its closed set of codes.
MEMBER_CODES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "sex": ("M", "F"),
        "relation": (
            "head",
            "spouse",
            "child",
            "parent",
            "grandparent",
            "grandchild",
            "sibling",
            "child_in_law",
            "other",
        ),
        "employment": (
            "self_employed_farm",
            "self_employed_other",
            "wage",
            "unemployed_seeking",
            "not_seeking",
            "student",
            "not_able",
        ),
        "attending_level": _SCHOOL_LEVELS,
        "highest_qualification": _SCHOOL_LEVELS,
    }
)

#: Coded answers that stand on the ladder of school levels.
LEVEL_FACTS = ("attending_level", "highest_qualification")

HOUSEHOLD_FLAGS = (
    "wall_durable",
    "column_durable",
    "roof_durable",
    "water_clean",
    "toilet_hygienic",
    "has_tv",
    "has_radio",
    "has_desktop",
    "has_phone",
    "has_laptop",
    "has_tablet",
    "has_smartphone",
    "no_labour",
)

HOUSEHOLD_NUMBERS = ("floor_area_m2",)


@dataclass(frozen=True)
class MemberFacts:
    """One member on the day of the review."""

    member_no: int
    full_name: str = ""
    sex: str = ""
    birth_date: date | None = None
    relation: str = ""
    employment: str = ""
    attending_level: str = ""
    highest_qualification: str = ""
    able_to_work: bool | None = None
    has_labour_contract: bool | None = None
    disabled: bool | None = None
    monthly_social_assistance: bool | None = None
    malnourished_height: bool | None = None
    malnourished_weight: bool | None = None
    health_insurance_valid: bool | None = None
    in_training: bool | None = None
    uses_internet: bool | None = None
    merit: bool | None = None
    pension: bool | None = None

    def flag(self, fact: str) -> bool | None:
        """A flag by name; None when not asked."""
        value: bool | None = getattr(self, fact)
        return value

    def code(self, fact: str) -> str | None:
        """A coded answer by name; None when not asked."""
        value: str = getattr(self, fact)
        return value or None


@dataclass(frozen=True)
class HouseholdFacts:
    """One household on `as_of`. Money is whole VND, areas are exact decimals of m²."""

    as_of: date
    settlement: str
    members: tuple[MemberFacts, ...] = ()
    household_size: int | None = None
    province_code: str = ""
    income_per_capita_month_vnd: int | None = None
    floor_area_m2: Decimal | None = None
    wall_durable: bool | None = None
    column_durable: bool | None = None
    roof_durable: bool | None = None
    water_clean: bool | None = None
    toilet_hygienic: bool | None = None
    has_tv: bool | None = None
    has_radio: bool | None = None
    has_desktop: bool | None = None
    has_phone: bool | None = None
    has_laptop: bool | None = None
    has_tablet: bool | None = None
    has_smartphone: bool | None = None
    no_labour: bool | None = None
    b1_answers: Mapping[str, str] = field(default_factory=dict)
    b1_points_paper: int | None = None
    b2_points_paper: int | None = None
    class_paper: str = ""

    def __post_init__(self) -> None:
        if self.settlement not in SETTLEMENTS:
            raise ValueError(f"settlement is one of {SETTLEMENTS}, not {self.settlement!r}")
        if isinstance(self.floor_area_m2, float):
            raise TypeError("floor_area_m2 is an exact Decimal, not a float")

    @property
    def roster_complete(self) -> bool:
        """Whether the member rows are all there: as many as the household has, and at least one.

        Until then nothing can be said that holds for all members.
        """
        return bool(self.members) and self.household_size == len(self.members)

    def flag(self, fact: str) -> bool | None:
        """A flag by name; None when not asked."""
        value: bool | None = getattr(self, fact)
        return value

    def number(self, fact: str) -> Decimal | None:
        """A measured number by name; None when not asked."""
        value: Decimal | None = getattr(self, fact)
        return value


def completed_years(birth_date: date, on: date) -> int:
    """Age in completed years; who is born on 29 February is a year older on 1 March."""
    before_birthday = (on.month, on.day) < (birth_date.month, birth_date.day)
    return on.year - birth_date.year - before_birthday
