"""A standard loaded from the shipped files, a round, and surveys of a household."""

import datetime as dt
from typing import Any

from households.choices import DecisionOrigin, HowIn, PovertyClass, RoundKind, StandardPart
from households.models import (
    Area,
    EthnicGroup,
    Household,
    PovertyStandard,
    RecognitionDecision,
    ReviewRound,
    RoundStandard,
    StatusPeriod,
    Survey,
    User,
)
from households.services import standards, surveys
from households.services.system_user import system_user
from tests.remembered import remembered

#: A complete household that lacks nothing.
WELL_HOUSED: dict[str, Any] = {
    "income_per_capita_month_vnd": 5_000_000,
    "wall_durable": True,
    "column_durable": True,
    "roof_durable": True,
    "floor_area_m2": 80,
    "water_clean": True,
    "toilet_hygienic": True,
    "has_tv": True,
    "has_radio": False,
    "has_desktop": False,
    "has_phone": True,
    "has_laptop": False,
    "has_tablet": False,
    "has_smartphone": True,
}
#: What makes WELL_HOUSED lack exactly three indicators.
THREE_LACKS = {"toilet_hygienic": False, "water_clean": False, "floor_area_m2": 7}


def standard(code: str = "std_2022") -> PovertyStandard:
    return remembered(_standard, code=code)


def _standard(code: str) -> PovertyStandard:
    standards.load(by=system_user())
    return PovertyStandard.objects.get(code=code)


def periodic(province: Area, year: int, under: PovertyStandard) -> ReviewRound:
    made = ReviewRound.objects.create(
        province=province,
        kind=RoundKind.PERIODIC,
        year=year,
        as_of=dt.date(year, 10, 1),
        opens_on=dt.date(year, 9, 1),
        closes_on=dt.date(year, 12, 14),
    )
    RoundStandard.objects.create(round=made, standard=under, part=StandardPart.BOTH)
    return made


def with_trial(round: ReviewRound) -> PovertyStandard:
    """The round closes with its standard; the next one opens, as a trial."""
    standards.load(by=system_user())
    opening = PovertyStandard.objects.get(code="std_2027")
    round.parts.update(part=StandardPart.CLOSING)
    RoundStandard.objects.create(round=round, standard=opening, part=StandardPart.OPENING)
    return opening


def adult(full_name: str = "Nông Văn Thử", relation: str = "head", **facts: Any) -> dict[str, Any]:
    """A member aged 40 to 50 in these years who lacks nothing."""
    kinh, __ = EthnicGroup.objects.get_or_create(
        code="01", defaults={"name": "Kinh", "is_minority": False}
    )
    return {
        "full_name": full_name,
        "sex": "M",
        "birth_date": dt.date(1980, 5, 1),
        "relation": relation,
        "ethnic_group": kinh,
        "able_to_work": True,
        "employment": "self_employed_farm",
        "disabled": False,
        "monthly_social_assistance": False,
        "health_insurance_valid": True,
        "attending_level": "none",
        "highest_qualification": "upper_secondary",
        "in_training": False,
        "uses_internet": True,
        **facts,
    }


def surveyed(
    round: ReviewRound,
    village: Area,
    by: User,
    *,
    household: Household | None = None,
    members: list[dict[str, Any]] | None = None,
    **answers: Any,
) -> Survey:
    """A complete, scored survey, entered as an officer enters it."""
    started = surveys.start(round=round, village=village, household=household, by=by)
    rows = members
    if rows is None:
        known = [{"person_id": m.person_id} for m in started.members.all()]
        rows = [adult() | (known[0] if known else {})]
    return surveys.save(
        survey=started,
        values=WELL_HOUSED | answers,
        members=rows,
        revision=started.revision,
        complete=True,
        by=by,
    )


def listed(round: ReviewRound, commune: Area, by: User, *households: Household) -> None:
    """The households are poor since 1 January 2024 by one decision, adopted from paper."""
    decision = RecognitionDecision.objects.create(
        commune=commune, round=round, standard=standard(), number="1/QĐ",
        decided_on=dt.date(2023, 12, 10), effective_from=dt.date(2024, 1, 1),
        recorded_by=by, origin=DecisionOrigin.ADOPTED_FROM_PAPER,
    )  # fmt: skip
    for household in households:
        StatusPeriod.objects.create(
            household=household, standard=decision.standard, poverty_class=PovertyClass.POOR,
            valid_from=dt.date(2024, 1, 1), decision_in=decision, how_in=HowIn.ADOPTED,
        )  # fmt: skip
