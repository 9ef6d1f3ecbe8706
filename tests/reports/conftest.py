"""Two communes of one district, a round under std_2022, and families as figures meet them."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pytest

from households.choices import Role
from households.models import Area, EthnicGroup, PovertyStandard, ReviewRound, Survey, User
from tests.factories import areas, reviews, users
from tests.remembered import remembered

#: Income below the line of both settlements of std_2022.
LOW_VND = 800_000


@dataclass
class Country:
    province: Area
    district: Area
    communes: list[Area]
    villages: list[Area]
    standard: PovertyStandard
    round: ReviewRound
    officers: list[User]
    tay: EthnicGroup = field(init=False)

    def __post_init__(self) -> None:
        self.tay, __ = EthnicGroup.objects.get_or_create(
            code="02", defaults={"name": "Tày", "is_minority": True}
        )

    def family(
        self, village: int = 0, *, size: int = 1, head: dict[str, Any] | None = None, **answers: Any
    ) -> Survey:
        """A complete form of a family of so many adults in village 0 or 1 (one a commune)."""
        members = [reviews.adult("Người Chủ", **(head or {}))]
        answers["ethnic_group"] = members[0]["ethnic_group"]
        members += [reviews.adult(f"Người Thứ {n}", "other") for n in range(2, size + 1)]
        return reviews.surveyed(
            self.round, self.villages[village], self.officers[village], members=members, **answers
        )

    def poor(self, village: int = 0, **given: Any) -> Survey:
        """Low income and three lacks: clean water, toilet, floor area."""
        answers = {"income_per_capita_month_vnd": LOW_VND, **reviews.THREE_LACKS}
        return self.family(village, **(answers | given))


@pytest.fixture
def country(db: None) -> Country:
    return remembered(_country)


def _country() -> Country:
    province = areas.province()
    district = areas.district(province)
    communes = [areas.commune(district), areas.commune(district, code="02011", name="Xã Khác")]
    standard = reviews.standard()
    return Country(
        province=province,
        district=district,
        communes=communes,
        villages=[areas.village(one) for one in communes],
        standard=standard,
        round=reviews.periodic(province, 2024, standard),
        officers=[
            users.user(f"can_bo_{n}", Role.COMMUNE_OFFICER, one) for n, one in enumerate(communes)
        ],
    )


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
