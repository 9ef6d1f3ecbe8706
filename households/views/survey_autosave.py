"""What the browser sends on its own while somebody types: the draft of a review form."""

import uuid as uuids
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, JsonResponse, QueryDict
from django.views.decorators.http import require_POST

from households.choices import SurveyState
from households.errors import Conflict, Invalid, Refused
from households.forms.review_lists import ReviewLists
from households.forms.survey_form import SurveyForm
from households.models import Survey
from households.services import held_surveys, surveys
from households.services.held_surveys import HeldSurvey
from households.views import access
from households.views.survey_questions import questions_of

REFUSED = 403
CONFLICT = 409
UNREADABLE = 422


@require_POST
def survey_draft(request: HttpRequest, uuid: uuids.UUID) -> JsonResponse:
    """Save the typed form as a draft and answer in JSON. Policy: why_not_edit_survey.

    200 {"state": "saved", "revision": 4, "rows": {"0": 17}}: the revision the page goes on with,
    and the stored member of each row, since a save may move members to other rows of the table.
    409 "conflict" when someone else saved; "complete" for a complete form, whose result a draft
    would take away; 422 "unreadable"; 403 "refused".
    """
    survey_id = access.readable_survey_id(request, uuid)
    posted = request.POST  # read to its end before anybody else has to wait for the form
    try:
        with transaction.atomic():
            held = held_surveys.hold(survey_id=survey_id, by=access.actor(request))
            return _save(held, posted)
    except Survey.DoesNotExist as thrown_away:
        raise Http404 from thrown_away
    except Invalid:
        return JsonResponse({"state": "unreadable"}, status=UNREADABLE)
    except Refused:
        return JsonResponse({"state": "refused"}, status=REFUSED)


def _save(held: HeldSurvey, posted: QueryDict) -> JsonResponse:
    survey, members = held.survey, held.members
    if survey.state == SurveyState.COMPLETE:
        return JsonResponse({"state": "complete"}, status=CONFLICT)
    form = SurveyForm(
        survey, table=questions_of(survey), lists=ReviewLists(), posted=posted, members=members
    )
    if not form.is_readable():
        return JsonResponse({"state": "unreadable"}, status=UNREADABLE)
    try:
        members = surveys.save_held(
            held=held,
            values=form.values,
            members=form.members,
            revision=form.revision,
            complete=False,
        )
    except Conflict:
        if not is_stored(form, survey):
            return JsonResponse({"state": "conflict"}, status=CONFLICT)
    rows = {row.key: member.pk for row, member in zip(form.rows, members, strict=True)}
    return JsonResponse({"state": "saved", "revision": survey.revision, "rows": rows})


def is_stored(form: SurveyForm, survey: Survey, state: SurveyState = SurveyState.DRAFT) -> bool:
    """Whether a survey of that state holds exactly what was typed: then an earlier try arrived
    and only its answer was lost on the way. Two queries."""
    members = list(survey.members.select_related("ethnic_group").order_by("member_no"))
    return (
        survey.state == state
        and len(members) == len(form.members)
        and _holds(survey, form.values)
        and all(_holds(*pair) for pair in zip(members, form.members, strict=True))
    )


def _holds(row: Any, values: Any) -> bool:
    # Whom a row stands for is found when the form is complete: not known is no other answer.
    is_same = {
        name: getattr(row, name) == value or (name == "person_id" and value is None)
        for name, value in values.items()
    }
    return all(is_same.values())
