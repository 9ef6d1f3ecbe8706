"""Loading reference data: complete, repeatable, and it does not undo what people changed."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from households.choices import AreaLevel, AreaType, Settlement, TraitKind
from households.choices.reorganisations import ReorganisationKind
from households.errors import Invalid, Refused
from households.models import (
    Area,
    AreaChange,
    AreaTrait,
    AuditEvent,
    EthnicGroup,
    ListEntry,
    PovertyStandard,
    User,
)
from households.services import audit, reference
from households.services.reference_files import DATA_FOLDER
from households.services.reorganisation import drafts, signing
from households.services.reorganisation.plans import NewUnit, Part
from households.services.system_user import system_user

pytestmark = pytest.mark.django_db
YEAR_2024 = dt.date(2024, 10, 15)


@pytest.fixture
def system(db: None) -> User:
    return system_user()


def counts(day: dt.date) -> dict[str, int]:
    return {level: Area.objects.on(day).at(level).count() for level in AreaLevel}


def types(day: dt.date) -> dict[str, int]:
    found: dict[str, int] = {}
    for trait in AreaTrait.objects.on(day).filter(
        kind=TraitKind.TYPE, area__level=AreaLevel.COMMUNE
    ):
        found[trait.value] = found.get(trait.value, 0) + 1
    return found


def commune(code: str, day: dt.date) -> Area:
    found: Area = Area.objects.on(day).get(level=AreaLevel.COMMUNE, code=code)
    return found


def test_three_levels_until_june_2025_two_since(system: User) -> None:
    reference.load(by=system)

    assert counts(dt.date(2019, 9, 11)) == {
        "PROVINCE": 1, "DISTRICT": 8, "COMMUNE": 122, "VILLAGE": 0,
    }  # fmt: skip
    assert counts(dt.date(2025, 6, 30)) == {
        "PROVINCE": 1, "DISTRICT": 8, "COMMUNE": 108, "VILLAGE": 0,
    }  # fmt: skip
    assert counts(dt.date(2025, 7, 1)) == {
        "PROVINCE": 1, "DISTRICT": 0, "COMMUNE": 92, "VILLAGE": 0,
    }  # fmt: skip
    assert commune("05443", dt.date(2025, 7, 1)).parent == Area.objects.get(code="19")


def test_types_are_dated(system: User) -> None:
    reference.load(by=system)

    assert types(dt.date(2023, 4, 9)) == {"COMMUNE": 96, "WARD": 6, "TOWN": 6}
    assert types(dt.date(2023, 4, 10)) == {"COMMUNE": 95, "WARD": 6, "TOWN": 7}
    assert types(dt.date(2025, 7, 1)) == {"COMMUNE": 77, "WARD": 15}


def test_a_code_names_another_unit_after_the_reorganisation(system: User) -> None:
    reference.load(by=system)

    assert commune("01864", dt.date(2025, 6, 30)).name == "Bộc Bố"
    assert commune("01864", dt.date(2025, 7, 1)).name == "Bằng Thành"


def test_every_commune_of_bac_kan_leads_to_one_of_the_37(system: User) -> None:
    reference.load(by=system)

    closed = Area.objects.on(dt.date(2025, 6, 30)).at(AreaLevel.COMMUNE)
    arrows = AreaChange.objects.filter(changed_on=dt.date(2025, 7, 1), from_area__in=closed)
    assert arrows.count() == 108
    assert arrows.filter(is_whole=True).values("to_area").distinct().count() == 37
    bang_thanh = commune("01864", dt.date(2025, 7, 1))
    assert {change.from_area.name for change in bang_thanh.came_from.all()} == {
        "Bằng Thành", "Nhạn Môn", "Bộc Bố", "Giáo Hiệu",
    }  # fmt: skip


def test_no_commune_disappears_without_an_arrow(system: User) -> None:
    reference.load(by=system)

    for last_day in (dt.date(2020, 1, 31), dt.date(2025, 6, 30)):
        gone = Area.objects.filter(valid_to=last_day)
        assert gone.exists()
        assert not gone.filter(became__isnull=True).exists()


def test_poor_districts_follow_their_lists(system: User) -> None:
    reference.load(by=system)

    def poor(day: dt.date) -> set[str]:
        marks = AreaTrait.objects.on(day).filter(kind=TraitKind.POOR_DISTRICT)
        return set(marks.values_list("area__name", flat=True))

    assert poor(dt.date(2018, 3, 6)) == {"Pác Nặm", "Ba Bể"}
    assert poor(dt.date(2018, 3, 7)) == {"Pác Nặm", "Ngân Sơn"}
    assert poor(YEAR_2024) == {"Pác Nặm", "Ngân Sơn"}
    assert poor(dt.date(2025, 7, 1)) == set()


def test_zones_are_stated_only_where_a_source_names_them(system: User) -> None:
    reference.load(by=system)

    zones = AreaTrait.objects.on(YEAR_2024).filter(kind=TraitKind.ZONE)
    assert zones.get(area__code="02092").value == "II"
    assert not zones.filter(area__parent__name="Ngân Sơn").exists()


def test_ethnic_groups_and_lists_are_complete(system: User) -> None:
    reference.load(by=system)

    assert EthnicGroup.objects.count() == 54
    assert list(EthnicGroup.objects.filter(is_minority=False)) == [
        EthnicGroup.objects.get(code="01")
    ]
    assert "h'mong" in EthnicGroup.objects.get(code="08").aliases
    assert ListEntry.objects.filter(list_code="causes").count() == 8
    assert ListEntry.objects.filter(list_code="birth_registrations", code="006").exists()


def test_standards_come_with_it(system: User) -> None:
    loaded = reference.load(by=system)

    assert "std_2022" in loaded.standards.created
    assert PovertyStandard.objects.get(code="std_2022").valid_from == dt.date(2022, 1, 1)


def test_second_load_writes_nothing_not_even_an_act(system: User) -> None:
    first = reference.load(by=system)
    acts = AuditEvent.objects.count()

    second = reference.load(by=system)

    assert first.changed_anything
    assert not second.changed_anything
    assert AuditEvent.objects.count() == acts
    assert second.tallies["areas"].unchanged == Area.objects.count()


def test_rows_remember_the_loading_act(system: User) -> None:
    reference.load(by=system)

    event = AuditEvent.objects.get(verb="reference.load")
    assert Area.objects.filter(act=event).count() == Area.objects.count()


def test_a_corrected_file_corrects_the_register(system: User, tmp_path: Path) -> None:
    reference.load(by=system)
    folder = corrected(tmp_path, "areas/units.csv", "Thượng Giáo", "Thượng Giao")

    loaded = reference.load(by=system, folder=folder)

    assert loaded.tallies["areas"].updated == 1
    assert commune("01912", YEAR_2024).name == "Thượng Giao"


def test_what_a_person_changed_is_kept_and_named(system: User, tmp_path: Path) -> None:
    reference.load(by=system)
    with audit.act(by=system, verb="area.rename"):
        Area.objects.filter(code="01912", valid_to=dt.date(2025, 6, 30)).update(name="Khác")

    loaded = reference.load(by=system)

    assert loaded.tallies["areas"].kept == ["Khác"]
    assert commune("01912", YEAR_2024).name == "Khác"


def test_a_wrong_file_is_told_and_nothing_is_written(system: User, tmp_path: Path) -> None:
    folder = corrected(tmp_path, "areas/types.csv", "TOWN", "VILLE")

    with pytest.raises(Invalid, match=r"types\.csv"):
        reference.load(by=system, folder=folder)

    assert not Area.objects.exists()


def test_a_spelling_of_two_groups_is_refused(system: User, tmp_path: Path) -> None:
    folder = corrected(tmp_path, "lists/ethnic_groups.csv", "Khmer", "Kinh")

    with pytest.raises(Invalid, match="kinh"):
        reference.load(by=system, folder=folder)


def test_only_the_system_or_an_administrator_loads(db: None) -> None:
    officer = User.objects.create(username="officer")

    with pytest.raises(Refused):
        reference.load(by=officer)


def test_cost_does_not_grow_with_the_rows(
    system: User, django_assert_max_num_queries: object
) -> None:
    reference.load(by=system)

    with django_assert_max_num_queries(60):  # type: ignore[operator]
        reference.load(by=system)


def corrected(tmp_path: Path, name: str, old: str, new: str) -> Path:
    folder = tmp_path / "data"
    for part in ("areas", "lists", "standards"):
        shutil.copytree(DATA_FOLDER / part, folder / part)
    path = folder / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return folder


def test_an_act_before_a_shipped_change_is_left_alone(system: User) -> None:
    reference.load(by=system)
    day = dt.date(2025, 1, 1)
    units = [commune(code, dt.date(2024, 10, 1)) for code in ("01891", "01897")]
    province = Area.objects.on(day).get(level=AreaLevel.PROVINCE, code="06")
    merger = Part(
        ReorganisationKind.MERGE, tuple(one.pk for one in units),
        (NewUnit("1", "Hà Hiệu", "01891", AreaType.COMMUNE, Settlement.RURAL),),
    )  # fmt: skip
    draft = drafts.begin(
        area=province, changed_on=day, paper_number="1/NQ", paper_date=dt.date(2024, 12, 1),
        paper_by="", by=system, parts=[merger],
    )  # fmt: skip
    signing.sign(reorganisation=draft, by=system)

    again = reference.load(by=system)

    assert commune("01891", day).name == "Hà Hiệu"
    assert commune("01894", dt.date(2025, 7, 1)) in {
        arrow.to_area for arrow in commune("01891", day).became.all()
    }
    assert "01897" in {name for tally in again.tallies.values() for name in tally.kept}
    assert units[1].became.get().changed_on == day
