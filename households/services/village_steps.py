"""A village's way: its survey ends, it meets, its results hang out and are taken down."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from households import clock, workflow
from households.choices import MeetingOutcome, SurveyState
from households.errors import Invalid, Refused, Words
from households.models import (
    Area,
    MeetingVote,
    PublicPosting,
    ReviewRound,
    StepTaken,
    Survey,
    SurveyReopening,
    User,
    VillageMeeting,
    VillageReview,
)
from households.queries import due, households_to_ask, signed_forms, terms
from households.services import rechecks, rounds
from households.services.steps import Act, Taken, taken_by_village


@dataclass(frozen=True)
class Meeting:
    """What the minutes say: one vote for all, and households voted on alone (survey id → how many
    agreed). Who led it is the act's `acted_by_name`."""

    place: str
    secretary_name: str
    present: int
    agreed: int
    opinions: str = ""
    alone: Mapping[int, int] = field(default_factory=dict)


def begun(*, round: ReviewRound, village: Area) -> VillageReview:
    """The village's way, begun if it is not yet. Two statements; writes no act of its own."""
    assert village.parent_id is not None
    with transaction.atomic():
        rounds.start_ways(round=round, commune_ids=[village.parent_id], village_ids=[village.pk])
    return VillageReview.objects.select_related("round__province", "village__parent").get(
        round=round, village=village
    )


def finish_survey(*, way: VillageReview, act: Act, by: User) -> None:
    """The survey of a village is done; its forms are locked. Every listed household has a form and
    no form is left half filled in.

    Raises as steps.taken_by_village, and Refused naming what is missing.
    """
    with taken_by_village(step=workflow.SURVEYED, way=way, act=act, by=by):
        if reason := why_not_surveyed(way.round, way.village):
            raise Refused(reason)
        if asks_for_file(act.acted_on) and not act.papers_in_file:
            told = _("State that the signed paper of each form is in the file.")
            raise Invalid(told, fields={"papers_in_file": [told]})


def why_not_surveyed(round: ReviewRound, village: Area) -> str | None:
    """What is missing before the survey of a village is done. Six queries at most."""
    surveys = Survey.objects.filter(round=round, village=village)
    if drafts := surveys.filter(state=SurveyState.DRAFT).exclude(form_a_passed=False).count():
        return ngettext(
            "%(count)s form is not complete.", "%(count)s forms are not complete.", drafts
        ) % {"count": drafts}
    if missing := due.without_form(round, [village]).get(village.pk):
        return ngettext(
            "%(count)s household of the list has no form.",
            "%(count)s households of the list have no form.",
            missing,
        ) % {"count": missing}
    if missing := _without_paper(round, village):
        return ngettext(
            "%(count)s form has no signed paper attached.",
            "%(count)s forms have no signed paper attached.",
            missing,
        ) % {"count": missing}
    if unasked := households_to_ask.left_in(round, [village.pk]):
        return ngettext(
            "%(count)s household that may have been forgotten is not asked yet.",
            "%(count)s households that may have been forgotten are not asked yet.",
            unasked,
        ) % {"count": unasked}
    if not surveys.exists():
        return _("Nothing is reviewed in this village.")
    return None


#: What the province may ask of the signed paper of each form (term form_paper).
_IN_FILE, _ATTACHED = 1, 2


def asks_for_file(day: dt.date) -> bool:
    """Whether who ends the survey states that the signed papers are in the file. One query."""
    return terms.in_force(day).choice("form_paper") == _IN_FILE


def _without_paper(round: ReviewRound, village: Area) -> int:
    """Complete forms without it, where the province wants each attached. Two queries at most."""
    if terms.in_force(clock.today()).choice("form_paper") != _ATTACHED:
        return 0
    return signed_forms.without_paper(round, village).count()


def reopen_survey(*, way: VillageReview, act: Act, by: User) -> None:
    """Back to the survey before the meeting, with a reason. Raises as steps.taken_by_village."""
    with taken_by_village(step=workflow.SURVEY_REOPENED, way=way, act=act, by=by):
        _end_reopenings(way)


def survey_again(*, way: VillageReview, act: Act, by: User) -> None:
    """Back to the survey after the meeting, which then is held again, with a reason."""
    with taken_by_village(step=workflow.SURVEY_AGAIN, way=way, act=act, by=by):
        """The step is all."""


def reopen_village(*, way: VillageReview, act: Act, by: User) -> None:
    """Back to the survey after the results were returned from above, with a reason.

    Raises as steps.taken_by_village, and Refused when nothing was returned.
    """
    with taken_by_village(step=workflow.VILLAGE_REOPENED, way=way, act=act, by=by):
        if not may_be_reopened(way.round, way.village):
            raise Refused(_("Only after the results were returned from above."))


def may_be_reopened(round: ReviewRound, village: Area) -> bool:
    """Whether the commune's results were returned in this round. One query."""
    returned = StepTaken.objects.filter(
        commune_review__round=round,
        commune_review__commune=village.parent_id,
        verb=workflow.RETURNED.verb,
    )
    return returned.exists()


