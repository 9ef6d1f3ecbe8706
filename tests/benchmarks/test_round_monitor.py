"""The benchmark of the monitor runs, here over a few households; its times say nothing then."""

import pytest
from django.test.utils import override_settings

from benchmarks import round_monitor
from households.services import reference
from households.services.system_user import system_user


@pytest.mark.django_db
def test_the_page_and_the_bare_counting_find_something() -> None:
    reference.load(by=system_user())
    with override_settings(ALLOWED_HOSTS=["*"]):
        assert round_monitor.measure(300, tries=2) > 0
