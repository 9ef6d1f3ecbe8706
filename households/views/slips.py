"""The household's slip: printed for one or for a village, and checked by anybody who holds it."""

import uuid as uuids
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households.choices import AreaLevel, Purpose, SurveyState
from households.models import Area, ReviewRound, Survey, User
from households.queries import walking
from households.services import result_slips
from households.services.result_slips import Standing
from households.views import access, slip_words
from households.views.printing import printed
from households.views.way_access import unit_in_round

_SLIP = gettext_lazy("Slip for the household")
SLIPS = gettext_lazy("Slips for the households")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def survey_slip(request: HttpRequest, uuid: uuids.UUID) -> HttpResponse:
    """One household's. Policy: a survey of one's area (else 404); the print is recorded."""
    survey = access.readable_survey(request, uuid)
    if survey.state != SurveyState.COMPLETE:
        raise PermissionDenied(_("The form is not complete."))
    return _printed(request, survey.round, survey.commune, survey.village, [survey])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def village_slips(request: HttpRequest, round_pk: int, area_pk: int) -> HttpResponse:
    """A village's, in walking order. Policy: roles that read households, own area only."""
    round, village = unit_in_round(request, round_pk, area_pk, AreaLevel.VILLAGE)
    assert village.parent is not None
    return _printed(request, round, village.parent, village, _in_order(round, village))


def village_words(
    round: ReviewRound, village: Area, by: User, foot: str, absolute: Callable[[str], str]
) -> dict[str, Any]:
    """A village's slips, as its own page prints them, issued by `by`; `absolute` makes whole
    addresses of paths. Some ten queries a household."""
    assert village.parent is not None
    surveys = _in_order(round, village)
    issued = result_slips.issue(surveys=surveys, by=by)
    return slip_words.slips_data(absolute, round, village.parent, surveys, issued, foot)


def _in_order(round: ReviewRound, village: Area) -> list[Survey]:
    """Complete forms in walking order."""
    found = Survey.objects.filter(
        round=round, village=village, state=SurveyState.COMPLETE
    ).select_related("round__province", "village__parent", "commune", "household")
    place = {stop.household_id: number for number, stop in enumerate(walking.of_village(village))}
    return sorted(found, key=lambda one: (place.get(one.household_id, len(place)), one.pk))


def _printed(
    request: HttpRequest,
    round: ReviewRound,
    commune: Area,
    village: Area,
    surveys: list[Survey],
) -> HttpResponse:
    user = access.actor(request)
    return printed(
        request,
        name=_SLIP if len(surveys) == 1 else SLIPS,
        purpose=Purpose.FIELD_WORK,
        template="slip",
        filters={
            "paper": "slip",
            "round": round.key,
            "village": village.pk,
            "survey": surveys[0].pk if len(surveys) == 1 else None,
        },
        count=len(surveys),
        data=lambda foot: slip_words.slips_data(
            request.build_absolute_uri,
            round,
            commune,
            surveys,
            result_slips.issue(surveys=surveys, by=user),
            foot,
        ),
        shown={"round": round, "village": village},
    )


class CheckForm(forms.Form):
    """What only the household itself knows."""

    birth_year = forms.IntegerField(
        label=gettext_lazy("Birth year of the head of household"), min_value=1900, max_value=2100
    )
    last_four = forms.CharField(
        label=gettext_lazy("Last four digits of the head's personal number"), max_length=4
    )


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def slip_check(request: HttpRequest, token: str) -> HttpResponse:
    """Policy: anybody, who learns whether the slip holds and no more; name and class only with the
    head's birth year and last four digits. Wrong, tried too often or not known looks the same."""
    form = CheckForm(request.POST if request.method == "POST" else None)
    shown = None
    if form.is_valid():
        shown = result_slips.show(token=token, **form.cleaned_data)
    standing = result_slips.standing(token)
    context = {
        "form": form,
        "shown": shown,
        "standing": standing,
        "holds": standing is Standing.HOLDS,
        "not_shown": form.is_bound and form.is_valid() and shown is None,
    }
    answer = render(request, "households/slip_check.html", context)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
