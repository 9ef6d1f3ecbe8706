"""A re-check that the commune orders of itself: ordered, ended, hung out again."""

import uuid as uuids

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import policies
from households.choices import SurveyState
from households.errors import Conflict
from households.forms.complaints import RecheckForm, RepostForm, TakeDownForm
from households.forms.steps import SaysFaults
from households.models import PublicPosting, Survey, SurveyReopening, User
from households.queries import decision_draft
from households.services import rechecks, repostings, village_steps
from households.views import access, way_offers


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def survey_recheck(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """Policy: a survey of one's area (else 404), why_not_settle_complaints."""
    survey = access.readable_survey(request, uuid)
    access.refuse_if(policies.why_not_settle_complaints(request.user, survey.commune))
    if request.method != "POST":
        return _show(request, survey)
    found = _ACTS.get(request.POST.get("act", ""))
    if found is None:
        return HttpResponseBadRequest()
    kind, service = found
    form = kind(request.POST)

    def act() -> None:
        service(survey, form, access.actor(request))

    if way_offers.is_done(request, form, act, _("It is recorded.")):
        return redirect("households:survey_recheck", survey.uuid)
    return _show(request, survey, form, status=422)


def _order(survey: Survey, form: SaysFaults, by: User) -> None:
    rechecks.order(survey=survey, reason=form.cleaned_data["reason"], by=by)


def _settle(survey: Survey, form: SaysFaults, by: User) -> None:
    rechecks.settle(survey=survey, by=by)


def _repost(survey: Survey, form: SaysFaults, by: User) -> None:
    way = village_steps.begun(round=survey.round, village=survey.village)
    repostings.post(way=way, household=survey.household, by=by, **form.cleaned_data)


def _take_down(survey: Survey, form: SaysFaults, by: User) -> None:
    posting = _posting(survey)
    if posting is None:
        raise Conflict(_("This posting is closed already."))
    repostings.close(posting=posting, closed_on=form.cleaned_data["closed_on"], by=by)


_ACTS = {
    "order": (RecheckForm, _order),
    "settle": (SaysFaults, _settle),
    "repost": (RepostForm, _repost),
    "take_down": (TakeDownForm, _take_down),
}


def _posting(survey: Survey) -> PublicPosting | None:
    """The household's own posting that hangs out now."""
    open_ones = PublicPosting.objects.filter(
        village_review__round=survey.round, household=survey.household, closed_on__isnull=True
    )
    return open_ones.select_related("village_review__village__parent").first()


def _show(
    request: HttpRequest, survey: Survey, filled: SaysFaults | None = None, status: int = 200
) -> HttpResponse:
    mine = SurveyReopening.objects.filter(survey=survey)
    under_way = mine.filter(ended_at__isnull=True).first()
    forms = {"order": RecheckForm(), "repost": RepostForm(), "take_down": TakeDownForm()}
    if filled is not None:
        forms[request.POST["act"]] = filled
    shown = {
        "survey": survey,
        "earlier": mine.select_related("opened_by").order_by("-pk"),
        "under_way": under_way,
        "is_complete": survey.state == SurveyState.COMPLETE,
        "why_not": rechecks.why_not_order(survey, access.actor(request)),
        "posting": _posting(survey),
        "hangs_out_again": decision_draft.to_hang_out(mine).exists(),
        "forms": forms,
        "faults": filled if filled is not None and request.POST["act"] == "settle" else None,
    }
    return render(request, "households/survey_recheck.html", shown, status=status)
