"""Every rule that the database keeps about programmes, broken once by raw SQL."""

import pytest

from programs.choices import BenefitState
from programs.models import Benefit, Programme
from tests.security.breaking import broken, kept_rules
from tests.security.conftest import Register

pytestmark = pytest.mark.django_db

_COPY = "copy programs_benefit SET uuid = gen_random_uuid()"
BREAKS: dict[str, str] = {
    "programs_benefit_amount_not_negative": "UPDATE programs_benefit SET amount_vnd = -1",
    "programs_benefit_ends_after_start": (
        "UPDATE programs_benefit SET valid_from = '2024-05-02', valid_to = '2024-05-01'"
    ),
    "programs_benefit_funding_known": "UPDATE programs_benefit SET funding = 'lottery'",
    "programs_benefit_months_of_a_year": "UPDATE programs_benefit SET months = 13",
    "programs_benefit_once_a_household": _COPY,
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


def test_every_rule_of_the_database_has_a_statement_that_breaks_it() -> None:
    assert kept_rules("programs") == set(BREAKS)


def test_each_rule_refuses_what_breaks_it_and_says_its_name(register: Register) -> None:
    Benefit.objects.create(
        programme=Programme.objects.get(code="housing"), household=register.household,
        commune=register.commune, state=BenefitState.SERVED, acted_on="2024-05-01",
        served_on="2024-05-01", once=True, recorded_by=register.officer,
    )  # fmt: skip
    silent = {
        name: said or "the database takes it"
        for name, statement in BREAKS.items()
        for said in [broken(statement)]
        if name not in said
    }
    assert silent == {}
