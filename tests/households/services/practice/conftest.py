"""A real commune at work, and somebody who practises beside it."""

import datetime as dt
from dataclasses import dataclass

import pytest
from pytest_django import Settings

from households.choices import Role
from households.models import Area, EthnicGroup, ReviewRound, Survey, User
from households.services import surveys
from households.services.practice import place, stories
from households.services.practice.place import Place
from households.services.practice.stories import Story
from tests.factories import areas, reviews, users
from tests.remembered import remembered

TODAY = dt.date(2024, 10, 15)


@dataclass(frozen=True)
class World:
    """A real commune with one complete family; its officer; and the practice area."""

    commune: Area
    village: Area
    round: ReviewRound
    survey: Survey
    officer: User
    department: User
    here: Place

    @property
    def trainee(self) -> User:
        """The officer as a session that practises has him."""
        user = User.objects.get(pk=self.officer.pk)
        user.is_practising = True
        return user


@pytest.fixture
def world(db: None, settings: Settings) -> World:
    settings.POVREG_TODAY = TODAY
    return remembered(_world)


def _world() -> World:
    for code, name in (("02", "Tày"), ("07", "Nùng"), ("08", "Mông"), ("09", "Dao")):
        EthnicGroup.objects.create(code=code, name=name, is_minority=True)
    province = areas.province()
    commune = areas.commune(areas.district(province))
    village = areas.village(commune)
    officer = users.user("canbo", Role.COMMUNE_OFFICER, commune)
    round = reviews.periodic(province, 2024, reviews.standard())
    survey = reviews.surveyed(round, village, officer)
    return World(
        commune=commune,
        village=village,
        round=round,
        survey=survey,
        officer=officer,
        department=users.user("so", Role.DEPARTMENT, province),
        here=place.enter(by=officer),
    )


def filled(survey: Survey, story: Story, by: User, **wrong: object) -> Survey:
    """The form of a story as one who heard it well fills it; `wrong` answers of the household."""
    members = []
    for told in story.members:
        group = EthnicGroup.objects.get(name=told["ethnic_group"])
        members.append({**told, "ethnic_group": group})
    return surveys.save(
        survey=survey,
        values={**story.household, **wrong},
        members=members,
        revision=survey.revision,
        complete=True,
        by=by,
    )


def story(code: str) -> Story:
    found = stories.find(code)
    assert found
    return found
