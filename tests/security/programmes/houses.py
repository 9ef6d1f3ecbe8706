"""Houses and essential works: their addresses, the rules of their tables."""

from django.db import models

from programs.choices.houses import Build, PaymentLine, WorksFor
from programs.models import (
    HousingCase,
    HousingCeiling,
    HousingCriterion,
    HousingStage,
    SiteFile,
    SitePayment,
    WorksProject,
)
from programs.services import house_steps, site_files, site_payments
from programs.services.house_steps import Reached
from programs.services.site_payments import Paid
from tests.factories import houses, pictures
from tests.security import arguments as args
from tests.security.address import BOTH, GET, POST, Address
from tests.security.conftest import TODAY, Register
from tests.security.whom import For


def _house(register: Register) -> HousingCase:
    """Of the known family of commune A: decided, with a photo, a paper and a payment."""
    if found := HousingCase.objects.first():
        return found
    houses.rules()
    (case,) = houses.listed(
        register.village, register.officer, register.draft.household, held_on=TODAY,
        because="Nhà dột", build=Build.REPAIR,
    )  # fmt: skip
    houses.taken_to(case, "DECIDED", register.officer, on=TODAY)
    case = house_steps.reach(
        case=HousingCase.objects.get(), stage="FINISHED",
        reached=Reached(TODAY, photos=[pictures.jpeg()]), by=register.officer,
    )  # fmt: skip
    site_files.add(meeting=case.meeting, sources=[pictures.pdf()], by=register.officer)
    paid = Paid(TODAY, PaymentLine.LOCAL, 5_000_000)
    site_payments.pay_house(case=case, paid=paid, by=register.officer)
    return case


def _works(register: Register) -> WorksProject:
    if found := WorksProject.objects.first():
        return found
    houses.rules()
    return houses.work(
        register.village, register.officer, register.household, serves=WorksFor.HOUSEHOLD,
        started_on=TODAY,
    )  # fmt: skip


def _case(register: Register) -> tuple[object, ...]:
    return (_house(register).benefit.uuid,)


def _meeting(register: Register) -> tuple[object, ...]:
    return (_house(register).meeting.uuid,)


def _photo(register: Register) -> tuple[object, ...]:
    return (_house(register).files.get().uuid,)


def _payment(register: Register) -> tuple[object, ...]:
    return (_house(register).payments.get().pk,)


def _rule(register: Register, model: type[models.Model]) -> tuple[object, ...]:
    _house(register)
    return (model._default_manager.latest("pk").pk,)


def _work(register: Register) -> tuple[object, ...]:
    return (_works(register).uuid,)


ADDRESSES: dict[str, Address] = {
    "programs:housing_board": Address(For.READERS, GET),
    "programs:housing_rules": Address(For.LOGGED_IN, GET),
    "programs:housing_ceiling": Address(For.KEEPERS, POST, lambda r: _rule(r, HousingCeiling)),
    "programs:housing_norm": Address(For.KEEPERS, POST, lambda r: _rule(r, HousingStage)),
    "programs:housing_criterion": Address(For.KEEPERS, POST, lambda r: _rule(r, HousingCriterion)),
    "programs:housing_list": Address(For.READERS, GET, args.own_commune, owned=True),
    "programs:housing_out": Address(For.READERS, BOTH, args.own_commune, owned=True),
    "programs:housing_meeting_new": Address(For.CHECKERS, BOTH, args.village, owned=True),
    "programs:housing_meeting": Address(For.READERS, GET, _meeting, owned=True),
    "programs:housing_meeting_file": Address(For.CHECKERS, POST, _meeting, owned=True),
    "programs:housing_meeting_out": Address(For.READERS, BOTH, _meeting, owned=True),
    "programs:housing_case": Address(For.READERS, GET, _case, owned=True),
    "programs:housing_step": Address(For.CHECKERS, POST, _case, owned=True),
    "programs:housing_step_back": Address(For.CHECKERS, POST, _case, owned=True),
    "programs:housing_drop": Address(For.CHECKERS, POST, _case, owned=True),
    "programs:housing_pay": Address(For.CHECKERS, POST, _case, owned=True),
    "programs:housing_photo": Address(For.CHECKERS, POST, _case, owned=True),
    "programs:site_file": Address(For.READERS, GET, _photo, owned=True),
    "programs:site_file_small": Address(For.READERS, GET, _photo, owned=True),
    "programs:site_payment_back": Address(For.CHECKERS, BOTH, _payment, owned=True),
    "programs:works_list": Address(For.READERS, GET, args.own_commune, owned=True),
    "programs:works_file": Address(For.READERS, BOTH, args.own_commune, owned=True),
    "programs:works_to_check": Address(For.READERS, GET, args.own_commune, owned=True),
    "programs:works_new": Address(For.CHECKERS, BOTH, args.village, owned=True),
    "programs:works": Address(For.READERS, GET, _work, owned=True),
    "programs:works_serve": Address(For.CHECKERS, POST, _work, owned=True),
    "programs:works_accept": Address(For.CHECKERS, POST, _work, owned=True),
    "programs:works_pay": Address(For.CHECKERS, POST, _work, owned=True),
    "programs:works_photo": Address(For.CHECKERS, POST, _work, owned=True),
    "programs:works_cancel": Address(For.CHECKERS, POST, _work, owned=True),
}

