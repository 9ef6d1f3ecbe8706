"""Notices: told once, to the roles of the area, read, and mailed once without names."""

import datetime as dt

import pytest
from django.core import mail
from pytest_django import Settings

from households.choices import Role, RoundStage
from households.choices.notices import NoticeKind
from households.models import Notice, RoundDeadline, StatusPeriod, User
from households.queries import notices as queries
from households.services import notices, requests
from households.services.requests import Asked
from tests.factories import people, reviews, users
from tests.households.conftest import TODAY, World


def tell(world: World, key: str = "1") -> None:
    notices.tell(
        kind=NoticeKind.COMPLAINED, area=world.commune, key=key, round=world.round, complaint=1
    )


def kinds_of(user: User) -> list[str]:
    return [one.kind for one in queries.of_user(user)]


def test_to_the_roles_of_its_kind_in_its_area(world: World) -> None:
    tell(world)
    chair = users.user("chair", Role.COMMUNE_CHAIR, world.commune)
    reviewer = users.user("reviewer", Role.REVIEWER, world.village)
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, world.other_commune)
    department = users.user("so", Role.DEPARTMENT, world.province)
    told = [NoticeKind.COMPLAINED]
    assert [kinds_of(one) for one in (world.officer, chair)] == [told, told]
    assert [kinds_of(one) for one in (reviewer, stranger, department)] == [[], [], []]


def test_who_comes_later_is_not_told_of_before(world: World, settings: Settings) -> None:
    tell(world)
    settings.POVREG_TODAY = TODAY + dt.timedelta(days=1)
    later = users.user("later", Role.COMMUNE_OFFICER, world.commune)
    later.assignments.update(valid_from=TODAY + dt.timedelta(days=1))
    assert kinds_of(later) == []


def test_told_once_and_read_once(world: World) -> None:
    tell(world)
    tell(world)
    (one,) = queries.unread(world.officer)
    notices.mark_read(to=one.pk, by=world.officer)
    notices.mark_read(to=one.pk - 1, by=world.officer)
    assert queries.unread(world.officer) == []
    tell(world, "2")
    assert len(queries.unread(world.officer)) == 1
    assert len(kinds_of(world.officer)) == 2


def listed(world: World) -> None:
    before = reviews.periodic(world.province, 2023, reviews.standard())
    home = people.household(world.village, people.person())
    reviews.listed(before, world.commune, world.officer, home)
    before.is_closed = True
    before.save()
    assert StatusPeriod.objects.count() == 1


@pytest.mark.parametrize(
    ("due_on", "kind"),
    [
        (dt.date(2024, 10, 18), None),
        (dt.date(2024, 10, 17), NoticeKind.STAGE_DUE),
        (dt.date(2024, 10, 15), NoticeKind.STAGE_DUE),
        (dt.date(2024, 10, 14), NoticeKind.STAGE_LATE),
    ],
)
def test_a_stage_two_days_before_its_last_day_and_after_it(
    world: World, due_on: dt.date, kind: NoticeKind | None
) -> None:
    listed(world)
    RoundDeadline.objects.create(round=world.round, stage=RoundStage.SURVEYED, due_on=due_on)
    notices.tell_what_is_due()
    assert kinds_of(world.officer) == ([kind] if kind else [])
    assert notices.tell_what_is_due() == 0


def test_the_department_is_told_once_a_week_how_many_are_late(
    world: World, settings: Settings
) -> None:
    department = users.user("so", Role.DEPARTMENT, world.province)
    listed(world)
    RoundDeadline.objects.create(
        round=world.round, stage=RoundStage.SURVEYED, due_on=dt.date(2024, 10, 1)
    )
    for day in (15, 16, 21):  # Tuesday, Wednesday, Monday
        settings.POVREG_TODAY = dt.date(2024, 10, day)
        notices.tell_what_is_due()
    late = Notice.objects.filter(kind=NoticeKind.COMMUNES_LATE)
    assert [one.facts["number"] for one in late] == [1, 1]
    assert kinds_of(department) == [NoticeKind.COMMUNES_LATE] * 2


def test_a_request_is_due(world: World, settings: Settings) -> None:
    asked = Asked("REVIEW", "DESK", dt.date(2024, 10, 1), "Nông Văn Hỏi")
    requests.receive(village=world.village, asked=asked, by=world.officer)
    notices.tell_what_is_due()
    assert kinds_of(world.officer) == []
    settings.POVREG_TODAY = world.round.closes_on - dt.timedelta(days=1)
    notices.tell_what_is_due()
    assert NoticeKind.REQUEST_DUE in kinds_of(world.officer)


def test_mailed_once_where_the_server_sends_mail(world: World, settings: Settings) -> None:
    world.officer.email = "officer@example.org"
    world.officer.save()
    users.user("chair", Role.COMMUNE_CHAIR, world.commune)  # without an address
    tell(world)
    tell(world, "2")
    settings.POVREG_SENDS_MAIL = False
    assert notices.send_mails() == 0
    settings.POVREG_SENDS_MAIL = True
    assert notices.send_mails() == 1
    assert notices.send_mails() == 0
    (sent,) = mail.outbox
    assert sent.to == ["officer@example.org"]
    assert sent.subject == "povreg: 2 thông báo cho bạn"
    assert sent.body.splitlines()[0] == f"- Có ý kiến, khiếu nại mới: {world.commune.name}"


def test_who_has_read_them_gets_no_mail(world: World, settings: Settings) -> None:
    settings.POVREG_SENDS_MAIL = True
    world.officer.email = "officer@example.org"
    world.officer.save()
    tell(world)
    notices.mark_read(to=Notice.objects.get().pk, by=world.officer)
    assert notices.send_mails() == 0
    assert mail.outbox == []
