"""manage.py import_benefits: a trial first, then recorded."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from programs.models import Benefit
from tests.factories import families, people
from tests.programs.conftest import Land, day


@pytest.fixture(autouse=True)
def in_2024(settings: Settings, tmp_path: Path) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.POVREG_IMPORTS = tmp_path / "imports"
    settings.LANGUAGE_CODE = "en"


def run(path: Path, *more: str, programme: str = "loan") -> tuple[int, str]:
    out, errors = io.StringIO(), io.StringIO()
    given = ["--file", str(path), "--programme", programme, "--area", "06", "--year", "2024",
             "--sender", "Ngân hàng", "--day", "30/06/2024", *more]  # fmt: skip
    with pytest.raises(SystemExit) as left:
        call_command("import_benefits", *given, stdout=out, stderr=errors)
    return int(str(left.value.code)), out.getvalue() + errors.getvalue()


def test_a_trial_then_recorded(land: Land, tmp_path: Path) -> None:
    home = people.household(land.village, people.person())
    families.on_list(home, land.decision, since=day("2024-01-01"))
    path = tmp_path / "vay.csv"
    heads = "Mã hộ,Họ tên,Số tiền,Ngày vay"
    path.write_text(f"{heads}\n{home.code},,50000000,10/05/2024\n", encoding="utf-8")
    code, told = run(path)
    assert (code, Benefit.objects.count()) == (0, 0)
    assert "New: 1" in told
    assert "Nothing was recorded." in told
    assert run(path, "--commit")[0] == 0
    assert Benefit.objects.get().household == home
    path.write_text(f"{heads}\n{home.code},,500000000,11/05/2024\n", encoding="utf-8")
    code, told = run(path, "--commit")
    assert code == 1
    assert "Row 2: The amount is over the ceiling." in told
    assert Benefit.objects.count() == 1


def test_wrong_calls(land: Land, tmp_path: Path) -> None:
    path = tmp_path / "vay.csv"
    assert run(path)[0] == 2
    path.write_text("Ghi chú\nx\n", encoding="utf-8")
    assert run(path, programme="dance")[0] == 2
    assert "No sheet has headings" in run(path)[1]
