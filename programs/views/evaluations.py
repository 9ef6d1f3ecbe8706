"""Evaluations of projects and models: what others can learn, and what is still to be mended."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from households import clock, policies
from households.views import access
from programs.forms.programmes import asked_day
from programs.policies.activities import visible_activities
from programs.policies.projects import visible_projects
from programs.queries import evaluations as queries


@require_safe
def project_evaluations(request: HttpRequest) -> HttpResponse:
    """On a day (?on=, else today). Policy: as the board, roles that read households; the projects
    and models of their areas. About eleven queries."""
    access.refuse_if(policies.why_not_read_households(request.user))
    on = asked_day(request.GET, clock.today())
    told = queries.evaluations(visible_projects(request.user), visible_activities(request.user), on)
    return render(request, "programs/evaluations.html", {"on": on, "told": told})
