"""Evaluations of production projects and of models, that others can learn from."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from households.errors import Invalid, Refused, Words
from households.models import User
from households.services import audit
from households.services.constraint_messages import told_plainly
from programs import policies
from programs.choices.activities import ActivityKind
from programs.models import Activity, ActivityEvaluation, Evaluation, Project, ProjectEvaluation
from programs.policies.projects import why_not_keep_project
from programs.queries.activities import households_of
from programs.services.projects import check_past


@dataclass(frozen=True)
class Verdict:
    """An evaluation. A shortcoming has somebody who mends it and a day."""

    evaluated_on: dt.date
    evaluated_by: str
    result: str
    started_households: int
    worth_repeating: str
    kept_households: int | None = None
    shortcoming: str = ""
    mends: str = ""
    mend_by: dt.date | None = None
    repeat_where: str = ""


def evaluate(*, of: Project | Activity, verdict: Verdict, by: User) -> Evaluation:
    """Keep an evaluation. Raises Refused, Invalid (a day to come, a shortcoming nobody mends, more
    kept it than began; of an activity: no model, taken back, more began than took part, kept before
    twelve months were over), Conflict."""
    _refuse(by, of)
    check_past(verdict.evaluated_on, "evaluated_on")
    _raise_any(_faults(verdict))
    kind = ProjectEvaluation if isinstance(of, Project) else ActivityEvaluation
    with (
        told_plainly(kind),
        audit.act(by=by, verb=f"{kind.OF}.evaluate", area=of.commune, subject=of),
    ):
        if isinstance(of, Activity):
            _check_model(of, verdict)
        kept = kind(recorded_by=by, **{kind.OF: of}, **vars(verdict))
        kept.save()
    return kept


def mend(*, evaluation: Evaluation, mended_on: dt.date, by: User) -> Evaluation:
    """The shortcoming is mended. Raises Refused, Invalid (there is none, a day to come)."""
    of = evaluation.of
    _refuse(by, of)
    check_past(mended_on, "mended_on")
    if not evaluation.shortcoming:
        raise Invalid(_("It names no shortcoming."))
    with audit.act(by=by, verb=f"{evaluation.OF}.mend", area=of.commune, subject=of):
        evaluation.mended_on = mended_on
        evaluation.save(update_fields=["mended_on"])
    return evaluation


def _refuse(by: User, of: Project | Activity) -> None:
    keeps = why_not_keep_project if isinstance(of, Project) else policies.why_not_record_benefit
    if reason := keeps(by, of.commune):
        raise Refused(reason)


def _faults(verdict: Verdict) -> dict[str, list[Words]]:
    fields: dict[str, list[Words]] = {}
    if verdict.shortcoming and not verdict.mends:
        fields["mends"] = [_("A shortcoming says who mends it by when.")]
    if verdict.shortcoming and verdict.mend_by is None:
        fields["mend_by"] = [_("A shortcoming says who mends it by when.")]
    if (verdict.kept_households or 0) > verdict.started_households:
        fields["kept_households"] = [_("More households kept it than began.")]
    return fields


def _check_model(activity: Activity, verdict: Verdict) -> None:
    """The activity is held as it is now, so that it is not taken back meanwhile."""
    row: Activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    if row.kind != ActivityKind.MODEL:
        raise Invalid(_("Only a model is evaluated."))
    if row.cancelled_because:
        raise Invalid(_("It was taken back already."))
    fields: dict[str, list[Words]] = {}
    if verdict.evaluated_on < row.begins_on:
        fields["evaluated_on"] = [_("It has not begun yet.")]
    took_part = households_of(row)
    if verdict.started_households > took_part:
        told = _("More began than took part by name (households: %(count)s).") % {
            "count": took_part
        }
        fields["started_households"] = [told]
    since = row.kept_known_from
    if verdict.kept_households is not None and verdict.evaluated_on < since:
        told = _("12 months are over on %(day)s: leave it empty before.")
        fields["kept_households"] = [told % {"day": f"{since:%d/%m/%Y}"}]
    _raise_any(fields)


def _raise_any(fields: dict[str, list[Words]]) -> None:
    if fields:
        raise Invalid(next(iter(fields.values()))[0], fields=fields)
