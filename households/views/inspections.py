"""Inspections: opened by the department; the inspector draws, reads files, says what he found."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import clock, policies
from households.choices import LEVELS_OF_ROLE, AreaLevel, Role
from households.errors import Refused
from households.exchange import paper_printing
from households.forms.inspections import (
    DrawForm,
    FindingByCodeForm,
    FindingForm,
    OpenInspectionForm,
    rounds_of,
)
from households.models import (
    Area,
    Assignment,
    Attachment,
    Household,
    HouseholdCard,
    Inspection,
    InspectionFinding,
    InspectionSample,
    User,
)
from households.models.people import id_of
from households.queries import dossiers
from households.queries import inspections as queries
from households.queries.dossiers import Dossier
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


def visible_inspection(request: HttpRequest, pk: int) -> Inspection:
    """403 for who has nothing to do with inspections, 404 for one of another area."""
    access.refuse_if(policies.why_not_see_inspections(request.user))
    own = policies.visible_inspections(request.user).select_related("inspector", "area")
    found: Inspection = get_object_or_404(own, pk=pk)
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def inspection(request: HttpRequest, pk: int) -> HttpResponse:
    """One with its samples and findings; a POST draws, or keeps what was found of a household by
    its code. Policy: as the list; why_not_inspect."""
    found = visible_inspection(request, pk)
    why_not = policies.why_not_inspect(request.user, found)
    finds = request.POST.get("act") == "find"
    rounds = rounds_of(found)
    draws = request.method == "POST" and not finds
    form = DrawForm(request.POST if draws else None, rounds=rounds)
    finding = FindingByCodeForm(request.POST if finds else None, rounds=rounds, prefix="found")
    if request.method == "POST":
        access.refuse_if(why_not)
        answer = _find(request, found, finding) if finds else _draw(request, found, form)
        if answer is not None:
            return answer
    findings = InspectionFinding.objects.filter(inspection=found).select_related(
        "household__card__village", "round"
    )
    shown = {
        "inspection": found,
        "form": form,
        "finding": finding,
        "why_not": why_not,
        "samples": found.samples.select_related("round"),
        "outcomes": queries.outcomes(findings),
        **_units(found),
    }
    status = 422 if form.errors or finding.errors else 200
    return render(request, "households/inspection.html", shown, status=status)


def _units(found: Inspection) -> dict[str, Any]:
    units = Area.objects.under(found.area).on(clock.today()).select_related("parent")
    villages = units.filter(level=AreaLevel.VILLAGE)
    return {
        "communes": units.filter(level=AreaLevel.COMMUNE).order_by("folded_name"),
        "villages": villages.order_by("parent__folded_name", "folded_name"),
    }


def _draw(request: HttpRequest, found: Inspection, form: DrawForm) -> HttpResponse | None:
    user = access.actor(request)
    drawn: list[InspectionSample] = []

    def act() -> None:
        drawn.append(inspections.draw(inspection=found, by=user, **form.arguments()))

    if not way_offers.is_done(request, form, act, _("The sample is drawn.")):
        return None
    if drawn:
        return redirect("households:inspection_sample", found.pk, drawn[0].pk)
    return redirect("households:inspection", found.pk)


def _find(request: HttpRequest, found: Inspection, form: FindingByCodeForm) -> HttpResponse | None:
    user = access.actor(request)

    def act() -> None:
        pk = form.household_id
        household = Household.objects.filter(pk=pk).first() if pk else None
        if household is None:
            raise Refused(_("No household of the inspected area."))
        inspections.find(inspection=found, household=household, by=user, **form.arguments())

    if way_offers.is_done(request, form, act, _("The finding is kept.")):
        return redirect("households:inspection", found.pk)
    return None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def inspection_sample(request: HttpRequest, pk: int, sample_pk: int) -> HttpResponse:
    """The drawn households by code; a POST keeps what was found of one, or shows the names once
    the look is recorded. Policy: as the inspection."""
    found = visible_inspection(request, pk)
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


#: What households got in the years of an inspection, in lines by household.
Received = Callable[[Inspection, Collection[int]], Mapping[int, Sequence[str]]]


def dossier(request: HttpRequest, pk: int, received: Received) -> HttpResponse:
    """The file of a household, a village, a commune or a sample as one PDF, of units `with_answers`
    of each form if asked; the look is recorded first. Policy: why_not_inspect."""
    found = visible_inspection(request, pk)
    access.refuse_if(policies.why_not_inspect(request.user, found))
    what, subject, ids, unit = asked_for(request, found)
    user = access.actor(request)
    try:
        seen = inspections.look(inspection=found, ids=ids, what=what, by=user)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("households:inspection", found.pk)
    files = dossiers.of_households(found, seen)
    content = paper_printing.pdf(
        "dossier",
        dossier_words.dossier_data(
            found,
            files,
            subject=subject,
            steps=dossiers.steps_of(found, unit, files if what == "household" else []),
            papers=papers_around(found, unit, files),
            with_answers=what in ("household", "sample") or "with_answers" in request.POST,
            foot=dossier_words.foot(user),
            received=received(found, seen),
        ),
    )
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="povreg-dossier-{what}.pdf"'
    return answer


def asked_for(request: HttpRequest, found: Inspection) -> tuple[str, str, list[int], Area | None]:
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


def papers_around(
    found: Inspection, unit: Area | None, files: Sequence[Dossier]
) -> list[Attachment]:
    """Papers of the steps and decisions of a unit, or of the units these households belong
    to. Two queries."""
    inspected = Area.objects.under(found.area)
    if unit is not None and unit.level == AreaLevel.COMMUNE:
        around = inspected & Area.objects.under(unit)
    else:
        pks = dossiers.units_of(files) if unit is None else {unit.pk, unit.parent_id}
        around = inspected.filter(pk__in=pks)
    levels = dict(around.values_list("pk", "level"))
    villages = [pk for pk, level in levels.items() if level == AreaLevel.VILLAGE]
    communes = [pk for pk, level in levels.items() if level == AreaLevel.COMMUNE]
    return list(dossiers.papers_of_units(found, villages=villages, communes=communes))
