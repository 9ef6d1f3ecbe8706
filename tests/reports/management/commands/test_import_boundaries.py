"""manage.py import_boundaries, run for real."""

import datetime as dt
import io
from pathlib import Path

import pytest
from django.core.management import call_command

from households.choices import AreaLevel
from households.models import Area, AreaChange, AuditEvent
from reports.models import Boundary
from tests.factories import areas
from tests.factories.boundaries import feature, square, written

pytestmark = pytest.mark.django_db
MERGED = dt.date(2020, 2, 1)


def run(path: Path, *options: str) -> tuple[int, str]:
    out = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command(
            "import_boundaries", str(path), "--source", "Vẽ tay", "--code-property", "ma", *options,
            stdout=out,
        )  # fmt: skip
    assert isinstance(stopped.value.code, int)
    return stopped.value.code, out.getvalue()


def opened(district: Area, code: str, name: str) -> Area:
    """A commune that is there from the day of the merger on."""
    return Area.objects.create(
        level=AreaLevel.COMMUNE, code=code, name=name, parent=district, valid_from=MERGED
    )


@pytest.fixture
def districts() -> list[Area]:
    province = areas.province()
    return [areas.district(province), areas.district(province, "064", "Huyện Khác")]


def test_every_unit_of_the_file_gets_its_outline_and_the_act_is_kept(
    districts: list[Area], tmp_path: Path
) -> None:
    # A number instead of a code: the zero in front is lost.
    path = written(tmp_path, feature(square(0), ma=63), feature(square(1), ma="064"))
    code, told = run(path, "--level", "district", "--on", "2024-10-15")
    assert code == 0
    assert "10" in told
    kept = Boundary.objects.select_related("area", "act").order_by("area__code")
    assert [row.area.code for row in kept] == ["063", "064"]
    assert {(row.source, row.file_name, row.imported_by.username) for row in kept} == {
        ("Vẽ tay", "map.geojson", "system")
    }
    event = AuditEvent.objects.get(verb="boundaries.replace")
    assert {row.act_id for row in kept} == {event.pk}
    assert event.details["units"] == 2


def test_a_second_file_replaces_the_same_units_and_leaves_the_others(
    districts: list[Area], tmp_path: Path
) -> None:
    run(written(tmp_path, feature(square(0), ma="063"), feature(square(1), ma="064")))
    before = Boundary.objects.get(area=districts[1]).pk
    assert run(written(tmp_path, feature(square(5), ma="063"), name="new.geojson"))[0] == 0
    assert set(Boundary.objects.values_list("area__code", "file_name")) == {
        ("063", "new.geojson"), ("064", "map.geojson"),
    }  # fmt: skip
    assert Boundary.objects.get(area=districts[1]).pk == before


def test_shapes_without_a_unit_are_told_by_row_and_units_without_a_shape_by_name(
    districts: list[Area], tmp_path: Path
) -> None:
    path = written(tmp_path, feature(square(0), ma="063"), feature(square(1), ma="099"))
    code, told = run(path)
    assert code == 1
    assert "2 (099)" in told
    assert "064 Huyện Khác" in told
    assert Boundary.objects.count() == 1


def test_a_code_means_the_unit_of_the_day(tmp_path: Path) -> None:
    """Code 02008 was given out again to another commune; the name tells them apart."""
    district = areas.district(areas.province())
    old = areas.commune(district)
    Area.objects.filter(pk=old.pk).update(valid_to=MERGED - dt.timedelta(days=1))
    new = opened(district, "02008", "Xã Mới")
    path = written(tmp_path, feature(square(0), ma="02008", ten="Xã Mới"))
    assert run(path, "--on", "2019-06-01", "--name-property", "ten")[0] == 2
    assert not Boundary.objects.exists()
    assert run(path, "--on", "2024-06-01", "--name-property", "ten")[0] == 0
    assert Boundary.objects.get().area == new


def test_names_serve_where_there_is_no_code(districts: list[Area], tmp_path: Path) -> None:
    path = written(tmp_path, feature(square(0), ten="H. Thử"), feature(square(1), ten="khac"))
    options = ("--code-property", "", "--name-property", "ten", "--level", "district")
    assert run(path, *options)[0] == 0
    assert Boundary.objects.count() == 2


def test_a_name_of_several_units_is_not_guessed(districts: list[Area], tmp_path: Path) -> None:
    for district in districts:
        areas.commune(district, code=f"02{district.code}", name="Xã Trùng")
    path = written(tmp_path, feature(square(0), ten="Trùng"))
    code, __ = run(path, "--code-property", "", "--name-property", "ten", "--level", "commune")
    assert code == 2
    assert not Boundary.objects.exists()


def test_units_of_a_later_day_are_put_together_from_whole_ones(tmp_path: Path) -> None:
    district = areas.district(areas.province())
    one, other = areas.commune(district), areas.commune(district, "02011", "Xã Kề")
    split = areas.commune(district, "02014", "Xã Chia")
    new = areas.merged(one, other, parent=district, on=MERGED)
    parts = [opened(district, f"0190{n}", f"Xã Phần {n}") for n in (1, 2)]
    Area.objects.filter(pk=split.pk).update(valid_to=MERGED - dt.timedelta(days=1))
    for part in parts:
        AreaChange.objects.create(
            kind="SPLIT", from_area=split, to_area=part, changed_on=MERGED, is_whole=False
        )
    path = written(
        tmp_path, *(feature(square(n), ma=area.code) for n, area in enumerate((one, other, split)))
    )
    code, told = run(path, "--level", "commune", "--on", "2019-06-01", "--onto", "2024-06-01")
    assert Boundary.objects.get().area == new
    [[ring]] = Boundary.objects.get().polygons
    assert max(ring[::2]) - min(ring[::2]) == 20_000
    assert "Xã Phần 1" in told
    assert code == 0


def test_a_unit_of_which_a_part_is_missing_is_not_drawn(tmp_path: Path) -> None:
    district = areas.district(areas.province())
    one, other = areas.commune(district), areas.commune(district, "02011", "Xã Kề")
    areas.merged(one, other, parent=district, on=MERGED)
    path = written(tmp_path, feature(square(0), ma=one.code))
    assert run(path, "--on", "2019-06-01", "--onto", "2024-06-01")[0] == 2
    assert not Boundary.objects.exists()


def test_a_trial_stores_nothing(districts: list[Area], tmp_path: Path) -> None:
    code, __ = run(written(tmp_path, feature(square(0), ma="063")), "--trial")
    assert (code, Boundary.objects.count()) == (0, 0)
    assert not AuditEvent.objects.filter(verb="boundaries.replace").exists()


@pytest.mark.parametrize(
    "options",
    [
        ("--source", "  "),
        ("--code-property", ""),
        ("--on", "hôm nay"),
        ("--tolerance-m", "-1"),
        ("--by", "nobody"),
    ],
)
def test_wrong_calls_store_nothing(
    districts: list[Area], tmp_path: Path, options: tuple[str, str],
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    assert run(written(tmp_path, feature(square(0), ma="063")), *options)[0] == 2
    assert capsys.readouterr().err.startswith("import_boundaries: ")
    assert not Boundary.objects.exists()


def test_one_broken_shape_and_nothing_of_the_file_is_stored(
    districts: list[Area], tmp_path: Path
) -> None:
    on_top = written(tmp_path, feature(square(0), ma="063"), feature(square(0), ma="064"))
    assert run(on_top)[0] == 2
    assert not Boundary.objects.exists()
