"""Starting a household's review, reading its result, throwing a draft away."""

import uuid as uuids
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from households import clock, policies
from households.choices import SurveyState
from households.errors import Conflict, Invalid, Refused
from households.forms.new_household import NewHouseholdForm
from households.forms.review_lists import ReviewLists
from households.forms.wishes import WishesForm
from households.models import Area, Household, ReviewRound, Survey
from households.queries import walking
from households.services import class_changes, survey_checks, surveys, wishes
from households.views import access, attachments, survey_results


def round_under_way(village: Area) -> ReviewRound | None:
    """The newest round under way that is for the village's commune."""
    above = [int(part) for part in village.path.split(".") if part]
    rounds = ReviewRound.objects.filter(province__in=above, is_closed=False)
    its_own = Q(covers_all_communes=True) | Q(commune_reviews__commune=village.parent_id)
    under_way = rounds.filter(its_own, opens_on__lte=clock.today()).distinct()
    return under_way.order_by("-as_of", "-pk").first()


@require_http_methods(["GET", "HEAD", "POST"])
def household_new(request: HttpRequest) -> HttpResponse:
    """A new household: village, and whether it asked. Policy: whoever enters reviews; the
    villages offered are the user's own."""
    user = access.actor(request)
    if not policies.rights(user).holds_anywhere(policies.WRITES_SURVEYS):
        access.refuse_if(_("Only the reviewer or the commune officer of this area enters reviews."))
    form = NewHouseholdForm(request.POST or None, villages=access.writable_villages(user))
    if request.method == "POST" and form.is_valid():
        try:
            survey = _start_new(request, form.cleaned_data)
        except Invalid as fault:
            form.add_error(None, str(fault.message))
        except Refused as refusal:
            form.add_error("village", str(refusal.message))
        else:
            return redirect("households:survey_form", uuid=survey.uuid)
    status = 422 if form.errors else 200
    adds = policies.rights(user).holds_anywhere(policies.ADDS_VILLAGES)
    shown = {"form": form, "adds_villages": adds}
    return render(request, "households/household_new.html", shown, status=status)


def _start_new(request: HttpRequest, given: dict[str, Any]) -> Survey:
    """The draft of the new household; the same page sent twice finds its first try."""
    village: Area = given["village"]
    round = round_under_way(village)
    if round is None:
        raise Invalid(_("No review round is under way."))
    user = access.actor(request)
    survey = surveys.start(round=round, village=village, by=user, uuid=given["uuid"])
    is_untouched = survey.revision == 1 and not survey.members.exists()
    if given["asked_for_review"] and is_untouched:
        survey = surveys.save(
            survey=survey,
            values={"asked_for_review": True},
            members=[],
            revision=survey.revision,
            complete=False,
            by=user,
        )
    return survey


@require_POST
def survey_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the form of a known household in the round under way. Policy: those of
    services.surveys.start, 403 with the reason."""
    household = access.readable_household(request, pk)
    access.refuse_if(policies.why_has_ended(household))
    home = household.residences.filter(valid_to__isnull=True).select_related("village").get()
    round = round_under_way(home.village)
    if round is None:
        raise PermissionDenied(_("No review round is under way."))
    survey = _started(request, household, round)
    return redirect("households:survey_form", uuid=survey.uuid)


def _started(request: HttpRequest, household: Household, round: ReviewRound) -> Survey:
    try:
        return surveys.start(round=round, household=household, by=access.actor(request))
    except (Refused, Invalid) as refusal:
        raise PermissionDenied(str(refusal.message)) from refusal


@never_cache
@require_safe
def survey(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """The result with its reasons. Policy: roles that read households, own area only."""
    return _show(request, access.readable_survey(request, uuid))


def _show(
    request: HttpRequest, found: Survey, wishes_form: WishesForm | None = None, status: int = 200
) -> HttpResponse:
    is_complete = found.state == SurveyState.COMPLETE
    lists = ReviewLists()
    if wishes_form is None and wishes.are_asked_of(found):
        wishes_form = WishesForm(found, lists)
    photo_slots = attachments.slots_of(found)
    why_not_edit = policies.why_not_edit_survey(request.user, found)
    names = dict(lists.options("policy_groups")) if is_complete else {}
    return render(
        request,
        "households/survey.html",
        {
            "survey": found,
            "is_complete": is_complete,
            "explained": survey_results.explained(found) if is_complete else [],
            "warnings": _warnings(found) if is_complete else [],
            "class_changes": class_changes.of(found).select_related("act__by", "standard"),
            "groups": [names.get(code, code) for code in found.policy_groups] if names else [],
            "wishes": wishes_form,
            "why_not_edit": why_not_edit,
            "rechecks": bool(is_complete and why_not_edit)
            and not policies.why_not_settle_complaints(request.user, found.commune),
            "photo_slots": photo_slots,
            "has_photos": any(slot.files for slot in photo_slots),
            "may_add_photos": not why_not_edit,
            "neighbours": walking.neighbours(found.household_id, found.village),
        },
        status=status,
    )


@require_POST
def survey_wishes(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """Keep causes, support wanted and the registration. Policy: why_not_edit_survey."""
    found = access.editable_survey(request, uuid)
    form = WishesForm(found, ReviewLists(), request.POST)
    if not form.is_valid():
        return _show(request, found, form, status=422)
    revision = str(form.revision)
    try:
        wishes.save(
            survey=found,
            revision=int(revision) if revision.isdecimal() and len(revision) < 10 else 0,
            by=access.actor(request),
            **form.values,
        )
    except Refused as refusal:
        raise PermissionDenied(str(refusal.message)) from refusal
    except Conflict as clash:
        messages.error(request, str(clash.message))
    else:
        messages.success(request, _("Causes and wishes are saved."))
    return redirect("households:survey", uuid=uuid)


def _warnings(found: Survey) -> list[str]:
    """What in a complete survey should be looked at; it does not block."""
    members = list(found.members.all())
    rows = [{**_stored(member), "person_id": member.person_id} for member in members]
    problems = survey_checks.problems_of(found, _stored(found), rows)
    lines = []
    for problem in problems:
        if problem.is_warning:
            index = problem.member_index
            who = f"{members[index].full_name}: " if index is not None else ""
            lines.append(f"{who}{problem.reason}")
    return lines


def _stored(row: Any) -> dict[str, Any]:
    return {one.name: getattr(row, one.name) for one in row._meta.concrete_fields}


@require_POST
def survey_discard(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """Throw a draft away. Policy: why_not_edit_survey; a complete form is refused."""
    found = access.editable_survey(request, uuid)
    try:
        surveys.discard(survey=found, by=access.actor(request))
    except Refused as refusal:
        raise PermissionDenied(str(refusal.message)) from refusal
    messages.info(request, _("The draft is thrown away."))
    return redirect("households:household_list")
