"""Who takes part in an activity: ticking members of the register, naming others, outcomes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import policies
from households.views import access, way_offers
from programs.choices import BenefitState
from programs.choices.activities import ActivityKind
from programs.forms.activities import BecauseForm, OutcomesForm, OutsiderForm
from programs.models import Activity, Benefit
from programs.policies import why_not_record_benefit
from programs.policies.activities import visible_activities, visible_benefits
from programs.queries import activities as queries
from programs.services import participants
from programs.services.participants import Whom
from programs.views import chosen_places
from programs.workflow import VOID_STATES, next_states

_A_PAGE = 100
#: What the states of a trainee are called.
TRAINEE_STATES: dict[str, Any] = {
    BenefitState.LISTED: pgettext_lazy("trainee", "Learning"),
    BenefitState.SERVED: pgettext_lazy("trainee", "Finished"),
    BenefitState.REFUSED: pgettext_lazy("trainee", "Left before the end"),
    BenefitState.CANCELLED: pgettext_lazy("trainee", "Recorded by mistake"),
}
#: Of who takes part in a course or sees a model.
_PART_STATES: dict[str, Any] = {
    BenefitState.SERVED: pgettext_lazy("participant", "Took part"),
    BenefitState.CANCELLED: pgettext_lazy("participant", "Recorded by mistake"),
}


@dataclass(frozen=True)
class Part:
    """Who takes part, in words, with the outcomes that may be chosen."""

    benefit: Benefit
    name: str
    state: str
    choices: list[tuple[str, Any]]
    stands: bool


def states_in_words(activity: Activity) -> dict[str, Any]:
    return TRAINEE_STATES if activity.kind == ActivityKind.VOCATIONAL else _PART_STATES


def parts_of(request: HttpRequest, activity: Activity) -> Any:
    """The benefits of those whom the user may see. Not read yet."""
    rows = visible_benefits(request.user).filter(participation__activity=activity)
    return rows.select_related("household__card", "person", "village", "terms").order_by(
        "village__folded_name", "pk"
    )


def page_of(request: HttpRequest, activity: Activity) -> Page[Any]:
    """A page of them. Two queries."""
    page = Paginator(parts_of(request, activity), _A_PAGE).get_page(request.GET.get("page"))
    page.object_list = [part(activity, one) for one in page.object_list]
    return page


def part(activity: Activity, one: Benefit) -> Part:
    words = states_in_words(activity)
    choices = [(str(state), words[state]) for state in _following(activity, one) if state in words]
    return Part(
        one, name_of(one), str(words.get(one.state, one.get_state_display())), choices,
        one.state not in VOID_STATES,
    )  # fmt: skip


def name_of(one: Benefit) -> str:
    """The person, the household by its head, or who stands outside the register."""
    if one.person:
        return str(one.person.full_name)
    return one.household.card.head_name if one.household else one.outside_name


def _following(activity: Activity, one: Benefit) -> Sequence[BenefitState]:
    if one.state == BenefitState.CANCELLED:
        return ()
    return (*next_states(activity.programme.kind, one.state), BenefitState.CANCELLED)


def steps_of(request: HttpRequest, activity: Activity) -> dict[int, Sequence[BenefitState]]:
    return {one.pk: _following(activity, one) for one in parts_of(request, activity)}


def is_settled(request: HttpRequest, activity: Activity, form: OutcomesForm) -> bool:
    def act() -> str:
        number = participants.settle(
            activity=activity, outcomes=form.outcomes(), on=form.cleaned_data["on"],
            by=access.actor(request),
        )  # fmt: skip
        words = ngettext("%(count)s is recorded.", "%(count)s are recorded.", number)
        return words % {"count": number}

    return way_offers.is_done(request, form, act, "")


def _open_activity(request: HttpRequest, uuid: UUID) -> Activity:
    access.refuse_if(policies.why_not_read_households(request.user))
    rows = visible_activities(request.user).select_related("programme", "commune")
    found: Activity = get_object_or_404(rows, uuid=uuid)
    access.refuse_if(why_not_record_benefit(request.user, found.commune))
    access.refuse_if(_("It was taken back already.") if found.cancelled_because else None)
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def participants_add(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Tick who takes part, found by ?village=, ?q=, ?all=1. Policy: why_not_record_benefit."""
    found = _open_activity(request, uuid)
    villages = chosen_places.villages_of(found.commune)
    asked = request.GET.get("village", "")
    village = next((one for one in villages if str(one.pk) == asked), None)
    form = BecauseForm(request.POST or None)
    whom = [one for key in request.POST.getlist("whom") if (one := _whom(key))]

    def act() -> str:
        because = form.cleaned_data["because"]
        by = access.actor(request)
        number = participants.add(activity=found, whom=whom, because=because, by=by)
        words = ngettext("%(count)s is added.", "%(count)s are added.", number)
        return words % {"count": number}

    if request.method == "POST" and way_offers.is_done(request, form, act, ""):
        return redirect("programs:activity", found.uuid)
    words = request.GET.get("q", "")[:80]
    rows, households = queries.candidates(
        found, village=village, words=words, everybody=bool(request.GET.get("all"))
    )
    shown = {
        "activity": found, "form": form, "rows": rows, "households": households,
        "most": queries.MOST_CANDIDATES, "villages": villages, "village": village,
        "words": words, "everybody": request.GET.get("all"),
        "ticked": set(request.POST.getlist("whom")),
        "is_training": found.kind == ActivityKind.VOCATIONAL,
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "programs/participants_add.html", shown, status=status)


def _whom(key: str) -> Whom | None:
    """ "12" or "12-34"; None for anything else."""
    household, dash, person = key.partition("-")
    if not (household.isascii() and household.isdecimal() and len(household) < 10):
        return None
    if not dash:
        return int(household), None
    is_number = person.isascii() and person.isdecimal() and len(person) < 12
    return (int(household), int(person)) if is_number else None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def outsider_add(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Name a person outside the register. Policy: why_not_record_benefit."""
    found = _open_activity(request, uuid)
    villages = chosen_places.villages_of(found.commune)
    form = OutsiderForm(request.POST or None, commune=found.commune, villages=villages)

    def act() -> None:
        by = access.actor(request)
        participants.add_outsider(activity=found, outsider=form.outsider(), by=by)

    if request.method == "POST" and way_offers.is_done(request, form, act, _("It is recorded.")):
        return redirect("programs:activity", found.uuid)
    shown = {"activity": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "programs/outsider_add.html", shown, status=status)
