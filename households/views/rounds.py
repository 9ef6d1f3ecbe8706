"""The review rounds of one's provinces: their list, and opening and closing them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from households import clock, policies
from households.choices import AreaLevel, RoundKind, SurveyState
from households.errors import Conflict, DomainError, Invalid, Refused
from households.forms.round_terms import RoundChangeForm
from households.forms.rounds import RoundForm
from households.models import Area, ReviewRound, RoundStandard, User
from households.queries import deadlines, due, trials
from households.services import rounds
from households.views import access, way_offers


@dataclass(frozen=True)
class Row:
    """A round of the list. `stage`: closed, coming, overdue or under_way."""

    round: ReviewRound
    stage: str
    may_change: bool
    trials: frozenset[int]  # standards that decide on nobody while their numbers wait


def stage_of(round: ReviewRound) -> str:
    """Where the round stands today, by its closing and its dates."""
    today = clock.today()
    if round.is_closed:
        return "closed"
    if today < round.opens_on:
        return "coming"
    return "overdue" if today > round.closes_on else "under_way"


@require_safe
def round_list(request: HttpRequest) -> HttpResponse:
    """Policy: whoever has an assignment; rounds of the provinces the user works in. No family is
    named here. Four queries."""
    user = access.actor(request)
    areas = [held.area for held in policies.rights(user).assignments]
    provinces = {int(area.inner_path.split(".")[0]) for area in areas}
    found = (
        ReviewRound.objects.filter(province__in=provinces)
        .select_related("province")
        .prefetch_related(
            Prefetch("parts", queryset=RoundStandard.objects.select_related("standard"))
        )
        .annotate(
            complete=Count("surveys", filter=Q(surveys__state=SurveyState.COMPLETE)),
            begun=Count("surveys", filter=Q(surveys__state=SurveyState.DRAFT)),
        )
        .order_by("-as_of", "-pk")
    )
    tried = trials.of_rounds()
    rows = [
        Row(
            one,
            stage_of(one),
            not policies.why_not_open_round(user, one.province),
            frozenset(standard for round, standard in tried if round == one.pk),
        )
        for one in found
    ]
    why_not_open = policies.why_not_open_round(user, None)
    return render(
        request,
        "households/round_list.html",
        {
            "rows": rows,
            "why_not_open": why_not_open,
            "imports": policies.why_not_import_anywhere(user) is None,
        },
    )


def _opener(request: HttpRequest) -> User:
    """403 for who opens no rounds anywhere."""
    user = access.actor(request)
    access.refuse_if(policies.why_not_open_round(user, None))
    return user


def _own_provinces(user: User):  # type: ignore[no-untyped-def]
    branches = policies.rights(user).branches(policies.OPENS_ROUNDS)
    return Area.objects.at(AreaLevel.PROVINCE).under_any(branches)


@require_http_methods(["GET", "HEAD", "POST"])
def round_new(request: HttpRequest) -> HttpResponse:
    """Policy: why_not_open_round for the chosen province; others are not in the form."""
    user = _opener(request)
    provinces = list(_own_provinces(user).on(clock.today()).order_by("folded_name"))
    form = RoundForm(
        request.POST if request.method == "POST" else None,
        provinces=provinces,
        communes=_communes_of(provinces),
    )
    if form.is_valid():
        opened = _open(form, user)
        if opened is not None:
            done = _("The review round %(round)s is open.") % {"round": opened.key}
            messages.success(request, done)
            return redirect("households:round_list")
    status = 422 if form.errors else 200
    return render(request, "households/round_form.html", {"form": form}, status=status)


def _open(form: RoundForm, user: User) -> ReviewRound | None:
    """The round, or None with the service's words on the form."""
    given = form.cleaned_data
    try:
        return rounds.open_round(
            province=given["province"],
            kind=RoundKind(given["kind"]),
            year=given["year"],
            month=given["month"],
            as_of=given["as_of"],
            standards=given["parts"],
            opens_on=given["opens_on"],
            closes_on=given["closes_on"],
            covers_all_residents=given["covers_all_residents"],
            communes=form.chosen() or None,
            deadlines=form.deadlines(),
            by=user,
        )
    except Invalid as fault:
        form.add_faults(fault.fields, fault.message)
    except (Refused, Conflict) as refusal:
        form.add_error(None, str(refusal.message))
    return None


def _communes_of(provinces: Sequence[Area]) -> list[Area]:
    """Today's communes of the provinces, by district and name. One query."""
    found = Area.objects.at(AreaLevel.COMMUNE).under_any([one.inner_path for one in provinces])
    on_map = found.on(clock.today()).select_related("parent")
    return list(on_map.order_by("parent__folded_name", "folded_name"))


@require_http_methods(["GET", "HEAD", "POST"])
def round_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another last day, other days of stages, further communes. Policy: why_not_open_round; a round
    of another province is not found."""
    user = _opener(request)
    round = _own_round(user, pk)
    outside = due.outside(round).on(round.as_of).select_related("parent")
    form = RoundChangeForm(
        request.POST if request.method == "POST" else None,
        round=round,
        days=deadlines.of_round(round),
        communes=outside.order_by("parent__folded_name", "folded_name"),
    )

    def act() -> None:
        rounds.change_terms(
            round=round,
            closes_on=form.cleaned_data["closes_on"],
            deadlines=form.deadlines(),
            more_communes=form.chosen(),
            reason=form.cleaned_data["reason"],
            by=user,
        )

    if request.method == "POST" and way_offers.is_done(request, form, act, _("It is recorded.")):
        return redirect("households:round_list")
    shown = {"form": form, "round": round}
    status = 422 if form.errors else 200
    return render(request, "households/round_change.html", shown, status=status)


def _own_round(user: User, pk: int) -> ReviewRound:
    """A round of another province is not found."""
    own = ReviewRound.objects.select_related("province").filter(province__in=_own_provinces(user))
    found: ReviewRound = get_object_or_404(own, pk=pk)
    return found


def _step(
    request: HttpRequest, pk: int, take: Callable[[ReviewRound, User], object], done: str
) -> HttpResponse:
    """Close or reopen; a round of another province is not found."""
    user = _opener(request)
    round = _own_round(user, pk)
    try:
        take(round, user)
    except Refused as refusal:
        access.refuse_if(str(refusal.message))
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, done % {"round": round.key})
    return redirect("households:round_list")


@require_POST
def round_close(request: HttpRequest, pk: int) -> HttpResponse:
    """No review of the round is entered any more. Policy: why_not_open_round."""
    done = _("The review round %(round)s is closed.")
    return _step(request, pk, lambda round, by: rounds.close_round(round=round, by=by), done)


@require_POST
def round_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed round again, with the reason posted. Policy: why_not_open_round."""
    reason = request.POST.get("reason", "")
    done = _("The review round %(round)s is open again.")
    return _step(
        request,
        pk,
        lambda round, by: rounds.reopen_round(round=round, reason=reason, by=by),
        done,
    )
