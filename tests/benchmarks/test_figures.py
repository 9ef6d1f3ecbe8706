"""The benchmark of figures runs, here over a few households; its times say nothing then."""

import pytest
from django.db import transaction

from benchmarks import figures
from households.services import reference
from households.services.system_user import system_user
from programs.services import programmes


@pytest.mark.django_db
def test_tables_and_bare_counting_find_the_same_poor() -> None:
    reference.load(by=system_user())
    programmes.load(by=system_user())
    with transaction.atomic():
        found = figures.measure(300, tries=1)
        assert set(found) == set(figures.GOALS)
        assert min(found.values()) > 0
        transaction.set_rollback(True)
