"""Invented households as rows of the exchange format. Pure."""

import datetime as dt
from collections.abc import Iterator

from households.services.demo.people import DemoHousehold, DemoPerson
from households.services.demo.points import answers
from households.services.demo.schooling import attending, finished

Row = dict[str, str]
_CHILD_UNDER = 16
_WORKS_FROM = 15


def _yes(fact: bool) -> str:
    return "Y" if fact else "N"


def household_row(household: DemoHousehold, as_of: dt.date) -> Row:
    """One row of households.csv, with the format's required columns in its order."""
    place, house = household.place, household.house
    row = {
        "household_id": household.key,
        "review_year": str(as_of.year),
        "as_of": as_of.isoformat(),
        "province_code": place.province_code,
        "district_code": place.district_code,
        "district": place.district,
        "commune_code": place.commune_code,
        "commune": place.commune,
        "area": place.settlement.lower(),
        "village": place.village,
        "head_name": household.head.full_name,
        "ethnic_group": household.ethnic_group,
        "household_size": str(len(household.members)),
        "income_per_capita_month_vnd": str(household.income_vnd),
    }
    for part in ("wall", "column", "roof"):
        row[f"{part}_material"], durable = house[part]
        row[f"{part}_durable"] = _yes(durable)
    row["floor_area_m2"] = f"{household.floor_area_m2:g}"
    row["water_source"], row["water_clean"] = house["water"][0], _yes(house["water"][1])
    row["toilet_type"], row["toilet_hygienic"] = house["toilet"][0], _yes(house["toilet"][1])
    for device in ("tv", "radio", "desktop", "phone", "laptop", "tablet", "smartphone"):
        row[f"has_{device}"] = _yes(device in household.devices)
    return row


def full_household_row(household: DemoHousehold, as_of: dt.date) -> Row:
    """The same with the optional columns that the demonstration fills."""
    return household_row(household, as_of) | _optional(household, as_of)


def _optional(household: DemoHousehold, as_of: dt.date) -> Row:
    able = [m.able and m.age_on(as_of) >= _WORKS_FROM for m in household.members]
    groups = ["ethnic_minority"] if household.ethnic_group != "Kinh" else []
    groups += ["no_labour"] if not any(able) else []
    groups += ["merit"] if any(m.merit for m in household.members) else []
    groups += ["social_allowance"] if any(m.allowance for m in household.members) else []
    groups += ["female_head"] if household.head.sex == "F" else []
    told_by = household.income_told_by
    asked = answers(household)
    return {
        "income_per_capita_month_vnd": str(household.income_vnd) if told_by == "amount" else "",
        "b1_points_paper": str(_paper_points(household)) if told_by == "paper" else "",
        "causes": ";".join(household.causes),
        "shock": household.hardship,
        "shock_on": household.hardship_on.isoformat() if household.hardship_on else "",
        "policy_groups": ";".join(groups),
        "support_wanted": ";".join(household.support_wanted),
        "no_labour": _yes(not any(able)),
        **{f"b1_{q}": option if told_by == "answers" else "" for q, option in asked.items()},
    }


def _paper_points(household: DemoHousehold) -> int:
    return paper_points(household.place.settlement, household.income_vnd)


def paper_points(settlement: str, income_vnd: int) -> int:
    """A B1 total that stands for the income as the circular's two pairs do: 140 points for
    1.5 million in the country, 175 for 2 million in town."""
    points, income = (175, 2_000_000) if settlement == "URBAN" else (140, 1_500_000)
    return round(points * income_vnd / income / 5) * 5


def member_rows(household: DemoHousehold, as_of: dt.date) -> Iterator[Row]:
    """The rows of members.csv, head first, numbered from 1."""
    for member_no, person in enumerate(household.members, start=1):
        yield _member_row(household.key, member_no, person, as_of)


def _member_row(key: str, member_no: int, person: DemoPerson, as_of: dt.date) -> Row:
    age = person.age_on(as_of)
    child = age < _CHILD_UNDER
    level = attending(age, person.final_level)
    work = _work(person, age, level)
    return {
        "member_id": f"{key}-{person.number:02d}",
        "household_id": key,
        "member_no": str(member_no),
        "full_name": person.full_name,
        "sex": person.sex,
        "birth_date": person.birth_date.isoformat(),
        "relation": person.relation,
        "ethnic_group": person.ethnic_group,
        "cccd": person.personal_id,
        "able_to_work": _yes(person.able and age >= 15),
        "employment": work,
        "has_labour_contract": _yes(person.has_contract) if work == "wage" else "",
        "disabled": _yes(person.disabled),
        "monthly_social_assistance": _yes(person.allowance),
        "malnourished_height": _yes(person.stunted) if child else "",
        "malnourished_weight": _yes(person.underweight) if child else "",
        "health_insurance_valid": _yes(person.insured),
        "attending_level": level,
        "highest_qualification": finished(age, person.final_level),
        "in_training": "N",
        "uses_internet": _yes(person.online and age >= 10),
        "merit": _yes(person.merit),
        "pension": _yes(person.pension),
    }


def _work(person: DemoPerson, age: int, attends: str) -> str:
    if age < 6:
        return ""
    if attends != "none":
        return "student"
    if not person.able or age < 15:
        return "not_able"
    return person.work
