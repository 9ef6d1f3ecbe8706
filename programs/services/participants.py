"""Who takes part in an activity: benefits in bulk, and what became of trainees."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from households import clock
from households.errors import Invalid, Refused
from households.models import Area, Household, Membership, Residence, User
from households.services import audit
from households.services.constraint_messages import told_plainly
from programs import policies
from programs.choices import BenefitState, Recipient
from programs.choices.activities import COUNTS_ONLY, ActivityKind
from programs.models import Activity, Benefit, Participation, ProgrammeTerms
from programs.queries.standing import entitled
from programs.services import benefit_checks, recipients
from programs.services.benefit_checks import Given
from programs.services.recipients import LONGEST_REASON, Outsider
from programs.workflow import SERVED_STATES, VOID_STATES, next_states, states_of

#: Added at once, at most.
MOST_AT_ONCE = 500

Whom = tuple[int, int | None]


@dataclass(frozen=True)
class Outcome:
    """What became of one who takes part; `number` of his certificate."""

    benefit_id: int
    state: BenefitState
    number: str = ""
    reason: str = ""


def add(*, activity: Activity, whom: Collection[Whom], because: str, by: User) -> int:
    """Members of the register take part: (household id, person id or None as the programme serves
    persons or households). Those who do already are left out. How many were added.

    Where the programme has a confirmed ground on the day, `because` is asked if it does not hold
    for all. Raises Refused (a home in an area of no right), Invalid. About fifteen queries for all.
    """
    with told_plainly(Benefit), transaction.atomic():
        row = _open(activity, by)
        on, state = _day_and_state(row)
        wanted = sorted(set(whom) - _taking_part(row), key=lambda one: (one[0], one[1] or 0))
        if not wanted:
            raise Invalid(_("Tick who took part."))
        if len(wanted) > MOST_AT_ONCE:
            raise Invalid(_("At most %(most)s at once.") % {"most": MOST_AT_ONCE})
        homes = _homes(row, wanted, on, by)
        terms = _grounds(row, wanted, on, because.strip())
        given = _given(row)
        for one in {found.pk: found for found in terms.values() if found}.values():
            benefit_checks.check_amount(row.programme, one, given)
        benefits = [
            Benefit(
                programme=row.programme, terms=terms[household, person], household_id=household,
                person_id=person, commune=homes[household].parent,
                village=homes[household], state=state, acted_on=on,
                served_on=on if state in SERVED_STATES else None,
                reason="" if terms[household, person] else because.strip()[:LONGEST_REASON],
                recorded_by=by, **vars(given),
            )
            for household, person in wanted
        ]  # fmt: skip
        with audit.act(
            by=by, verb="activity.add", area=row.commune, subject=row,
            details={"households": sorted({household for household, _person in wanted})},
        ):  # fmt: skip
            _write(row, benefits)
    return len(benefits)


def add_outsider(*, activity: Activity, outsider: Outsider, by: User) -> Benefit:
    """A person outside the register takes part. Raises Refused, Invalid (name, birth year, ground,
    day; he is on record already)."""
    with told_plainly(Benefit), transaction.atomic():
        row = _open(activity, by)
        on, state = _day_and_state(row)
        benefit = recipients.of_outsider(
            row.programme, outsider, state=state, acted_on=on, given=_given(row), by=by
        )
        with audit.act(by=by, verb="activity.add", area=row.commune, subject=row):
            recipients.refuse_twice(benefit)
            _write(row, [benefit])
    return benefit


def settle(*, activity: Activity, outcomes: Sequence[Outcome], on: dt.date, by: User) -> int:
    """What became of those who take part, all or none; how many. Raises Refused, Invalid (a step
    that does not follow, a day to come or before the first, no reason)."""
    if not outcomes:
        raise Invalid(_("Nothing was chosen."))
    with told_plainly(Benefit), transaction.atomic():
        row = _open(activity, by)
        benefit_checks.check_day(on)
        found = Benefit.objects.filter(participation__activity=row)
        benefits = found.select_for_update(of=("self",)).in_bulk([o.benefit_id for o in outcomes])
        for outcome in outcomes:
            if outcome.benefit_id not in benefits:
                raise Invalid(_("This person does not take part."))
            _settle(row, benefits[outcome.benefit_id], outcome, on, by)
        with audit.act(
            by=by, verb="activity.settle", area=row.commune, subject=row,
            details={"outcomes": {str(o.benefit_id): str(o.state) for o in outcomes}},
        ):  # fmt: skip
            for benefit in benefits.values():
                benefit.save()
    return len(outcomes)


def _settle(row: Activity, benefit: Benefit, outcome: Outcome, on: dt.date, by: User) -> None:
    if why_not := policies.why_not_act_on_benefit(by, benefit):
        raise Refused(why_not)
    is_mistake = outcome.state == BenefitState.CANCELLED
    if benefit.state == BenefitState.CANCELLED or (
        not is_mistake and outcome.state not in next_states(row.programme.kind, benefit.state)
    ):
        raise Invalid(_("This does not follow what was recorded before."))
    if outcome.state in VOID_STATES and not outcome.reason.strip():
        raise Invalid(_("Write why."), fields={"reason": [_("missing")]})
    if not is_mistake:
        if on < benefit.acted_on:
            raise Invalid(_("This day lies before the step before it."))
        if outcome.state == BenefitState.SERVED:
            if on < row.begins_on:
                raise Invalid(_("It has not begun yet."))
            benefit.served_on = on
        benefit.acted_on = on
    benefit.state = outcome.state
    benefit.number = outcome.number.strip() or benefit.number
    benefit.reason = outcome.reason.strip()[:LONGEST_REASON] or benefit.reason


def _open(activity: Activity, by: User) -> Activity:
    if reason := policies.why_not_record_benefit(by, activity.commune):
        raise Refused(reason)
    rows = Activity.objects.select_related("programme", "commune")
    row: Activity = rows.select_for_update(of=("self",)).get(pk=activity.pk)
    if row.cancelled_because:
        raise Invalid(_("It was taken back already."))
    if ActivityKind(row.kind) in COUNTS_ONLY:
        raise Invalid(_("At a communication event people are counted, not named."))
    return row


def _day_and_state(row: Activity) -> tuple[dt.date, BenefitState]:
    """Who is on the list of a course may be so before it begins; who is served was there."""
    state = states_of(row.programme.kind)[0]
    if state in SERVED_STATES and row.begins_on > clock.today():
        raise Invalid(_("It has not begun yet."))
    return min(row.begins_on, clock.today()), state


def _given(row: Activity) -> Given:
    return Given(amount_vnd=row.cost_each_vnd, valid_from=row.begins_on, valid_to=row.ends_on)


def _taking_part(row: Activity) -> set[Whom]:
    parts = row.participations.exclude(benefit__state=BenefitState.CANCELLED)
    named = parts.filter(benefit__household__isnull=False)
    return set(named.values_list("benefit__household", "benefit__person"))


def _homes(row: Activity, wanted: Iterable[Whom], on: dt.date, by: User) -> dict[int, Area]:
    """Where each lived on the day. Refuses a home in an area of no right, and who was no member."""
    ids = {household for household, _person in wanted}
    homes = {
        home.household_id: home.village
        for home in Residence.objects.on(on)
        .filter(household__in=ids)
        .select_related("village__parent")
    }
    if ids - set(homes):
        raise Invalid(_("The household did not live in the province on this day."))
    for village in {home.pk: home for home in homes.values()}.values():
        if reason := policies.why_not_record_benefit(by, village):
            raise Refused(reason)
    if Household.objects.filter(pk__in=ids, ended_on__lt=on).exists():
        raise Invalid(_("This household has ended; nothing of it changes any more."))
    is_person = row.programme.recipient == Recipient.PERSON
    if any((person is not None) != is_person for _household, person in wanted):
        raise Invalid(_("Say which member it is for, where the programme serves persons."))
    if is_person:
        lived = Q(person__died_on__isnull=True) | Q(person__died_on__gte=on)
        members = Membership.objects.on(on).filter(lived, household__in=ids)
        if set(wanted) - set(members.values_list("household", "person")):
            raise Invalid(_("This person did not belong to the household on this day."))
    return homes


def _grounds(
    row: Activity, wanted: Iterable[Whom], on: dt.date, because: str
) -> dict[Whom, ProgrammeTerms | None]:
    found: dict[Whom, ProgrammeTerms | None] = dict.fromkeys(wanted)
    if not recipients.has_ground(row.programme, on):
        return found
    terms = {one.pk: one for one in row.programme.terms.all()}
    ids = sorted({household for household, _person in found})
    for one in entitled(row.programme, on, households=ids):
        if (one.household_id, one.person_id) in found:
            found[one.household_id, one.person_id] = terms[one.terms_id]
    missing = sum(ground is None for ground in found.values())
    if missing and not because:
        told = _("No ground holds for %(count)s of those ticked; write why they took part.")
        raise Invalid(told % {"count": missing}, fields={"because": [told % {"count": missing}]})
    return found


def _write(row: Activity, benefits: list[Benefit]) -> None:
    Benefit.objects.bulk_create(benefits)
    Participation.objects.bulk_create(
        Participation(activity=row, benefit=benefit) for benefit in benefits
    )
