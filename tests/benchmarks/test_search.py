"""The benchmark of the search box runs, here over a few people; its times say nothing then."""

import pytest

from benchmarks import search
from households.services import reference
from households.services.system_user import system_user


@pytest.mark.django_db
def test_every_case_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    reference.load(by=system_user())
    assert search.measure(40_000, tries=5) > 0
    told = capsys.readouterr().out
    for case in ("name contains, province", "one wrong letter, commune", "the whole page"):
        assert case in told
