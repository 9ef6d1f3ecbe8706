"""Production projects: their addresses, and the rules of their tables."""

import datetime as dt

from programs.choices.projects import ParticipantStanding
from programs.models import (
    ProcedureStep,
    Project,
    ProjectCycle,
    ProjectEvaluation,
    ProjectParticipant,
    ProjectReminder,
)
from programs.services import project_money, projects
from programs.services.project_money import Paid
from tests.factories import projects as make
from tests.security.address import BOTH, GET, POST, Address
from tests.security.conftest import TODAY, Register
from tests.security.whom import For


def _project(register: Register) -> tuple[object, ...]:
    """Of commune A, on its way, with the complete family of the register in it."""
    if found := Project.objects.first():
        return (found.uuid,)
    make.loaded()
    made = make.project(register.commune, register.officer)
    make.walked(made, register.officer, TODAY - dt.timedelta(days=60), 20, 10)
    ProjectParticipant.objects.create(
        project=made, household=register.household, standing=ParticipantStanding.OTHER,
        joined_on=TODAY, recorded_by=register.officer,
    )  # fmt: skip
    return (made.uuid,)


def _step(register: Register) -> tuple[object, ...]:
    make.loaded()
    return (ProcedureStep.objects.get(procedure__code="community", code="appraisal").pk,)


ADDRESSES: dict[str, Address] = {
    "programs:project_board": Address(For.READERS, GET),
    "programs:project_sheet": Address(For.READERS, GET),
    "programs:project_reminders": Address(For.READERS, GET),
    "programs:project_steps": Address(For.READERS, GET),
    "programs:project_evaluations": Address(For.READERS, GET),
    "programs:project_procedures": Address(For.LOGGED_IN, GET),
    "programs:project_norm": Address(For.KEEPERS, POST, _step),
    "programs:project_new": Address(For.CHECKERS, BOTH),
    "programs:project": Address(For.READERS, GET, _project, owned=True),
    "programs:project_edit": Address(For.CHECKERS, BOTH, _project, owned=True),
    "programs:project_join": Address(For.CHECKERS, BOTH, _project, owned=True),
    "programs:project_act": Address(
        For.CHECKERS, POST, lambda register: (*_project(register), "leave"), owned=True
    ),
}

