"""Acts and changed values in words: "Ngày sinh: 1984 → 12/04/1984"."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from households.models import Area, AuditEvent, EthnicGroup, ListEntry, Survey
from households.models.personal_id import PersonalIdField
from households.models.users import SYSTEM_USERNAME
from households.queries.household_changes import Act, Change
from households.templatetags.povreg import day, number

#: What an act is called on the page; an act without a name here shows its verb.
VERBS: Mapping[str, Any] = {
    "survey.start": gettext_lazy("opened the form"),
    "survey.save_draft": gettext_lazy("saved a draft"),
    "survey.complete": gettext_lazy("completed the form"),
    "survey.wishes": gettext_lazy("recorded causes and wishes"),
    "survey.discard": gettext_lazy("threw the draft away"),
    "review.import": gettext_lazy("imported the review"),
    "household.create": gettext_lazy("entered the household"),
    "area.households_follow": gettext_lazy("took the household onto the new map"),
    "household.move": gettext_lazy("moved the household"),
    "household.offer": gettext_lazy("offered the household to another commune"),
    "household.take_over": gettext_lazy("took the household over"),
    "household.decline": gettext_lazy("did not take the household over"),
    "household.take_back": gettext_lazy("took the offer back"),
    "inspection.look": gettext_lazy("opened the file for an inspection"),
    "inspection.find": gettext_lazy("kept a finding of an inspection"),
    "household.split": gettext_lazy("split the household"),
    "household.merge": gettext_lazy("merged the household into another"),
    "household.close": gettext_lazy("ended the household"),
    "household.change_head": gettext_lazy("changed the head"),
    "household.edit": gettext_lazy("changed the telephone number"),
    "member.join": gettext_lazy("added a member"),
    "member.leave": gettext_lazy("recorded that a member left"),
    "member.die": gettext_lazy("recorded a death"),
    "member.correct": gettext_lazy("corrected a member's facts"),
    "person.unmask": gettext_lazy("looked at a personal number in full"),
    "layout.difference.accepted": gettext_lazy("corrected a fact as a receiver has it"),
    "layout.difference.disputed": gettext_lazy("disputed a number that a receiver has"),
    "layout.difference.settled": gettext_lazy("checked a fact that a receiver has otherwise"),
    "duplicate.merge": gettext_lazy("merged two entries of one"),
    "duplicate.undo": gettext_lazy("took a merger of two entries back"),
    "duplicate.not_same": gettext_lazy("said of two entries that they are not the same"),
    "duplicate.claim_number": gettext_lazy("put a personal number to the queue as disputed"),
    "duplicate.give_number": gettext_lazy("gave a disputed personal number to its owner"),
    "list.adopt": gettext_lazy("recorded the decision of the commune"),
    "list.take_over": gettext_lazy("took over the commune's list"),
    "list.undo_take_over": gettext_lazy("took the list that was taken over back"),
    "list.correct": gettext_lazy("recorded a correcting decision"),
    "complaint.receive": gettext_lazy("recorded a complaint or remark"),
    "complaint.recheck": gettext_lazy("ordered a re-check after a complaint"),
    "complaint.settle": gettext_lazy("recorded the answer to a complaint"),
    "recheck.order": gettext_lazy("ordered a re-check"),
    "recheck.settle": gettext_lazy("ended the re-check"),
    "reposting.post": gettext_lazy("hung the household's result out again"),
    "reposting.close": gettext_lazy("took the household's result down"),
    "request.receive": gettext_lazy("recorded a request"),
    "benefit.record": gettext_lazy("recorded support"),
    "benefit.check_ground": gettext_lazy("checked the ground of support"),
    "benefit.advance": gettext_lazy("recorded the next step of support"),
    "housing.step": gettext_lazy("recorded the next step of the house"),
    "housing.step_back": gettext_lazy("took the last step of the house back"),
    "housing.drop": gettext_lazy("recorded that the house is not built"),
    "housing.pay": gettext_lazy("recorded a payment for the house"),
    "housing.pay_back": gettext_lazy("took a payment for the house back"),
    "works.pay_back": gettext_lazy("took a payment for a work back"),
    "site.file": gettext_lazy("added photos of the house"),
    "employment.change": gettext_lazy("changed what is recorded of a job"),
    "companion.assign": gettext_lazy("named who accompanies the household"),
    "plan.agree": gettext_lazy("recorded what was agreed with the household"),
    "plan.done": gettext_lazy("recorded that what was agreed is done"),
    "plan.take_off": gettext_lazy("took the household off the plan list"),
    "request.withdraw": gettext_lazy("recorded that the request was withdrawn"),
    "request.pick_up": gettext_lazy("began the form of a request"),
    "request.answer": gettext_lazy("recorded the answer to a request"),
    "confirmation.issue": gettext_lazy("issued a confirmation"),
    "certificate.reissue": gettext_lazy("issued the certificate again"),
    "certificate.note_changes": gettext_lazy("wrote changes of members on the certificate"),
    "attachment.add": gettext_lazy("attached a paper or photo"),
    "attachment.remove": gettext_lazy("removed a paper or photo"),
    "household.asked": gettext_lazy("ticked the household off as asked"),
}
#: Columns whose model field has no name that an officer reads.
LABELS: Mapping[str, Any] = {
    "valid_from": gettext_lazy("from"),
    "valid_to": gettext_lazy("last day"),
    "how_in": gettext_lazy("how it came onto the list"),
    "how_out": gettext_lazy("how it left the list"),
    "poverty_class": gettext_lazy("class"),
    "state": gettext_lazy("state of the form"),
    "village_id": gettext_lazy("village"),
    "ethnic_group_id": gettext_lazy("ethnic group"),
    "relation": gettext_lazy("relation"),
    "birth_precision": gettext_lazy("how much of the birth date is known"),
    "b1_answers": gettext_lazy("answers of form B"),
    "form_a_answers": gettext_lazy("answers of form A"),
    "ended_on": gettext_lazy("ended on"),
    "end_reason": gettext_lazy("why it ended"),
    "settlement": gettext_lazy("area"),
    "phone": gettext_lazy("phone"),
}
_LISTS = {
    "causes": "causes",
    "policy_groups": "policy_groups",
    "support_wanted": "support_wanted",
    "shock": "shocks",
}


@dataclass(frozen=True)
class ChangeWords:
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class ActWords:
    event: AuditEvent
    who: str
    what: str
    round_key: str
    changes: list[ChangeWords]
    entered: list[str]
    removed: list[str]


class Names:
    """Names of what changed rows point at, fetched once for all acts of a page. Three queries."""

    def __init__(self, acts: Iterable[Act]) -> None:
        changes = [change for act in acts for change in act.changes]
        self.areas = self._fetch(Area, _values(changes, "village_id"))
        self.ethnic_groups = self._fetch(EthnicGroup, _values(changes, "ethnic_group_id"))
        listed = any(change.column in _LISTS for change in changes)
        entries = ListEntry.objects.filter(list_code__in=_LISTS.values()) if listed else ()
        self.entries = {(one.list_code, one.code): one for one in entries}

    @staticmethod
    def _fetch(model: type[models.Model], ids: set[int]) -> dict[int, str]:
        if not ids:
            return {}
        return {pk: str(one) for pk, one in model._default_manager.in_bulk(ids).items()}


def _values(changes: Iterable[Change], column: str) -> set[int]:
    return {
        value
        for change in changes
        if change.column == column
        for value in (change.old, change.new)
        if value is not None
    }


def told(acts: list[Act]) -> list[ActWords]:
    """The acts in the words of the page's language, in the given order."""
    names = Names(acts)
    return [_told(act, names) for act in acts]


