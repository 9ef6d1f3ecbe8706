"""Who may add, use and remove a passkey. What a key answers is tried in the browser's test."""

import pyotp
import pytest

from households.errors import Invalid, Refused
from households.models import Passkey, SecondFactor, User
from households.services import passkeys, second_factor
from households.services.passkeys import Site
from tests.factories import users

pytestmark = pytest.mark.django_db
SITE = Site("localhost", "http://localhost:8000")


@pytest.fixture
def owner() -> User:
    made = users.user("owner")
    secret = second_factor.begin(by=made)
    second_factor.confirm(code=pyotp.TOTP(secret).now(), by=made)
    SecondFactor.objects.update(last_step=0)
    return made


@pytest.fixture
def code(owner: User) -> str:
    return pyotp.TOTP(second_factor._secret_of(SecondFactor.objects.get(user=owner))).now()


def key(owner: User, name: str = "Điện thoại", number: int = 1) -> Passkey:
    return Passkey.objects.create(
        factor_id=owner.pk, name=name, credential_id=bytes([number]), public_key=b"x"
    )


def test_a_new_key_is_asked_for_only_with_a_code(owner: User, code: str) -> None:
    with pytest.raises(Invalid):
        passkeys.begin_adding(code="000000", site=SITE, by=owner)
    question = passkeys.begin_adding(code=code, site=SITE, by=owner)
    assert '"localhost"' in question.options
    assert owner.username in question.options


def test_without_an_authenticator_there_are_no_keys() -> None:
    nobody = users.user("nobody")
    with pytest.raises(Refused):
        passkeys.begin_adding(code="123456", site=SITE, by=nobody)
    with pytest.raises(Refused):
        passkeys.begin_using(site=SITE, by=nobody)
    with pytest.raises(Refused):
        passkeys.add(name="x", answer="{}", challenge="eA", site=SITE, by=nobody)


def test_ten_keys_are_the_most(owner: User, code: str) -> None:
    for number in range(passkeys.MOST):
        key(owner, f"Khóa {number}", number)
    with pytest.raises(Refused):
        passkeys.begin_adding(code=code, site=SITE, by=owner)


@pytest.mark.parametrize("answer", ["", "{}", "[]", '{"id": "AQ"}', '{"id": 5}', "not json"])
def test_an_answer_that_is_none_is_wrong_and_counted_like_a_wrong_code(
    owner: User, answer: str
) -> None:
    key(owner)
    assert passkeys.use(answer=answer, challenge="eA", site=SITE, by=owner) is False
    assert SecondFactor.objects.get().failures == 1


def test_five_wrong_answers_close_the_door_for_codes_too(owner: User, code: str) -> None:
    key(owner)
    for __ in range(second_factor.MOST_FAILURES):
        passkeys.use(answer="{}", challenge="eA", site=SITE, by=owner)
    with pytest.raises(Refused):
        second_factor.check(code=code, by=owner)


def test_an_answer_that_does_not_fit_adds_no_key(owner: User) -> None:
    for answer in ("", "{}", '{"id": "AQ", "rawId": "AQ", "type": "public-key"}'):
        with pytest.raises(Invalid):
            passkeys.add(name="Khóa", answer=answer, challenge="eA", site=SITE, by=owner)
    assert not Passkey.objects.exists()


def test_a_key_is_removed_by_its_owner_with_a_code(owner: User, code: str) -> None:
    mine = key(owner)
    other = users.user("other")
    with pytest.raises(Refused):
        passkeys.remove(passkey=mine, code=code, by=other)
    with pytest.raises(Invalid):
        passkeys.remove(passkey=mine, code="000000", by=owner)
    passkeys.remove(passkey=mine, code=code, by=owner)
    assert passkeys.of(owner) == []


def test_keys_go_with_the_authenticator(owner: User, code: str) -> None:
    key(owner)
    second_factor.remove(user=owner, by=owner, code=code)
    assert not Passkey.objects.exists()
