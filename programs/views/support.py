"""What a household and its members are entitled to: the panel of the household's page."""

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from households import clock, policies
from households.models import Household, Person
from households.views import access
from programs.choices import Recipient
from programs.forms.programmes import asked_day
from programs.models import Benefit, Programme
from programs.policies import why_not_record_benefit
from programs.queries import entitlement
from programs.queries.entitlement import Entitlement, Ground
from programs.views import ground_words
from programs.views.benefits import home_of
from programs.views.ground_words import Given


@dataclass(frozen=True)
class GroundRow:
    """One ground in words: what it gives, and the facts it rests on or lacks."""

    name: str
    legal_basis: str
    gives: list[Given]
    lines: list[str]


@dataclass(frozen=True)
class ForWhom:
    """One recipient of a programme; `name` is "" for the household itself."""

    name: str
    best: GroundRow | None
    others: list[str]
    open: list[GroundRow]
    in_doubt: list[str]


@dataclass(frozen=True)
class Support:
    """A programme with the recipients entitled, and those of whom something is open."""

    programme: Programme
    entitled: list[ForWhom]
    unclear: list[ForWhom]


@require_safe
def support(request: HttpRequest, pk: int) -> HttpResponse:
    """Entitlement on a day (?on=, else today). Policy: as the household's page."""
    found = access.readable_household(request, pk)
    on = asked_day(request.GET, clock.today())
    is_panel = bool(request.headers.get("HX-Request"))
    return render(
        request,
        "programs/_support.html" if is_panel else "programs/support.html",
        {
            "household": found,
            "on": on,
            "supports": _supports(found, on),
            "received": _received(found),
            "records": [] if _why_not(request, found) else list(Programme.objects.all()),
        },
    )


def _why_not(request: HttpRequest, found: Household) -> str | None:
    return policies.why_has_ended(found) or why_not_record_benefit(request.user, home_of(found))


def _received(found: Household) -> list[Benefit]:
    """All that was recorded for the household and its members, the newest first."""
    rows = Benefit.objects.filter(household=found)
    return list(rows.select_related("programme", "person", "terms"))


def _supports(found: Household, on: dt.date) -> list[Support]:
    told = entitlement.of_household(found.pk, on)
    persons = {one.person_id for one in told if one.person_id}
    names = dict(Person.objects.filter(pk__in=persons).values_list("pk", "full_name"))
    by_programme: dict[Programme, list[ForWhom]] = {}
    for one in told:
        by_programme.setdefault(one.programme, []).append(_for_whom(one, names))
    return [
        Support(
            programme,
            [one for one in rows if one.best],
            [one for one in rows if not one.best],
        )
        for programme, rows in by_programme.items()
    ]


def _for_whom(one: Entitlement, names: dict[int, str]) -> ForWhom:
    is_person = one.programme.recipient == Recipient.PERSON and one.person_id
    return ForWhom(
        name=names[one.person_id] if is_person and one.person_id else "",
        best=_row(one.best) if one.best else None,
        others=[ground.terms.name for ground in one.grounds[1:]],
        open=[
            GroundRow(
                ground.terms.name,
                ground.terms.legal_basis,
                ground_words.gives(ground.terms),
                ground_words.missing(ground),
            )
            for ground in one.open
        ],
        in_doubt=[ground.terms.name for ground in one.in_doubt],
    )


def _row(ground: Ground) -> GroundRow:
    return GroundRow(
        ground.terms.name,
        ground.terms.legal_basis,
        ground_words.gives(ground.terms),
        ground_words.because(ground),
    )
