"""Villages: found by folded name, created when unknown, their stated area compared."""

from types import SimpleNamespace

from households.choices import AreaLevel
from households.models import Area, Survey
from tests.factories import areas
from tests.factories.exchange_files import Files, household, member
from tests.households.services.imports.conftest import Import, warnings


def test_an_unknown_village_is_created_once_with_its_own_area(
    run: Import, files: Files, place: SimpleNamespace
) -> None:
    files.households = [
        household(village="Tổ 4", area="urban"),
        household("B1", village="TỔ  4", area="urban"),
    ]
    files.members.append(member("B1-1", "B1"))

    run()

    village = Area.objects.get(level=AreaLevel.VILLAGE)
    assert (village.name, village.parent, village.valid_from) == (
        "Tổ 4",
        place.commune,
        place.commune.valid_from,
    )
    assert village.traits.get().value == "URBAN"
    assert set(Survey.objects.values_list("settlement", flat=True)) == {"URBAN"}


def test_a_known_village_is_found_by_its_folded_name(
    run: Import, files: Files, place: SimpleNamespace
) -> None:
    known = areas.village(place.commune, "Thôn Nà Lịn")
    areas.village(place.other_commune, "Thôn Nà Lịn")
    files.households = [household(village="thôn NÀ LỊN"), household("B1", village="Nà Lịn")]
    files.members.append(member("B1-1", "B1"))

    run()

    assert set(Survey.objects.values_list("village", flat=True)) == {known.pk}


def test_a_name_without_type_is_new_where_it_could_be_two_villages(
    run: Import, files: Files, place: SimpleNamespace
) -> None:
    areas.village(place.commune, "Thôn 3")
    areas.village(place.commune, "Tổ 3")
    files.households = [household(village="3")]

    run()

    assert Survey.objects.get().village.name == "3"


def test_the_area_of_a_known_village_is_only_compared(
    run: Import, files: Files, place: SimpleNamespace
) -> None:
    areas.village(place.commune)
    files.households = [household(area="urban")]

    result = run()

    assert warnings(result) == {("households.csv", 2, "area", "settlement_differs")}
    assert Survey.objects.get().settlement == "URBAN"
