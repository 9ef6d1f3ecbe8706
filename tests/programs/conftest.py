"""Two communes whose lists are known, and the shipped programmes."""

import datetime as dt
from dataclasses import dataclass

import pytest

from households.choices import Role
from households.models import Area, RecognitionDecision, ReviewRound, User
from households.services.system_user import system_user
from programs.services import programmes
from tests.factories import areas, families, reviews, users
from tests.remembered import remembered


@dataclass(frozen=True)
class Land:
    """A commune with a village and its decided list, another beside it in the same district."""

    province: Area
    district: Area
    commune: Area
    village: Area
    other_commune: Area
    other_village: Area
    round: ReviewRound
    officer: User
    decision: RecognitionDecision
    other_decision: RecognitionDecision


@pytest.fixture
def land(db: None) -> Land:
    return remembered(_land)


def _land() -> Land:
    programmes.load(by=system_user())
    province = areas.province()
    district = areas.district(province)
    commune = areas.commune(district)
    other = areas.commune(district, code="02011", name="Xã Khác")
    standard = reviews.standard()
    round = reviews.periodic(province, 2022, standard)
    officer = users.user("officer", Role.COMMUNE_OFFICER, commune)
    return Land(
        province=province,
        district=district,
        commune=commune,
        village=areas.village(commune),
        other_commune=other,
        other_village=areas.village(other, name="Thôn Hai"),
        round=round,
        officer=officer,
        decision=families.decided(commune, round, standard, officer),
        other_decision=families.decided(other, round, standard, officer),
    )


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