def _told(act: Act, names: Names) -> ActWords:
    return ActWords(
        event=act.event,
        who=who(act.event),
        what=what(act.event),
        round_key=act.round_key,
        changes=[_change(change, names) for change in _once(act.changes)],
        entered=act.entered,
        removed=act.removed,
    )


def what(event: AuditEvent) -> str:
    """What an act is called; what a system sent came by no file."""
    if event.verb == "review.import" and event.details.get("system"):
        return _("entered the review")
    return str(VERBS.get(event.verb, event.verb))


def who(event: AuditEvent) -> str:
    """The actor, and the system by way of which he acted."""
    actor = _("The system") if event.by.username == SYSTEM_USERNAME else str(event.by)
    if system := event.details.get("system"):
        return _("%(who)s (by way of the system %(system)s)") % {"who": actor, "system": system}
    return actor


def _once(changes: list[Change]) -> list[Change]:
    """A person's facts follow the survey member's; the same change is told once."""
    seen: set[tuple[Any, ...]] = set()
    kept = []
    for change in sorted(changes, key=lambda one: one.model is not Survey):
        what = (change.name, change.column, str(change.old), str(change.new))
        if what not in seen:
            seen.add(what)
            kept.append(change)
    return kept


def _change(change: Change, names: Names) -> ChangeWords:
    model_field = _field(change.model, change.column)
    label = str(LABELS.get(change.column, model_field.verbose_name))
    label = label[:1].upper() + label[1:]
    if change.name:
        label = f"{change.name}, {label[:1].lower()}{label[1:]}"
    if isinstance(model_field, PersonalIdField):
        return ChangeWords(label, _hidden(change.old), _hidden(change.new))
    return ChangeWords(
        label, _value(model_field, change.old, names), _value(model_field, change.new, names)
    )


def _field(model: type[models.Model], column: str) -> Any:
    return next(one for one in model._meta.concrete_fields if one.column == column)


def _hidden(value: Any) -> str:
    return _("(hidden)") if value else _nothing()


def _nothing() -> str:
    return pgettext("value", "empty")


def _value(model_field: Any, value: Any, names: Names) -> str:
    if value is None or value == "" or value == [] or value == {}:
        return _nothing()
    if isinstance(value, bool):
        return pgettext("answer", "yes") if value else pgettext("answer", "no")
    if model_field.choices:
        return str(dict(model_field.flatchoices).get(value, value))
    if model_field.column == "village_id":
        return names.areas.get(value, str(value))
    if model_field.column == "ethnic_group_id":
        return names.ethnic_groups.get(value, str(value))
    if model_field.column in _LISTS:
        codes = value if isinstance(value, list) else [value]
        return ", ".join(_entry(names, _LISTS[model_field.column], code) for code in codes)
    if isinstance(model_field, models.DateField):
        return day(dt.datetime.fromisoformat(str(value)))
    if isinstance(value, int | float):
        return number(Decimal(str(value)))
    if isinstance(value, dict):
        return _("%(count)s answers") % {"count": len(value)}
    return str(value)


def _entry(names: Names, list_code: str, code: str) -> str:
    entry = names.entries.get((list_code, code))
    return str(entry) if entry else code
