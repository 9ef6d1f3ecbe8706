"""A project in the browser: opened, taken from step to step, paid, evaluated."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from households.choices import Role
from programs.models import Benefit, Project, ProjectProcedure, ProjectStep
from tests.factories import families, people, users
from tests.factories import projects as make
from tests.programs.conftest import Land, day
from tests.programs.views.test_programmes import client_of

TODAY = day("2024-08-21")


@pytest.fixture(autouse=True)
def in_2024(settings: Settings, land: Land) -> None:
    settings.POVREG_TODAY = TODAY
    settings.LANGUAGE_CODE = "en"
    make.loaded()


@pytest.fixture
def client(land: Land) -> Client:
    return client_of(land.officer)


def acted(client: Client, made: Project, act: str, **typed: object) -> int:
    address = reverse("programs:project_act", args=[made.uuid, act])
    return int(client.post(address, typed).status_code)


def page(client: Client, made: Project) -> str:
    return str(client.get(reverse("programs:project", args=[made.uuid])).content.decode())


def typed_plan(land: Land) -> dict[str, object]:
    return {
        "procedure": ProjectProcedure.objects.get(code="community").pk, "commune": land.commune.pk,
        "name": "Nuôi trâu", "kind": "LIVESTOCK", "lead_unit": "Tổ nuôi trâu", "product": "Trâu",
        "year": "2024", "season": "Trước rét", "season_deadline": "30/11/2024",
        "central_vnd": "500000000", "local_vnd": "",
    }  # fmt: skip


def test_a_project_is_opened_and_its_plan_corrected(land: Land, client: Client) -> None:
    address = reverse("programs:project_new")
    assert "Commune that keeps the dossier" in client.get(address).content.decode()
    wrong = client.post(address, typed_plan(land) | {"season_deadline": "30/11/2030"}, follow=True)
    assert "season ends in the plan year" in wrong.content.decode()
    answer = client.post(address, typed_plan(land), follow=True)
    assert "Nuôi trâu" in answer.content.decode()
    made = Project.objects.get()
    assert (made.planned_vnd, made.owner_kind) == (500_000_000, "COMMUNITY")
    edit = reverse("programs:project_edit", args=[made.uuid])
    assert "30/11/2024" in client.get(edit).content.decode()
    client.post(edit, typed_plan(land) | {"name": "Nuôi trâu sinh sản"})
    made.refresh_from_db()
    assert made.name == "Nuôi trâu sinh sản"


def test_another_commune_is_not_offered(land: Land, client: Client) -> None:
    typed = typed_plan(land) | {"commune": land.other_commune.pk}
    assert client.post(reverse("programs:project_new"), typed).status_code == 422
    assert not Project.objects.exists()


def test_it_goes_from_step_to_step(land: Land, client: Client) -> None:
    made = make.project(land.commune, land.officer)
    assert "Enter the step" in page(client, made)
    assert acted(
        client, made, "enter", step="1", entered_on="01/06/2024", office="UBND xã Thử"
    ) == 302  # fmt: skip
    leave = {"left_on": "20/06/2024", "outcome": "DONE", "note": "", "paper_number": ""}
    before = {**leave, "left_on": "31/05/2024"}
    assert acted(client, made, "leave", **before) == 422
    assert acted(client, made, "leave", **leave, goes_on="on") == 302
    stays = list(ProjectStep.objects.values_list("step__number", "entered_on", "left_on"))
    assert stays == [
        (1, day("2024-06-01"), day("2024-06-20")), (2, day("2024-06-20"), None),
    ]  # fmt: skip
    shown = page(client, made)
    assert "Minutes of the village meeting" in shown  # not ticked: told as missing
    assert "+52 over" in shown
    assert acted(client, made, "take-back", reason="Nhầm") == 422
    assert acted(client, made, "take-back", reason="Nhầm", entry=entry_shown(shown)) == 302
    assert ProjectStep.objects.count() == 1
    assert acted(client, made, "no-such-act") == 404


def test_the_page_says_which_step_is_taken_back_and_a_second_click_takes_no_other(
    land: Land, client: Client
) -> None:
    made = make.project(land.commune, land.officer)
    make.walked(made, land.officer, day("2024-06-01"), 20)
    shown = page(client, made)
    part = " ".join(shown[shown.index("Take the last entry back") :].split())[:1000]
    assert "<b>2. " in part
    assert "entered on 21/06/2024" in part
    assert f"recorded by {land.officer}" in part
    typed = {"reason": "Nhầm", "entry": entry_shown(shown)}
    assert acted(client, made, "take-back", **typed) == 302
    address = reverse("programs:project_act", args=[made.uuid, "take-back"])
    again = client.post(address, typed, follow=True).content.decode()
    assert "not the last one any more" in again
    assert "left on 21/06/2024" in again
    assert made.stays.get().left_on == day("2024-06-21")


def entry_shown(shown: str) -> str:
    found = re.search(r'name="entry" value="([^"]+)"', shown)
    assert found
    return found[1]


def test_rejected_it_says_why_and_is_reopened(land: Land, client: Client) -> None:
    made = make.project(land.commune, land.officer)
    make.walked(made, land.officer, day("2024-06-01"), 20, 10, 7)
    given = {"left_on": "20/07/2024", "outcome": "REJECTED", "paper_number": ""}
    assert acted(client, made, "leave", **given, note="") == 422
    assert acted(client, made, "leave", **given, note="Thiếu đầu ra") == 302
    assert "Thiếu đầu ra" in page(client, made)
    assert acted(
        client, made, "enter", step="2", entered_on="25/07/2024", office="Tổ", note="Đã bổ sung"
    ) == 302  # fmt: skip


def test_families_are_ticked_received_and_shown(land: Land, client: Client) -> None:
    made = make.project(land.commune, land.officer)
    home = people.household(land.village, people.person("Lý Thị Nghèo"))
    families.on_list(home, land.decision, since=day("2024-01-01"))
    better_off = people.household(land.village, people.person("Lý Văn Khá"))
    join = reverse("programs:project_join", args=[made.uuid])
    listed = client.get(join).content.decode()
    assert "Lý Thị Nghèo" in listed
    assert "Lý Văn Khá" not in listed
    assert (
        client.post(join, {"joined_on": "21/08/2024", "codes": "no-such-code"}).status_code == 422
    )
    typed = {"joined_on": "21/08/2024", "household": home.pk, "codes": better_off.code}
    told = client.post(join, typed, follow=True).content.decode()
    assert "1 household takes part. 1 was refused" in told
    shown = page(client, made)
    assert "Lý Thị Nghèo" in shown
    assert "No ground of the programme holds for it on this day." in shown
    approve = {
        "committed_vnd": "800000000", "committed_on": "21/08/2024", "decision_number": "12/QĐ",
    }  # fmt: skip
    assert acted(client, made, "approve", **approve) == 302
    receive = {"received_on": "21/08/2024", "amount_vnd": "20000000", "funding": "central"}
    assert acted(client, made, "receive", **receive) == 302
    benefit = Benefit.objects.get()
    assert benefit.state == "SERVED"
    support = client.get(reverse("programs:benefit", args=[benefit.uuid])).content.decode()
    assert reverse("programs:project", args=[made.uuid]) in support
    part = made.participants.get(household=home)
    assert acted(
        client, made, "left", participant=part.pk, left_on="21/08/2024", reason="Đi làm xa"
    ) == 302  # fmt: skip
    assert Benefit.objects.get().state == "CLOSED"


def test_money_results_and_reminders(land: Land, client: Client) -> None:
    made = make.project(land.commune, land.officer)
    make.walked(made, land.officer, day("2024-06-01"), 20)
    approve = {
        "committed_vnd": "800000000", "committed_on": "01/07/2024", "decision_number": "12/QĐ",
    }  # fmt: skip
    acted(client, made, "approve", **approve)
    pay = {
        "paid_on": "01/08/2024", "amount_vnd": "800000001", "funding": "central",
        "acceptance_number": "1/BB", "accepted_on": "30/07/2024",
    }  # fmt: skip
    assert acted(client, made, "pay", **pay) == 422
    assert acted(client, made, "pay", **pay | {"amount_vnd": "300000000"}) == 302
    payment = made.payments.get()
    assert acted(client, made, "void", payment=payment.pk, reason="Nhập nhầm") == 302
    cycle = {"number": "1", "started_on": "01/08/2024", "unit": "con", "planned_quantity": "120"}
    assert acted(client, made, "cycle", **cycle) == 302
    verdict = {
        "evaluated_on": "20/08/2024", "evaluated_by": "Phòng", "result": "Đạt",
        "started_households": "5", "worth_repeating": "YES", "shortcoming": "Chuồng hở",
        "mends": "Thôn", "mend_by": "01/08/2024",
    }  # fmt: skip
    assert acted(client, made, "evaluate", **verdict) == 302
    shown = page(client, made)
    assert "not mended in time" in shown
    evaluation = made.evaluations.get()
    assert acted(client, made, "mend", evaluation=evaluation.pk, mended_on="21/08/2024") == 302
    remind = {"reminded_on": "20/08/2024", "reminded_whom": "Tổ", "words": "Hẹn nộp"}
    assert acted(client, made, "remind", **remind) == 302
    season = {"season": "Vụ xuân", "season_deadline": "28/02/2025", "reason": "Muộn"}
    assert acted(client, made, "season", **season) == 302
    made.refresh_from_db()
    assert (made.season, made.reminders.count()) == ("Vụ xuân", 1)


def test_who_only_reads_sees_no_forms_and_no_names_of_other_areas(land: Land) -> None:
    made = make.project(land.commune, land.officer)
    home = people.household(land.village, people.person("Lý Thị Nghèo"))
    made.participants.create(
        household=home, standing="OTHER", joined_on=TODAY, recorded_by=land.officer
    )
    reader = client_of(users.user("reader", Role.COMMUNE_CHAIR, land.commune))
    shown = page(reader, made)
    assert "Lý Thị Nghèo" in shown
    assert "way-form" not in shown
    assert reader.get(reverse("programs:project_join", args=[made.uuid])).status_code == 403
    assert reader.get(reverse("programs:project_edit", args=[made.uuid])).status_code == 403
    made.other_communes.add(land.other_commune)
    neighbour = client_of(users.user("neighbour", Role.COMMUNE_OFFICER, land.other_commune))
    beside = page(neighbour, made)
    assert "Lý Thị Nghèo" not in beside
    assert "1 household of another area is not shown by name." in beside
