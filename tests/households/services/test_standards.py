"""Standards come from dated files, stay as they were once used, and say when they cannot decide."""

import datetime as dt
import json
import tomllib
from pathlib import Path

import pytest

from households.choices import InstallationKind, PointTableState, Role
from households.errors import Conflict, Invalid, Refused
from households.models import (
    Area,
    AuditEvent,
    Confirmation,
    Installation,
    PointTable,
    PovertyStandard,
    User,
)
from households.services import standards
from households.services.standard_documents import FOLDER, digest
from households.services.standard_loading import load_standard
from households.services.system_user import system_user
from tests.factories import areas, users
from tests.factories import standards as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def system() -> User:
    return system_user()


@pytest.fixture
def commune() -> Area:
    return areas.commune(areas.province())


@pytest.fixture
def village(commune: Area) -> Area:
    return areas.village(commune)


def confirm(standard: PovertyStandard, path: str, value: object, by: User) -> None:
    Confirmation.objects.create(
        standard=standard,
        path=path,
        value=value,
        source="Công báo",
        confirmed_by=by,
        confirmed_on=dt.date(2024, 10, 15),
    )


AREA = "indicators.house_area.parameters.area_per_member"


class TestLoading:
    def test_shipped_files_load_and_a_second_run_writes_nothing(self, system: User) -> None:
        first = standards.load(by=system)
        acts = AuditEvent.objects.count()
        second = standards.load(by=system)
        assert {"std_2016", "std_2022", "std_2027"} <= set(first.created)
        assert not second.created
        assert not second.updated
        assert sorted(second.unchanged) == sorted(first.created)
        assert AuditEvent.objects.count() == acts

    def test_the_shipped_sample_of_2022_is_in_force_and_named_a_sample(self, system: User) -> None:
        standards.load(by=system)
        standard = PovertyStandard.objects.get(code="std_2022")
        table = standards.table_in_force(standard)
        assert table is not None
        assert table.is_sample
        assert table.entered_by == system
        assert standards.rules_of_table(table).complete

    def test_no_shipped_table_but_a_sample_takes_effect_by_itself(self, system: User) -> None:
        standards.load(by=system)
        for table in PointTable.objects.filter(state=PointTableState.IN_FORCE):
            assert table.is_sample

    def test_what_the_document_says_is_what_the_row_says(self, system: User) -> None:
        standard = load_standard(make.standard_document(), name="try.toml", owner=None, by=system)
        assert (standard.name_vi, standard.valid_to) == ("Chuẩn thử", dt.date(2022, 12, 31))
        assert standard.digest == digest(make.standard_document())
        assert standard.act.verb == "standard.load"

    def test_a_changed_file_updates_a_standard_nothing_rests_on(
        self, system: User, tmp_path: Path
    ) -> None:
        make.write(tmp_path, "try.toml", make.standard_document())
        standards.load(by=system, folder=tmp_path)
        make.write(tmp_path, "try.toml", make.standard_document(legal_basis="Nghị định sửa đổi"))
        assert standards.load(by=system, folder=tmp_path).updated == ["std_try"]
        assert PovertyStandard.objects.get().legal_basis == "Nghị định sửa đổi"

    def test_a_used_standard_is_not_changed_and_the_error_names_it(
        self, system: User, village: Area, tmp_path: Path
    ) -> None:
        make.write(
            tmp_path,
            "a_new.toml",
            make.standard_document("std_new", valid_from="2030-01-01", valid_to="2030-12-31"),
        )
        make.write(tmp_path, "try.toml", make.standard_document(legal_basis="Nghị định sửa đổi"))
        make.result(make.standard(), village)
        with pytest.raises(Refused, match="std_try") as refused:
            standards.load(by=system, folder=tmp_path)
        assert refused.value.code == "frozen"
        assert list(PovertyStandard.objects.values_list("code", flat=True)) == ["std_try"]

    def test_a_used_standard_loads_again_unchanged(
        self, system: User, village: Area, tmp_path: Path
    ) -> None:
        make.write(tmp_path, "try.toml", make.standard_document())
        make.result(make.standard(), village)
        assert standards.load(by=system, folder=tmp_path).unchanged == ["std_try"]

    def test_a_used_point_table_is_not_changed(
        self, system: User, village: Area, tmp_path: Path
    ) -> None:
        standard = make.standard()
        table = make.point_table(standard, system, state=PointTableState.IN_FORCE)
        make.result(standard, village, table)
        make.write(tmp_path, "try.toml", make.standard_document())
        make.write(tmp_path / "points", "table.toml", make.table_document(variant_by_province={}))
        with pytest.raises(Refused, match="table_try"):
            standards.load(by=system, folder=tmp_path)

    def test_a_number_the_department_confirmed_outweighs_the_file(
        self, system: User, tmp_path: Path
    ) -> None:
        standard = make.standard()
        confirm(standard, AREA, 9, system)
        make.write(tmp_path, "try.toml", make.standard_document(legal_basis="Nghị định sửa đổi"))
        done = standards.load(by=system, folder=tmp_path)
        standard.refresh_from_db()
        rules = standards.rules_of(standard)
        assert done.kept == ["std_try"]
        assert rules.indicator("house_area").parameters["area_per_member"].value == 9
        assert standards.load(by=system, folder=tmp_path).unchanged == ["std_try"]

    def test_two_national_standards_at_one_time_are_refused(
        self, system: User, tmp_path: Path
    ) -> None:
        make.write(tmp_path, "a.toml", make.standard_document())
        make.write(tmp_path, "b.toml", make.standard_document("std_other", valid_from="2022-12-31"))
        with pytest.raises(Conflict, match="std_other"):
            standards.load(by=system, folder=tmp_path)
        assert not PovertyStandard.objects.exists()

    def test_a_province_may_have_its_own_at_the_same_time(self, system: User) -> None:
        province = areas.province()
        make.standard()
        document = make.standard_document("std_own", owner="PROVINCE")
        own = load_standard(document, name="own.toml", owner=province, by=system)
        day = dt.date(2022, 6, 1)
        assert standards.in_force(day, province) == own
        assert standards.in_force(day).code == "std_try"  # type: ignore[union-attr]

    def test_a_provincial_standard_without_its_province_is_refused(self, system: User) -> None:
        document = make.standard_document(owner="PROVINCE")
        with pytest.raises(Invalid, match=r"own\.toml"):
            load_standard(document, name="own.toml", owner=None, by=system)

    def test_only_the_administrator_and_the_system_load(self, tmp_path: Path) -> None:
        officer = users.user("can_bo", Role.DEPARTMENT, areas.province())
        with pytest.raises(Refused):
            standards.load(by=officer, folder=tmp_path)

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (b"format = ", "try.toml"),
            (b"\xff\xfe", "UTF-8"),
            (b"format = 1", "try.toml: "),
            (b"valid_from = 2022-01-01", "try.toml"),
        ],
    )
    def test_a_wrong_file_is_named(
        self, system: User, tmp_path: Path, content: bytes, told: str
    ) -> None:
        (tmp_path / "try.toml").write_bytes(content)
        with pytest.raises(Invalid, match=told):
            standards.load(by=system, folder=tmp_path)

    def test_a_standard_says_what_the_official_list_needs(
        self, system: User, tmp_path: Path
    ) -> None:
        document = make.standard_document()
        del document["list_rules"]["minority_household"]
        make.write(tmp_path, "try.toml", document)
        with pytest.raises(Invalid, match=r"try\.toml: list_rules\.minority_household"):
            standards.load(by=system, folder=tmp_path)

    def test_a_table_for_a_standard_that_is_not_there_is_refused(
        self, system: User, tmp_path: Path
    ) -> None:
        make.write(tmp_path / "points", "table.toml", make.table_document())
        with pytest.raises(Invalid, match="std_try"):
            standards.load(by=system, folder=tmp_path)


