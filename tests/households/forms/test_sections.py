"""A form's questions are put together once a language, and asked anew in every form."""

from django.utils import translation

from households.forms import member_rows
from households.forms.review_lists import ReviewLists
from households.forms.sections import fact
from households.forms.survey_form import SurveyForm
from tests.factories import reviews
from tests.households.conftest import World


def labels(world: World) -> list[str]:
    survey = reviews.surveyed(world.round, world.village, world.officer)
    form = SurveyForm(survey, table=None, lists=ReviewLists())
    cells = [cell.label for cell in form.rows[0].cells]
    answers = [str(label) for one in form.fields() for __, label in one.options]
    return [*(one.label for one in form.fields()), *cells, *answers]


def test_each_page_is_in_its_own_language(world: World) -> None:
    found = {}
    for language in ("vi", "en", "vi", "en"):
        with translation.override(language):
            found.setdefault(language, []).append(labels(world))
    assert found["vi"][0] == found["vi"][1]
    assert found["en"][0] == found["en"][1]
    assert {"Tường bền chắc", "Họ và tên", "Có"} <= set(found["vi"][0])
    assert {"Wall durable", "Full name", "Yes"} <= set(found["en"][0])
    assert not {"Wall durable", "Full name", "Yes"} & set(found["vi"][0])


def test_one_form_does_not_answer_for_another(world: World) -> None:
    lists = ReviewLists()
    one, other = fact("wall_durable", lists), fact("wall_durable", lists)
    one.raw = "Y"
    one.errors.append("Sai")
    assert (other.raw, other.errors) == ("", [])
    row, blank = member_rows.template_row(), member_rows.template_row()
    row.cells[0].raw = "Nông Văn Thử"
    row.cells[0].errors.append("Sai")
    assert (blank.cells[0].raw, blank.cells[0].errors) == ("", [])
