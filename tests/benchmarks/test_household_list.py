"""The benchmark of the list runs, here over a few households; its times say nothing then."""

import pytest
from django.test.utils import override_settings

from benchmarks import household_list
from households.services import reference
from households.services.system_user import system_user


@pytest.mark.django_db
def test_every_page_and_every_bare_statement_finds_something() -> None:
    reference.load(by=system_user())
    with override_settings(ALLOWED_HOSTS=["*"]):
        assert household_list.measure(household_list.RARE + 1, tries=2) > 0
