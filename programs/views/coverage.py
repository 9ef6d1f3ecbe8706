"""Coverage: of every programme who is entitled, who is served, whom nothing serves yet."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from households import clock
from households.models import Area
from programs.models import Programme, ProgrammeTerms
from programs.queries import coverage as queries
from programs.queries import coverage_state
from programs.queries.coverage import Coverage
from programs.queries.coverage_figures import Figures
from programs.queries.entitlement import terms_on
from programs.views import ground_words
from programs.views.coverage_places import Place, communes_by_part, place_of
from programs.workflow.coverage import LAPSES_WITHIN_DAYS


@dataclass(frozen=True)
class ProgrammeFigures:
    """A programme with its figures, and those of households where nobody can work."""

    programme: Programme
    figures: Figures
    no_labour: Figures


@dataclass(frozen=True)
class GroundFigures:
    """A ground in force with the recipients whose best it is. `lacking`: how many recipients it is
    open for because a fact is missing, in `communes` communes; `unrecorded`: the fact that the
    register does not hold of anybody, if it asks for one."""

    terms: ProgrammeTerms
    figures: Figures
    lacking: int
    communes: int
    unrecorded: str


@dataclass(frozen=True)
class PartFigures:
    """A part of the area with its figures; `area` None: units that are none of its parts."""

    area: Area | None
    figures: Figures


#: How the rows of the page can be ordered: what stands in the address, and by what.
_ORDERS = {
    "gap": lambda one: (-one.figures.gap, one.programme.name),
    "entitled": lambda one: (-one.figures.entitled, one.programme.name),
    "lapsing": lambda one: (-one.figures.lapsing, one.programme.name),
    "name": lambda one: (one.programme.name,),
}


@never_cache
@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """Every programme in the user's area, or in ?area= of it. Policy: why_not_see_coverage."""
    place, on = place_of(request), clock.today()
    found = queries.of(place.branches, on, by_commune=False)
    order = request.GET.get("sort", "")
    order = order if order in _ORDERS else "gap"
    rows, silent = _programmes(found)
    shown = {
        "place": place,
        "coverage": found,
        "rows": sorted(rows, key=_ORDERS[order]),
        "order": order,
        "silent": silent,
        "grounds": _completeness(found, on),
        "days": LAPSES_WITHIN_DAYS,
    }
    return render(request, "programs/coverage.html", shown)


def _programmes(found: Coverage) -> tuple[list[ProgrammeFigures], list[Programme]]:
    """Those with something to tell, and the others."""
    of_all = found.by(lambda one: (one.programme_id, one.terms_id))
    apart = found.by(lambda one: (one.programme_id, one.terms_id), no_labour=True)
    rows, silent = [], []
    for one in Programme.objects.all():
        key = (one.pk, None)
        figures = of_all.get(key, Figures())
        if figures.is_nothing:
            silent.append(one)
        else:
            rows.append(ProgrammeFigures(one, figures, apart.get(key, Figures())))
    return rows, silent


@dataclass(frozen=True)
class Completeness:
    """Of a programme's grounds in force, by how far they say who is entitled."""

    programme: Programme
    complete: tuple[ProgrammeTerms, ...]
    lacking: tuple[GroundFigures, ...]
    in_doubt: tuple[ProgrammeTerms, ...]
    #: With the fact that the register does not hold.
    unrecorded: tuple[tuple[ProgrammeTerms, str], ...]


def _completeness(found: Coverage, on: dt.date) -> list[Completeness]:
    told: dict[Programme, list[GroundFigures]] = {}
    for one in _grounds(found, terms_on(on)):
        told.setdefault(one.terms.programme, []).append(one)
    return [
        Completeness(
            programme,
            tuple(g.terms for g in grounds if g.terms.decides and not g.lacking),
            tuple(g for g in grounds if g.terms.decides and g.lacking),
            tuple(g.terms for g in grounds if not g.terms.decides and not g.terms.is_unrecorded),
            tuple(
                (g.terms, ground_words.unrecorded(g.terms))
                for g in grounds
                if g.terms.is_unrecorded
            ),
        )
        for programme, grounds in told.items()
    ]


def _grounds(found: Coverage, in_force: Iterable[ProgrammeTerms]) -> list[GroundFigures]:
    of_terms = found.by(lambda one: one.terms_id)
    lacking: dict[int, int] = {}
    for lack in found.lacks:
        if lack.terms_id is not None:
            lacking[lack.terms_id] = lacking.get(lack.terms_id, 0) + lack.recipients
    return [
        GroundFigures(
            terms,
            of_terms.get(terms.pk, Figures()),
            lacking.get(terms.pk, 0),
            found.lacking.get(terms.pk, 0),
            ground_words.unrecorded(terms),
        )
        for terms in in_force
    ]


@never_cache
@require_safe
def coverage_programme(request: HttpRequest, code: str) -> HttpResponse:
    """One programme: by ground, by part of the area, and what is not known. Policy:
    why_not_see_coverage."""
    place, on = place_of(request), clock.today()
    programme = get_object_or_404(Programme, code=code)
    found = queries.of(place.branches, on, programme_id=programme.pk)
    shown = {
        "place": place,
        "programme": programme,
        "coverage": found,
        "all": found.by(lambda one: one.terms_id).get(None, Figures()),
        "no_labour": found.by(lambda one: one.terms_id, no_labour=True).get(None, Figures()),
        "grounds": _grounds(found, [t for t in terms_on(on) if t.programme_id == programme.pk]),
        "missing": _missing(found),
        "parts": _parts(place, found),
        "days": LAPSES_WITHIN_DAYS,
    }
    return render(request, "programs/coverage_programme.html", shown)


def _missing(found: Coverage) -> list[tuple[str, int]]:
    """Facts that are missing, in words, with of how many recipients; the most first."""
    by_fact: dict[str, int] = {}
    for lack in found.lacks:
        if lack.fact:
            by_fact[lack.fact] = by_fact.get(lack.fact, 0) + lack.recipients
    words: dict[str, int] = {}
    for fact, recipients in by_fact.items():
        # Two conditions may lack the same; who lacks both is told once, by the larger number.
        text = ground_words.missing_fact(fact)
        words[text] = max(words.get(text, 0), recipients)
    return sorted(words.items(), key=lambda pair: -pair[1])


def _parts(place: Place, found: Coverage) -> Sequence[PartFigures]:
    """The parts of the area with their figures, the largest gap first."""
    if not place.divided_by:
        return []
    communes = coverage_state.communes_of(place.branches)
    part_of = communes_by_part(place.divided_by, communes)
    by_part: Mapping[int | None, Figures] = found.by(
        lambda one: part_of.get(one.commune_id) if one.terms_id is None else 0
    )
    areas: list[Area | None] = [*place.divided_by, None]
    rows = [PartFigures(area, by_part.get(area.pk if area else None, Figures())) for area in areas]
    kept = [one for one in rows if one.area or not one.figures.is_nothing]
    return sorted(kept, key=lambda one: -one.figures.gap)
