"""Every address of the product, tried as everyone: closed unless it was opened on purpose."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from households.choices import Role
from households.models import User
from tests.security.addresses import ADDRESSES, POST, SERVED, Address, For, patterns, url_of
from tests.security.answers import text_of
from tests.security.conftest import SECRETS, Register

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]
LOGIN = "/login/"
FORM = {"revision": "1"}


def sent(client: Client, method: str, url: str) -> HttpResponse:
    if method == "POST":
        return client.post(url, FORM)  # type: ignore[return-value]
    return client.generic(method, url)  # type: ignore[return-value]


def tried(register: Register, *only: For) -> Iterator[tuple[str, Address, str, str]]:
    """(name, address, method, url) of all addresses, or of those for `only`. Health is slow without
    a broker and has tests of its own."""
    for name, address in ADDRESSES.items():
        if name != "health" and (not only or address.whom in only):
            for method in sorted(address.takes):
                yield name, address, method, url_of(name, register)


def test_every_address_stands_in_the_table() -> None:
    # The API is tried in test_api.
    known = {name for name, __ in patterns() if not name.startswith(("admin:", "api:"))}
    assert known == set(ADDRESSES)


def test_nobody_enters_without_logging_in(register: Register, client: Client) -> None:
    let_in = {
        (name, method): answer.status_code
        for name, address, method, url in tried(register)
        if address.whom is not For.ANYONE
        for answer in [sent(client, method, url)]
        if answer.status_code != 302 or not answer["Location"].startswith(LOGIN)
    }
    assert let_in == {}


def test_an_address_that_does_not_exist_is_not_found_by_anyone(
    register: Register, client: Client, logged_in: LogIn
) -> None:
    for visitor in (client, logged_in(register.officer)):
        assert visitor.get("/no-such-page/").status_code == 404


@pytest.mark.parametrize("who", ["stranger", "stranger_administrator"])
def test_what_belongs_to_another_area_does_not_exist(
    register: Register, logged_in: LogIn, who: str
) -> None:
    """404 for one who does such work elsewhere, 403 for one who never does it; nothing of the
    families of commune A in any answer."""
    user: User = getattr(register, who)
    client = logged_in(user)
    role = Role(user.assignments.get().role)
    wrong = {}
    for name, address, method, url in tried(register):
        if name == "logout":
            continue
        answer = sent(client, method, url)
        if address.owned:
            due = 404 if role in SERVED[address.whom] else 403
            if answer.status_code != due:
                wrong[name, method] = answer.status_code
        told = [secret for secret in SECRETS if secret in text_of(answer)]
        if told:
            wrong[name, method, "tells"] = told
    assert wrong == {}


@pytest.mark.parametrize("role", list(Role))
def test_a_role_is_refused_whatever_its_line_does_not_name(
    register: Register, logged_in: LogIn, role: Role
) -> None:
    client = logged_in(register.people[role])
    let_in = {
        (name, method): answer.status_code
        for name, address, method, url in tried(register)
        if role not in SERVED[address.whom]
        for answer in [sent(client, method, url)]
        if answer.status_code != 403
    }
    assert let_in == {}


def test_the_role_of_the_line_is_let_in(register: Register, logged_in: LogIn) -> None:
    """Without this the refusals above would prove nothing."""
    clients = {role: logged_in(register.people[role]) for role in Role}
    refused = {
        (name, role): answer.status_code
        for name, address, method, url in tried(register)
        if method == "GET" and name != "password_reset_confirm"
        # What is for all roles is tried as the one that sees least.
        for role in (SERVED[address.whom] if address.owned else [min(SERVED[address.whom])])
        for answer in [sent(clients[role], method, url)]
        if answer.status_code != 200
    }
    assert refused == {}


def test_a_method_that_is_not_meant_is_refused(register: Register, logged_in: LogIn) -> None:
    """As one who may do the work, so that only the method is wrong."""
    wrong = {}
    for name, address in ADDRESSES.items():
        if name == "password_reset_confirm":  # Django sends on to the form before it looks
            continue
        role = next(one for one in _WORKERS if one in SERVED[address.whom])
        client = logged_in(register.people[role])
        for method in {"GET", "POST", "DELETE"} - address.takes:
            answer = sent(client, method, url_of(name, register))
            if answer.status_code != 405:
                wrong[name, method] = answer.status_code
    assert wrong == {}


_WORKERS = (Role.COMMUNE_OFFICER, Role.DEPARTMENT, Role.ADMINISTRATOR, Role.INSPECTOR)


def rows_written() -> dict[str, int]:
    """Rows inserted, changed and deleted so far in this transaction, by table. A browser's own
    session is not the register's."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE relname NOT IN ('django_session')"
        )
        return {name: number for name, number in cursor.fetchall() if number}


def test_reading_writes_nothing(register: Register, logged_in: LogIn) -> None:
    clients = [logged_in(register.people[role]) for role in _WORKERS]
    wrote = {}
    for name in ADDRESSES.keys() - {"health"}:
        url = url_of(name, register)  # may make the row it names
        for client in clients:
            before = rows_written()
            client.get(url)
            if (after := rows_written()) != before:
                wrote[name] = {k: v for k, v in after.items() if before.get(k) != v}
    assert wrote == {}


def test_the_count_of_written_rows_sees_a_write(register: Register, logged_in: LogIn) -> None:
    before = rows_written()
    logged_in(register.officer).post(url_of("households:survey_discard", register))
    assert rows_written() != before


def test_no_form_is_taken_from_another_site(register: Register) -> None:
    taken = {}
    for name, address in ADDRESSES.items():
        if not address.takes >= POST:
            continue
        client = Client(enforce_csrf_checks=True)
        role = next(one for one in _WORKERS if one in SERVED[address.whom])
        client.force_login(register.people[role])
        url = url_of(name, register)  # may make the row it names
        before = rows_written()
        answer = client.post(url, FORM)
        if answer.status_code != 403 or rows_written() != before:
            taken[name] = answer.status_code
    assert taken == {}


def admin_urls(register: Register) -> Iterator[str]:
    """Every page of the administrator's look-up, of a row that is there."""
    yield reverse("admin:index")
    yield reverse("admin:app_list", args=["households"])
    rows = {
        "area": register.commune.pk,
        "assignment": register.assignment.pk,
        "povertystandard": register.table.standard_id,
    }
    for name, __ in patterns():
        page = name.removeprefix("admin:households_")
        if page == name or "_" not in page:
            continue
        model, __, action = page.partition("_")
        if action in ("changelist", "add", "export"):
            yield reverse(name)
        elif model in rows:
            yield reverse(name, args=[rows[model]])


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_the_look_up_pages_open_to_administrators_only(
    register: Register, logged_in: LogIn, role: Role
) -> None:
    user = register.people[role]
    user.is_staff = user.is_superuser = True
    user.save()
    client = logged_in(user)
    urls = list(admin_urls(register))
    assert len(urls) > 20
    let_in = [
        url for url in urls for method in ("GET", "POST")
        if sent(client, method, url).status_code not in (302, 403)
    ]  # fmt: skip
    assert let_in == []


def test_administrators_look_up_without_writing_and_without_families(
    register: Register, logged_in: LogIn
) -> None:
    client = logged_in(register.people[Role.ADMINISTRATOR])
    before = rows_written()
    for url in admin_urls(register):
        page = client.get(url).content.decode()
        assert not [secret for secret in SECRETS if secret in page], url
    assert rows_written() == before
