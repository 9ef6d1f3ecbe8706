"""Inspections: opened by the department; the inspector draws, reads files, says what he found."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from households import clock, policies
from households.choices import LEVELS_OF_ROLE, AreaLevel, Role
from households.errors import Refused
from households.exchange import paper_printing
from households.forms.inspections import DrawForm, FindingForm, OpenInspectionForm, rounds_of
from households.models import (
    Area,
    Assignment,
    Household,
    HouseholdCard,
    Inspection,
    InspectionFinding,
    InspectionSample,
    StepTaken,
    User,
)
from households.models.people import id_of
from households.queries import dossiers
from households.queries import inspections as queries
from households.services import inspections
from households.views import access, dossier_words, way_offers


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def inspection_list(request: HttpRequest) -> HttpResponse:
    """Policy: why_not_see_inspections; one is opened by why_not_open_inspection."""
    access.refuse_if(policies.why_not_see_inspections(request.user))
    user = access.actor(request)
    why_not = policies.why_not_open_inspection(user)
    form = None if why_not else _open_form(request, user)
    if request.method == "POST":
        access.refuse_if(why_not)
        assert form is not None
        opened = form

        def act() -> None:
            inspections.open_inspection(by=user, **opened.arguments())

        if way_offers.is_done(request, form, act, _("The inspection is open.")):
            return redirect("households:inspection_list")
    found = policies.visible_inspections(user).select_related("inspector", "area")
    shown = {"inspections": found, "form": form, "today": clock.today()}
    status = 422 if form and form.errors else 200
    return render(request, "households/inspection_list.html", shown, status=status)


def _open_form(request: HttpRequest, user: User) -> OpenInspectionForm:
    branches = policies.rights(user).branches(policies.OPENS_INSPECTIONS)
    areas = Area.objects.under_any(branches).on(clock.today()).real()
    held = Assignment.objects.filter(role=Role.INSPECTOR, area__in=areas.values("pk"))
    people = User.objects.filter(pk__in=held.exclude(valid_to__lt=clock.today()).values("user"))
    levels = LEVELS_OF_ROLE[Role.INSPECTOR]
    return OpenInspectionForm(
        request.POST if request.method == "POST" else None,
        inspectors=list(people.order_by("username")),
        areas=list(areas.filter(level__in=levels).order_by("-level", "folded_name")),
    )


def _visible(request: HttpRequest, pk: int) -> Inspection:
    """403 for who has nothing to do with inspections, 404 for one of another area."""
    access.refuse_if(policies.why_not_see_inspections(request.user))
    own = policies.visible_inspections(request.user).select_related("inspector", "area")
    found: Inspection = get_object_or_404(own, pk=pk)
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def inspection(request: HttpRequest, pk: int) -> HttpResponse:
    """One with its samples and findings; a POST draws. Policy: as the list; why_not_inspect."""
    found = _visible(request, pk)
    user = access.actor(request)
    why_not = policies.why_not_inspect(user, found)
    form = DrawForm(request.POST if request.method == "POST" else None, rounds=rounds_of(found))
    if request.method == "POST":
        access.refuse_if(why_not)
        drawn: list[InspectionSample] = []

        def act() -> None:
            drawn.append(inspections.draw(inspection=found, by=user, **form.arguments()))

        if way_offers.is_done(request, form, act, _("The sample is drawn.")):
            if drawn:
                return redirect("households:inspection_sample", found.pk, drawn[0].pk)
            return redirect("households:inspection", found.pk)
    findings = InspectionFinding.objects.filter(inspection=found).select_related(
        "household__card__village", "round"
    )
    units = Area.objects.under(found.area).on(clock.today()).select_related("parent")
    shown = {
        "inspection": found,
        "form": form,
        "why_not": why_not,
        "samples": found.samples.select_related("round"),
        "outcomes": queries.outcomes(findings),
        "communes": units.filter(level=AreaLevel.COMMUNE).order_by("folded_name"),
        "villages": units.filter(level=AreaLevel.VILLAGE).order_by(
            "parent__folded_name", "folded_name"
        ),
    }
    status = 422 if form.errors else 200
    return render(request, "households/inspection.html", shown, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def inspection_sample(request: HttpRequest, pk: int, sample_pk: int) -> HttpResponse:
    """The drawn households by code; a POST keeps what was found of one, or shows the names once
    the look is recorded. Policy: as the inspection."""
    found = _visible(request, pk)
    samples = InspectionSample.objects.select_related("inspection__area", "round")
    sample: InspectionSample = get_object_or_404(samples, pk=sample_pk, inspection=found)
    user = access.actor(request)
    why_not = policies.why_not_inspect(user, found)
    names = request.method == "POST" and request.POST.get("act") == "names"
    finds = request.method == "POST" and not names
    form = FindingForm(request.POST if finds else None, rounds=[sample.round])
    chosen = request.POST.get("household", "")
    if request.method == "POST":
        access.refuse_if(why_not)
    if names:
        inspections.look(inspection=found, ids=sample.households, what="names", by=user)
    if finds:

        def act() -> None:
            if not chosen.isdecimal() or int(chosen) not in sample.households:
                raise Refused(_("Choose a household of the sample."))
            household = Household.objects.get(pk=int(chosen))
            inspections.find(inspection=found, household=household, by=user, **form.arguments())

        if way_offers.is_done(request, form, act, _("The finding is kept.")):
            return redirect("households:inspection_sample", found.pk, sample.pk)
    shown = {
        "inspection": found,
        "sample": sample,
        "cards": _in_order(sample.households),
        "again": inspections.is_drawn_again(sample),
        "found": set(found.findings.values_list("household", flat=True)),
        "form": form,
        "chosen": chosen,
        "names": names,
        "why_not": why_not,
    }
    status = 422 if form.errors else 200
    return render(request, "households/inspection_sample.html", shown, status=status)


def _in_order(ids: Sequence[int]) -> list[HouseholdCard]:
    cards = HouseholdCard.objects.select_related("village__parent").in_bulk(list(ids))
    return [cards[pk] for pk in ids if pk in cards]


@never_cache
@require_POST
def inspection_dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """The file of a household, a village, a commune or a sample as one PDF; the look is recorded
    first. Policy: why_not_inspect."""
    found = _visible(request, pk)
    access.refuse_if(policies.why_not_inspect(request.user, found))
    what, subject, ids, unit = _asked(request, found)
    user = access.actor(request)
    try:
        seen = inspections.look(inspection=found, ids=ids, what=what, by=user)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("households:inspection", found.pk)
    content = paper_printing.pdf(
        "dossier",
        dossier_words.dossier_data(
            found,
            dossiers.of_households(found, seen),
            subject=subject,
            steps=_steps(found, unit),
            with_answers=what in ("household", "sample"),
            foot=dossier_words.foot(user),
        ),
    )
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="povreg-dossier-{what}.pdf"'
    return answer


def _asked(request: HttpRequest, found: Inspection) -> tuple[str, str, list[int], Area | None]:
    """What is asked for, in words, its household ids, and the unit whose steps belong to it."""
    given = request.POST
    if (key := given.get("sample", "")).isdecimal():
        sample = get_object_or_404(found.samples, pk=int(key))
        return "sample", f"Mẫu số {sample.seed}", sample.households, None
    for what in ("village", "commune"):
        if (key := given.get(what, "")).isdecimal():
            unit = get_object_or_404(
                Area.objects.under(found.area).filter(level=what.upper()), pk=int(key)
            )
            cards = HouseholdCard.objects.under(unit)
            ids = list(dossiers.reviewed(found, cards).values_list("pk", flat=True))
            return what, unit.name, ids, unit
    household = id_of(given.get("household", ""))
    ids = [household] if household else []
    return "household", given.get("household", "").strip(), ids, None


def _steps(found: Inspection, unit: Area | None) -> list[StepTaken]:
    """What was recorded of a unit's way in these years, the oldest first."""
    if unit is None:
        return []
    years = (found.first_year, found.last_year)
    steps = StepTaken.objects.filter(commune_review__round__year__range=years)
    steps = (
        steps.filter(village_review__village=unit)
        if unit.level == AreaLevel.VILLAGE
        else steps.filter(commune_review__commune=unit)
    )
    return list(steps.select_related("village_review__village", "recorded_by").order_by("pk"))
