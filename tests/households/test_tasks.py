"""Jobs do what their service does."""

import os
from pathlib import Path

import pytest
from pytest_django import Settings

from households import tasks


@pytest.mark.django_db
def test_the_daily_sweep_looks_into_the_attachments_folder(
    settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    left = tmp_path / "ab" / "ab000000000040008000000000000000.jpg"
    left.parent.mkdir()
    left.write_bytes(b"x")
    os.utime(left, (0, 0))
    assert tasks.sweep_attachments.delay().get() == 1
    assert not left.exists()
