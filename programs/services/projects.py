"""Opening a production project, its approval, its season, and reminding who is late."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Sum
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from households import clock
from households.errors import Invalid, Refused, Words
from households.models import Area, User
from households.services import audit
from households.services.constraint_messages import told_plainly
from programs.choices import ProgrammeKind
from programs.models import Programme, Project, ProjectProcedure, ProjectReminder
from programs.policies import projects as policies
from programs.queries import project_progress
from programs.workflow import SERVED_STATES

_LONGEST_REASON = 300


@dataclass(frozen=True)
class Plan:
    """What a project is to be; sums in whole đồng."""

    name: str
    kind: str
    lead_unit: str
    product: str
    year: int
    season: str
    season_deadline: dt.date
    buyer: str = ""
    central_vnd: int = 0
    local_vnd: int = 0
    own_vnd: int = 0
    revolving_vnd: int = 0
    outside_households: int = 0


def open_project(
    *,
    commune: Area,
    procedure: ProjectProcedure,
    plan: Plan,
    by: User,
    other_communes: Sequence[Area] = (),
) -> Project:
    """A project of a commune's dossier, on its way by one procedure. Raises Refused (no right in
    the commune), Invalid (procedure not in force in the plan year, no programme), Conflict."""
    if reason := policies.why_not_keep_project(by, commune):
        raise Refused(reason)
    _check_procedure(procedure, plan.year)
    programme = Programme.objects.filter(kind=ProgrammeKind.PROJECT).order_by("pk").first()
    if programme is None:
        raise Invalid(_("The programme of production projects is not loaded."))
    project = Project(
        programme=programme, procedure=procedure, owner_kind=procedure.owner_kind,
        commune=commune, recorded_by=by, **vars(plan),
    )  # fmt: skip
    with (
        told_plainly(Project),
        audit.act(
            by=by, verb="project.open", area=commune, subject=programme,
            details={"procedure": procedure.code, "year": plan.year},
        ),
    ):  # fmt: skip
        project.save()
        project.other_communes.set([one for one in other_communes if one.pk != commune.pk])
    return project


def _check_procedure(procedure: ProjectProcedure, year: int) -> None:
    ended = procedure.valid_to is not None and procedure.valid_to < dt.date(year, 1, 1)
    if ended or procedure.valid_from > dt.date(year, 12, 31):
        raise Invalid(
            _("This procedure is not in force in the plan year."),
            fields={"procedure": [_("not in force in this year")]},
        )


def change(*, project: Project, plan: Plan, by: User, other_communes: Sequence[Area]) -> Project:
    """Correct what was planned; kind of owner and procedure stay. Raises Refused, Invalid (another
    season once the dossier is on its way: move_season asks why), Conflict."""
    if reason := policies.why_not_keep_project(by, project.commune):
        raise Refused(reason)
    with (
        told_plainly(Project),
        audit.act(by=by, verb="project.change", area=project.commune, subject=project),
    ):
        row = locked(project)
        if plan.season_deadline != row.season_deadline and row.stays.exists():
            words = _("The dossier is on its way: its season is moved with a reason.")
            raise Invalid(words, fields={"season_deadline": [words]})
        for name, value in vars(plan).items():
            setattr(row, name, value)
        row.save()
        row.other_communes.set([one for one in other_communes if one.pk != row.commune_id])
    return row


def approve(
    *, project: Project, committed_vnd: int, committed_on: dt.date, decision_number: str, by: User
) -> Project:
    """What the decision approves of the sum. Never below what was paid. Raises Refused, Invalid
    (a day to come, no number, below the payments), Conflict."""
    if reason := policies.why_not_keep_project(by, project.commune):
        raise Refused(reason)
    check_past(committed_on, "committed_on")
    if not decision_number.strip():
        raise Invalid(
            _("Write the number of the decision."), fields={"decision_number": [_("missing")]}
        )
    with (
        told_plainly(Project),
        audit.act(
            by=by, verb="project.approve", area=project.commune, subject=project,
            details={"committed_vnd": committed_vnd},
        ),
    ):  # fmt: skip
        row = locked(project)
        paid = row.payments.filter(void_reason="").aggregate(sum=Sum("amount_vnd"))["sum"] or 0
        received = row.participants.filter(benefit__state__in=SERVED_STATES)
        had = received.aggregate(sum=Sum("benefit__amount_vnd"))["sum"] or 0
        if committed_vnd < max(paid, had):
            words = _("%(sum)s đồng were paid already.") % {
                "sum": number_format(max(paid, had), force_grouping=True)
            }
            raise Invalid(words, fields={"committed_vnd": [words]})
        row.committed_vnd, row.committed_on = committed_vnd, committed_on
        row.decision_number = decision_number.strip()
        row.save()
    return row


def move_season(
    *, project: Project, season: str, season_deadline: dt.date, reason: str, by: User
) -> Project:
    """Give up a season and aim at another one. The reason stands in the record. Raises Refused,
    Invalid (no reason, the season is over), Conflict."""
    if why_not := policies.why_not_keep_project(by, project.commune):
        raise Refused(why_not)
    fields: dict[str, list[Words]] = {}
    if not reason.strip():
        fields["reason"] = [_("Write why.")]
    if season_deadline < clock.today():
        fields["season_deadline"] = [_("This season is over.")]
    if fields:
        raise Invalid(_("The season is not changed yet."), fields=fields)
    with (
        told_plainly(Project),
        audit.act(
            by=by, verb="project.move_season", area=project.commune, subject=project,
            details={"from": f"{project.season_deadline}", "to": f"{season_deadline}"},
            reason=reason.strip()[:_LONGEST_REASON],
        ),
    ):  # fmt: skip
        row = locked(project)
        row.season, row.season_deadline = season.strip(), season_deadline
        row.save()
    return row


def remind(
    *, project: Project, reminded_on: dt.date, reminded_whom: str, words: str, by: User
) -> ProjectReminder:
    """Keep that somebody was reminded of the step the project lies in. Raises Refused, Invalid (a
    day to come), Conflict (nobody, nothing)."""
    if reason := policies.why_not_keep_project(by, project.commune):
        raise Refused(reason)
    check_past(reminded_on, "reminded_on")
    standing = project_progress.of_project(project, reminded_on)
    with (
        told_plainly(ProjectReminder),
        audit.act(by=by, verb="project.remind", area=project.commune, subject=project),
    ):
        return ProjectReminder.objects.create(
            project=project, step=standing.step, reminded_on=reminded_on,
            reminded_whom=reminded_whom.strip(), words=words.strip(), recorded_by=by,
        )  # fmt: skip


def locked(project: Project) -> Project:
    """The row as it is now, until the transaction ends."""
    row: Project = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    return row


def check_past(day: dt.date, field: str) -> None:
    """Raises Invalid for a day to come."""
    if day > clock.today():
        raise Invalid(_("This day is still to come."), fields={field: [_("still to come")]})
