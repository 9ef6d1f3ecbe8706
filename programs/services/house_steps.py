"""Taking a house on step by step, and putting an end to one that is not built."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from households.errors import Conflict, Invalid, Refused, Words
from households.models import User
from households.services import audit
from households.services.constraint_messages import told_plainly
from programs import policies
from programs.choices import BenefitState
from programs.models import Benefit, HousingCase, HousingStage, HousingStep
from programs.services import site_files
from programs.services.benefit_checks import check_day
from programs.workflow import OPEN_STATES, SERVED_STATES, VOID_STATES
from programs.workflow.houses import ACCEPTED, DECIDED, STATE_AT, next_stage, state_before

_LONGEST_NOTE = 300


@dataclass(frozen=True)
class Reached:
    """A step reached. DECIDED asks for `number` and `planned_vnd`; ACCEPTED for the area and the
    three hards. `photos`: whole files."""

    reached_on: dt.date
    note: str = ""
    number: str = ""
    planned_vnd: int | None = None
    area_built_m2: Decimal | None = None
    hard_floor: bool = False
    hard_frame: bool = False
    hard_roof: bool = False
    photos: Sequence[bytes] = ()


def reach(*, case: HousingCase, stage: str, reached: Reached, by: User) -> HousingCase:
    """Record the next step of a house with its photos.

    Raises Refused, Invalid (not the next step, a day before the last step or still to come, a
    decision without number or plan, an acceptance without area), Conflict (somebody was first).
    """
    _refuse(by, case)
    check_day(reached.reached_on)
    photos = site_files.made_photos(reached.photos) if reached.photos else []
    with told_plainly(HousingStep, HousingCase, Benefit), audit.act(
        by=by, verb="housing.step", area=case.benefit.village,
        household=case.benefit.household, subject=case, details={"stage": stage},
    ):  # fmt: skip
        row = _locked(case)
        following = _next(row)
        if following is None or following.code != stage:
            raise Conflict(_("This step is not the next one: look at the house again."))
        if reached.reached_on < row.stage_on:
            told = _("This day lies before the step before it.")
            raise Invalid(told, fields={"reached_on": [told]})
        _take_facts(row, stage, reached)
        HousingStep.objects.create(
            case=row, stage=following, reached_on=reached.reached_on,
            note=reached.note.strip()[:_LONGEST_NOTE], recorded_by=by,
        )  # fmt: skip
        row.stage, row.stage_on = following, reached.reached_on
        row.save()
        _save_benefit(row, STATE_AT.get(stage))
        if photos:
            site_files.keep(photos, by=by, case=row, stage=following)
    return row


def _refuse(by: User, case: HousingCase) -> None:
    benefit = case.benefit
    if reason := policies.why_not_act_on_benefit(by, benefit):
        raise Refused(reason)


def _locked(case: HousingCase) -> HousingCase:
    """With its benefit; both are held until the act ends. Raises Invalid where it has ended."""
    rows = HousingCase.objects.select_for_update(of=("self", "benefit"))
    row: HousingCase = rows.select_related(
        "benefit__household", "benefit__programme", "benefit__terms", "stage"
    ).get(pk=case.pk)
    if row.benefit.state in VOID_STATES:
        raise Invalid(_("This house is not built any more."))
    return row


def _next(row: HousingCase) -> HousingStage | None:
    done = set(row.steps.values_list("stage__code", flat=True))
    return next_stage(list(HousingStage.objects.all()), row.build, done)


def _take_facts(row: HousingCase, stage: str, reached: Reached) -> None:
    fields: dict[str, list[Words]] = {}
    if stage == DECIDED:
        if not reached.number.strip():
            fields["number"] = [_("Write the number of the decision.")]
        if reached.planned_vnd is None:
            fields["planned_vnd"] = [_("Write the sum of the plan.")]
        row.planned_vnd, row.benefit.number = reached.planned_vnd, reached.number.strip()
    if stage == ACCEPTED:
        if not reached.area_built_m2:
            fields["area_built_m2"] = [_("Write the area that was built.")]
        row.area_built_m2 = reached.area_built_m2
        row.hard_floor, row.hard_frame = reached.hard_floor, reached.hard_frame
        row.hard_roof = reached.hard_roof
    if fields:
        raise Invalid(next(iter(fields.values()))[0], fields=fields)


def _save_benefit(row: HousingCase, state: BenefitState | None) -> None:
    """What the step makes of the benefit; received on the day of the acceptance."""
    benefit = row.benefit
    if state is None:
        benefit.save()
        return
    benefit.state, benefit.acted_on = state, row.stage_on
    if state not in SERVED_STATES:
        benefit.served_on = None
    elif benefit.served_on is None:
        benefit.served_on = row.stage_on
    benefit.save()


def take_back(*, case: HousingCase, stage: str, by: User, reason: str) -> HousingCase:
    """Take the last step back, recorded by mistake; its row stays in the history. `stage`: the code
    of the step that is meant. Raises Refused, Invalid (no reason, the meeting's list itself, money
    paid after the decision), Conflict (another step is the last one now)."""
    _refuse(by, case)
    reason = reason.strip()[:_LONGEST_NOTE]
    if not reason:
        raise Invalid(_("Write why."), fields={"reason": [_("missing")]})
    with told_plainly(HousingCase, Benefit), audit.act(
        by=by, verb="housing.step_back", area=case.benefit.village,
        household=case.benefit.household, subject=case,
        details={"stage": case.stage.code}, reason=reason,
    ):  # fmt: skip
        row = _locked(case)
        steps = list(row.steps.select_related("stage").order_by("stage__rank"))
        if len(steps) < 2:
            raise Invalid(_("The meeting's list itself is not taken back; the house is dropped."))
        last, before = steps[-1], steps[-2]
        if last.stage.code != stage:
            raise Conflict(_("This step is not the last one any more: look at the house again."))
        if last.stage.code == DECIDED and row.payments.filter(taken_back_because="").exists():
            raise Invalid(_("Money is paid already: take the payments back first."))
        last.delete()
        row.stage, row.stage_on = before.stage, before.reached_on
        if last.stage.code == DECIDED:
            row.planned_vnd, row.benefit.number = None, ""
        if last.stage.code == ACCEPTED:
            row.area_built_m2 = row.hard_floor = row.hard_frame = row.hard_roof = None
        row.save()
        stages = list(HousingStage.objects.all())
        left = {one.stage.code for one in steps[:-1]}
        _save_benefit(row, state_before(stages, row.build, left))
    return row


def drop(*, case: HousingCase, by: User, dropped_on: dt.date, reason: str) -> HousingCase:
    """The house is not built: refused, withdrawn, moved away. Raises Refused, Invalid (no reason,
    money paid, built already)."""
    _refuse(by, case)
    check_day(dropped_on)
    reason = reason.strip()[:_LONGEST_NOTE]
    if not reason:
        raise Invalid(_("Write why."), fields={"reason": [_("missing")]})
    with told_plainly(Benefit), audit.act(
        by=by, verb="housing.drop", area=case.benefit.village,
        household=case.benefit.household, subject=case, reason=reason,
    ):  # fmt: skip
        row = _locked(case)
        if row.benefit.state not in OPEN_STATES:
            raise Invalid(_("A house that is accepted is not dropped."))
        if row.payments.filter(taken_back_because="").exists():
            raise Invalid(_("Money is paid already: take the payments back first."))
        if dropped_on < row.stage_on:
            told = _("This day lies before the step before it.")
            raise Invalid(told, fields={"acted_on": [told]})
        row.benefit.state, row.benefit.acted_on = BenefitState.REFUSED, dropped_on
        row.benefit.reason = reason
        row.benefit.save()
    return row
