"""Accounts by an Excel list: checked row by row, made all or the good ones, slips shown once."""

import io
from collections.abc import Callable

import pytest
import python_calamine
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from households.choices import Role
from households.models import FirstLoginCode, User
from tests.factories import users
from tests.households.conftest import World

LogIn = Callable[[User], Client]
SEND, CREATE = reverse("households:account_list"), reverse("households:account_list_create")
GOOD = ["Nông Thị Hương", "0912345678", "Village head", "Thôn Một", ""]


def excel(*rows: list[object], headings: list[str] | None = None) -> SimpleUploadedFile:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate([headings or ENGLISH, *rows]):
        sheet.write_row(number, 0, row)
    book.close()
    return SimpleUploadedFile("list.xlsx", target.getvalue())


ENGLISH = ["Full name", "Phone", "Role", "Village", "Commune"]


@pytest.fixture
def client(world: World, logged_in: LogIn) -> Client:
    return logged_in(world.officer)


def test_a_good_list_becomes_accounts_with_slips(world: World, client: Client) -> None:
    second = ["Nông Thị Hương", 987654321.0, "REVIEWER", "thon mot", "Xã Thử"]
    checked = client.post(SEND, {"file": excel(GOOD, second)})
    assert (checked.context["good"], checked.context["bad"]) == (2, 0)
    assert not User.objects.filter(full_name="Nông Thị Hương").exists()
    page = client.post(CREATE, {"rows": checked.context["rows"]})
    made = User.objects.filter(full_name="Nông Thị Hương").order_by("pk")
    assert [(one.username, one.phone) for one in made] == [
        ("nongthihuong", "0912345678"),
        ("nongthihuong2", "0987654321"),
    ]
    assert made[0].assignments.get().role == Role.VILLAGE_HEAD
    assert made[0].assignments.get().area == world.village
    codes = [slip.written_code for slip in page.context["slips"]]
    assert all(code in page.content.decode() for code in codes)
    assert FirstLoginCode.objects.count() == 2


def test_each_error_stands_at_its_row_and_column(world: World, client: Client) -> None:
    known = users.user("quen", Role.REVIEWER, world.village)
    User.objects.filter(pk=known.pk).update(phone="0900000001")
    rows = [
        GOOD,
        ["", "12", "King", "Thôn Xa", ""],
        ["Lý Trùng", "0912345678", "Reviewer", "Thôn Một", ""],
        ["Lý Quen", "0900000001", "Reviewer", "Thôn Một", ""],
        ["Lý Cao", "0900000002", "Commune chair", "", "Xã Thử"],
        ["Lý Lạ", "0900000003", "Reviewer", "", "Xã Khác"],
    ]
    page = client.post(SEND, {"file": excel(*rows)})
    wrong = {row.row.line: set(row.problems) for row, __ in page.context["checked"]}
    assert wrong == {
        2: set(),
        3: {"full_name", "phone", "role", "village"},
        4: {"phone"},
        5: {"phone"},
        6: {"role"},
        7: {"commune"},
    }
    assert "quen" in page.content.decode()
    everything = {"rows": page.context["rows"]}
    assert client.post(CREATE, everything).status_code == 422
    assert not FirstLoginCode.objects.exists()
    assert client.post(CREATE, everything | {"only_good": "on"}).status_code == 200
    assert FirstLoginCode.objects.count() == 1


def test_csv_with_semicolons_is_read_too(world: World, client: Client) -> None:
    text = "Full name;Phone;Role;Village\r\nLý A;'0911111111;Reviewer;Thôn Một\r\n"
    sent = SimpleUploadedFile("list.csv", text.encode("utf-8-sig"))
    assert client.post(SEND, {"file": sent}).context["good"] == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b"no workbook"),
        ("a.csv", "Họ tên\nLý".encode("utf-16")),
        ("a.csv", b"x,y\n1,2\n"),
        ("a.csv", b"Full name,Phone,Role\n"),
        ("a.csv", b"\n"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(
    client: Client, name: str, content: bytes
) -> None:
    assert client.post(SEND, {"file": SimpleUploadedFile(name, content)}).status_code == 422


def test_rows_that_were_not_checked_are_not_taken(client: Client) -> None:
    assert client.post(CREATE, {"rows": '[[2, {"full_name": "X"}]]'}).status_code == 422


def test_the_template_offers_what_may_be_given(world: World, client: Client) -> None:
    content = client.get(reverse("households:account_template")).content
    book = python_calamine.load_workbook(io.BytesIO(content))
    lists = book.get_sheet_by_index(1).to_python()
    assert {line[2] for line in lists[1:] if line[2]} == {"Reviewer", "Village head"}
    assert [line[3] for line in lists[1:] if line[3]] == ["Thôn Một"]


def test_checking_costs_the_same_for_one_row_and_for_fifty(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [["Lý A", f"09000000{n:02}", "Reviewer", "Thôn Một", ""] for n in range(50)]
    client.post(SEND)  # the first form of a log-in notes when it was last seen
    for some in (rows[:1], rows):
        with django_assert_num_queries(QUERIES):
            client.post(SEND, {"file": excel(*some)})


QUERIES = 7
