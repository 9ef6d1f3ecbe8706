"""The shipped procedures, and the department's word on a norm."""

from pathlib import Path

import pytest
from pytest_django import Settings

from households.choices import Role
from households.errors import Conflict, Invalid, Refused
from households.services.system_user import system_user
from programs.choices.projects import OwnerKind, SupportArea
from programs.models import ProcedureStep, ProjectProcedure
from programs.queries.project_counts import STAGES
from programs.services import project_procedures
from tests.factories import projects as make
from tests.factories import users
from tests.programs.conftest import Land


@pytest.fixture(autouse=True)
def in_english(settings: Settings) -> None:
    settings.LANGUAGE_CODE = "en"


def test_each_kind_of_project_has_its_steps_and_a_simplified_set(db: None) -> None:
    make.loaded()
    sets = {(one.owner_kind, one.is_simplified) for one in ProjectProcedure.objects.all()}
    assert sets == {(kind, simple) for kind in OwnerKind.values for simple in (False, True)}
    known = {code for codes in STAGES for code in codes}
    for procedure in ProjectProcedure.objects.prefetch_related("steps"):
        steps = list(procedure.steps.all())
        assert [one.number for one in steps] == list(range(1, len(steps) + 1))
        assert sum(one.brings_inputs for one in steps) == 1
        assert {one.code for one in steps} <= known
        assert set(procedure.ceilings_percent) == set(SupportArea.values)
        # Nobody has vouched for these numbers yet.
        assert all(one.doubts["norm_days"] for one in steps)


def test_a_second_load_changes_nothing(db: None) -> None:
    make.loaded()
    again = project_procedures.load(by=system_user())
    assert (again.created, again.updated, again.kept) == (0, 0, [])


def test_the_department_states_a_norm_and_a_load_keeps_it(land: Land) -> None:
    make.loaded()
    chief = users.user("chief", Role.DEPARTMENT, land.province)
    step = ProcedureStep.objects.get(procedure__code="community", code="appraisal")
    facts = {"step": step, "norm_days": 10}
    with pytest.raises(Refused):
        project_procedures.set_norm(source="x", by=land.officer, **facts)
    with pytest.raises(Invalid, match="which text"):
        project_procedures.set_norm(source=" ", by=chief, **facts)
    with pytest.raises(Conflict, match="two years at most"):
        project_procedures.set_norm(step=step, norm_days=731, source="x", by=chief)
    kept = project_procedures.set_norm(source="Nghị quyết 05/NQ-HĐND, Điều 6", by=chief, **facts)
    assert (kept.norm_days, kept.doubts) == (10, {})
    assert len(project_procedures.load(by=system_user()).kept) == 1
    step.refresh_from_db()
    assert step.norm_days == 10


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("format = 1", "format = 2"), "format"),
        (("norm_days = 20", "norm_days = -1"), "norm_days"),
        (('papers = ["minutes"]', 'papers = ["nothing"]'), "nothing"),
        (('"weak"', '"perhaps"'), "perhaps"),
    ],
)
def test_a_wrong_file_is_named_with_what_is_wrong(
    db: None, tmp_path: Path, change: tuple[str, str], told: str
) -> None:
    shipped = project_procedures.DATA_FOLDER / "project_procedures" / "community.toml"
    folder = tmp_path / "project_procedures"
    folder.mkdir()
    text = shipped.read_text(encoding="utf-8").replace(*change, 1)
    (folder / "community.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Invalid, match=f"community.toml.*{told}"):
        project_procedures.load(by=system_user(), folder=tmp_path)
    assert not ProjectProcedure.objects.exists()


def test_only_the_system_and_administrators_load(land: Land) -> None:
    with pytest.raises(Refused):
        project_procedures.load(by=land.officer)
