"""The queue of entries that may be one, a pair side by side, and a disputed personal number."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from households import policies
from households.choices.duplicates import PairKind, PairState
from households.forms.duplicates import ClaimForm, MergeForm, WhyForm
from households.forms.steps import SaysFaults
from households.models import DuplicateMerge, DuplicatePair, Membership, User
from households.queries import duplicate_queue, duplicate_sides
from households.queries.duplicate_sides import Side
from households.services.duplicates import disputes, merging, settling, undoing
from households.views import access, duplicate_words, way_offers

_A_PAGE = 50


@dataclass(frozen=True)
class Row:
    """A line of the queue."""

    pair: DuplicatePair
    a: duplicate_words.Told
    b: duplicate_words.Told
    reasons: list[str]


def queue_of(request: HttpRequest) -> tuple[User, QuerySet[DuplicatePair], str, str]:
    """Who asks, the pairs as the address narrows them, their kind ("" for all) and state."""
    user = access.actor(request)
    access.refuse_if(policies.why_not_see_duplicates(user))
    kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
    kind = kind if kind in PairKind.values else ""
    state = state if state in PairState.values else PairState.OPEN
    found = duplicate_queue.of(policies.visible_pairs(user), kind=kind, state=state)
    return user, found, kind, state


def row_of(user: User, pair: DuplicatePair) -> Row:
    """A pair in the words of who looks at it. No query for one of queue_of."""
    return Row(
        pair,
        duplicate_words.told(user, duplicate_queue.side("a", pair)),
        duplicate_words.told(user, duplicate_queue.side("b", pair)),
        duplicate_words.reasons(pair),
    )


@never_cache
@require_safe
def duplicate_list(request: HttpRequest) -> HttpResponse:
    """Pairs of the user's area, ?kind= and ?state= narrow. Policy: why_not_see_duplicates."""
    user, found, kind, state = queue_of(request)
    page = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    rows = [row_of(user, one) for one in page.object_list]
    shown = {
        "page": page,
        "rows": rows,
        "kinds": PairKind.choices,
        "states": PairState.choices,
        "kind": kind,
        "state": state,
        "query": urlencode({"kind": kind, "state": state}),
        "looked_at": duplicate_queue.last_looked_at(user),
    }
    return render(request, "households/duplicate_list.html", shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def duplicate(request: HttpRequest, pk: int) -> HttpResponse:
    """Both sides; acts by why_not_settle_pair. Policy: why_not_see_duplicates, a side in one's own
    area; the other is told by initials and commune."""
    user = access.actor(request)
    access.refuse_if(policies.why_not_see_duplicates(user))
    get_object_or_404(policies.visible_pairs(user), pk=pk)
    pair = duplicate_sides.with_relations(pk)
    if pair is None:
        raise Http404
    sides = duplicate_sides.of_pair(pair)
    if request.method != "POST":
        return _show(request, pair, sides)
    homes = [side.household for side in sides]
    villages = [side.village for side in sides]
    access.refuse_if(policies.why_not_settle_pair(user, villages, homes))
    act = request.POST.get("act", "")
    if act not in _ACTS:
        return HttpResponseBadRequest()
    form = _form(act, sides, pair, request)
    do = _ACTS[act]
    if way_offers.is_done(request, form, lambda: do(request, pair, form), _("It is recorded.")):
        return redirect("households:duplicate", pk)
    return _show(request, pair, sides, form, act, status=422)


def _form(
    act: str, sides: tuple[Side, Side], pair: DuplicatePair, request: HttpRequest | None = None
) -> SaysFaults:
    given = (request.POST,) if request else ()
    if act == "merge":
        facts = duplicate_sides.differing(*sides, duplicate_sides.facts_of(pair))
        first = {name: duplicate_words.better(*sides, name) for name in facts}
        return MergeForm(*given, facts=facts, initial=first)
    return SaysFaults(*given) if act == "undo" else WhyForm(*given)


def _merge(request: HttpRequest, pair: DuplicatePair, form: SaysFaults) -> str | None:
    assert isinstance(form, MergeForm)
    merging.merge(
        pair=pair, chosen=form.chosen(), why=form.cleaned_data["why"], by=access.actor(request)
    )
    return _("They are one now. It can be taken back as long as nothing later rests on it.")


def _not_same(request: HttpRequest, pair: DuplicatePair, form: SaysFaults) -> str | None:
    settling.not_the_same(pair=pair, why=form.cleaned_data["why"], by=access.actor(request))
    return _("They are two; they are not offered again.")


def _give_number(request: HttpRequest, pair: DuplicatePair, form: SaysFaults) -> str | None:
    settling.give_number(pair=pair, why=form.cleaned_data["why"], by=access.actor(request))
    return None


def _undo(request: HttpRequest, pair: DuplicatePair, form: SaysFaults) -> str | None:
    merge = get_object_or_404(DuplicateMerge, pair=pair, undone_at__isnull=True)
    undoing.undo(merge=merge, by=access.actor(request))
    return _("Both are as they were before.")


_ACTS: dict[str, Callable[[HttpRequest, DuplicatePair, SaysFaults], str | None]] = {
    "merge": _merge,
    "not_same": _not_same,
    "give_number": _give_number,
    "undo": _undo,
}


def _show(
    request: HttpRequest,
    pair: DuplicatePair,
    sides: tuple[Side, Side],
    filled: SaysFaults | None = None,
    act: str = "",
    status: int = 200,
) -> HttpResponse:
    user = access.actor(request)
    sees_both = all(policies.sees_side(user, side.village) for side in sides)
    homes, villages = [one.household for one in sides], [one.village for one in sides]
    merge_form = filled if act == "merge" else _form("merge", sides, pair)
    told = [duplicate_words.told(user, side) for side in sides]
    merge = pair.merges.filter(undone_at__isnull=True).first()
    shown: dict[str, Any] = {
        "pair": pair,
        "told": told,
        "reasons": duplicate_words.reasons(pair),
        "rows": duplicate_words.compared(pair, sides, merge_form) if sees_both else [],
        "is_open": pair.state == PairState.OPEN,
        "why_not": policies.why_not_settle_pair(user, villages, homes),
        "merge_form": merge_form,
        "kept": str(merge_form["kept"].value() or "") if merge_form else "",
        "why_form": filled if act in ("not_same", "give_number") else WhyForm(prefix=None),
        "act": act,
        "faults": filled,
        "claimant": next(
            (one for one, side in zip(told, sides, strict=True) if _is_claimant(pair, side)), None
        ),
        "merge": merge,
        "why_not_undo": undoing.what_rests_on(merge, pair) if merge else None,
    }
    return render(request, "households/duplicate.html", shown, status=status)


def _is_claimant(pair: DuplicatePair, side: Side) -> bool:
    return bool(side.person and side.person.pk == pair.claimed_for_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def claim_number(request: HttpRequest, pk: int, person_pk: int) -> HttpResponse:
    """A member's number that somebody else holds, put to the queue. Policy:
    why_not_change_household."""
    household = access.readable_household(request, pk)
    access.refuse_if(policies.why_not_change_household(request.user, household))
    members = Membership.objects.filter(household=household, valid_to__isnull=True)
    member = get_object_or_404(members.select_related("person"), person=person_pk)
    form = ClaimForm(request.POST if request.method == "POST" else None)
    made: list[DuplicatePair] = []

    def act() -> None:
        given = form.cleaned_data
        made.append(
            disputes.claim(
                person=member.person, household=household, number=given["number"],
                words=given["words"], by=access.actor(request),
            )
        )  # fmt: skip

    if request.method == "POST" and way_offers.is_done(
        request, form, act, _("The number is in the queue as disputed.")
    ):
        if made:
            return redirect("households:duplicate", made[0].pk)
        return redirect("households:household", household.pk)
    shown = {"household": household, "person": member.person, "form": form}
    status = 422 if form.errors else 200
    return render(request, "households/claim_number.html", shown, status=status)
