"""Every rule that the database keeps about figures, broken once by raw SQL."""

import pytest

from tests.security.breaking import broken, kept_rules
from tests.security.conftest import Register
from tests.security.figures import BREAKS, ROWS

pytestmark = pytest.mark.django_db


def test_every_rule_of_the_database_has_a_statement_that_breaks_it() -> None:
    assert kept_rules("reports") == set(BREAKS)


def test_each_rule_refuses_what_breaks_it_and_says_its_name(register: Register) -> None:
    for make in ROWS:
        make(register)
    silent = {
        name: said or "the database takes it"
        for name, statement in BREAKS.items()
        for said in [broken(statement)]
        if name not in said
    }
    assert silent == {}
