"""What a browser would post from the review form as it is shown, with some answers changed."""

from households.forms.review_lists import ReviewLists
from households.forms.survey_form import SurveyForm
from households.models import Survey
from households.services import rounds, standards

#: One grown man who lacks nothing, as typed into the first row.
ONE_ADULT = {
    "members-0-full_name": "Nông Văn Thử",
    "members-0-relation": "head",
    "members-0-sex": "M",
    "members-0-birth_date": "01/05/1980",
    "members-0-ethnic_group": "Tày",
    "members-0-personal_id": "",
    "members-0-attending_level": "none",
    "members-0-highest_qualification": "upper_secondary",
    "members-0-in_training": "N",
    "members-0-able_to_work": "Y",
    "members-0-employment": "self_employed_farm",
    "members-0-health_insurance_valid": "Y",
    "members-0-disabled": "N",
    "members-0-monthly_social_assistance": "N",
    "members-0-uses_internet": "Y",
}
#: A house that lacks nothing, with a declared income far above the line.
GOOD_HOUSE = {
    "surveyed_on": "10/10/2024",
    "wall_durable": "Y",
    "column_durable": "Y",
    "roof_durable": "Y",
    "floor_area_m2": "80,5",
    "water_clean": "Y",
    "toilet_hygienic": "Y",
    "has_tv": "Y",
    "has_radio": "N",
    "has_desktop": "N",
    "has_phone": "Y",
    "has_laptop": "N",
    "has_tablet": "N",
    "has_smartphone": "Y",
    "income_per_capita_month_vnd": "5.000.000",
}


def shown(survey: Survey) -> dict[str, str | list[str]]:
    """Every field with the answer that the page shows."""
    table = standards.table_in_force(rounds.scored_under(survey.round)[-1])
    form = SurveyForm(
        survey,
        table=standards.rules_of_table(table) if table else None,
        lists=ReviewLists(),
    )
    posted: dict[str, str | list[str]] = {"revision": str(form.revision)}
    if form.asked_for_review:
        posted["asked_for_review"] = "Y"
    for one in form.fields():
        posted[one.name] = one.ticked if one.kind == "codes" else one.raw
    for row, cell in form.cells():
        posted[f"members-{row.key}-row"] = str(row.stored.pk) if row.stored else ""
        posted[cell.name] = cell.raw
    return posted


def whole(survey: Survey, **changes: str) -> dict[str, str | list[str]]:
    """A complete form of one adult in a good house, with changes."""
    return shown(survey) | ONE_ADULT | GOOD_HOUSE | changes
