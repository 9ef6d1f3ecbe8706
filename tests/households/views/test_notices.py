"""Notices on the first page and on their own."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from households.choices import Role
from households.choices.notices import TOLD, NoticeKind
from households.models import Notice, User
from households.services import notices
from households.services.household_acts import moves
from tests.factories import people, users
from tests.households.conftest import TODAY, World

LogIn = Callable[[User], Client]
PAGE = reverse("households:notice_list")


def test_an_offer_is_told_to_the_new_commune_and_read(world: World, logged_in: LogIn) -> None:
    home = people.household(world.village, people.person())
    moves.move(household=home, village=world.other_village, happened_on=TODAY, by=world.officer)
    receiver = logged_in(users.user("receiver", Role.COMMUNE_OFFICER, world.other_commune))
    (told,) = receiver.get("/").context["notices"]
    assert told.sentence == "A household comes from another commune."
    assert receiver.get(told.url).status_code == 200
    answer = receiver.post(PAGE, {"to": told.notice.pk, "from": "home"})
    assert answer["Location"] == "/"
    assert receiver.get("/").context["notices"] == []
    page = receiver.get(PAGE)
    assert [is_new for __, is_new in page.context["rows"]] == [False]
    assert logged_in(world.officer).get(PAGE).context["rows"] == []


def test_each_kind_has_a_sentence_and_a_page(world: World, logged_in: LogIn) -> None:
    facts = {
        "complaint": 1, "request": 1, "number": 3, "day": "2024-10-20", "transfer": 1,
        "household": 1,
    }  # fmt: skip
    for kind in NoticeKind:
        notices.tell(kind=kind, area=world.commune, round=world.round, key="x", **facts)
    assert Notice.objects.count() == len(NoticeKind)
    rows = logged_in(world.officer).get(PAGE).context["rows"]
    his = [kind for kind, roles in TOLD.items() if Role.COMMUNE_OFFICER in roles]
    assert len(rows) == len(his)  # what is the department's or the district's alone is not his
    assert all(one.sentence.endswith(".") and one.url.startswith("/") for one, __ in rows)
