"""Units with what went into them, and those below a unit on a day."""

from pytest_django import DjangoAssertNumQueries

from households.models import Area
from programs.queries.reach import Reach, parts_of, reaches, units_below
from tests.factories import areas
from tests.programs.conftest import Land, day

ON = day("2024-10-15")


def test_a_province_without_districts_has_its_communes_below(land: Land) -> None:
    assert units_below(Reach.alone(land.province), ON) == [land.district]
    land.district.valid_to = day("2024-06-30")
    land.district.save()
    assert units_below(Reach.alone(land.province), ON) == [land.other_commune, land.commune]
    assert units_below(Reach.alone(land.commune), ON) == []


def test_what_went_into_a_unit_as_far_as_it_is_read(
    land: Land, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    new = areas.province("19", "Tỉnh Mới")
    made = areas.merged(land.commune, land.other_commune, parent=new)
    own = made.inner_path
    with django_assert_num_queries(1):
        (seen,) = reaches([made], [own, land.commune.inner_path])
    assert seen.branches == (own, land.commune.inner_path)
    assert seen.tops == [made.pk, land.commune.pk]
    (whole,) = reaches([made], [land.province.inner_path, new.inner_path])
    assert set(whole.branches) == {
        own, land.commune.inner_path, land.other_commune.inner_path,
    }  # fmt: skip
    assert whole.branches[0] == own


def test_a_merged_province_has_the_units_of_both(
    land: Land, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """Before the day the old ones, from it on the new ones, with what went into them."""
    new = areas.merged(land.province, parent=None, code="19", name="Tỉnh Mới")
    Area.objects.filter(pk=land.district.pk).update(valid_to=day("2025-06-30"))
    made = areas.merged(land.commune, parent=new)
    Area.objects.filter(pk=land.other_commune.pk).update(valid_to=day("2025-06-30"))
    (whole,) = reaches([new], [new.inner_path, land.province.inner_path])
    assert set(whole.branches) == {new.inner_path, land.province.inner_path}
    assert [one.area for one in parts_of(whole, day("2024-12-31"))] == [land.district]
    with django_assert_max_num_queries(3):
        parts = parts_of(whole, day("2025-12-31"))
    assert {one.area for one in parts} == {made, land.other_commune}
    told = {one.area: set(one.branches) for one in parts}
    assert told[made] == {made.inner_path, land.commune.inner_path}
