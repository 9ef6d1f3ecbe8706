"""A province with two districts and three communes, families in them, and their staff."""

import datetime as dt
from dataclasses import dataclass

import pytest
from django.conf import LazySettings

from households.choices import AreaType, Role, Settlement, TraitKind
from households.choices.reorganisations import ReorganisationKind
from households.models import (
    Area,
    AreaTrait,
    Assignment,
    Household,
    Reorganisation,
    Residence,
    User,
)
from households.services import cards
from households.services.reorganisation import drafts
from households.services.reorganisation.plans import NewUnit, Part
from tests.factories import areas

TODAY = dt.date(2024, 10, 15)
SOON = dt.date(2025, 1, 1)


@dataclass
class World:
    province: Area
    districts: list[Area]
    #: a, b (first district), c (second).
    a: Area
    b: Area
    c: Area
    villages: dict[str, Area]
    households: dict[str, Household]
    department: User
    officer_a: User
    officer_b: User
    head: User

    def draft(self, *parts: Part, day: dt.date = TODAY) -> Reorganisation:
        draft = drafts.begin(
            area=self.province, changed_on=day, paper_number="1683/NQ-UBTVQH15",
            paper_date=dt.date(2024, 9, 1), paper_by="UBTVQH", by=self.department,
        )  # fmt: skip
        for part in parts:
            drafts.put_part(reorganisation=draft, part=part, by=self.department)
        return draft

    def merger(self, code: str = "02008") -> Part:
        """a and b become one, with a's code."""
        return Part(
            kind=ReorganisationKind.MERGE, units=(self.a.pk, self.b.pk),
            becomes=(NewUnit("1", "Xã Chung", code, AreaType.COMMUNE, Settlement.RURAL),),
        )  # fmt: skip

    def split(self) -> Part:
        """a's first village to one new commune, its second to another; its officer to the first."""
        one, two = self.villages["a1"], self.villages["a2"]
        held = Assignment.objects.get(user=self.officer_a, area=self.a)
        return Part(
            kind=ReorganisationKind.SPLIT, units=(self.a.pk,),
            becomes=(
                NewUnit("1", "Xã Trên", "02008", AreaType.COMMUNE, Settlement.RURAL),
                NewUnit("2", "Xã Dưới", "02099", AreaType.COMMUNE, Settlement.RURAL),
            ),
            goes={one.pk: "1", two.pk: "2"}, staff={held.pk: "1"},
        )  # fmt: skip


@pytest.fixture
def world(db: None, settings: LazySettings) -> World:
    settings.POVREG_TODAY = TODAY
    province = areas.province()
    districts = [areas.district(province), areas.district(province, "064", "Huyện Hai")]
    a = areas.commune(districts[0], "02008", "Xã A")
    b = areas.commune(districts[0], "02011", "Xã B")
    c = areas.commune(districts[1], "02020", "Xã C")
    AreaTrait.objects.bulk_create(
        AreaTrait(area=one, kind=TraitKind.ZONE, value="III", valid_from=areas.START)
        for one in (a, b)
    )
    villages = {
        "a1": areas.village(a, "Nà Pài"), "a2": areas.village(a, "Bản Mới"),
        "b1": areas.village(b, "Nà Pài"), "c1": areas.village(c, "Khuổi Lặng"),
    }  # fmt: skip
    households = {}
    for name, village in villages.items():
        households[name] = Household.objects.create()
        Residence.objects.create(
            household=households[name], village=village, valid_from=areas.START
        )
    cards.refresh(household_ids=[one.pk for one in households.values()])
    return World(
        province, districts, a, b, c, villages, households,
        department=_user("so", Role.DEPARTMENT, province),
        officer_a=_user("can-bo-a", Role.COMMUNE_OFFICER, a),
        officer_b=_user("can-bo-b", Role.COMMUNE_OFFICER, b),
        head=_user("truong-thon", Role.VILLAGE_HEAD, villages["a1"]),
    )  # fmt: skip


def _user(name: str, role: Role, area: Area) -> User:
    user = User.objects.create(username=name, full_name=name)
    Assignment.objects.create(user=user, role=role, area=area, valid_from=areas.START)
    return user
