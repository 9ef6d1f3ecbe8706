"""A list from its beginning to its answers, in the browser."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from households.choices import Role
from programs.choices import BenefitState
from programs.models import Benefit, Programme, SupportList
from programs.services import benefits, list_rows
from tests.factories import people, users
from tests.programs.conftest import Land, day
from tests.programs.support_lists import (
    begun,
    handed_over,
    listed_home,
    pupil_home,
    row_of,
)
from tests.programs.views.test_programmes import client_of
from tests.programs.views.test_support import panel


@pytest.fixture(autouse=True)
def in_english(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def client(land: Land) -> Client:
    return client_of(land.officer)


def address(found: SupportList, name: str = "support_list", *more: object) -> str:
    return reverse(f"programs:{name}", args=[found.uuid, *more])


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_from_what_is_to_be_listed_to_the_hand_over(land: Land, client: Client) -> None:
    home = listed_home(land, people.person("Nông Văn Vay"))
    due = text(client, reverse("programs:support_lists_due", args=[land.commune.pk]))
    assert "Entitled, not served" in due
    new = reverse("programs:support_list_new", args=[land.commune.pk, "loan"])
    assert "Ngân hàng Chính sách xã hội Huyện Thử" in text(client, new)
    wrong = client.post(new, {"listed_on": "16/10/2024", "receiver_name": "Ngân hàng"})
    assert wrong.status_code == 422
    client.post(new, {"listed_on": "10/10/2024", "receiver_name": "Ngân hàng"})
    found = SupportList.objects.get()
    told = client.post(address(found, "support_list_put_due"), follow=True).content.decode()
    assert "1 row came on the list." in told
    assert "Nông Văn Vay" in told
    row = row_of(found, home)
    asked = {
        f"{row.pk}.amount_vnd": "100000001", f"{row.pk}.purpose": "LIVESTOCK",
        f"{row.pk}.loan_months": "36", f"{row.pk}.savings_group": "Tổ 1",
    }  # fmt: skip
    too_much = client.post(address(found, "support_list_asked"), asked)
    assert too_much.status_code == 422
    assert "At most 100,000,000 đồng" in too_much.content.decode()
    client.post(address(found, "support_list_asked"), asked | {f"{row.pk}.amount_vnd": "50000000"})
    paper = {"number": "12/DS-UBND", "handed_over_on": "12/10/2024", "signed_by": ""}
    assert client.post(address(found, "support_list_hand_over"), paper).status_code == 422
    client.post(address(found, "support_list_hand_over"), paper | {"signed_by": "Hoàng Văn Chủ"})
    page = text(client, address(found))
    assert "Handed over, no answer yet" in page
    assert "12/DS-UBND" in page
    assert Benefit.objects.get().amount_vnd == 50_000_000
    assert "on the list of 12/10/2024, paper 12/DS-UBND" in panel(client, home)


def test_the_gap_is_ticked_the_served_shown_and_the_unclear_told_apart(
    land: Land, client: Client
) -> None:
    home = listed_home(land, people.person("Nông Văn Vay"))
    other = listed_home(land, people.person("Nông Văn Không Cần"))
    served = listed_home(land, people.person("Nông Văn Đã"))
    Benefit.objects.create(
        programme=begun(land).programme, household=served, commune=land.commune,
        village=land.village, state="SERVED", acted_on="2024-03-01", served_on="2024-03-01",
        recorded_by=land.officer,
    )  # fmt: skip
    benefits.record(
        programme=Programme.objects.get(code="loan"), household=home, by=land.officer,
        acted_on=day("2024-10-01"), state=BenefitState.WISHED,
    )  # fmt: skip
    found = SupportList.objects.get()
    url = address(found, "support_list_village", land.village.pk)
    page = text(client, url)
    # Of a loan only who wishes it is ticked beforehand.
    assert f'value="{home.pk}" checked' in page
    assert f'value="{other.pk}">' in page
    assert f'value="{served.pk}">' in page
    assert page.index("Nông Văn Vay") < page.index("Nông Văn Đã")
    client.post(url, {"on": [str(home.pk), str(served.pk)]})
    assert found.rows.count() == 2
    strange = client.post(url, {"on": ["999999"]})
    assert strange.status_code == 422
    assert found.rows.count() == 2


def test_of_whom_nobody_can_say_stands_apart_with_what_is_missing(
    land: Land, client: Client
) -> None:
    people.household(land.village, people.person("Lý Văn Chưa Rõ"))
    found = begun(land, "health_card")
    page = text(client, address(found))
    assert "Lý Văn Chưa Rõ" in page
    assert "no form says whether there is merit" in page
    assert "On this day nobody of the commune is entitled" not in page


def test_answers_of_a_whole_village_with_the_exceptions_typed(land: Land, client: Client) -> None:
    first, second, third = (listed_home(land) for _number in range(3))
    found = handed_over(land)
    rows = {home: row_of(found, home).pk for home in (first, second, third)}
    url = address(found, "support_list_answers")
    assert "All rows without an answer of their own" in text(client, url)
    typed = {"acted_on": "14/10/2024", "outcome": "DECIDED"}
    typed |= {f"{pk}.amount_vnd": "40000000" for pk in rows.values()}
    typed[f"{rows[second]}.outcome"] = "REFUSED"
    wrong = client.post(url, typed)
    assert wrong.status_code == 422
    assert "Write why it was refused." in wrong.content.decode()
    assert set(Benefit.objects.values_list("state", flat=True)) == {"LISTED"}
    typed[f"{rows[second]}.reason"] = "Còn nợ quá hạn"
    told = client.post(url, typed, follow=True).content.decode()
    assert "3 answers are recorded." in told
    states = dict(Benefit.objects.values_list("household", "state"))
    assert states == {first.pk: "DECIDED", second.pk: "REFUSED", third.pk: "DECIDED"}
    assert "approved, not received yet: 2" in text(client, url)


def test_cards_without_a_number_wait_on(land: Land, client: Client) -> None:
    first, second = listed_home(land), listed_home(land)
    found = handed_over(land, "health_card")
    row = row_of(found, first).pk
    typed = {
        "acted_on": "14/10/2024", "outcome": "SERVED", "valid_from": "01/01/2025",
        "valid_to": "31/12/2025", f"{row}.number": "HN2060123456789",
    }  # fmt: skip
    client.post(address(found, "support_list_answers"), typed)
    assert Benefit.objects.get(household=first).valid_to == day("2025-12-31")
    assert Benefit.objects.get(household=second).state == "LISTED"
    assert "Answered in part: 1 of 2 wait" in text(client, address(found))


PASTED = "TT\tHọ và tên\tSố thẻ\tLý do không duyệt\n"


@pytest.mark.parametrize(
    ("lines", "told", "states"),
    [
        ("1\tNông Văn A\tHN1\t\n2\tNông Văn B\t\tĐã có thẻ", "2 answers", ["SERVED", "REFUSED"]),
        ("1\tNông Văn B\tHN1", "Line 2: no row waits", ["LISTED", "LISTED"]),
        ("9\tNông Văn A\tHN1", "Line 2: no row waits", ["LISTED", "LISTED"]),
        ("1\tNông Văn A\tHN1\n1\tNông Văn A\tHN2", "told twice", ["LISTED", "LISTED"]),
        ("1\tNông Văn A", "No line tells an answer", ["LISTED", "LISTED"]),
    ],
)
def test_lines_of_the_sheet_are_pasted(
    land: Land, client: Client, lines: str, told: str, states: list[str]
) -> None:
    for name in ("Nông Văn A", "Nông Văn B"):
        listed_home(land, people.person(name))
    found = handed_over(land, "health_card")
    typed = {
        "acted_on": "14/10/2024", "outcome": "SERVED", "valid_from": "01/01/2025",
        "valid_to": "31/12/2025", "pasted": PASTED + lines,
    }  # fmt: skip
    answer = client.post(address(found, "support_list_paste"), typed, follow=True)
    assert told in answer.content.decode()
    found_states = Benefit.objects.order_by("list_row__listed_no").values_list("state", flat=True)
    assert list(found_states) == states


def test_pasted_lines_need_their_headings(land: Land, client: Client) -> None:
    listed_home(land, people.person("Nông Văn A"))
    found = handed_over(land, "health_card")
    typed = {"acted_on": "14/10/2024", "outcome": "SERVED", "pasted": "1\tNông Văn A\tHN1"}
    answer = client.post(address(found, "support_list_paste"), typed)
    assert "line of headings" in answer.content.decode()


def test_who_reads_one_village_sees_that_a_household_is_listed_and_opens_no_list(
    land: Land,
) -> None:
    home = listed_home(land)
    found = handed_over(land)
    head = client_of(users.user("head", Role.VILLAGE_HEAD, land.village))
    told = panel(head, home)
    assert "on the list of 12/10/2024" in told
    assert address(found) not in told
    assert head.get(address(found)).status_code == 404


def test_a_list_is_taken_back_with_its_reason(land: Land, client: Client) -> None:
    listed_home(land)
    found = handed_over(land)
    assert client.post(address(found, "support_list_drop"), {"reason": ""}).status_code == 422
    client.post(address(found, "support_list_drop"), {"reason": "Sai ngày"})
    page = text(client, address(found))
    assert "Taken back" in page
    assert "Sai ngày" in page


def test_the_list_of_lists_is_narrowed_and_scoped(land: Land, client: Client) -> None:
    listed_home(land)
    handed_over(land)
    begun(land, "health_card")
    everything = text(client, reverse("programs:support_lists"))
    assert everything.count('<th scope="row"><a href="/support-lists/') == 2
    drafts = text(client, reverse("programs:support_lists") + "?state=DRAFT")
    assert drafts.count('<th scope="row"><a href="/support-lists/') == 1
    stranger = client_of(users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune))
    assert "No list is there yet." in text(stranger, reverse("programs:support_lists"))


def test_pages_keep_their_number_of_queries(land: Land, client: Client) -> None:
    def count(url: str) -> int:
        with CaptureQueriesContext(connection) as made:
            text(client, url)
        return len(made)

    pupil_home(land, "Nông Thị Một")
    draft, out = begun(land, "study_cost"), handed_over(land)
    list_rows.put_due(support_list=draft, by=land.officer)
    urls = [
        reverse("programs:support_lists"), address(draft), address(out),
        address(draft, "support_list_village", land.village.pk),
        address(draft, "support_list_asked"), address(out, "support_list_answers"),
        reverse("programs:support_lists_due", args=[land.commune.pk]),
    ]  # fmt: skip
    before = [count(url) for url in urls]
    for name in ("Nông Thị Hai", "Nông Thị Ba"):
        pupil_home(land, name)
    list_rows.put_due(support_list=draft, by=land.officer)
    begun(land)
    assert [count(url) for url in urls] == before
    assert max(before) <= 45
