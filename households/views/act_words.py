"""What a change of a household will do, in sentences: members, home, official list, open forms."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from households import policies
from households.choices import HouseholdEventKind, PovertyClass, Relation, SurveyState
from households.models import Area, Household, HouseholdEvent, StatusPeriod, Survey
from households.services.household_acts.rehearsal import Outlook
from households.templatetags.povreg import day


@dataclass(frozen=True)
class MemberWords:
    """A member before and after; `change` names it, "" for who stays as he is."""

    name: str
    before: str
    after: str
    change: str


@dataclass(frozen=True)
class Told:
    """One household of the change."""

    title: str
    members: list[MemberWords]
    home: str
    on_list: list[str]
    forms: list[str]


def told(outlooks: Sequence[Outlook]) -> list[Told]:
    """The household of the page first, then the one that comes of it or takes it in."""
    was_listed = bool(outlooks and outlooks[0].period)
    return [_told(one, was_listed) for one in outlooks]


def _told(outlook: Outlook, origin_is_listed: bool) -> Told:
    return Told(
        title=_title(outlook),
        members=_members(outlook),
        home=_home(outlook),
        on_list=_on_list(outlook, origin_is_listed),
        forms=[_form(one, outlook) for one in outlook.surveys],
    )


@dataclass(frozen=True)
class EventWords:
    """What became of a household on a day, with the other household of a split or merger."""

    happened_on: dt.date
    what: str
    other: Household | None


def events_of(household: Household) -> list[EventWords]:
    """The newest first, those that began in another household too. One query."""
    events = HouseholdEvent.objects.filter(Q(household=household) | Q(other_household=household))
    events = events.select_related("household", "other_household", "person", "to_commune")
    return [event_words(one, household) for one in events.order_by("-happened_on", "-pk")]


def event_words(event: HouseholdEvent, seen_from: Household) -> EventWords:
    """One of them, as a household of the two reads it. No query when its rows are loaded."""
    if event.other_household_id == seen_from.pk:
        what = (
            _("Split off from")
            if event.kind == HouseholdEventKind.SPLIT
            else _("Took in the household")
        )
        return EventWords(event.happened_on, what, event.household)
    what = str(event.get_kind_display())
    if event.person:
        what = f"{what}: {event.person.full_name}"
    if event.end_reason:
        what = f"{what}: {event.get_end_reason_display()}"
    if event.to_commune:
        what = f"{what} ({event.to_commune.name})"
    return EventWords(event.happened_on, what, event.other_household)


def _title(outlook: Outlook) -> str:
    state = outlook.after if outlook.is_new else outlook.before
    heads = [one.name for one in state.members.values() if one.relation == Relation.HEAD]
    name = heads[0] if heads else outlook.household.code
    if outlook.is_new:
        return _("New household of %(name)s") % {"name": name}
    if outlook.ends:
        return _("Household of %(name)s: ends") % {"name": name}
    return _("Household of %(name)s") % {"name": name}


def _members(outlook: Outlook) -> list[MemberWords]:
    before, after = outlook.before.members, outlook.after.members
    lines = []
    for pk in {**before, **after}:
        was, will_be = before.get(pk), after.get(pk)
        known = will_be or was
        assert known is not None
        name = known.name
        if was and will_be and was.name != will_be.name:
            name = f"{was.name} → {will_be.name}"
        lines.append(
            MemberWords(
                name=name,
                before=str(Relation(was.relation).label) if was else "",
                after=str(Relation(will_be.relation).label) if will_be else "",
                change=_change(was is not None, will_be is not None),
            )
        )
    return lines


def _change(was_there: bool, will_be_there: bool) -> str:
    if was_there and not will_be_there:
        return _("no longer a member")
    return "" if was_there else _("becomes a member")


def _home(outlook: Outlook) -> str:
    before, after = outlook.before.village, outlook.after.village
    if outlook.offered_to and before:
        return _(
            "It is offered to %(new)s. Until that commune takes it over it stays in %(old)s."
        ) % {"old": _placed(before), "new": outlook.offered_to.name}
    if outlook.moved_to:
        return _(
            "It lives in %(commune)s, which is not in povreg yet: when that commune begins, it"
            " enters the family anew. Its page here stays for reading."
        ) % {"commune": outlook.moved_to.name}
    if outlook.ends and before:
        return _("It lives nowhere in the province any more; its page stays for reading.")
    if after is None:
        return ""
    if before is None:
        return _("It lives in %(village)s.") % {"village": _placed(after)}
    if before.pk == after.pk:
        return _("It stays in %(village)s.") % {"village": _placed(after)}
    return _("It moves from %(old)s to %(new)s.") % {"old": _placed(before), "new": _placed(after)}


def _placed(village: Area) -> str:
    return f"{village.name}, {village.parent.name}" if village.parent else village.name


def _on_list(outlook: Outlook, origin_is_listed: bool) -> list[str]:
    """The effect on the official list: none now, for only a decision ends a status."""
    if outlook.is_new:
        counted = (
            _(
                "If the next review finds it poor or near-poor, the decision counts it as other "
                "increase (split)."
            )
            if origin_is_listed
            else _("If the next review finds it poor or near-poor, it counts as newly arisen.")
        )
        return [_("The new household is on no list."), counted]
    if outlook.period is None:
        return [_("It is not on the official list; nothing changes there.")]
    return _of_listed(outlook, outlook.period)


def _of_listed(outlook: Outlook, period: StatusPeriod) -> list[str]:
    listed = {
        "class": str(PovertyClass(period.poverty_class).label).lower(),
        "day": day(period.valid_from),
    }
    if outlook.ends:
        return [
            _(
                "It stays on the official list (%(class)s since %(day)s) until the next decision "
                "of the commune, which ends it as other decrease. A status does not lapse by "
                "itself."
            )
            % listed
        ]
    if outlook.offered_to and outlook.before.village:
        return [
            _(
                "Its status (%(class)s since %(day)s) goes with it, without a gap; only a decision "
                "ends it. The new commune replaces its certificate."
            )
            % listed,
            _(
                "The next lists count it as other decrease in %(old)s and as other increase in "
                "%(new)s."
            )
            % {"old": outlook.before.village.parent, "new": outlook.offered_to},
        ]
    return [
        _(
            "It stays on the official list: %(class)s since %(day)s. Only a decision ends a "
            "status; whether the change matters shows in the next review."
        )
        % listed
    ]


def _form(survey: Survey, outlook: Outlook) -> str:
    named = {"round": survey.round.key, "day": day(survey.as_of)}
    if survey.state == SurveyState.DRAFT and outlook.ends:
        return (
            _("Its form of %(round)s is only begun: throw it away, or the commune cannot decide.")
            % named
        )
    if survey.state == SurveyState.DRAFT:
        return _("Its form of %(round)s is begun: look at its members again.") % named
    if policies.why_round_is_locked(survey.round, survey.village):
        return (
            _("Its form of %(round)s stays as it was on %(day)s; the register changes now.") % named
        )
    return (
        _(
            "Its form of %(round)s tells how it was on %(day)s. Look at it again if the change "
            "lies before that day."
        )
        % named
    )
