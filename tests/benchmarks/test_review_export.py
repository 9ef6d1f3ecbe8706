"""The benchmark of taking out a review runs, here over a few households; its times say nothing."""

from pathlib import Path

import pytest

from benchmarks import review_export
from households.models import Household
from households.services import reference
from households.services.system_user import system_user


@pytest.mark.django_db
def test_it_takes_out_what_it_brought_in(tmp_path: Path) -> None:
    reference.load(by=system_user())
    assert review_export.measure(tmp_path, 20, rounds=1) > 0
    assert (tmp_path / "ours.xlsx").exists()
    assert not Household.objects.exists()
