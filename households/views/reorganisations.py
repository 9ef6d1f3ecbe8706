"""Reorganisations: a draft step by step, its dry run, the signed act, taking it back."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import clock, policies
from households.choices import AreaLevel
from households.choices.reorganisations import OF_COMMUNES, ReorganisationKind, ReorganisationState
from households.forms.reorganisations import ActForm, PartForm, ReasonForm, ScanForm, UnitsForm
from households.forms.steps import SaysFaults
from households.models import Area, Reorganisation, User
from households.policies.areas import reorganised_areas
from households.queries import reorganisations as queries
from households.services import home_succession
from households.services.reorganisation import (
    drafts,
    forecast,
    obstacles,
    plans,
    scans,
    shipped,
    signing,
    undoing,
)
from households.services.reorganisation import facts as facts_of
from households.views import access, way_offers

_ONE_DAY = dt.timedelta(days=1)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reorganisation_list(request: HttpRequest) -> HttpResponse:
    """All acts of the user's areas, and a new draft. Policy: why_not_see_reorganisations; of the
    area why_not_reorganise."""
    access.refuse_if(policies.why_not_see_reorganisations(request.user))
    user = access.actor(request)
    areas = _areas(user)
    prepares = request.method == "POST" and "prepare" in request.POST
    form = ActForm(request.POST if request.method == "POST" and not prepares else None, areas=areas)
    made: list[Reorganisation] = []

    def begin() -> None:
        given = form.arguments()
        area = given.pop("area", None) or form.chosen_area()
        made.append(drafts.begin(area=area, by=user, **given))

    if request.method == "POST" and not areas:
        raise Http404
    if prepares:
        return _prepare(request, user, areas)
    if request.method == "POST" and way_offers.is_done(
        request, form, begin, _("The draft is kept. Say now what happens to which units.")
    ):
        if made:
            return redirect("households:reorganisation", made[0].pk)
        return redirect("households:reorganisation_list")
    shown = {
        "acts": _visible(user).select_related("area", "made_by", "signed_by"),
        "form": form,
        "waiting": [
            (area, one)
            for area in areas
            if area.level == AreaLevel.PROVINCE
            for one in shipped.waiting(area)
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "households/reorganisation_list.html", shown, status=status)


def _areas(user: User) -> list[Area]:
    """Of today's map: provinces first, then communes whose villages the user changes; a department
    acts for its province."""
    found = list(reorganised_areas(user).on(clock.today()).order_by("folded_name"))
    provinces = [one for one in found if one.level == AreaLevel.PROVINCE]
    return provinces or found


def _visible(user: User) -> Any:
    return Reorganisation.objects.filter(area__in=reorganised_areas(user).values("pk"))


def _prepare(request: HttpRequest, user: User, areas: list[Area]) -> HttpResponse:
    """A draft of what the shipped map says of a day."""
    pk, __, day = request.POST["prepare"].partition("/")
    area = next((one for one in areas if str(one.pk) == pk), None)
    try:
        changed_on = dt.date.fromisoformat(day)
    except ValueError as error:
        raise Http404 from error
    if area is None:
        raise Http404
    draft = shipped.prepare(province=area, changed_on=changed_on, by=user)
    return redirect("households:reorganisation", draft.pk)


def _found(request: HttpRequest, pk: int) -> Reorganisation:
    """403 for who changes no map, 404 for an act of another area."""
    access.refuse_if(policies.why_not_see_reorganisations(request.user))
    user = access.actor(request)
    found: Reorganisation = get_object_or_404(_visible(user).select_related("area"), pk=pk)
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reorganisation(request: HttpRequest, pk: int) -> HttpResponse:
    """One act with its parts, what stands against it and its dry run; asked for by htmx while its
    households follow, only how many did. A POST types its paper, signs it, takes it back or throws
    the draft away. Policy: why_not_reorganise."""
    found = _found(request, pk)
    user = access.actor(request)
    access.refuse_if(policies.why_not_reorganise(user, found.area))
    if request.method == "GET" and request.headers.get("HX-Request"):
        of_them = {"act": found, "following": _following(found)}
        return render(request, "households/_reorganisation_following.html", of_them)
    does = request.POST.get("act", "") if request.method == "POST" else ""
    paper = ActForm(request.POST if does == "paper" else None, initial=ActForm.of(found))
    taking_back = ReasonForm(request.POST if does == "undo" else None)
    scan = ScanForm(request.POST, request.FILES) if does == "scan" else ScanForm()
    asked: dict[str, SaysFaults] = {"paper": paper, "undo": taking_back, "scan": scan}
    form = asked.get(does, SaysFaults(request.POST or None))
    if does and way_offers.is_done(request, form, lambda: _do(does, found, form, user), ""):
        if does == "discard":
            return redirect("households:reorganisation_list")
        return redirect("households:reorganisation", found.pk)
    shown = _shown(found) | {"paper": paper, "taking_back": taking_back, "form": form}
    shown |= {"scan": scan, "scans": scans.of(found)}
    status = 422 if does and form.errors else 200
    return render(request, "households/reorganisation.html", shown, status=status)


def _do(does: str, found: Reorganisation, form: Any, user: User) -> str:
    """What a POST asks for; what is said after it."""
    if does == "paper":
        drafts.set_paper(reorganisation=found, by=user, **form.arguments())
        return _("The resolution is kept.")
    if does == "scan":
        scans.add(reorganisation=found, pages=form.sources(), by=user)
        return _("The scan is kept.")
    if does == "sign":
        followed = signing.sign(reorganisation=found, by=user)
        if not followed and found.changed_on and found.changed_on <= clock.today():
            return _("Signed. The map holds; households follow now.")
        if not followed:
            return _("Signed. On its day everything follows by itself.")
        told = ngettext(
            "Signed. %(count)s household followed.", "Signed. %(count)s households followed.",
            followed,
        )  # fmt: skip
        return told % {"count": followed}
    if does == "undo":
        undoing.undo(reorganisation=found, by=user, **form.cleaned_data)
        return _("The act is taken back; the map is as it was.")
    if does == "discard":
        drafts.discard(reorganisation=found, by=user)
        return _("The draft is thrown away.")
    raise Http404


def _following(found: Reorganisation) -> home_succession.Following | None:
    """Where the day is there and many households are on the way."""
    is_there = found.changed_on is not None and found.changed_on <= clock.today()
    if found.state != ReorganisationState.SIGNED or not is_there or found.changed_on is None:
        return None
    return home_succession.following(found.changed_on)


def _shown(found: Reorganisation) -> dict[str, Any]:
    is_draft = found.state == ReorganisationState.DRAFT
    against = obstacles.standing(found) if is_draft else []
    told = forecast.dry_run(found) if is_draft and found.changed_on and found.parts else None
    parts = plans.parts_of(found.parts)
    names = Area.objects.in_bulk(
        [pk for one in parts for pk in one.units]
        + [new.area_id for one in parts for new in one.becomes if new.area_id]
    )
    return {
        "act": found,
        "is_draft": is_draft,
        "against": against,
        "dry_run": told,
        "parts": [_named(one, names) for one in parts],
        "kinds": _kinds(found) if found.changed_on else [],
        "why_not_undo": undoing.why_not_undo(found),
        "following": _following(found),
        "today": clock.today(),
    }


def _named(part: plans.Part, names: dict[int, Area]) -> dict[str, Any]:
    becomes = [str(names.get(one.area_id or 0) or one.name or "…") for one in part.becomes]
    return {
        "kind": part.kind.label,
        "units": [str(names[pk]) for pk in part.units if pk in names],
        "becomes": [] if part.kind == ReorganisationKind.TYPE else becomes,
    }


def _kinds(found: Reorganisation) -> list[ReorganisationKind]:
    of_commune = found.area.level == AreaLevel.COMMUNE
    return [one for one in ReorganisationKind if (one in OF_COMMUNES) == of_commune]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reorganisation_part_new(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Which units something happens to. Policy: why_not_reorganise."""
    found = _draft(request, pk)
    user = access.actor(request)
    if kind not in _kinds(found) or found.changed_on is None:
        raise Http404
    of = ReorganisationKind(kind)
    level = facts_of.level_of(of)
    into = AreaLevel.DISTRICT if of == ReorganisationKind.MOVE else level
    form = UnitsForm(
        request.POST if request.method == "POST" else None,
        kind=of,
        groups=queries.units_to_change(found.area, level, found.changed_on - _ONE_DAY),
        targets=queries.units_to_go_into(found.area, into, found.changed_on),
    )
    placed: list[int] = []

    def act() -> None:
        placed.append(drafts.put_part(reorganisation=found, part=form.part(), by=user))

    if request.method == "POST" and way_offers.is_done(
        request, form, act, _("Kept. Type what comes of them.")
    ):
        if placed and of != ReorganisationKind.LEVEL_ENDS:
            return redirect("households:reorganisation_part", found.pk, placed[0])
        return redirect("households:reorganisation", found.pk)
    shown = {"act": found, "form": form, "kind": of}
    status = 422 if form.errors else 200
    return render(request, "households/reorganisation_units.html", shown, status=status)


