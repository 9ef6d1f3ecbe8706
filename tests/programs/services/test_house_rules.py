"""Rules of houses and works from their files: loaded once, a person's change stays."""

from pathlib import Path
from shutil import copytree

import pytest

from households.choices import Role
from households.errors import Invalid, Refused
from households.services.system_user import system_user
from programs.models import HousingCeiling, HousingStage, WorksKind
from programs.services import house_rules
from programs.services.programme_files import DATA_FOLDER
from programs.workflow.houses import STATE_AT
from tests.factories import users
from tests.programs.conftest import Land


def test_a_second_load_changes_nothing(land: Land) -> None:
    first = house_rules.load(by=system_user())
    assert first.created == HousingStage.objects.count() + 6 + 4 + WorksKind.objects.count()
    again = house_rules.load(by=system_user())
    assert (again.created, again.updated) == (0, 0)
    assert again.unchanged == first.created


def test_fixed_steps_are_there_and_every_doubt_is_told(land: Land) -> None:
    house_rules.load(by=system_user())
    codes = list(HousingStage.objects.values_list("code", flat=True))
    assert [code for code in codes if code in STATE_AT] == list(STATE_AT)
    assert not HousingStage.objects.filter(norm_days__isnull=False, doubt="").exists()
    ceilings = HousingCeiling.objects.filter(terms__ground="poor_district").order_by("build")
    assert [(one.build, one.line, one.ceiling_vnd, one.doubt) for one in ceilings] == [
        ("NEW", "CENTRAL", 40_000_000, ""), ("REPAIR", "CENTRAL", 20_000_000, ""),
    ]  # fmt: skip
    weak = HousingCeiling.objects.filter(terms__ground="temporary_house")
    assert {one.doubt for one in weak} == {"weak"}


def test_what_a_person_changed_stays(land: Land) -> None:
    house_rules.load(by=system_user())
    HousingStage.objects.filter(code="FOUNDATION").update(norm_days=30)
    tally = house_rules.load(by=system_user())
    assert tally.kept == ["FOUNDATION"]
    assert HousingStage.objects.get(code="FOUNDATION").norm_days == 30


def test_a_file_without_a_fixed_step_or_with_a_strange_doubt_is_refused(
    land: Land, tmp_path: Path
) -> None:
    folder = copytree(DATA_FOLDER / "houses", tmp_path / "houses")
    file = folder / "housing.toml"
    text = file.read_text()
    file.write_text(text.replace('code = "POSTED"', 'code = "HUNG_OUT"'))
    with pytest.raises(Invalid, match="POSTED"):
        house_rules.load(by=system_user(), folder=folder)
    file.write_text(text.replace('doubt = "weak"', 'doubt = "perhaps"', 1))
    with pytest.raises(Invalid, match="doubt"):
        house_rules.load(by=system_user(), folder=folder)
    file.write_text("= wrong")
    with pytest.raises(Invalid):
        house_rules.load(by=system_user(), folder=folder)
    assert not HousingStage.objects.exists()


def test_only_who_loads_reference_rows_may(land: Land) -> None:
    with pytest.raises(Refused):
        house_rules.load(by=users.user("chief", Role.DEPARTMENT, land.province))
