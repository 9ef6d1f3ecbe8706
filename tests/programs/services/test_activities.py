"""Activities: recorded, changed, taken back."""

import datetime as dt
from dataclasses import replace

import pytest
from pytest_django import Settings

from households.choices import Role
from households.errors import Invalid, Refused
from households.models import AuditEvent
from programs.choices.activities import ActivityKind
from programs.models import Activity
from programs.services import activities, participants
from programs.services.activities import Held
from tests.factories import families, people, users
from tests.programs.conftest import Land, day

HELD = Held(topic="Nuôi lợn nái sinh sản", begins_on=day("2024-05-10"), ends_on=day("2024-05-12"))


@pytest.fixture(autouse=True)
def in_2024(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


def course(land: Land, held: Held = HELD, kind: ActivityKind = ActivityKind.COURSE) -> Activity:
    return activities.record(
        kind=kind, commune=land.commune, village=land.village, held=held, by=land.officer
    )


def test_an_activity_belongs_to_the_programme_of_its_kind(land: Land) -> None:
    assert course(land).programme.code == "knowledge"
    assert course(land, kind=ActivityKind.EVENT).programme.code == "communication"
    assert course(land, kind=ActivityKind.VOCATIONAL).programme.code == "training"
    assert AuditEvent.objects.filter(verb="activity.record").count() == 3


def test_numbers_and_days_that_cannot_be_are_refused(land: Land) -> None:
    with pytest.raises(Invalid, match="more than all"):
        course(land, replace(HELD, people_reached=10, women_reached=11))
    with pytest.raises(Invalid, match="more than all"):
        course(land, replace(HELD, women_reached=3))
    with pytest.raises(Invalid, match="before the first day"):
        course(land, replace(HELD, ends_on=day("2024-05-09")))
    with pytest.raises(Invalid, match="topic"):
        course(land, replace(HELD, topic=""))
    assert not Activity.objects.exists()


def test_another_commune_and_the_practice_area_are_refused(land: Land) -> None:
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune)
    with pytest.raises(Refused):
        activities.record(
            kind=ActivityKind.COURSE, commune=land.commune, village=None, held=HELD, by=stranger
        )
    with pytest.raises(Invalid, match="another commune"):
        activities.record(
            kind=ActivityKind.COURSE, commune=land.commune, village=land.other_village,
            held=HELD, by=land.officer,
        )  # fmt: skip
    land.commune.is_practice = True
    with pytest.raises(Refused, match="practice area"):
        course(land)


def test_the_days_stay_once_somebody_takes_part(land: Land) -> None:
    found = course(land)
    moved = replace(HELD, begins_on=day("2024-05-11"))
    changed = activities.change(activity=found, village=None, held=moved, by=land.officer)
    assert (changed.begins_on, changed.village) == (day("2024-05-11"), None)
    home = people.household(land.village, people.person())
    families.on_list(home, land.decision, since=day("2024-01-01"))
    participants.add(activity=found, whom=[(home.pk, None)], because="", by=land.officer)
    with pytest.raises(Invalid, match="the days stay"):
        activities.change(activity=found, village=None, held=HELD, by=land.officer)
    told = replace(moved, topic="Nuôi gà", people_reached=30, women_reached=12)
    assert activities.change(
        activity=found, village=None, held=told, by=land.officer
    ).people_reached == 30  # fmt: skip
    with pytest.raises(Invalid, match="those who take part first"):
        activities.cancel(activity=found, reason="Không tổ chức", by=land.officer)


def test_what_was_not_held_is_taken_back_once_with_a_reason(land: Land) -> None:
    found = course(land)
    with pytest.raises(Invalid, match="Write why"):
        activities.cancel(activity=found, reason=" ", by=land.officer)
    gone = activities.cancel(activity=found, reason="Không tổ chức", by=land.officer)
    assert gone.cancelled_because == "Không tổ chức"
    with pytest.raises(Invalid, match="already"):
        activities.cancel(activity=found, reason="x", by=land.officer)
    assert dt.date(2024, 5, 10) == gone.begins_on
