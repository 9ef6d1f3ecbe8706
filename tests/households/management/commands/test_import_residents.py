"""The command reads residents.csv: a dry run first, all or nothing."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from households.models import ResidentCount
from tests.households.conftest import World

HEAD = "commune_code,as_of,settlement,resident_households,resident_persons\n"


def run(path: Path, *more: str) -> tuple[int, dict[str, object]]:
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("import_residents", path, "--round", "2024", "--json", *more, stdout=out)
    return int(ended.value.code or 0), json.loads(out.getvalue() or "{}")


def test_checked_then_written_once(world: World, tmp_path: Path) -> None:
    path = tmp_path / "residents.csv"
    path.write_text(HEAD + "02008,2024-10-01,rural,600,2600\n", encoding="utf-8-sig")
    assert run(path)[1]["committed"] is False
    assert not ResidentCount.objects.exists()
    code, told = run(path, "--commit")
    assert (code, told["written"]) == (0, 1)
    assert run(path, "--commit")[1]["written"] == 0


def test_one_wrong_row_and_nothing_is_written(world: World, tmp_path: Path) -> None:
    path = tmp_path / "residents.csv"
    path.write_text(HEAD + "02008,2024-10-01,rural,600,2600\n02011,,rural,9,5\n", encoding="utf-8")
    code, told = run(path, "--commit")
    assert code == 1
    assert told["errors"] == [
        {
            "row": 3, "column": "resident_persons", "value": "5", "code": "too_few",
            "reason": "There are at least as many people as households.",
        }
    ]  # fmt: skip
    assert not ResidentCount.objects.exists()
