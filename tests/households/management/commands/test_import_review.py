"""manage.py import_review: one JSON object, exit codes 0, 1 and 2, sentences for people."""

import io
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import translation

from households.models import AuditEvent, Survey
from tests.factories import areas, reviews, users
from tests.factories.exchange_files import Files, household


@pytest.fixture
def files(tmp_path: Path, db: None) -> Files:
    areas.commune(areas.district(areas.province()))
    reviews.standard()
    reviews.adult()
    return Files(tmp_path)


def run(files: Files, *options: str) -> SimpleNamespace:
    paths = files.write()
    return call(
        "--households", str(paths["households_path"]), "--members", str(paths["members_path"]),
        *options,
    )  # fmt: skip


def call(*options: str) -> SimpleNamespace:
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("import_review", *options, stdout=out, stderr=err)
    return SimpleNamespace(code=end.value.code, out=out.getvalue(), err=err.getvalue())


def told(done: SimpleNamespace) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(done.out)
    return answer


def test_a_trial_and_then_for_good(files: Files) -> None:
    trial = run(files, "--json")
    assert trial.code == 0
    assert told(trial) == {
        "committed": False,
        "round": "2024",
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "errors": [],
        "warnings": [],
    }
    assert not Survey.objects.exists()

    assert told(run(files, "--json", "--commit"))["committed"] is True
    assert told(run(files, "--json", "--commit"))["unchanged"] == 1
    assert Survey.objects.count() == 1


def test_rows_in_error(files: Files) -> None:
    files.households[0] |= {"has_tv": "x", "district": "Huyện Khác", "household_size": "2"}

    done = run(files, "--json", "--commit")

    assert done.code == 1
    answer = told(done)
    assert answer["committed"] is False
    assert [sorted(error) for error in answer["errors"]] == [
        ["code", "column", "file", "reason", "row", "value"]
    ] * 2
    first = answer["errors"][0]
    assert (first["file"], first["row"], first["column"]) == ("households.csv", 2, "has_tv")
    assert (first["value"], first["code"]) == ("x", "not_yes_no")
    assert [warning["code"] for warning in answer["warnings"]] == ["name_differs"]


@pytest.mark.parametrize(
    "options", [("--standard", "std_1999"), ("--by", "nobody"), ("--members", "/nowhere.csv")]
)
def test_a_wrong_call(files: Files, options: tuple[str, str]) -> None:
    done = run(files, *options)

    assert done.code == 2
    assert done.err.startswith("import_review: ")


def test_options_that_are_missing_are_a_wrong_call(files: Files) -> None:
    with pytest.raises(Exception, match="--members"):
        call_command("import_review", "--households", "h.csv")


def test_people_read_sentences_in_their_language(files: Files) -> None:
    files.households.append(household("B1", has_tv="x"))

    with translation.override("en"):
        done = run(files)

    assert done.code == 1
    assert "households.csv, row 3, has_tv = x: Write Y for yes or N for no." in done.out
    assert "Nothing was written." in done.out

    files.households.pop()
    with translation.override("en"):
        assert "1 households created" in run(files).out


def test_the_acting_user_is_recorded(files: Files) -> None:
    assert run(files, "--commit").code == 0
    assert AuditEvent.objects.get(verb="review.import").by.username == "system"

    users.user("somebody")
    assert run(files, "--by", "somebody").code == 1
