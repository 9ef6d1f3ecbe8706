"""What is known of the communes on a day."""

import datetime as dt

import pytest

from households.choices import AreaLevel
from households.models import Area
from households.services import reference
from households.services.demo.province.units import units_on
from households.services.system_user import system_user


@pytest.mark.django_db
def test_all_communes_of_the_day_with_zone_and_settlement() -> None:
    reference.load(by=system_user())
    day = dt.date(2021, 10, 1)
    province = Area.objects.on(day).get(level=AreaLevel.PROVINCE, code="06")
    found = {unit.code: unit for unit in units_on(day, province)}
    assert len(found) == 108
    boc_bo = found["01864"]
    assert (boc_bo.name, boc_bo.district_code, boc_bo.district) == ("Bộc Bố", "060", "Pác Nặm")
    assert (boc_bo.settlement, boc_bo.zone) == ("RURAL", "III")
    assert found["01834"].settlement == "URBAN"
    assert {unit.zone for unit in found.values()} == {"I", "II", "III", ""}
