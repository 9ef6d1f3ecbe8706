"""Programmes, their terms, and the support that is recorded."""

from households.models import Membership
from programs.choices import BenefitState
from programs.models import Benefit, Programme, ProgrammeTerms
from tests.security import arguments as args
from tests.security.address import BOTH, GET, POST, Address
from tests.security.conftest import Register
from tests.security.whom import For


def _terms(register: Register) -> tuple[object, ...]:
    return (ProgrammeTerms.objects.get(programme__code="tet_gift").pk, "who")


def _ground(register: Register) -> tuple[object, ...]:
    return (ProgrammeTerms.objects.get(programme__code="tet_gift").pk,)


def _benefit(register: Register) -> tuple[object, ...]:
    return (Benefit.objects.get(programme__code="loan").uuid,)


def _person(register: Register) -> tuple[object, ...]:
    return (Membership.objects.filter(household=register.household).earliest("pk").person_id,)


ADDRESSES: dict[str, Address] = {
    "programs:programme_list": Address(For.LOGGED_IN, GET),
    "programs:programme": Address(For.LOGGED_IN, GET, lambda register: ("loan",)),
    "programs:terms_confirm": Address(For.KEEPERS, POST, _terms),
    "programs:terms_state": Address(For.KEEPERS, BOTH, _ground),
    "programs:inspection_dossier": Address(For.INSPECTOR, POST, args.inspection, owned=True),
    "programs:support": Address(For.READERS, GET, args.household, owned=True),
    "programs:person_support": Address(For.READERS, GET, _person, owned=True),
    "programs:benefit_new": Address(
        For.CHECKERS, BOTH, lambda r: (r.household.pk, "loan"), owned=True
    ),
    "programs:benefit": Address(For.READERS, GET, _benefit, owned=True),
    "programs:benefit_step": Address(For.CHECKERS, POST, _benefit, owned=True),
    "programs:benefit_cancel": Address(For.CHECKERS, POST, _benefit, owned=True),
}

_COPY = "copy programs_benefit SET uuid = gen_random_uuid()"
BREAKS: dict[str, str] = {
    "programs_benefit_amount_not_negative": "UPDATE programs_benefit SET amount_vnd = -1",
    "programs_benefit_ends_after_start": (
        "UPDATE programs_benefit SET valid_from = '2024-05-02', valid_to = '2024-05-01'"
    ),
    "programs_benefit_funding_known": "UPDATE programs_benefit SET funding = 'lottery'",
    "programs_benefit_months_of_a_year": "UPDATE programs_benefit SET months = 13",
    "programs_benefit_once_a_household": _COPY,
    "programs_benefit_school_level_known": "UPDATE programs_benefit SET school_level = 'nursery'",
    "programs_benefit_served_has_a_day": "UPDATE programs_benefit SET served_on = NULL",
    "programs_benefit_somebody_receives_it": (
        "UPDATE programs_benefit SET outside_name = 'Somebody too'"
    ),
    "programs_benefit_state_known": "UPDATE programs_benefit SET state = 'LOST', served_on = NULL",
    "programs_benefit_uuid_key": "copy programs_benefit SET once = false",
    "programs_benefit_void_has_a_reason": (
        "UPDATE programs_benefit SET state = 'REFUSED', served_on = NULL"
    ),
    "programs_programme_code_key": "copy programs_programme",
    "programs_programme_kind_known": "UPDATE programs_programme SET kind = 'GIFT'",
    "programs_programme_recipient_known": "UPDATE programs_programme SET recipient = 'DOG'",
    "programs_programmeterms_amount_per_known": (
        "UPDATE programs_programmeterms SET amount_vnd = 1, amount_per = 'HOUR'"
    ),
    "programs_programmeterms_amount_says_for_what": (
        "UPDATE programs_programmeterms SET amount_vnd = 1, amount_per = ''"
    ),
    "programs_programmeterms_ends_after_start": (
        "UPDATE programs_programmeterms SET valid_to = '2000-01-01'"
    ),
    "programs_programmeterms_money_not_negative": (
        "UPDATE programs_programmeterms SET ceiling_vnd = -1"
    ),
    "programs_programmeterms_one_at_a_time": "copy programs_programmeterms",
    "programs_programmeterms_share_is_a_share": (
        "UPDATE programs_programmeterms SET share_percent = 101"
    ),
}


def rows(register: Register) -> None:
    """A house, once for all."""
    Benefit.objects.create(
        programme=Programme.objects.get(code="housing"), household=register.household,
        commune=register.commune, state=BenefitState.SERVED, acted_on="2024-05-01",
        served_on="2024-05-01", once=True, recorded_by=register.officer,
    )  # fmt: skip