def _draft(request: HttpRequest, pk: int) -> Reorganisation:
    """As _found, of a draft; a signed act has no parts to type."""
    found = _found(request, pk)
    access.refuse_if(policies.why_not_reorganise(request.user, found.area))
    if found.state != ReorganisationState.DRAFT:
        raise Http404
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reorganisation_part(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """What comes of the units of a part; a POST keeps it or leaves the part out. Policy:
    why_not_reorganise."""
    found = _draft(request, pk)
    user = access.actor(request)
    if found.changed_on is None or place >= len(found.parts):
        raise Http404
    facts = facts_of.read(found)[place]
    drops = "drop" in request.POST
    form = PartForm(request.POST if request.method == "POST" else None, facts=facts)

    def act() -> str:
        if drops:
            drafts.drop_part(reorganisation=found, at=place, by=user)
            return _("The part is left out.")
        drafts.put_part(reorganisation=found, part=form.part(), by=user, at=place)
        return _("Kept.")

    typed = SaysFaults(request.POST) if drops else form
    if request.method == "POST" and way_offers.is_done(request, typed, act, ""):
        return redirect("households:reorganisation", found.pk)
    shown = {"act": found, "form": form, "facts": facts}
    status = 422 if form.errors else 200
    return render(request, "households/reorganisation_part.html", shown, status=status)