BREAKS: dict[str, str] = {
    "programs_procedurestep_norm_is_a_time": "UPDATE programs_procedurestep SET norm_days = 731",
    "programs_procedurestep_once_a_procedure": (
        "copy programs_procedurestep SET number = number + 100"
    ),
    "programs_procedurestep_one_a_place": "copy programs_procedurestep SET code = 'other'",
    "programs_project_approved_has_a_day": "UPDATE programs_project SET committed_on = NULL",
    "programs_project_has_a_name": "UPDATE programs_project SET season = ''",
    "programs_project_kind_known": "UPDATE programs_project SET kind = 'GOLD'",
    "programs_project_money_not_negative": "UPDATE programs_project SET own_vnd = -1",
    "programs_project_other_c_project_id_area_id_e5da0727_uniq": (
        "copy programs_project_other_communes"
    ),
    "programs_project_owner_kind_known": "UPDATE programs_project SET owner_kind = 'ALONE'",
    "programs_project_season_of_its_years": "UPDATE programs_project SET year = 2020",
    "programs_project_uuid_key": "copy programs_project",
    "programs_projectcycle_ends_after_start": (
        "UPDATE programs_projectcycle SET ended_on = '2000-01-01'"
    ),
    "programs_projectcycle_once_a_project": "copy programs_projectcycle",
    "programs_projectcycle_results_not_negative": "UPDATE programs_projectcycle SET sold_vnd = -1",
    "programs_projectevaluation_kept_among_those_that_began": (
        "UPDATE programs_projectevaluation SET kept_households = started_households + 1"
    ),
    "programs_projectevaluation_shortcoming_has_an_owner": (
        "UPDATE programs_projectevaluation SET mends = ''"
    ),
    "programs_projectevaluation_worth_repeating_known": (
        "UPDATE programs_projectevaluation SET worth_repeating = 'MAYBE'"
    ),
    "programs_projectparticipant_benefit_id_key": (
        "copy programs_projectparticipant SET household_id ="
        " (SELECT max(id) FROM households_household) WHERE benefit_id IS NOT NULL"
    ),
    "programs_projectparticipant_entitled_has_a_benefit": (
        "UPDATE programs_projectparticipant SET standing = 'TARGET', benefit_id = NULL"
    ),
    "programs_projectparticipant_money_not_negative": (
        "UPDATE programs_projectparticipant SET own_vnd = -1"
    ),
    "programs_projectparticipant_once_a_project": (
        "copy programs_projectparticipant SET benefit_id = NULL"
    ),
    "programs_projectparticipant_refused_says_why": (
        "UPDATE programs_projectparticipant SET standing = 'LEFT'"
    ),
    "programs_projectparticipant_standing_known": (
        "UPDATE programs_projectparticipant SET standing = 'FRIEND'"
    ),
    "programs_projectpayment_funding_known": (
        "UPDATE programs_projectpayment SET funding = 'lottery'"
    ),
    "programs_projectpayment_is_money": "UPDATE programs_projectpayment SET amount_vnd = 0",
    "programs_projectpayment_paid_after_acceptance": (
        "UPDATE programs_projectpayment SET paid_on = accepted_on - 1"
    ),
    "programs_projectprocedure_code_key": "copy programs_projectprocedure",
    "programs_projectprocedure_ends_after_start": (
        "UPDATE programs_projectprocedure SET valid_to = '2000-01-01'"
    ),
    "programs_projectprocedure_owner_kind_known": (
        "UPDATE programs_projectprocedure SET owner_kind = 'ALONE'"
    ),
    "programs_projectprocedure_share_is_a_share": (
        "UPDATE programs_projectprocedure SET target_share_percent = 101"
    ),
    "programs_projectreminder_says_whom_and_what": (
        "UPDATE programs_projectreminder SET reminded_whom = ''"
    ),
    "programs_projectstep_left_after_it_was_entered": (
        "UPDATE programs_projectstep SET left_on = entered_on - 1 WHERE left_on IS NOT NULL"
    ),
    "programs_projectstep_left_with_an_outcome": "UPDATE programs_projectstep SET outcome = 'DONE'",
    "programs_projectstep_one_at_a_time": "copy programs_projectstep",
    "programs_projectstep_outcome_known": (
        "UPDATE programs_projectstep SET outcome = 'LOST' WHERE left_on IS NOT NULL"
    ),
    "programs_projectstep_rejected_says_why": (
        "UPDATE programs_projectstep SET outcome = 'REJECTED', note = '' WHERE left_on IS NOT NULL"
    ),
}


def rows(register: Register) -> None:
    """One project with a row in each of its tables."""
    _project(register)
    made = Project.objects.get()
    made.other_communes.add(register.stranger_commune)
    by = {"project": made, "recorded_by": register.officer}
    projects.approve(
        project=made, committed_vnd=1_000_000, committed_on=TODAY, decision_number="1/QĐ",
        by=register.officer,
    )  # fmt: skip
    paid = Paid(TODAY, 1_000_000, "central", "1/BB", TODAY)
    project_money.pay(project=made, paid=paid, by=register.officer)
    part = ProjectParticipant.objects.get()
    part.benefit = register.draft.household.benefits.earliest("pk")
    part.save()
    ProjectReminder.objects.create(
        reminded_on=TODAY, reminded_whom="Hội đồng", words="Hẹn họp", **by
    )
    ProjectCycle.objects.create(
        number=1, started_on=TODAY, ended_on=TODAY, unit="kg", planned_quantity=1, sold_vnd=1, **by
    )
    ProjectEvaluation.objects.create(
        evaluated_on=TODAY, evaluated_by="Phòng", result="Đạt", started_households=1,
        shortcoming="x", mends="Thôn", mend_by=TODAY, worth_repeating="YES", **by,
    )  # fmt: skip
