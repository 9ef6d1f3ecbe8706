"""The benchmark of the measures runs, here over a few rows; its times say nothing then."""

import pytest

from benchmarks import measures
from households.services import reference
from households.services.system_user import system_user


def test_the_file_and_the_bare_read() -> None:
    assert min(measures.of_file(500, tries=1)) > 0


@pytest.mark.django_db
def test_the_register_and_the_bare_grouping() -> None:
    reference.load(by=system_user())
    assert measures.of_register(300, 3, tries=1) > 0