_CASE, _WORK = "programs_housingcase", "programs_worksproject"
_PAYMENT, _FILE = "programs_sitepayment", "programs_sitefile"
BREAKS: dict[str, str] = {
    "programs_housingcase_accepted_is_whole": f"UPDATE {_CASE} SET area_built_m2 = 30",
    "programs_housingcase_benefit_id_key": f"copy {_CASE} SET priority = 9",
    "programs_housingcase_build_known": f"UPDATE {_CASE} SET build = 'CASTLE'",
    "programs_housingcase_one_place_each": (
        f"copy {_CASE} SET benefit_id = (SELECT max(id) FROM programs_benefit)"
    ),
    "programs_housingcase_order_from_one": f"UPDATE {_CASE} SET priority = 0",
    "programs_housingcase_plan_not_negative": f"UPDATE {_CASE} SET planned_vnd = -1",
    "programs_housingceiling_build_known": "UPDATE programs_housingceiling SET build = 'CASTLE'",
    "programs_housingceiling_doubt_known": "UPDATE programs_housingceiling SET doubt = 'perhaps'",
    "programs_housingceiling_is_money": "UPDATE programs_housingceiling SET ceiling_vnd = 0",
    "programs_housingceiling_line_known": "UPDATE programs_housingceiling SET line = 'LOTTERY'",
    "programs_housingceiling_once": "copy programs_housingceiling",
    "programs_housingcriterion_code_key": "copy programs_housingcriterion",
    "programs_housingcriterion_doubt_known": (
        "UPDATE programs_housingcriterion SET doubt = 'perhaps'"
    ),
    "programs_housingmeeting_has_minutes": "UPDATE programs_housingmeeting SET minutes_number = ''",
    "programs_housingmeeting_once": "copy programs_housingmeeting SET uuid = gen_random_uuid()",
    "programs_housingmeeting_somebody_present": "UPDATE programs_housingmeeting SET present = 0",
    "programs_housingmeeting_uuid_key": "copy programs_housingmeeting SET minutes_number = 'other'",
    "programs_housingstage_code_key": "copy programs_housingstage",
    "programs_housingstage_doubt_known": "UPDATE programs_housingstage SET doubt = 'perhaps'",
    "programs_housingstage_norm_is_days": "UPDATE programs_housingstage SET norm_days = 0",
    "programs_housingstep_once": "copy programs_housingstep",
    "programs_sitefile_has_content": f"UPDATE {_FILE} SET size_bytes = 0",
    "programs_sitefile_of_one_thing": f"UPDATE {_FILE} SET case_id = NULL, meeting_id = NULL,"
    " stage_id = NULL",
    "programs_sitefile_once": f"copy {_FILE} SET uuid = gen_random_uuid()",
    "programs_sitefile_stage_of_a_house": (
        f"UPDATE {_FILE} SET stage_id = (SELECT max(id) FROM programs_housingstage)"
        " WHERE case_id IS NULL"
    ),
    "programs_sitefile_uuid_key": f"copy {_FILE} SET source_sha256 = 'other'",
    "programs_sitepayment_is_money": f"UPDATE {_PAYMENT} SET amount_vnd = 0",
    "programs_sitepayment_line_known": f"UPDATE {_PAYMENT} SET line = 'LOTTERY'",
    "programs_sitepayment_of_one_thing": f"UPDATE {_PAYMENT} SET case_id = NULL",
    "programs_workskind_code_key": "copy programs_workskind",
    "programs_workskind_doubt_known": "UPDATE programs_workskind SET doubt = 'perhaps'",
    "programs_worksproject_accepted_has_minutes": (
        f"UPDATE {_WORK} SET ended_on = started_on, accepted_on = started_on"
    ),
    "programs_worksproject_days_in_order": f"UPDATE {_WORK} SET ended_on = '2000-01-01'",
    "programs_worksproject_has_a_name": f"UPDATE {_WORK} SET name = ''",
    "programs_worksproject_plan_not_negative": f"UPDATE {_WORK} SET planned_vnd = -1",
    "programs_worksproject_serves_known": f"UPDATE {_WORK} SET serves = 'DOG'",
    "programs_worksproject_uuid_key": f"copy {_WORK}",
    "programs_worksserved_benefit_id_key": "copy programs_worksserved",
}


def rows(register: Register) -> None:
    """A house on its way, and a work."""
    _house(register)
    _works(register)
    assert HousingStage.objects.exists()
    assert SiteFile.objects.count() == 2
    assert SitePayment.objects.exists()
