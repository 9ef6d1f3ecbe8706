"""The review form in the browser: show it, save a draft, complete it, correct it."""

import uuid as uuids
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households.choices import SurveyState
from households.errors import Conflict, Invalid, Refused
from households.exchange.checks_of_members import NUTRITION_ASKED_BELOW_AGE
from households.forms import earlier_answers, member_rows
from households.forms.review_lists import ReviewLists
from households.forms.survey_form import SurveyForm
from households.models import Survey
from households.queries import walking
from households.services import carry_forward, survey_checks, surveys
from households.views import access, attachments, live_card, survey_autosave, survey_clash
from households.views.survey_questions import questions_of

UNREADABLE = 422
CONFLICT = 409


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def survey_form(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """Policy: why_not_edit_survey (403 with the reason); another area's survey is not found."""
    survey = access.editable_survey(request, uuid)
    table = questions_of(survey)
    if request.method != "POST":
        return _show(request, survey, SurveyForm(survey, table=table, lists=ReviewLists()))
    form = SurveyForm(survey, table=table, lists=ReviewLists(), posted=request.POST)
    if request.POST.get("act") == "add_member":
        form.rows = member_rows.with_blank(form.rows)
        return _show(request, survey, form)
    return _save(request, survey, form, complete=request.POST.get("act") == "complete")


def _save(
    request: HttpRequest, survey: Survey, form: SurveyForm, *, complete: bool
) -> HttpResponse:
    if not form.is_readable():
        return _show(request, survey, form, status=UNREADABLE)
    if complete and form.is_open_at_form_a:
        for one in form.form_a_fields:
            if not one.raw:
                one.errors.append(_("This is missing."))
        return _show(request, survey, form, status=UNREADABLE)
    # A household that form A stops needs no form B; its answers are kept as they are.
    complete = complete and not form.stops_at_form_a
    try:
        saved = surveys.save(
            survey=survey,
            values=form.values,
            members=form.members,
            revision=form.revision,
            complete=complete,
            by=access.actor(request),
            reason=form.reason.raw,
        )
    except Invalid as fault:
        form.add_errors(fault.fields or {"": [fault.message]})
        return _show(request, survey, form, status=UNREADABLE)
    except Conflict as clash:
        return _answer_again(request, survey, form, complete) or _show_conflict(
            request, survey, form, str(clash.message)
        )
    except Refused as refusal:
        raise PermissionDenied(str(refusal.message)) from refusal
    return _saved(request, saved, form, complete=complete)


def _saved(
    request: HttpRequest, survey: Survey, form: SurveyForm, *, complete: bool
) -> HttpResponse:
    if complete:
        messages.success(request, _("The form is complete. This is what the rules make of it."))
        return redirect(_address("households:survey", survey))
    if form.stops_at_form_a:
        messages.info(request, _("Saved. The household does not pass form A."))
        return redirect(_address("households:survey", survey))
    messages.success(request, _("The draft is saved."))
    return redirect(_address("households:survey_form", survey))


def _answer_again(
    request: HttpRequest, survey: Survey, form: SurveyForm, complete: bool
) -> HttpResponse | None:
    """The answer to a save that arrived before and was only not heard of: the line was cut, and
    the browser sent it once more. None where somebody else saved something else."""
    current = Survey.objects.get(pk=survey.pk)
    state = SurveyState.COMPLETE if complete else SurveyState.DRAFT
    if not survey_autosave.is_stored(form, current, state):
        return None
    return _saved(request, current, form, complete=complete)


def _address(name: str, survey: Survey) -> str:
    """The page after a save; "#saved" tells its script that the browser's own copy may go."""
    return reverse(name, args=[survey.uuid]) + "#saved"


def _show_conflict(
    request: HttpRequest, survey: Survey, form: SurveyForm, words: str
) -> HttpResponse:
    """What was typed stays; beside it stands what the other person saved. Saving again from here
    is a choice made knowingly, so the form takes over the newer revision."""
    current = Survey.objects.get(pk=survey.pk)
    theirs = SurveyForm(current, table=form.table, lists=form.lists)
    form.revision = current.revision
    differences = survey_clash.differences(form, theirs)
    choices = [{"take": o.take, "added": o.added, "dropped": o.dropped} for o in differences]
    clash = {"words": words, "differences": differences, "choices": choices}
    return _show(request, survey, form, status=CONFLICT, clash=clash)


def _show(
    request: HttpRequest,
    survey: Survey,
    form: SurveyForm,
    *,
    status: int = 200,
    clash: Mapping[str, Any] | None = None,
) -> HttpResponse:
    if not form.values:
        form.is_readable()
    before = carry_forward.earlier_of(survey)
    if request.method == "POST" and not form.faults():
        form.add_warnings(survey_checks.problems_of(survey, form.values, form.members))
    return render(
        request,
        "households/survey_form.html",
        {
            "survey": survey,
            "form": form,
            "clash": clash,
            "photo_slots": attachments.slots_of(survey),
            "neighbours": walking.neighbours(survey.household_id, survey.village),
            "earlier": earlier_answers.compare(form, before) if before else None,
            "live": live_card.of(survey, form),
            "is_typed": request.method == "POST",
            "is_complete": survey.state == SurveyState.COMPLETE,
            "groups": member_rows.GROUPS,
            "template_row": member_rows.template_row(),
            "nutrition_asked_below_age": NUTRITION_ASKED_BELOW_AGE,
            "faults": form.faults(),
            "warnings": form.warnings(),
        },
        status=status,
    )
