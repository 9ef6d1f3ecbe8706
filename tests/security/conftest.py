"""One commune full of families and papers, and the people who may and may not see them."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.test import Client
from pytest_django import Settings

from households.choices import Role, TieKind
from households.models import (
    Area,
    Assignment,
    DeclaredTie,
    EthnicGroup,
    Household,
    Person,
    PointTable,
    ReviewRound,
    SavedList,
    Survey,
    User,
    WorkedHousehold,
)
from households.services import surveys
from tests.factories import areas, people, reviews, users
from tests.factories import standards as make

TODAY = dt.date(2024, 10, 15)
NUMBER = "006080123456"
DRAFT_NUMBER = "006085234567"
#: Words that stand nowhere but in the papers of commune A.
SECRETS = ("Quàng Thị Kín", "Lò Văn Giấu", NUMBER, DRAFT_NUMBER, "0912345678")


@dataclass(frozen=True)
class Register:
    """Commune A with a complete family, a known one with a draft, and its officer; commune B next
    door; another province. `people` holds one user for each role at home in A."""

    province: Area
    commune: Area
    village: Area
    stranger_commune: Area
    stranger_village: Area
    round: ReviewRound
    survey: Survey
    draft: Survey
    person: Person
    table: PointTable
    worked: WorkedHousehold
    assignment: Assignment
    tie: DeclaredTie
    saved_list: SavedList
    stranger: User
    stranger_administrator: User
    people: dict[Role, User] = field(default_factory=dict)

    @property
    def household(self) -> Household:
        return self.survey.household

    @property
    def officer(self) -> User:
        return self.people[Role.COMMUNE_OFFICER]


#: Where a role of the register is at home; every other one works in commune A.
_AT_HOME_ABOVE = {Role.DEPARTMENT, Role.ADMINISTRATOR, Role.DISTRICT_READER}


@pytest.fixture
def register(db: None, settings: Settings) -> Register:
    settings.POVREG_TODAY = TODAY
    EthnicGroup.objects.create(code="02", name="Tày", is_minority=True)
    province = areas.province()
    district = areas.district(province)
    commune = areas.commune(district)
    next_door = areas.commune(district, "02011", "Xã Khác")
    elsewhere = areas.province("19", "Tỉnh Khác")
    roles = {
        role: users.user(f"u_{role.lower()}", role, province if role in _AT_HOME_ABOVE else commune)
        for role in Role
    }
    village = areas.village(commune)
    standard = reviews.standard()
    round = reviews.periodic(province, 2024, standard)
    survey = _complete(round, village, roles[Role.COMMUNE_OFFICER])
    table = make.point_table(
        standard,
        roles[Role.DEPARTMENT],
        make.table_document("table_try", standard.code, is_sample=False),
    )
    return Register(
        province=province,
        commune=commune,
        village=village,
        stranger_commune=next_door,
        stranger_village=areas.village(next_door, "Thôn Hai"),
        round=round,
        survey=survey,
        draft=_draft(round, village, roles[Role.COMMUNE_OFFICER]),
        person=Person.objects.get(full_name=SECRETS[0]),
        table=table,
        worked=WorkedHousehold.objects.create(
            point_table=table,
            name="Hộ mẫu",
            variant="NT2",
            answers={"motorbike": "yes", "tv": "no"},
            expected_b1_points=15,
        ),
        assignment=roles[Role.REVIEWER].assignments.get(),
        tie=_tie(roles[Role.REVIEWER], survey.household),
        saved_list=SavedList.objects.create(
            user=roles[Role.COMMUNE_OFFICER], name="Hộ nghèo", poverty_class="POOR", is_default=True
        ),
        stranger=users.user("khach", Role.COMMUNE_OFFICER, next_door),
        stranger_administrator=users.user("quantri_xa", Role.ADMINISTRATOR, elsewhere),
        people=roles,
    )


def _complete(round: ReviewRound, village: Area, officer: User) -> Survey:
    head = reviews.adult(SECRETS[0], personal_id=NUMBER)
    return reviews.surveyed(round, village, officer, members=[head], phone=SECRETS[4])


def _tie(reviewer: User, household: Household) -> DeclaredTie:
    return DeclaredTie.objects.create(
        user=reviewer,
        household=household,
        kind=TieKind.RELATED,
        declared_by=reviewer,
        declared_on=TODAY,
    )


def _draft(round: ReviewRound, village: Area, officer: User) -> Survey:
    known = people.household(village, people.person(SECRETS[1], personal_id=DRAFT_NUMBER))
    return surveys.start(round=round, household=known, by=officer)


@pytest.fixture
def logged_in() -> Callable[[User], Client]:
    """A browser session of a user, pages in English."""

    def log_in(user: User) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(user)
        return client

    return log_in
