"""The benchmark of duplicates runs, here over a few households; its times say nothing then."""

import pytest

from benchmarks import duplicates
from households.services import reference
from households.services.system_user import system_user


@pytest.mark.django_db
def test_every_question_is_answered(capsys: pytest.CaptureFixture[str]) -> None:
    reference.load(by=system_user())
    duplicates.measure(500)
    told = capsys.readouterr().out
    assert "2000 members" in told
    assert "file by number" in told
    assert " 0 pairs likely" not in told
