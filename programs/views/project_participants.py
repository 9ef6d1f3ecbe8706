"""Taking households into a project: the entitled ones of its communes to tick, others by code."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import clock, policies
from households.errors import Invalid
from households.models import Household, HouseholdCard
from households.models.people import id_of
from households.views import access, way_offers
from programs.choices.projects import ParticipantStanding
from programs.forms.keys import is_key
from programs.forms.programmes import asked_day
from programs.forms.project_acts import JoinForm
from programs.models import ProgrammeTerms, Project
from programs.policies.projects import why_not_keep_project
from programs.queries import standing
from programs.services import project_participants
from programs.services.project_participants import Joined
from programs.views.projects import readable_project

#: Of a longer list the rest is entered by code.
MOST_LISTED = 300


@dataclass(frozen=True)
class Candidate:
    """An entitled household that is in no running project."""

    card: HouseholdCard
    terms: ProgrammeTerms


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def project_join(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Who could take part on a day (?on=), to tick; a POST takes them in. Policy:
    why_not_keep_project; households of the user's own areas."""
    found = readable_project(request, uuid)
    access.refuse_if(why_not_keep_project(request.user, found.commune))
    on = asked_day(request.GET, clock.today())
    form = JoinForm(request.POST if request.method == "POST" else None, initial={"joined_on": on})
    if request.method == "POST":

        def act() -> str:
            return _join(request, found, form)

        if way_offers.is_done(request, form, act, _("It is recorded.")):
            return redirect("programs:project", found.uuid)
    candidates = _candidates(request, found, on)
    shown = {
        "project": found,
        "form": form,
        "on": on,
        "candidates": candidates[:MOST_LISTED],
        "more": max(0, len(candidates) - MOST_LISTED),
        "ticked": request.POST.getlist("household"),
    }
    status = 422 if form.errors else 200
    return render(request, "programs/project_join.html", shown, status=status)


def _join(request: HttpRequest, found: Project, form: JoinForm) -> str:
    households = _chosen(request, form)
    user, on = access.actor(request), form.cleaned_data["joined_on"]
    if form.cleaned_data["as_others"]:
        project_participants.join_others(
            project=found, households=households, joined_on=on, by=user
        )
        return _("It is recorded.")
    joined = project_participants.join(project=found, households=households, joined_on=on, by=user)
    return _told(joined)


def _told(joined: Joined) -> str:
    taken = ngettext(
        "%(n)d household takes part.", "%(n)d households take part.", len(joined.taken)
    ) % {"n": len(joined.taken)}
    if not joined.refused:
        return taken
    refused = ngettext(
        "%(n)d was refused; the reason stands below.",
        "%(n)d were refused; the reasons stand below.",
        len(joined.refused),
    ) % {"n": len(joined.refused)}
    return f"{taken} {refused}"


def _chosen(request: HttpRequest, form: JoinForm) -> list[Household]:
    """The ticked and the typed ones, all of the user's own areas. Raises Invalid, naming the codes
    that are none."""
    typed = [line for line in form.cleaned_data["codes"].replace(",", "\n").split() if line]
    by_code = {line: id_of(line) for line in typed}
    ticked = {int(one) for one in request.POST.getlist("household") if is_key(one)}
    wanted = ticked | {pk for pk in by_code.values() if pk is not None}
    known = policies.visible_households(request.user).select_related("card")
    found = {one.pk: one for one in known.filter(pk__in=wanted, ended_on=None)}
    unknown = [line for line, pk in by_code.items() if pk not in found]
    if unknown:
        words = _("No household of your area: %(codes)s.") % {"codes": ", ".join(unknown)}
        raise Invalid(words, fields={"codes": [words]})
    if not found:
        raise Invalid(_("Tick a household, or write its code."))
    return list(found.values())


def _candidates(request: HttpRequest, found: Project, on: dt.date) -> list[Candidate]:
    """Entitled on the day, without a running project, of the project's communes as far as they are
    the user's. About ten queries."""
    branches = [found.commune.inner_path, *(a.inner_path for a in found.other_communes.all())]
    entitled = standing.entitled(found.programme, on, branches=branches)
    inside = set(
        found.participants.filter(
            standing__in=[ParticipantStanding.TARGET, ParticipantStanding.OTHER]
        ).values_list("household", flat=True)
    )
    free = {
        one.household_id: one.terms_id
        for one in entitled
        if one.served_by is None and one.household_id not in inside
    }
    cards = (
        policies.visible_cards(request.user)
        .filter(pk__in=free)
        .select_related("village")
        .order_by("village__folded_name", "folded_head_name")
    )
    terms = ProgrammeTerms.objects.in_bulk(set(free.values()))
    return [Candidate(card, terms[free[card.pk]]) for card in cards]
