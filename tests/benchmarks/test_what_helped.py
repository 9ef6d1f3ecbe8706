"""The benchmark of the comparison runs, here over a few households; its times say nothing then."""

import pytest

from benchmarks import what_helped
from households.services import reference
from households.services.system_user import system_user
from programs.services import programmes


@pytest.mark.django_db
def test_the_comparison_and_the_plain_counting_find_something() -> None:
    reference.load(by=system_user())
    programmes.load(by=system_user())
    assert what_helped.measure(300) > 0
