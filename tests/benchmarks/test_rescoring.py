"""The benchmark still runs, and its hand-written SQL still means what the compiled rules mean."""

import pytest

from benchmarks.rescoring import measure


@pytest.mark.django_db
def test_the_two_agree_and_a_ratio_comes_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert measure(300, rounds=1) > 0
    assert "300 households" in capsys.readouterr().out
