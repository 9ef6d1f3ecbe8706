"""Who is due to be asked whether he still works, and what the answers came to."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import clock
from households.models import Area
from households.views import access, way_offers
from programs.choices import ProgrammeKind
from programs.choices.employment import AskedHow, CheckAfter, StillEmployed
from programs.forms.employment import ChecksForm
from programs.models import Benefit
from programs.policies import why_not_record_benefit
from programs.policies.activities import visible_benefits
from programs.queries import employment as queries
from programs.services import employment_checks
from programs.views import chosen_places, movers
from programs.views.chosen_places import Chosen
from programs.views.participants import name_of

#: Rows of the grid; the oldest come first.
MOST_ROWS = 100


@dataclass(frozen=True)
class Due:
    """One question that is due."""

    benefit: Benefit
    after: CheckAfter
    name: str
    due_on: Any

    @property
    def key(self) -> str:
        return f"{self.benefit.pk}-{int(self.after)}"


def _jobs(request: HttpRequest, chosen: Chosen) -> QuerySet[Benefit]:
    found = visible_benefits(request.user)
    communes = chosen.communes_then()
    return found if communes is None else found.filter(commune__in=communes)


def due_of(request: HttpRequest) -> tuple[Chosen, list[Due]]:
    """All that is due in the commune of the address, or in one's areas; the oldest first. Policy:
    roles that read households; their own areas."""
    chosen = chosen_places.chosen(request)
    jobs = _jobs(request, chosen).select_related(
        "programme", "household__card", "person", "village", "commune", "employment"
    )
    found = [
        Due(one, after, name_of(one), queries.due_on(one, after))
        for after in CheckAfter
        for one in queries.due(jobs, after, clock.today())
    ]
    return chosen, sorted(found, key=lambda one: (one.due_on, one.benefit.pk))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def job_checks(request: HttpRequest) -> HttpResponse:
    """The grid of what is due, with the results of the jobs that began in ?year=; a POST keeps
    answers. Policy: roles that read households; why_not_record_benefit."""
    chosen, found = due_of(request)
    why_not = _why_not(request, chosen)
    rows = found[:MOST_ROWS]
    is_post = request.method == "POST"
    form = ChecksForm(
        request.POST if is_post else None,
        keys=[(one.benefit.pk, one.after) for one in found],
    )
    if is_post:
        access.refuse_if(why_not)

        def act() -> str:
            given = form.cleaned_data
            number = employment_checks.record(
                answers=form.answers(), asked_how=AskedHow(given["asked_how"]),
                checked_on=given["checked_on"], by=access.actor(request),
            )  # fmt: skip
            words = ngettext("%(count)s is recorded.", "%(count)s are recorded.", number)
            return words % {"count": number}

        if way_offers.is_done(request, form, act, ""):
            return redirect(request.get_full_path())
    begun = _jobs(request, chosen).filter(served_on__year=chosen.year)
    shown = {
        "chosen": chosen,
        "rows": rows,
        "movers": movers.of(request, [one.benefit for one in rows]),
        "all_due": len(found),
        "form": form,
        "why_not": why_not,
        "answers": StillEmployed.choices,
        "lasting": [
            (ProgrammeKind(one.kind).label, one) for one in queries.lasting(begun, clock.today())
        ],
        "typed": request.POST,
    }
    return render(request, "programs/job_checks.html", shown, status=422 if form.errors else 200)


def _why_not(request: HttpRequest, chosen: Chosen) -> str | None:
    """Of the chosen commune, or of any: who records nowhere is told why."""
    places: list[Area] = [chosen.commune] if chosen.commune else chosen.communes
    reasons = [why_not_record_benefit(request.user, one) for one in places]
    return None if any(reason is None for reason in reasons) else _first(reasons, request)


def _first(reasons: list[str | None], request: HttpRequest) -> str | None:
    if reasons:
        return reasons[0]
    return chosen_places.why_records_nowhere(access.actor(request))
