"""The benchmark still runs: both sides save, and a ratio comes out."""

import pytest

from benchmarks.form_save import measure
from households.services import reference
from households.services.system_user import system_user


@pytest.mark.django_db
def test_both_save_and_a_ratio_comes_out(capsys: pytest.CaptureFixture[str]) -> None:
    reference.load(by=system_user())

    assert measure(3, warm_up=1) > 0
    assert "3 saves" in capsys.readouterr().out
