"""What a household and its members are entitled to: the panel of the household's page."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from households import clock, policies
from households.models import Household, Person
from households.views import access
from programs.choices import ProgrammeKind, Recipient
from programs.forms.programmes import asked_day
from programs.models import Benefit, HousingCeiling, Programme, SupportListRow
from programs.policies import why_not_record_benefit
from programs.policies.support_lists import visible_lists
from programs.queries import entitlement, received, support_lists
from programs.queries.entitlement import Entitlement, Ground
from programs.views import ground_words
from programs.views.benefits import home_of
from programs.views.ground_words import Given
from programs.workflow.own_ways import OWN_WAY_KINDS

Ceilings = dict[int, list[HousingCeiling]]


@dataclass(frozen=True)
class GroundRow:
    """One ground in words: what it gives, and the facts it rests on or lacks."""

    name: str
    legal_basis: str
    gives: tuple[Given, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """How recipients stand to a programme; those of whom the same is to be said share one."""

    best: GroundRow | None
    others: tuple[str, ...]
    open: tuple[GroundRow, ...]
    in_doubt: tuple[str, ...]


@dataclass(frozen=True)
class Support:
    """A programme with who stands how: names of members, none for the household itself."""

    programme: Programme
    entitled: list[tuple[Standing, list[str]]]
    unclear: list[tuple[Standing, list[str]]]

    @property
    def members(self) -> int:
        return sum(len(names) for _standing, names in self.entitled)


@require_safe
def support(request: HttpRequest, pk: int) -> HttpResponse:
    """Entitlement on a day (?on=, else today). Policy: as the household's page."""
    found = access.readable_household(request, pk)
    on = asked_day(request.GET, clock.today())
    told = entitlement.of_household(found.pk, on)
    supports = _supports(told, _house_ceilings(told))
    on_lists = support_lists.of_household(found.pk)
    is_panel = bool(request.headers.get("HX-Request"))
    return render(
        request,
        "programs/_support.html" if is_panel else "programs/support.html",
        {
            "household": found,
            "on": on,
            "supports": supports,
            "in_doubt": _in_doubt(supports, told),
            "received": _received(request, found),
            "on_lists": on_lists,
            "seen_lists": _seen(request, on_lists),
            **_recorded_how(request, found),
        },
    )


def _seen(request: HttpRequest, rows: list[SupportListRow]) -> set[int]:
    """Keys of those lists that the reader may open: who reads one village alone opens none."""
    if not rows:
        return set()
    keys = {row.support_list_id for row in rows}
    return set(visible_lists(request.user).filter(pk__in=keys).values_list("pk", flat=True))


def _recorded_how(request: HttpRequest, found: Household) -> dict[str, Any]:
    """Programmes recorded here, and names with addresses of the pages where others begin."""
    village = home_of(found)
    if policies.why_has_ended(found) or why_not_record_benefit(request.user, village):
        return {"records": [], "own_pages": []}
    addresses = {
        ProgrammeKind.HOUSING: reverse("programs:housing_meeting_new", args=[village.pk]),
        ProgrammeKind.WORKS: reverse("programs:works_new", args=[village.pk]),
        ProgrammeKind.PROJECT: reverse("programs:project_board"),
        ProgrammeKind.COMMUNICATION: reverse("programs:activity_list"),
    }
    programmes = list(Programme.objects.all())
    own = {one.kind: str(one.get_kind_display()) for one in programmes if one.kind in addresses}
    return {
        "records": [one for one in programmes if one.kind not in OWN_WAY_KINDS],
        "own_pages": [(own[kind], address) for kind, address in addresses.items() if kind in own],
    }


def _received(request: HttpRequest, found: Household) -> list[Benefit]:
    visible = policies.visible_households(request.user)
    return list(received.of_household(found, clock.today(), visible))


def _house_ceilings(told: list[Entitlement]) -> Ceilings:
    """By terms, those of houses that the household may get. One query where there are any."""
    grounds = {
        ground.terms.pk
        for one in told
        if one.programme.kind == ProgrammeKind.HOUSING
        for ground in (*one.grounds, *one.open)
    }
    found: Ceilings = {}
    if grounds:
        for row in HousingCeiling.objects.filter(terms__in=grounds).order_by("build", "line"):
            found.setdefault(row.terms_id, []).append(row)
    return found


def _supports(told: list[Entitlement], ceilings: Ceilings) -> list[Support]:
    persons = {one.person_id for one in told if one.person_id}
    names = dict(Person.objects.filter(pk__in=persons).values_list("pk", "full_name"))
    by_programme: dict[Programme, dict[Standing, list[str]]] = {}
    for one in told:
        same = by_programme.setdefault(one.programme, {}).setdefault(_standing(one, ceilings), [])
        if one.programme.recipient == Recipient.PERSON and one.person_id:
            same.append(names[one.person_id])
    return [
        Support(
            programme,
            [(one, who) for one, who in standings.items() if one.best],
            [(one, who) for one, who in standings.items() if not one.best and one.open],
        )
        for programme, standings in by_programme.items()
    ]


def _in_doubt(supports: list[Support], told: list[Entitlement]) -> list[str]:
    """Programmes whose only grounds for this household decide about nobody yet."""
    shown = {one.programme.pk for one in supports if one.entitled or one.unclear}
    rest = {one.programme for one in told if one.in_doubt and one.programme.pk not in shown}
    return sorted(programme.name for programme in rest)


def _standing(one: Entitlement, ceilings: Ceilings) -> Standing:
    return Standing(
        best=_row(one.best, ground_words.because(one.best), ceilings) if one.best else None,
        others=tuple(ground.terms.name for ground in one.grounds[1:]),
        open=tuple(_row(ground, ground_words.missing(ground), ceilings) for ground in one.open),
        in_doubt=tuple(ground.terms.name for ground in one.in_doubt),
    )


def _row(ground: Ground, lines: list[str], ceilings: Ceilings) -> GroundRow:
    return GroundRow(
        ground.terms.name,
        ground.terms.legal_basis,
        tuple(ground_words.gives(ground.terms, ceilings.get(ground.terms.pk, ()))),
        tuple(lines),
    )
