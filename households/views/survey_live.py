"""The card beside the review form, computed again from what stands on the page."""

import uuid as uuids

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from households.forms.review_lists import ReviewLists
from households.forms.survey_form import SurveyForm
from households.views import access, live_card
from households.views.survey_questions import questions_of


@require_POST
def survey_live(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """The list of parts and the card, as a fragment; nothing is written, and nothing that was
    typed is refused: what cannot be read counts as missing. Policy: why_not_edit_survey."""
    survey = access.editable_survey(request, uuid)
    form = SurveyForm(survey, table=questions_of(survey), lists=ReviewLists(), posted=request.POST)
    form.is_readable()
    return render(
        request, "households/form/_side.html", {"form": form, "live": live_card.of(survey, form)}
    )
