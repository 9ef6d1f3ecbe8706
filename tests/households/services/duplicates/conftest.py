"""One person entered in two households of a commune, and found."""

from types import SimpleNamespace

import pytest

from households.models import DuplicatePair, PersonKey
from households.services.duplicates import finding
from households.services.system_user import system_user
from tests.factories import duplicates as make
from tests.factories import people
from tests.households.conftest import World


@pytest.fixture
def two(world: World) -> SimpleNamespace:
    a = make.entry("Lò Văn Ún", "M", "27/12/1999")
    b = make.entry("LO VAN UN", "M", "27/12/1999", "006099123456")
    homes = [
        people.household(world.village, people.person(f"Chủ {name}", birth_date=None), one)
        for name, one in (("Nhất", a), ("Hai Ba", b))
    ]
    PersonKey.objects.create(source="so", key="P2", person=b)
    finding.find(province=world.province, by=system_user())
    return SimpleNamespace(a=a, b=b, homes=homes, pair=DuplicatePair.objects.get())
