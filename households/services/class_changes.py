"""A class that somebody has seen does not change in silence: the reason and both values are kept.

Who knows the class could turn one fact until it fits; so the correction stays possible, and
stays visible beside the form.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from households.choices import PovertyClass, SurveyState
from households.errors import Invalid
from households.models import Assessment, ClassChange, Survey
from households.queries import trials
from households.scoring import HouseholdFacts, MemberFacts
from households.services import survey_facts

_NOT_COMPARED = ("member_no", "full_name", "members")


@dataclass(frozen=True)
class Seen:
    """The classes somebody saw, by standard, and the facts they were computed from."""

    classes: Mapping[int, str]
    facts: HouseholdFacts


def of(survey: Survey) -> QuerySet[ClassChange]:
    """What changed of a survey's classes, the oldest first."""
    return ClassChange.objects.filter(survey=survey).order_by("pk")


def seen(survey: Survey, *, complete: bool) -> Seen | None:
    """What was seen of a survey about to be saved; None when nothing was. To be asked before it
    is written; of a trial nothing. One query for most forms, none for a draft that stays one."""
    classes: dict[int, str] = {}
    if survey.state == SurveyState.COMPLETE:
        scored = Assessment.objects.filter(survey=survey)
        by_standard = dict(scored.values_list("standard_id", "poverty_class"))
        if len(by_standard) > 1:
            for round_id, standard_id in trials.of_rounds():
                if round_id == survey.round_id:
                    by_standard.pop(standard_id, None)
        classes = {one: found for one, found in by_standard.items() if found}
    elif complete:
        for change in of(survey):
            classes[change.standard_id] = change.class_after or change.class_before
    return Seen(classes, survey_facts.stored(survey)) if classes else None


def keep(*, survey: Survey, seen: Seen | None, reason: str) -> None:
    """Keep each class that changed, with the reason. To be called inside the act that saved.

    Raises Invalid (reason) when a class changed and no reason is given: nothing is saved then.
    """
    if seen is None:
        return
    found = Assessment.objects.filter(survey=survey).values_list("standard_id", "poverty_class")
    now = dict(found)
    changed = {one: before for one, before in seen.classes.items() if now.get(one) != before}
    if not changed:
        return
    if not reason.strip():
        raise Invalid(_("The class changes."), fields={"reason": _why(changed, now)})
    facts = list(differences(seen.facts, survey_facts.stored(survey)))
    ClassChange.objects.bulk_create(
        ClassChange(
            survey=survey,
            standard_id=standard_id,
            class_before=before,
            class_after=now.get(standard_id),
            facts=facts,
            reason=reason.strip(),
        )
        for standard_id, before in changed.items()
    )


def _why(changed: Mapping[int, str], now: Mapping[int, str | None]) -> list[Any]:
    sentences = []
    for standard_id, before in changed.items():
        after = now.get(standard_id)
        if after:
            words = _("This changes the class from %(before)s to %(after)s. Say why.") % {
                "before": PovertyClass(before).label,
                "after": PovertyClass(after).label,
            }
        else:
            words = _("This takes the class %(before)s away. Say why.") % {
                "before": PovertyClass(before).label
            }
        if words not in sentences:
            sentences.append(words)
    return sentences


def differences(before: HouseholdFacts, after: HouseholdFacts) -> Iterator[dict[str, Any]]:
    """The facts that differ, household first, then member by member (paired by name)."""
    yield from _differing(before, after, None)
    earlier = {one.full_name: one for one in before.members}
    for member in after.members:
        old = earlier.pop(member.full_name, None)
        yield from _differing(old or MemberFacts(member_no=0), member, member.member_no)
    for gone in earlier.values():
        yield from _differing(gone, MemberFacts(member_no=0), gone.member_no)


def _differing(before: Any, after: Any, member_no: int | None) -> Iterator[dict[str, Any]]:
    for one in fields(before):
        old, new = getattr(before, one.name), getattr(after, one.name)
        if one.name not in _NOT_COMPARED and old != new:
            yield {
                "fact": one.name,
                "member_no": member_no,
                "before": _plain(old),
                "after": _plain(new),
            }


def _plain(value: Any) -> Any:
    """A value that JSON keeps exactly."""
    if value is None or isinstance(value, bool | int | str):
        return value
    return dict(value) if isinstance(value, Mapping) else str(value)
