"""Forms filled in by hand of a browser's user who means no good: other people's rows and drafts,
and letters that no keyboard types."""

import base64
import datetime as dt
import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from households.choices import Role
from households.errors import Invalid, Refused
from households.models import Household, Membership, Person, Survey, User
from households.services import surveys
from tests.factories import people, reviews, typed
from tests.security.addresses import ADDRESSES, GET, SERVED, url_of
from tests.security.answers import text_of
from tests.security.conftest import COMPLAINER, SECRETS, Register

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]
NEW = reverse("households:household_new")
LIST = reverse("households:household_list")


@pytest.fixture
def strange_person(register: Register) -> Person:
    person = people.person("Lường Văn Xa", personal_id="006091456789")
    people.household(register.stranger_village, person)
    return person


def test_a_row_that_names_a_stranger_does_not_move_him_here(
    register: Register, strange_person: Person
) -> None:
    row = reviews.adult("Tên Mới", person_id=strange_person.pk, relation="child")
    head = reviews.adult(SECRETS[0], person_id=register.person.pk)
    saved = surveys.save(
        survey=register.survey,
        values={},
        members=[head, row],
        revision=register.survey.revision,
        complete=True,
        by=register.officer,
    )
    assert strange_person.pk not in saved.members.values_list("person_id", flat=True)
    strange_person.refresh_from_db()
    assert strange_person.full_name == "Lường Văn Xa"
    held = Membership.objects.get(person=strange_person)
    assert (held.household_id == saved.household_id, held.valid_to) == (False, None)


def test_a_row_of_another_survey_is_not_taken_over(register: Register, logged_in: LogIn) -> None:
    """`members-0-row` names the stored row that a mask stands for; that of another form gives
    neither its person nor its number."""
    theirs = register.survey.members.get()
    form = reverse("households:survey_form", args=[register.draft.uuid])
    given = typed.whole(register.draft) | {
        "members-0-row": str(theirs.pk),
        "members-0-personal_id": "•••••••••456",
        "act": "draft",
    }
    page = logged_in(register.officer).post(form, given)
    assert page.status_code == 422
    assert [one.target for one in page.context["faults"]] == ["f-members-0-personal_id"]
    assert theirs.personal_id not in register.draft.members.values_list("personal_id", flat=True)


def test_a_service_refuses_who_works_elsewhere(register: Register) -> None:
    with pytest.raises(Refused):
        surveys.start(round=register.round, household=register.household, by=register.stranger)
    with pytest.raises(Refused):
        surveys.discard(survey=register.draft, by=register.stranger)
    with pytest.raises(Refused):
        surveys.save(
            survey=register.draft,
            values={},
            members=[],
            revision=register.draft.revision,
            complete=False,
            by=register.stranger,
        )


@pytest.mark.parametrize("place", ["village", "commune"])
def test_a_new_household_is_entered_in_villages_of_ones_own_only(
    register: Register, logged_in: LogIn, place: str
) -> None:
    strange = register.stranger_village if place == "village" else register.commune
    before = Household.objects.count()
    given = {"village": strange.pk, "uuid": str(uuid.uuid4()), "asked_for_review": "on"}
    assert logged_in(register.officer).post(NEW, given).status_code == 422
    assert Household.objects.count() == before
    with pytest.raises((Refused, Invalid)):
        surveys.start(round=register.round, village=strange, by=register.officer)


def test_the_name_of_anothers_draft_opens_nothing(register: Register, logged_in: LogIn) -> None:
    given = {"village": register.stranger_village.pk, "uuid": str(register.draft.uuid)}
    before = register.draft.revision
    answer = logged_in(register.stranger).post(NEW, given | {"asked_for_review": "on"})
    assert answer.status_code == 422
    assert [secret for secret in SECRETS if secret in answer.content.decode()] == []
    register.draft.refresh_from_db()
    assert register.draft.revision == before


@pytest.mark.parametrize("which", ["survey", "draft"])
def test_the_first_page_sent_again_after_the_form_was_filled_empties_nothing(
    register: Register, logged_in: LogIn, which: str
) -> None:
    """The browser's back button and a second click; the form has members by now."""
    filled: Survey = getattr(register, which)
    members, state = filled.members.count(), filled.state
    given = {"village": register.village.pk, "uuid": str(filled.uuid), "asked_for_review": "on"}
    answer = logged_in(register.officer).post(NEW, given)
    assert answer.status_code == 302
    filled.refresh_from_db()
    assert (filled.members.count(), filled.state) == (members, state)


def test_a_right_that_ended_yesterday_saves_nothing(register: Register) -> None:
    register.officer.assignments.update(valid_to=dt.date(2024, 10, 14))
    officer = User.objects.get(pk=register.officer.pk)
    with pytest.raises(Refused):
        surveys.discard(survey=register.draft, by=officer)


ODD_PLACES = (
    "!", "AAAA", "=", "é",
    *(
        base64.urlsafe_b64encode(written).decode()
        for written in (
            b'["\\u0000", 1]', b'["\\ud800", 1]', b'["a", 1e999]', b'["a", 99999999999999999999]',
            b'["a", true]', b"[" * 2000, b'["a"]', b"{}", b'["a", null]', b'["a", "x"]',
        )
    ),
)  # fmt: skip


@pytest.mark.parametrize("way", ["after", "before"])
@pytest.mark.parametrize("place", ODD_PLACES)
def test_a_place_nobody_was_given_breaks_no_list(
    register: Register, logged_in: LogIn, way: str, place: str
) -> None:
    assert logged_in(register.officer).get(LIST, {way: place}).status_code == 200


@pytest.mark.parametrize("words", ["\x00", "a\x00b", "%_\\", "'; --", "𝔏ò", "H" + "9" * 300, "🙂"])
def test_odd_words_break_no_search(register: Register, logged_in: LogIn, words: str) -> None:
    assert logged_in(register.officer).get(LIST, {"q": words}, follow=True).status_code == 200
    administrator = logged_in(register.people[Role.ADMINISTRATOR])
    assert administrator.get(reverse("households:user_list"), {"q": words}).status_code == 200


@pytest.mark.parametrize("number", [0, 2**31, 2**63, 10**30])
def test_a_number_beyond_every_row_is_not_found(
    register: Register, logged_in: LogIn, number: int
) -> None:
    client = logged_in(register.officer)
    assert client.get(reverse("households:household", args=[number])).status_code == 404


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("members-0-full_name", "Nông\x00Thử"),
        ("phone", "09\x00"),
        ("reason", "vì\x00"),
        ("wall_material", "\x00"),
        ("members-0-personal_id", "\x00"),
        ("revision", "\x00"),
        ("revision", "9" * 50),
    ],
)
def test_letters_no_keyboard_types_are_told_and_break_nothing(
    register: Register, logged_in: LogIn, name: str, words: str
) -> None:
    form = reverse("households:survey_form", args=[register.draft.uuid])
    for act in ("draft", "complete"):
        given = typed.whole(register.draft) | {name: words, "act": act}
        assert logged_in(register.officer).post(form, given).status_code in (302, 409, 400, 422)


def test_who_complained_is_told_only_to_those_who_settle_it(
    register: Register, logged_in: LogIn
) -> None:
    settlers = {Role.COMMUNE_OFFICER, Role.COMMUNE_CHAIR}
    for role in Role:
        client = logged_in(register.people[role])
        pages = [
            text_of(client.get(url_of(name, register)))
            for name, address in ADDRESSES.items()
            if name != "health" and role in SERVED[address.whom] and address.takes >= GET
        ]
        told = any(COMPLAINER in page for page in pages)
        assert told == (role in settlers), role
