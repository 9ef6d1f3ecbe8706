"""The page of a household."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from households import clock, policies
from households.choices import CertificateState, Relation
from households.choices.inspections import FindingKind
from households.choices.transfers import TransferState
from households.errors import Refused
from households.exchange.checks_of_members import age_on
from households.models import (
    Area,
    Certificate,
    Household,
    HouseholdTransfer,
    InspectionFinding,
    Membership,
    Person,
    ReviewRound,
    StatusPeriod,
)
from households.models.personal_id import mask_personal_id
from households.queries import household_changes, layout_returns
from households.services import people
from households.views import access, act_words, history_words, how_listed, survey_results
from households.views.surveys import round_under_way


@dataclass(frozen=True)
class MemberRow:
    """A current member; `number` is masked unless the user just asked for it in full."""

    membership: Membership
    person: Person
    age: int | None
    number: str
    is_revealed: bool


@require_safe
def household(request: HttpRequest, pk: int) -> HttpResponse:
    """Policy: roles that read households; a household of another area is not found."""
    return _page(request, access.readable_household(request, pk))


@require_POST
@never_cache
def show_number(request: HttpRequest, pk: int, person_pk: int) -> HttpResponse:
    """The same page with one personal number in full; audited. Policy: why_not_unmask."""
    found = access.readable_household(request, pk)
    members = Person.objects.filter(
        memberships__household=found, memberships__valid_to__isnull=True
    )
    person = get_object_or_404(members, pk=person_pk)
    try:
        number = people.unmask(person=person, household=found, by=access.actor(request))
    except Refused as refusal:
        access.refuse_if(str(refusal.message))
    else:
        return _page(request, found, revealed={person.pk: number})
    raise AssertionError("a refusal always has its reason")


def _offered(found: Household) -> HouseholdTransfer | None:
    """Its open offer to another commune."""
    offers = HouseholdTransfer.objects.filter(household=found, state=TransferState.OFFERED)
    return offers.select_related("to_commune").first()


def _findings(found: Household) -> list[InspectionFinding]:
    """What an inspector found not to be right, the newest first."""
    rows = InspectionFinding.objects.filter(household=found).exclude(kind=FindingKind.RIGHT)
    return list(rows.select_related("inspection", "round").order_by("-pk"))


def _page(
    request: HttpRequest, found: Household, revealed: dict[int, str] | None = None
) -> HttpResponse:
    user = access.actor(request)
    # Of an ended household the page shows where it lived last.
    home = found.residences.select_related("village__parent").latest("valid_from")
    members = _members(found, revealed or {})
    surveys = survey_results.of_household(found)
    periods = _periods(found)
    today = clock.today()
    current = next(
        (
            p
            for p in reversed(periods)
            if p.valid_from <= today and (not p.valid_to or p.valid_to >= today)
        ),
        None,
    )
    round = round_under_way(home.village)
    context: dict[str, Any] = {
        "household": found,
        "offered": _offered(found),
        "findings": _findings(found),
        "village": home.village,
        "members": members,
        "head_name": _head_name(members, surveys),
        "ethnic_group": next((m.person.ethnic_group for m in members), None),
        "periods": periods,
        "current": current,
        "surveys": surveys,
        "answers": layout_returns.answers_of(found),
        "latest": surveys[0] if surveys else None,
        "acts": history_words.told(household_changes.acts_of(found)),
        "round": round,
        "why_not_enter": policies.why_has_ended(found)
        or policies.why_own_or_related(user, found)
        or _why_not_enter(request, home.village, round),
        "survey_of_round": next(
            (s for s in surveys if round and s.survey.round_id == round.pk), None
        ),
        "events": act_words.events_of(found),
        "why_not_change": policies.why_not_change_household(user, found),
        "may_unmask": policies.why_not_unmask(user, found) is None,
        "keys": list(found.keys.all()),
        "certificate": _certificate(found),
        "confirms": home.village.parent is not None
        and policies.why_not_issue_certificates(user, home.village.parent) is None,
    }
    return render(request, "households/household.html", context)


def _certificate(found: Household) -> Certificate | None:
    in_force = Certificate.objects.filter(household=found, state=CertificateState.IN_FORCE)
    return in_force.first()


def _members(found: Household, revealed: dict[int, str]) -> list[MemberRow]:
    memberships = list(
        found.memberships.filter(valid_to__isnull=True).select_related("person__ethnic_group")
    )
    order = list(Relation.values)
    memberships.sort(key=lambda m: (order.index(m.relation), m.person.birth_date or dt.date.min))
    today = clock.today()
    return [
        MemberRow(
            membership=m,
            person=m.person,
            age=_age(m.person, today),
            number=revealed.get(m.person.pk) or _masked(m.person),
            is_revealed=m.person.pk in revealed,
        )
        for m in memberships
    ]


def _masked(person: Person) -> str:
    numbers = (person.personal_id, person.old_number)
    return " · ".join(mask_personal_id(one) for one in numbers if one)


def _age(person: Person, today: dt.date) -> int | None:
    return age_on(person.birth_date, today) if person.birth_date else None


def _head_name(members: list[MemberRow], surveys: list[Any]) -> str:
    for row in members:
        if row.membership.relation == Relation.HEAD:
            return row.person.full_name
    return surveys[0].survey.head_name if surveys else ""


def _periods(found: Household) -> list[StatusPeriod]:
    rows = found.status_periods.filter(list_owner__isnull=True)
    periods = list(
        rows.select_related("standard", "decision_in", "decision_out").order_by("valid_from")
    )
    how_listed.tell(periods)
    return periods


def _why_not_enter(
    request: HttpRequest, village: Area, round: ReviewRound | None
) -> policies.Reason:
    if round is None:
        return _("No review round is under way.")
    return policies.why_not_write_surveys(request.user, village) or policies.why_round_is_locked(
        round, village
    )