class TestInForce:
    def test_both_ends_of_the_validity_count(self) -> None:
        standard = make.standard()
        assert standards.in_force(dt.date(2022, 1, 1)) == standard
        assert standards.in_force(dt.date(2022, 12, 31)) == standard
        assert standards.in_force(dt.date(2023, 1, 1)) is None

    def test_rules_are_read_once_per_version(self) -> None:
        standard = make.standard()
        again = PovertyStandard.objects.get(pk=standard.pk)
        assert standards.rules_of(standard) is standards.rules_of(again)


class TestWhyNotDecide:
    """Samples, incomplete standards and weak numbers are for trying and training."""

    def reason(self, standard: PovertyStandard, commune: Area, *tables: PointTable) -> str | None:
        return standards.why_not_decide(standard=standard, rests_on_tables=tables, commune=commune)

    def test_a_sound_standard_decides(self, commune: Area) -> None:
        assert self.reason(make.standard(make.standard_document(weak=False)), commune) is None

    def test_a_sample_table_is_named(self, commune: Area, system: User) -> None:
        standard = make.standard(make.standard_document(weak=False))
        reason = self.reason(standard, commune, make.point_table(standard, system))
        assert "Bảng điểm thử" in (reason or "")

    def test_an_incomplete_standard_gives_its_reason(self, commune: Area) -> None:
        document = make.standard_document(
            weak=False,
            complete=False,
            incomplete_because={"vi": "Chưa có phụ lục", "en": "The annex is missing"},
        )
        assert "Chưa có phụ lục" in (self.reason(make.standard(document), commune) or "")

    def test_a_weak_number_is_named_until_it_is_confirmed(
        self, commune: Area, system: User
    ) -> None:
        standard = make.standard()
        assert AREA in (self.reason(standard, commune) or "")
        confirm(standard, AREA, 8, system)
        assert self.reason(standard, commune) is None

    def test_a_confirmation_of_another_value_confirms_nothing(
        self, commune: Area, system: User
    ) -> None:
        standard = make.standard()
        confirm(standard, AREA, 9, system)
        assert AREA in (self.reason(standard, commune) or "")

    def test_yes_is_not_one(self, commune: Area, system: User) -> None:
        document = make.standard_document(weak=False)
        document["lines"]["poverty"]["inclusive"] = make.doubted(True, weak=True)
        standard = make.standard(document)
        confirm(standard, "lines.poverty.inclusive", 1, system)
        assert self.reason(standard, commune) is not None

    def test_point_lines_do_not_bear_on_declared_income(self, commune: Area) -> None:
        document = make.standard_document(weak=False)
        document["lines"]["poverty"]["points"]["RURAL"] = make.doubted(140, weak=True)
        standard = make.standard(document)
        ask = {"standard": standard, "rests_on_tables": [], "commune": commune}
        assert standards.why_not_decide(**ask, income_bases=["DECLARED"]) is None
        assert standards.why_not_decide(**ask, income_bases=["DECLARED", "PAPER"])

    def test_a_demonstration_decides_anything(self, commune: Area, system: User) -> None:
        Installation.objects.create(pk=1, kind=InstallationKind.DEMO)
        standard = make.standard()
        assert self.reason(standard, commune, make.point_table(standard, system)) is None

    def test_a_real_register_does_not(self, commune: Area) -> None:
        Installation.objects.create(pk=1, kind=InstallationKind.REAL)
        assert self.reason(make.standard(), commune)

    def test_what_lies_in_a_practice_area_decides_anything(self, commune: Area) -> None:
        Area.objects.filter(pk=commune.parent_id).update(is_practice=True)
        assert self.reason(make.standard(), commune) is None


def test_shipped_files_are_valid_toml_without_dates_or_floats() -> None:
    for path in [*FOLDER.glob("*.toml"), *FOLDER.glob("points/*.toml")]:
        json.dumps(tomllib.loads(path.read_text(encoding="utf-8")))
