"""Activities, training, jobs, and asking whether they last."""

from programs.models import (
    Activity,
    ActivityEvaluation,
    Benefit,
    Employment,
    EmploymentCheck,
    Participation,
    Programme,
)
from tests.security.address import BOTH, GET, POST, Address
from tests.security.conftest import Register
from tests.security.whom import For


def _activity(
    register: Register, kind: str = "VOCATIONAL", programme: str = "training"
) -> tuple[object, ...]:
    found, _made = Activity.objects.get_or_create(
        topic="Nuôi gà", kind=kind, commune=register.commune,
        defaults={
            "programme": Programme.objects.get(code=programme), "begins_on": "2024-05-01",
            "ends_on": "2024-05-03", "recorded_by": register.officer,
        },
    )  # fmt: skip
    return (found.uuid,)


def _model(register: Register) -> tuple[object, ...]:
    return _activity(register, "MODEL", "knowledge")


def _job(register: Register) -> tuple[object, ...]:
    found, _made = Benefit.objects.get_or_create(
        programme=Programme.objects.get(code="job"), outside_name="Người Ngoài",
        commune=register.commune,
        defaults={
            "state": "SERVED", "acted_on": "2024-05-01", "served_on": "2024-05-01",
            "recorded_by": register.officer,
        },
    )  # fmt: skip
    return (found.uuid,)


ADDRESSES: dict[str, Address] = {
    "programs:activity_list": Address(For.READERS, GET),
    "programs:training_list": Address(For.READERS, GET),
    "programs:activity_new": Address(For.CHECKERS, BOTH),
    "programs:training_new": Address(For.CHECKERS, BOTH),
    "programs:activity": Address(For.READERS, GET, _activity, owned=True),
    "programs:activity_edit": Address(For.CHECKERS, BOTH, _activity, owned=True),
    "programs:activity_cancel": Address(For.CHECKERS, POST, _activity, owned=True),
    "programs:activity_outcomes": Address(For.CHECKERS, POST, _activity, owned=True),
    "programs:activity_evaluate": Address(For.CHECKERS, POST, _model, owned=True),
    "programs:activity_mend": Address(For.CHECKERS, POST, _model, owned=True),
    "programs:participants_add": Address(For.CHECKERS, BOTH, _activity, owned=True),
    "programs:outsider_add": Address(For.CHECKERS, BOTH, _activity, owned=True),
    "programs:job_list": Address(For.READERS, GET),
    "programs:job_new": Address(For.CHECKERS, BOTH),
    "programs:job": Address(For.READERS, BOTH, _job, owned=True),
    "programs:job_step": Address(For.CHECKERS, POST, _job, owned=True),
    "programs:job_checks": Address(For.READERS, BOTH),
    "programs:skill_file": Address(For.READERS, BOTH, lambda register: ("jobs",)),
}

BREAKS: dict[str, str] = {
    "programs_activity_ends_after_start": "UPDATE programs_activity SET ends_on = '2000-01-01'",
    "programs_activity_has_a_topic": "UPDATE programs_activity SET topic = ''",
    "programs_activity_hours_and_cost_not_negative": "UPDATE programs_activity SET hours = 0",
    "programs_activity_kind_known": "UPDATE programs_activity SET kind = 'DANCE'",
    "programs_activity_parts_within_people": (
        "UPDATE programs_activity SET people_reached = 3, women_reached = 4"
    ),
    "programs_activity_people_not_negative": "UPDATE programs_activity SET people_reached = -1",
    "programs_activity_uuid_key": "copy programs_activity",
    "programs_activityevaluation_kept_among_those_that_began": (
        "UPDATE programs_activityevaluation SET kept_households = started_households + 1"
    ),
    "programs_activityevaluation_shortcoming_has_an_owner": (
        "UPDATE programs_activityevaluation SET mends = ''"
    ),
    "programs_activityevaluation_worth_repeating_known": (
        "UPDATE programs_activityevaluation SET worth_repeating = 'MAYBE'"
    ),
    "programs_employment_abroad_has_a_country": "UPDATE programs_employment SET country = 'Lào'",
    "programs_employment_benefit_id_key": "copy programs_employment",
    "programs_employment_kind_known": "UPDATE programs_employment SET kind = 'HOBBY'",
    "programs_employment_wage_not_negative": "UPDATE programs_employment SET wage_vnd = -1",
    "programs_employmentcheck_after_months_known": (
        "UPDATE programs_employmentcheck SET after_months = 4"
    ),
    "programs_employmentcheck_answer_known": (
        "UPDATE programs_employmentcheck SET answer = 'MAYBE', wage_vnd = NULL"
    ),
    "programs_employmentcheck_asked_how_known": (
        "UPDATE programs_employmentcheck SET asked_how = 'DREAM'"
    ),
    "programs_employmentcheck_once_a_term": "copy programs_employmentcheck",
    "programs_employmentcheck_wage_of_who_works": (
        "UPDATE programs_employmentcheck SET answer = 'NO', wage_vnd = 1"
    ),
    "programs_participation_benefit_id_key": "copy programs_participation",
}


def rows(register: Register) -> None:
    """An activity with somebody who takes part, a job that was asked about."""
    (uuid,), (job,) = _activity(register), _job(register)
    work = Benefit.objects.get(uuid=job)
    Participation.objects.create(
        activity=Activity.objects.get(uuid=uuid),
        benefit=Benefit.objects.create(
            programme=Programme.objects.get(code="training"), outside_name="Học viên",
            commune=register.commune, state="LISTED", acted_on="2024-05-01",
            recorded_by=register.officer,
        ),
    )  # fmt: skip
    (model,) = _model(register)
    ActivityEvaluation.objects.create(
        activity=Activity.objects.get(uuid=model), evaluated_on="2024-09-01", evaluated_by="Phòng",
        result="Đạt", started_households=1, shortcoming="x", mends="Thôn", mend_by="2024-09-30",
        worth_repeating="YES", recorded_by=register.officer,
    )  # fmt: skip
    Employment.objects.create(benefit=work, kind="LOCAL")
    EmploymentCheck.objects.create(
        benefit=work, after_months=3, answer="YES", checked_on="2024-09-01", asked_how="VISIT",
        recorded_by=register.officer,
    )  # fmt: skip