def record_meeting(*, way: VillageReview, meeting: Meeting, act: Act, by: User) -> VillageMeeting:
    """Record a village meeting from its minutes. At least the share of those present that the law
    asks for agrees, or the village is surveyed again; a household voted on alone that stays under
    it is surveyed again and a further meeting deals with those (Decision 24/2021/QĐ-TTg).

    Raises as steps.taken_by_village; Invalid with the fields; Refused while forms are open.
    """
    _check_meeting(meeting)
    in_force = terms.in_force(act.acted_on)
    percent = in_force.meeting_share_percent
    presented = _presented(way, meeting.alone)
    failed = [
        presented[pk]
        for pk, agreed in meeting.alone.items()
        if not _is_enough(agreed, meeting.present, percent)
    ]
    if not _is_enough(meeting.agreed, meeting.present, percent):
        outcome, step = MeetingOutcome.NOT_AGREED, workflow.MEETING_NOT_AGREED
    elif failed:
        outcome, step = MeetingOutcome.AGREED_EXCEPT, workflow.MEETING_AGREED_EXCEPT
    else:
        outcome, step = MeetingOutcome.AGREED, workflow.MEETING_HELD
    with taken_by_village(step=step, way=way, act=act, by=by) as taken:
        if reason := why_not_meet(way):
            raise Refused(reason)
        _end_reopenings(way)
        held = _write_meeting(taken, meeting, percent, outcome)
        if outcome == MeetingOutcome.AGREED_EXCEPT:
            due_on = terms.working_days_after(act.acted_on, in_force.days("recheck_days"))
            for survey in failed:
                reason = _("The village meeting did not agree to the result.")
                rechecks.reopen(survey=survey, reason=reason, due_on=due_on, by=by)
    return held


def why_not_meet(way: VillageReview) -> str | None:
    """Forms opened again have to be complete before the (next) meeting. One query."""
    drafts = Survey.objects.filter(
        round=way.round, village=way.village, state=SurveyState.DRAFT
    ).exclude(form_a_passed=False)
    if number := drafts.count():
        return ngettext(
            "%(count)s form is not complete.", "%(count)s forms are not complete.", number
        ) % {"count": number}
    return None


def _is_enough(agreed: int, present: int, percent: int) -> bool:
    return agreed * 100 >= percent * present


def _check_meeting(meeting: Meeting) -> None:
    fields: dict[str, list[Words]] = {}
    if meeting.present < 1:
        fields["present"] = [_("Nobody was present.")]
    too_many = _("No more can agree than were present.")
    if not 0 <= meeting.agreed <= meeting.present:
        fields["agreed"] = [too_many]
    for pk, agreed in meeting.alone.items():
        if not 0 <= agreed <= meeting.present:
            fields[f"alone.{pk}"] = [too_many]
    for name, given in (("place", meeting.place), ("secretary_name", meeting.secretary_name)):
        if not given.strip():
            fields[name] = [_("This is missing.")]
    if fields:
        raise Invalid(_("The step is not recorded yet."), fields=fields)


def _presented(way: VillageReview, alone: Mapping[int, int]) -> dict[int, Survey]:
    """The forms voted on alone. Raises Invalid for one that is not complete in this village."""
    found = Survey.objects.filter(
        pk__in=list(alone), round=way.round, village=way.village, state=SurveyState.COMPLETE
    ).in_bulk()
    if missing := set(alone) - set(found):
        words = _("This household has no complete form in this village.")
        raise Invalid(words, fields={f"alone.{pk}": [words] for pk in missing})
    return found


def _write_meeting(
    taken: Taken, meeting: Meeting, percent: int, outcome: MeetingOutcome
) -> VillageMeeting:
    held = VillageMeeting.objects.create(
        step=taken.row,
        place=meeting.place.strip(),
        chair_name=taken.act.acted_by_name.strip(),
        secretary_name=meeting.secretary_name.strip(),
        present=meeting.present,
        agreed=meeting.agreed,
        required_percent=percent,
        outcome=outcome,
        opinions=meeting.opinions.strip(),
    )
    MeetingVote.objects.bulk_create(
        MeetingVote(meeting=held, survey_id=pk, agreed=agreed)
        for pk, agreed in sorted(meeting.alone.items())
    )
    return held


def _end_reopenings(way: VillageReview) -> None:
    """The forms that were open again are locked; they were complete."""
    SurveyReopening.objects.filter(
        survey__round=way.round, survey__village=way.village, ended_at__isnull=True
    ).update(ended_at=Now())


def post(
    *, way: VillageReview, places: str, is_read_out: bool, act: Act, by: User
) -> PublicPosting:
    """The results hang out from the act's day for the working days that the law asks for.

    Raises as steps.taken_by_village; Invalid (places).
    """
    if not places.strip():
        missing = _("This is missing.")
        raise Invalid(missing, fields={"places": [missing]})
    number = terms.in_force(act.acted_on).days("posting_days")
    with taken_by_village(step=workflow.POSTED, way=way, act=act, by=by):
        return PublicPosting.objects.create(
            village_review=way,
            places=places.strip(),
            is_read_out=is_read_out,
            posted_on=act.acted_on,
            ends_on=terms.working_days_after(act.acted_on, number),
            recorded_by=by,
        )


def close_posting(*, way: VillageReview, act: Act, by: User) -> None:
    """The results are taken down on the act's day, when they hung out their full time. Complaints
    that are open keep back their households, not the list.

    Raises as steps.taken_by_village; Invalid (acted_on) when it is too early.
    """
    with taken_by_village(step=workflow.CLOSED, way=way, act=act, by=by):
        open_one = PublicPosting.objects.filter(
            village_review=way, household__isnull=True, closed_on__isnull=True
        )
        posting = open_one.get()
        if act.acted_on < posting.ends_on:
            words = _("The list hangs out until %(day)s.") % {"day": f"{posting.ends_on:%d/%m/%Y}"}
            raise Invalid(words, fields={"acted_on": [words]})
        open_one.update(closed_on=act.acted_on)
