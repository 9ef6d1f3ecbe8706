"""The benchmark of opening a round runs, here over a few households; its times say nothing then."""

import pytest

from benchmarks import round_opening
from households.services import reference
from households.services.system_user import system_user


@pytest.mark.django_db
def test_it_opens_what_the_bare_statements_open_and_counts_every_commune() -> None:
    reference.load(by=system_user())
    assert round_opening.measure(300, tries=2) > 0
