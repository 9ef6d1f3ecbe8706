"""Reads the worked cases of cases/*.toml; cases/README.md says what the keys mean."""

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from households.scoring import HouseholdFacts, MemberFacts

FOLDER = Path(__file__).parent / "cases"

#: Answers of a household that has nothing of what form B asks about beyond other facts.
COMMON_ANSWERS = {
    "nonfarm_work": "none",
    "electricity": "under_25",
    **dict.fromkeys(
        (
            "sound_set",
            "car",
            "motorbike",
            "refrigerator",
            "air_conditioner",
            "washing_machine",
            "water_heater",
            "microwave",
            "boat",
        ),
        "N",
    ),
    **dict.fromkeys(
        ("garden_land", "annual_crop_land", "perennial_land", "water_surface", "cattle"), "none"
    ),
    "pigs_goats": "under_5",
    "poultry": "under_50",
}

HOUSEHOLD = {
    "settlement": "RURAL",
    "province_code": "06",
    "income_per_capita_month_vnd": 3_000_000,
    "floor_area_m2": "60",
    "wall_durable": True,
    "column_durable": True,
    "roof_durable": True,
    "water_clean": True,
    "toilet_hygienic": True,
    "has_tv": True,
    "has_radio": False,
    "has_desktop": False,
    "has_phone": False,
    "has_laptop": False,
    "has_tablet": False,
    "has_smartphone": False,
}

MEMBER = {
    "sex": "F",
    "relation": "other",
    "employment": "not_seeking",
    "attending_level": "upper_secondary",
    "highest_qualification": "none",
    "able_to_work": False,
    "disabled": False,
    "monthly_social_assistance": False,
    "malnourished_height": False,
    "malnourished_weight": False,
    "health_insurance_valid": True,
    "in_training": False,
    "uses_internet": False,
}

HEAD = MEMBER | {
    "birth_date": "1984-01-01",
    "relation": "head",
    "employment": "self_employed_farm",
    "attending_level": "none",
    "highest_qualification": "lower_secondary",
    "able_to_work": True,
    "uses_internet": True,
}

CASE_KEYS = {
    *("name", "standard", "as_of", "household", "head", "members", "b1"),
    *("deprived", "unknown", "class", "basis", "b1_points", "b2_points"),
}


@dataclass(frozen=True)
class WorkedCase:
    """`expected` holds what the case says must come out, by the names of Result."""

    name: str
    standard: str
    facts: HouseholdFacts
    deprived: frozenset[str]
    unknown: frozenset[str]
    expected: dict[str, Any]


def worked_cases() -> list[WorkedCase]:
    """All cases of all files, in order."""
    return [
        case_of(entry)
        for path in sorted(FOLDER.glob("*.toml"))
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    ]


def case_of(entry: dict[str, Any]) -> WorkedCase:
    """One case as it stands in a file."""
    strange = set(entry) - CASE_KEYS
    if strange:
        raise ValueError(f"case {entry.get('name')!r} does not know {sorted(strange)}")
    expected = {
        name: None if entry[key] in {"OPEN", "NONE"} else entry[key]
        for key, name in (
            ("class", "poverty_class"),
            ("basis", "income_basis"),
            ("b1_points", "b1_points"),
            ("b2_points", "b2_points"),
        )
        if key in entry
    }
    return WorkedCase(
        name=entry["name"],
        standard=entry.get("standard", "std_2022"),
        facts=_facts(entry),
        deprived=frozenset(entry["deprived"]),
        unknown=frozenset(entry.get("unknown", ())),
        expected=expected,
    )


def _facts(entry: dict[str, Any]) -> HouseholdFacts:
    members = tuple(
        _member(number, base | changes)
        for number, (base, changes) in enumerate(
            [(HEAD, entry.get("head", {})), *((MEMBER, one) for one in entry.get("members", []))],
            start=1,
        )
    )
    values = _asked(HOUSEHOLD | {"household_size": len(members)} | entry.get("household", {}))
    if "floor_area_m2" in values:
        values["floor_area_m2"] = Decimal(values["floor_area_m2"])
    return HouseholdFacts(
        as_of=date.fromisoformat(entry.get("as_of", "2024-10-01")),
        members=members,
        b1_answers=_answers(dict(entry.get("b1", {}))),
        **values,
    )


def _answers(changes: dict[str, Any]) -> dict[str, str]:
    without = changes.pop("without", [])
    answers = (COMMON_ANSWERS if changes.pop("common", False) else {}) | changes
    return {question: option for question, option in answers.items() if question not in without}


def _member(number: int, values: dict[str, Any]) -> MemberFacts:
    values = _asked(values)
    if "birth_date" in values:
        values["birth_date"] = date.fromisoformat(values["birth_date"])
    return MemberFacts(member_no=number, **values)


def _asked(values: dict[str, Any]) -> dict[str, Any]:
    absent = values.get("not_asked", [])
    return {name: value for name, value in values.items() if name not in {*absent, "not_asked"}}
