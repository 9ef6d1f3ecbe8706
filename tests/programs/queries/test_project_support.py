"""Which ceiling of support holds for a commune on a day."""

import pytest

from households.choices import TraitKind
from programs.choices.projects import SupportArea
from programs.queries.project_support import support_area
from tests.factories import families
from tests.programs.conftest import Land, day

ON = day("2024-08-21")


@pytest.mark.parametrize(
    ("kind", "value", "of", "area"),
    [
        (TraitKind.ZONE, "III", "commune", SupportArea.SPECIALLY_DIFFICULT),
        (TraitKind.ZONE, "II", "commune", SupportArea.DIFFICULT),
        (TraitKind.ZONE, "I", "commune", SupportArea.OTHER),
        (TraitKind.EXTREMELY_DIFFICULT, "YES", "commune", SupportArea.SPECIALLY_DIFFICULT),
        (TraitKind.POOR_DISTRICT, "YES", "district", SupportArea.SPECIALLY_DIFFICULT),
    ],
)
def test_the_traits_of_commune_and_district_decide(
    land: Land, kind: TraitKind, value: str, of: str, area: SupportArea
) -> None:
    assert support_area(land.commune, ON) == SupportArea.OTHER
    families.trait(getattr(land, of), kind, value)
    assert support_area(land.commune, ON) == area


def test_a_trait_counts_on_its_days(land: Land) -> None:
    families.trait(
        land.commune, TraitKind.ZONE, "III", since=day("2021-06-04"), until=day("2024-08-20")
    )
    assert support_area(land.commune, ON) == SupportArea.OTHER
