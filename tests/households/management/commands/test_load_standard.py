"""manage.py load_standard: one file, national or a province's own."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from households.models import PovertyStandard
from tests.factories import areas
from tests.factories import standards as make

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("load_standard", *arguments, stdout=out)
    return out.getvalue()


def test_loads_a_provinces_own_standard_once(tmp_path: Path) -> None:
    province = areas.province()
    make.write(tmp_path, "own.toml", make.standard_document("own", owner="PROVINCE"))
    file = str(tmp_path / "own.toml")
    first = run(file, "--province", "06")
    second = run(file, "--province", "06")
    assert PovertyStandard.objects.get(code="own").owner == province
    assert first != second


@pytest.mark.parametrize(("name", "province"), [("none.toml", None), ("own.toml", "99")])
def test_a_wrong_call_ends_with_two(tmp_path: Path, name: str, province: str | None) -> None:
    make.write(tmp_path, "own.toml", make.standard_document("own", owner="PROVINCE"))
    arguments = [str(tmp_path / name), *(["--province", province] if province else [])]
    with pytest.raises(CommandError) as error:
        run(*arguments)
    assert error.value.returncode == 2


def test_a_wrong_file_ends_with_one_and_its_name(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text("format = 1")
    with pytest.raises(CommandError, match=r"own\.toml") as error:
        run(str(tmp_path / "own.toml"))
    assert error.value.returncode == 1
