"""What the form shows beside its answers: those of the survey before, and who came or left."""

import datetime as dt

from households.forms import earlier_answers
from households.forms.review_lists import ReviewLists
from households.forms.survey_form import SurveyForm
from households.models import Survey
from households.services import carry_forward, surveys
from tests.factories import reviews
from tests.households.conftest import World


def form_of(survey: Survey) -> SurveyForm:
    return SurveyForm(survey, table=None, lists=ReviewLists())


def next_year(world: World) -> tuple[Survey, Survey]:
    child = reviews.adult(
        "Nông Văn Con", relation="child", personal_id=None, birth_date=dt.date(2004, 5, 1)
    )
    first = reviews.surveyed(
        world.round,
        world.village,
        world.officer,
        members=[reviews.adult(), child],
        roof_material="tranh",
    )
    later = reviews.periodic(world.province, 2025, world.round.parts.get().standard)
    draft = surveys.start(round=later, household=first.household, by=world.officer)
    return first, draft


def test_a_draft_starts_alike_and_a_changed_answer_is_marked(world: World) -> None:
    first, draft = next_year(world)
    before = carry_forward.earlier_of(draft)
    assert before == first
    form = form_of(draft)
    found = earlier_answers.compare(form, first)
    assert (found.round_key, found.came, found.left) == ("2024", [], [])
    assert not form.field("roof_material").differs
    form.field("roof_material").raw = "ngói"
    assert form.field("roof_material").differs
    assert form.field("roof_material").earlier.raw == "tranh"  # type: ignore[union-attr]
    assert form.field("income_per_capita_month_vnd").earlier.raw  # type: ignore[union-attr]
    assert form.field("surveyed_on").earlier is None


def test_who_came_and_who_left_is_told(world: World) -> None:
    first, draft = next_year(world)
    form = form_of(draft)
    form.rows[1].stored = None
    form.rows[1].cells[0].raw = "Nông Thị Mới"
    found = earlier_answers.compare(form, first)
    assert (found.came, found.left) == (["Nông Thị Mới"], ["Nông Văn Con"])
    assert form.rows[0].cells[1].earlier is not None
    assert form.rows[1].cells[1].earlier is None


def test_the_first_survey_has_nothing_before_it(world: World) -> None:
    first, __ = next_year(world)
    assert carry_forward.earlier_of(first) is None
