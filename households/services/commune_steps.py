"""A commune's way after its villages: closed, sent up, opinion or return."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from households import workflow
from households.choices import AreaLevel, CommuneState, RoundKind, VillageState
from households.choices.notices import NoticeKind
from households.errors import Refused
from households.models import Area, CommuneReview, ReviewRound, StepTaken, User
from households.queries import terms, village_ways
from households.services import notices, rounds
from households.services.steps import Act, Taken, taken_by_commune
from households.workflow import Step


def begun(*, round: ReviewRound, commune: Area) -> CommuneReview:
    """The commune's way, begun if it is not yet. Two statements; writes no act of its own."""
    rounds.start_ways(round=round, commune_ids=[commune.pk], village_ids=[])
    return CommuneReview.objects.select_related("round__province", "commune").get(
        round=round, commune=commune
    )


def district_asked(round: ReviewRound, commune: Area, on: dt.date) -> Area | None:
    """The district whose opinion is asked, or None: there is none on that day, its opinion is no
    longer asked, or the round is ad hoc (Decision 406/QĐ-LĐTBXH: steps 2 to 4, then decision).
    At most two queries."""
    if round.kind == RoundKind.AD_HOC or on > terms.in_force(on).district_opinion_until:
        return None
    if commune.parent_id is None:
        return None
    above = Area.objects.filter(pk=commune.parent_id, level=AreaLevel.DISTRICT)
    found: Area | None = above.on(on).first()
    return found


def recognising_step(way: CommuneReview, on: dt.date) -> Step:
    """The step by which the chair recognises on a day: after the district's opinion, which counts
    also where the district ended since; directly where none is asked. At most two queries."""
    if way.state != CommuneState.OPINION and district_asked(way.round, way.commune, on) is None:
        return workflow.RECOGNISED_DIRECTLY
    return workflow.RECOGNISED


def close_villages(*, way: CommuneReview, act: Act, by: User) -> None:
    """All villages are done. Raises as steps.taken_by_commune, and Refused naming the villages."""
    with taken_by_commune(step=workflow.VILLAGES_CLOSED, way=way, act=act, by=by) as taken:
        if reason := why_not_close_villages(way.round, way.commune):
            raise Refused(reason)
        if district_asked(way.round, way.commune, act.acted_on) is None:
            _tell(NoticeKind.TO_SIGN, taken)


def why_not_close_villages(round: ReviewRound, commune: Area) -> str | None:
    """Which villages are not closed yet. Nine queries."""
    villages = [one for one in village_ways.of_commune(round, commune) if one.has_work]
    if not villages:
        return _("Nothing is reviewed in this commune.")
    waiting = [one.village.name for one in villages if one.state != VillageState.CLOSED]
    if not waiting:
        return None
    named = ", ".join(waiting[:_NAMED]) + ("…" if len(waiting) > _NAMED else "")
    return ngettext(
        "%(count)s village is not closed: %(names)s.",
        "%(count)s villages are not closed: %(names)s.",
        len(waiting),
    ) % {"count": len(waiting), "names": named}


_NAMED = 5


def send_up(*, way: CommuneReview, act: Act, by: User) -> None:
    """The results go to the district for its opinion. Raises as steps.taken_by_commune, and Refused
    where no district is asked."""
    if district_asked(way.round, way.commune, act.acted_on) is None:
        raise Refused(_("No district is asked for its opinion; the chair decides directly."))
    with taken_by_commune(step=workflow.SENT_UP, way=way, act=act, by=by) as taken:
        _tell(NoticeKind.SENT_UP, taken)


def record_opinion(*, way: CommuneReview, act: Act, by: User) -> None:
    """The district agrees. Raises as steps.taken_by_commune."""
    with taken_by_commune(step=workflow.OPINION, way=way, act=act, by=by) as taken:
        _tell(NoticeKind.TO_SIGN, taken)


def record_return(*, way: CommuneReview, act: Act, by: User) -> None:
    """The district sends the results back, with its reason. Raises as steps.taken_by_commune."""
    with taken_by_commune(step=workflow.RETURNED, way=way, act=act, by=by) as taken:
        _tell(NoticeKind.RETURNED, taken)


def opinion_due_on(way: CommuneReview) -> dt.date | None:
    """The last day of the district's opinion, where it is waited for. Two queries."""
    if way.state != CommuneState.SENT_UP:
        return None
    sent = StepTaken.objects.filter(commune_review=way, verb=workflow.SENT_UP.verb).last()
    if sent is None:
        return None
    days = terms.in_force(sent.acted_on).days("opinion_days")
    return terms.working_days_after(sent.acted_on, days)


def _tell(kind: NoticeKind, taken: Taken) -> None:
    way = taken.commune_way
    notices.tell(kind=kind, area=way.commune, round=way.round, key=str(taken.row.pk))


def reopen(*, way: CommuneReview, act: Act, by: User) -> None:
    """Under review again after a return; villages are reopened one by one where something is to
    change. Raises as steps.taken_by_commune."""
    with taken_by_commune(step=workflow.REOPENED, way=way, act=act, by=by):
        """The step is all."""
