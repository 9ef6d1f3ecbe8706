"""A cell that cannot be kept exactly is told at its row and column."""

import pytest

from households.models import Survey
from tests.factories.exchange_files import Files, household, member
from tests.households.services.imports.conftest import Import, codes


@pytest.mark.parametrize(
    ("area", "code"),
    [("80.3333333", "too_many_decimals"), ("1.500", "decimal_point"), ("1,500", "decimal_comma")],
)
def test_an_area_that_cannot_be_kept_exactly_is_told_at_its_cell(
    run: Import, files: Files, area: str, code: str
) -> None:
    """Rounding could move a family over the limit of 8 m² a head: the file says it exactly."""
    files.households.append(household("B1", floor_area_m2=area))
    files.members.append(member("B1-1", "B1", full_name="Ma Văn Hai"))
    result = run()
    assert result.committed is False
    assert codes(result) == {("households.csv", 3, "floor_area_m2", code)}


def test_a_decimal_comma_is_read_as_on_screen(run: Import, files: Files) -> None:
    files.households.append(household("B1", floor_area_m2="7,5"))
    files.members.append(member("B1-1", "B1", full_name="Ma Văn Hai"))
    assert run().committed
    assert Survey.objects.filter(floor_area_m2="7.5").count() == 1
