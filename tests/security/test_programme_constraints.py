"""Every rule that the database keeps about programmes, broken once by raw SQL."""

import pytest

from households.services.system_user import system_user
from programs.services import programmes
from tests.security.breaking import broken, kept_rules

pytestmark = pytest.mark.django_db

BREAKS: dict[str, str] = {
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


def test_each_rule_refuses_what_breaks_it_and_says_its_name() -> None:
    programmes.load(by=system_user())
    silent = {
        name: said or "the database takes it"
        for name, statement in BREAKS.items()
        for said in [broken(statement)]
        if name not in said
    }
    assert silent == {}
