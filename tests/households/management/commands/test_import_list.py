"""manage.py import_list: a trial, then for good; exit codes 0, 1 and 2."""

import io
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.utils.translation import override
from pytest_django import Settings

from households.models import Attachment, RecognitionDecision, StatusPeriod
from tests.factories import paper_lists, pictures, reviews
from tests.households.conftest import World


@pytest.fixture(autouse=True)
def known(world: World, settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "attachments"
    reviews.adult()  # the ethnic group of the list


def call(tmp_path: Path, *options: str, poor: str = "1") -> SimpleNamespace:
    path = tmp_path / "danh-sach.xlsx"
    path.write_bytes(paper_lists.workbook(paper_lists.TWO))
    out, err = io.StringIO(), io.StringIO()
    with override("en"), pytest.raises(SystemExit) as end:
        call_command(
            "import_list", str(path), "--decision-number", "57/QĐ-UBND", "--decided-on",
            "2023-12-20", "--signed-by", "Hoàng Văn Chủ", "--effective-from", "01/01/2024",
            "--year", "2023", "--poor", poor, "--near-poor", "1",
            *(options or ("--commune", "02008")), stdout=out, stderr=err,
        )  # fmt: skip
    return SimpleNamespace(code=end.value.code, out=out.getvalue(), err=err.getvalue())


def test_a_trial_and_then_for_good(tmp_path: Path) -> None:
    trial = call(tmp_path)
    assert (trial.code, "2 households new to the register" in trial.out) == (0, True)
    assert "This was a trial" in trial.out
    assert not RecognitionDecision.objects.exists()
    scan = tmp_path / "qd.jpg"
    scan.write_bytes(pictures.jpeg())
    done = call(tmp_path, "--commune", "02008", "--scan", str(scan), "--commit", "--by", "officer")
    assert (done.code, done.err) == (0, "")
    assert StatusPeriod.objects.count() == 2
    assert Attachment.objects.get().decision == RecognitionDecision.objects.get()
    assert RecognitionDecision.objects.get().recorded_by.username == "officer"


def test_totals_that_differ_are_told_and_need_a_reason(tmp_path: Path) -> None:
    assert "The paper says 2 + 1, the sheet comes to 1 + 1" in call(tmp_path, poor="2").out
    refused = call(tmp_path, "--commune", "02008", "--commit", poor="2")
    assert (refused.code, "write why" in refused.err) == (1, True)
    done = call(tmp_path, "--commune", "02008", "--commit", "--reason", "Một hộ chết cả", poor="2")
    assert done.code == 0


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (("--commune", "99999"), "no commune with this code"),
        (("--commune", "02008", "--standard", "std_none"), "no standard std_none"),
        (("--commune", "02011", "--by", "officer"), "only lists of your own"),
        (("--commune", "02008", "--by", "nobody"), "no user nobody"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(
    tmp_path: Path, options: tuple[str, ...], why: str
) -> None:
    done = call(tmp_path, *options)
    assert (done.code, why in done.err) == (2, True)
