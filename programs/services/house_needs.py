"""The village's meeting lists who needs a house: one act, a benefit and a house for each."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from households.errors import Conflict, Invalid, Refused
from households.models import Area, Household, Residence, User
from households.services import audit
from households.services.constraint_messages import told_plainly
from programs import policies
from programs.choices.houses import Build
from programs.models import (
    Benefit,
    HousingCase,
    HousingCriterion,
    HousingMeeting,
    HousingStage,
    HousingStep,
    Programme,
)
from programs.queries import house_needs as queries
from programs.queries import standing
from programs.services import site_files
from programs.services.benefit_checks import check_day
from programs.workflow.houses import MEETING, STATE_AT

_LONGEST_REASON = 300


@dataclass(frozen=True)
class Held:
    """The meeting by its minutes; `pages`: whole files of the signed minutes."""

    held_on: dt.date
    minutes_number: str
    chaired_by: str = ""
    present: int | None = None
    pages: Sequence[bytes] = ()


@dataclass(frozen=True)
class Need:
    """One household of the list. `criteria`: codes of HousingCriterion; `because`: why it is
    listed although no confirmed ground holds."""

    household: Household
    build: Build
    priority: int
    criteria: Sequence[str] = ()
    because: str = ""


@dataclass
class _Listed:
    """What the rows of one list share."""

    programme: Programme
    meeting: HousingMeeting
    stage: HousingStage
    by: User
    grounds: dict[int, int] = field(default_factory=dict)


def record(
    *, programme: Programme, village: Area, held: Held, needs: Sequence[Need], by: User
) -> HousingMeeting:
    """Record the meeting and its list in order.

    Raises Refused (no right there), Invalid (day, minutes, order, a household of another village,
    none holds and no reason), Conflict (a second house for one household, a meeting recorded
    already). Cost: some fifteen queries, and six a household.
    """
    if reason := policies.why_not_record_benefit(by, village):
        raise Refused(reason)
    check_day(held.held_on)
    _check(village, held, needs)
    _refuse_second_house(programme, needs)
    paper = site_files.made_paper(held.pages) if held.pages else None
    with (
        told_plainly(Benefit, HousingMeeting, HousingCase),
        audit.act(
            by=by, verb="housing.meeting", area=village, subject=programme,
            details={"held_on": held.held_on.isoformat(), "households": len(needs)},
        ),
    ):  # fmt: skip
        meeting = HousingMeeting.objects.create(
            village=village, held_on=held.held_on, minutes_number=held.minutes_number.strip(),
            chaired_by=held.chaired_by.strip(), present=held.present, recorded_by=by,
        )  # fmt: skip
        if paper:
            site_files.keep([paper], by=by, meeting=meeting)
        listed = _Listed(programme, meeting, HousingStage.objects.get(code=MEETING), by)
        households = [one.household.pk for one in needs]
        listed.grounds = {
            one.household_id: one.terms_id
            for one in standing.entitled(programme, held.held_on, households=households)
        }
        for need in needs:
            _list(listed, need)
    return meeting


def _check(village: Area, held: Held, needs: Sequence[Need]) -> None:
    if not held.minutes_number.strip():
        told = _("Write the number of the minutes.")
        raise Invalid(told, fields={"minutes_number": [told]})
    if not needs:
        raise Invalid(_("Tick at least one household."))
    order = [one.priority for one in needs]
    if len(set(order)) < len(order):
        raise Invalid(_("Two households have the same place in the order."))
    known = set(HousingCriterion.objects.values_list("code", flat=True))
    if any(set(one.criteria) - known for one in needs):
        raise Invalid(_("This code does not exist."))
    homes = Residence.objects.on(held.held_on).filter(
        village=village, household__in=[one.household.pk for one in needs]
    )
    living = set(homes.values_list("household", flat=True))
    if strangers := [one.household.code for one in needs if one.household.pk not in living]:
        raise Invalid(
            _("Did not live in the village on this day: %(codes)s.")
            % {"codes": ", ".join(strangers)}
        )


def _refuse_second_house(programme: Programme, needs: Sequence[Need]) -> None:
    houses = queries.houses_of(programme, [one.household.pk for one in needs])
    for need in needs:
        if first := houses.get(need.household.pk):
            raise Conflict(
                _("A second house for one household: %(code)s has one already (%(state)s).")
                % {"code": need.household.code, "state": first.get_state_display()}
            )


def _list(listed: _Listed, need: Need) -> None:
    terms, because = listed.grounds.get(need.household.pk), need.because.strip()
    if terms is None and not because:
        raise Invalid(
            _("No confirmed ground holds for %(code)s: write why it is listed.")
            % {"code": need.household.code}
        )
    meeting = listed.meeting
    assert meeting.village.parent is not None
    with audit.act(
        by=listed.by, verb="benefit.record", area=meeting.village, household=need.household,
        subject=listed.programme,
        details={"programme": listed.programme.code, "state": STATE_AT[MEETING]},
    ):  # fmt: skip
        benefit = Benefit.objects.create(
            programme=listed.programme, terms_id=terms, household=need.household,
            commune=meeting.village.parent, village=meeting.village,
            state=STATE_AT[MEETING], acted_on=meeting.held_on, once=listed.programme.once,
            reason="" if terms else because[:_LONGEST_REASON], recorded_by=listed.by,
        )  # fmt: skip
        case = HousingCase.objects.create(
            benefit=benefit, meeting=meeting, build=need.build, priority=need.priority,
            criteria=list(need.criteria), stage=listed.stage, stage_on=meeting.held_on,
        )  # fmt: skip
        HousingStep.objects.create(
            case=case, stage=listed.stage, reached_on=meeting.held_on, recorded_by=listed.by
        )
