"""The benchmark of the search box runs, here over a few people; its times say nothing then."""

import pytest

from benchmarks import search


@pytest.mark.django_db
def test_every_case_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    search.fill(40_000)
    assert search.measure(tries=5) > 0
    told = capsys.readouterr().out
    for case in ("name contains, province", "one wrong letter, commune", "the whole page"):
        assert case in told
