"""Two entries become one (gộp hồ sơ trùng): what stays, what was chosen of each, who lives where.

The side that is chosen to stay keeps its row and its home; nothing of the past is rewritten.
Lists that were decided, the forms they rest on and the acts stay as they were; the other entry
belongs nowhere from the day of the merger.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from households import clock
from households.choices import HouseholdEventKind, Relation
from households.choices.duplicates import PairKind, PairState
from households.errors import Invalid, Refused
from households.models import AuditEvent, DuplicateMerge, DuplicatePair, Person, User
from households.queries import duplicate_sides
from households.queries.duplicate_sides import Side
from households.services import audit
from households.services.constraint_messages import told_plainly
from households.services.duplicates import followers, household_merging, joining, settling
from households.services.household_acts import roster


@dataclass(frozen=True)
class Chosen:
    """`kept` is the side that stays, and where it lives; `facts` the side of each differing one."""

    kept: str
    facts: Mapping[str, str]


def merge(*, pair: DuplicatePair, chosen: Chosen, why: str, by: User) -> DuplicateMerge:
    """Make one of the two. What only one side knows is kept whichever side stays.

    Raises Refused (no right, or what stands in the way), Invalid (kept, a fact, why), Conflict.
    """
    with settling.settling(pair, by, why) as (found, sides):
        kept, gone = _kept_and_gone(chosen, sides)
        values = _values(found, chosen, kept, gone)
        is_of_households = found.kind == PairKind.HOUSEHOLD
        if is_of_households:
            household_merging.check(kept, gone)
        else:
            _check_persons(kept, gone)
        joined = _joined(kept, gone, is_of_households=is_of_households)
        if refusal := followers.why_not(joined):
            raise Refused(refusal)
        with (
            told_plainly(Person),
            audit.act(
                by=by, verb="duplicate.merge", area=kept.commune, household=kept.household,
                subject=found, reason=why,
                details={"kept": kept.subject.pk, "gone": gone.subject.pk},
            ) as act,
        ):  # fmt: skip
            done = _record(found, act, chosen, by)
            if is_of_households:
                household_merging.merge(done, kept, gone, values)
            else:
                _merge_persons(done, kept, gone, values)
            followers.follow(joined)
            _close_others(found, done)
            settling.settle(found, PairState.MERGED, why, by)
        return done


def _kept_and_gone(chosen: Chosen, sides: tuple[Side, Side]) -> tuple[Side, Side]:
    if chosen.kept not in duplicate_sides.SIDES:
        told = _("Choose which of the two stays.")
        raise Invalid(told, fields={"kept": [told]})
    a, b = sides
    return (a, b) if chosen.kept == "a" else (b, a)


def _values(pair: DuplicatePair, chosen: Chosen, kept: Side, gone: Side) -> dict[str, Any]:
    """Columns of the row that stays, where they change. Raises Invalid at a fact that nobody
    chose."""
    names = duplicate_sides.facts_of(pair)
    columns = duplicate_sides.PERSON_FACTS if kept.person else duplicate_sides.HOUSEHOLD_FACTS
    open_ones = set(duplicate_sides.differing(kept, gone, names))
    missing = [name for name in open_ones if chosen.facts.get(name) not in duplicate_sides.SIDES]
    if missing:
        told = _("Choose one of the two.")
        raise Invalid(told, fields={name: [told] for name in missing})
    values: dict[str, Any] = {}
    for name in names:
        wants_other = chosen.facts.get(name) == gone.key if name in open_ones else False
        if wants_other or (gone.knows(name) and not kept.knows(name)):
            values |= zip(columns[name], gone.fact(name), strict=True)
    return values


def _check_persons(kept: Side, gone: Side) -> None:
    """Raises Refused with what has to be done first."""
    if kept.membership is None or gone.membership is None:
        raise Refused(_("One of the two belongs to no household any more."))
    assert kept.person is not None
    assert gone.person is not None
    if kept.person.died_on or gone.person.died_on:
        raise Refused(_("One of the two has died; only the living are merged."))
    if len(gone.members) == 1:
        raise Refused(
            _("The other household has no other member: merge the two households instead.")
        )
    if gone.membership.relation == Relation.HEAD:
        raise Refused(
            _("The entry that goes is the head of its household: change the head there first.")
        )


def _joined(kept: Side, gone: Side, *, is_of_households: bool) -> followers.Joined:
    homes = (kept.household, gone.household)
    if not is_of_households:
        assert kept.person is not None
        assert gone.person is not None
        return followers.joining_of_persons(kept.person, gone.person, homes)
    alike = household_merging.alike_members(kept, gone)
    persons = {of_gone.person_id: of_kept.person_id for of_kept, of_gone in alike}
    return followers.Joined(*homes, persons, is_of_households=True)


def _record(pair: DuplicatePair, act: AuditEvent, chosen: Chosen, by: User) -> DuplicateMerge:
    return DuplicateMerge.objects.create(
        pair=pair, merge_act=act, kept_side=chosen.kept, choices=dict(chosen.facts), merged_by=by
    )


def _merge_persons(done: DuplicateMerge, kept: Side, gone: Side, values: dict[str, Any]) -> None:
    assert kept.person is not None
    assert gone.person is not None
    assert gone.membership is not None
    today = clock.today()
    roster.end_before([gone.membership], today)
    roster.note(HouseholdEventKind.LEFT, gone.household, today, person=gone.person)
    joining.join_persons(done, kept.person, gone.person, values)
    joining.settle_homes(kept, gone)


def _close_others(pair: DuplicatePair, done: DuplicateMerge) -> None:
    """Other open pairs with an entry that went are of nobody any more."""
    gone = list(done.persons.values_list("gone", flat=True))
    others = DuplicatePair.objects.filter(state=PairState.OPEN).exclude(pk=pair.pk)
    for side in ("person_a__in", "person_b__in"):
        others.filter(**{side: gone}).update(state=PairState.GONE)
    if pair.kind == PairKind.HOUSEHOLD:
        ended = pair.household_b if done.kept_side == "a" else pair.household_a
        for side in ("household_a", "household_b"):
            others.filter(kind=PairKind.HOUSEHOLD, **{side: ended}).update(state=PairState.GONE)
