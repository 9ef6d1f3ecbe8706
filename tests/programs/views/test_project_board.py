"""The board of production projects: what it says in time, whose projects it shows, its cost."""

import datetime as dt
import io

import pytest
import python_calamine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from households.choices import Role
from programs.models import Project
from programs.services import project_money, projects
from programs.services.project_money import Paid
from tests.factories import areas, reviews, users
from tests.factories import projects as make
from tests.programs.conftest import Land, day
from tests.programs.views.test_programmes import client_of

TODAY = day("2024-08-21")


@pytest.fixture(autouse=True)
def in_2024(settings: Settings, land: Land) -> None:
    settings.POVREG_TODAY = TODAY
    settings.LANGUAGE_CODE = "en"
    make.loaded()


def slipping(land: Land, **facts: object) -> Project:
    """In its appraisal for 52 days, which should take 15."""
    made = make.project(land.commune, land.officer, **facts)
    make.walked(made, land.officer, day("2024-05-24"), 20, 10, 7)
    return made


def board(client: Client, query: str = "") -> str:
    answer = client.get(f"{reverse('programs:project_board')}?{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_project_that_slips_is_told_before_the_season_is_lost(land: Land) -> None:
    slipping(land)
    page = board(client_of(land.officer))
    assert "Ngô vụ đông will miss the season by 12 days" in page
    assert "the dossier lies in appraisal for 52 days, the norm is 15" in page
    assert "Will miss the season by 12 days" in page
    assert "To be reminded" in page
    # Why, by when by the norms, and what shorter steps would do: 10 and 20 days from today.
    assert "In the step “Appraisal” since 30/06/2024, with Hội đồng (tổ) thẩm định." in page
    assert "Inputs are there on <b>12/10/2024</b>, after 52 days" in page
    assert "inputs would be there on 20/09/2024: <b>in time</b>" in " ".join(page.split())


def test_on_an_earlier_day_it_was_in_time(land: Land) -> None:
    slipping(land)
    page = board(client_of(land.officer), "on=01/07/2024")
    assert "By the norms no project misses its season" in page
    assert "40 days to spare" in page


def test_the_line_is_drawn_by_the_server_and_said_in_words(land: Land) -> None:
    slipping(land)
    page = board(client_of(land.officer))
    assert page.count('<rect class="line-done"') == 3
    assert page.count('<rect class="line-now"') == 1
    # The appraisal's 37 days over its norm.
    assert page.count('<rect class="line-over"') == 1
    assert 'aria-label="Ngô vụ đông: Will miss the season by 12 days.' in page
    assert "The same in a table of words and numbers" in page


def test_money_paid_approved_and_planned(land: Land) -> None:
    made = slipping(land)
    projects.approve(
        project=made, committed_vnd=800_000_000, committed_on=TODAY, decision_number="1/QĐ",
        by=land.officer,
    )  # fmt: skip
    paid = Paid(TODAY, 210_000_000, "central", "1/BB", TODAY)
    project_money.pay(project=made, paid=paid, by=land.officer)
    page = board(client_of(land.officer))
    assert "210 / 840 million đồng; approved 800" in page
    assert "<b>25 %</b> of the plan" in page
    assert "0 / 840 million đồng; approved 0" in board(client_of(land.officer), "on=20/08/2024")


def test_a_merged_commune_has_the_projects_of_those_before(land: Land) -> None:
    slipping(land)
    made = areas.merged(land.commune, land.other_commune, parent=land.district)
    client = client_of(users.user("moi", Role.COMMUNE_OFFICER, made))
    assert "Ngô vụ đông" in board(client, f"year=&place={made.pk}")


def test_filters_and_order(land: Land) -> None:
    slipping(land)
    other = make.project(
        land.commune, land.officer, "value_chain", name="An toàn", kind="LIVESTOCK",
        year=2025, season_deadline=day("2025-06-30"),
    )  # fmt: skip
    client = client_of(land.officer)
    assert "An toàn" not in board(client)  # of the year's plan, unless all are asked for
    both = board(client, "year=").split('id="lines"')[1]
    assert both.index("Ngô vụ đông</a>") < both.index("An toàn</a>")
    by_name = board(client, "year=&sort=name").split('id="lines"')[1]
    assert by_name.index("An toàn</a>") < by_name.index("Ngô vụ đông</a>")
    assert "Ngô vụ đông" not in board(client, "year=&owner_kind=VALUE_CHAIN")
    assert "Ngô vụ đông" not in board(client, "year=&kind=LIVESTOCK")
    assert other.name in board(client, f"year=&place={land.district.pk}")
    assert "Year: All · District or commune: All" in board(client, "year=")
    assert "No project like this" in board(client, "year=&kind=FISHERY")
    assert "Ngô vụ đông" in board(client, "kind=NONSENSE&on=nonsense&sort=nonsense")


def test_one_sees_the_projects_of_his_own_areas(land: Land) -> None:
    made = slipping(land)
    stranger = client_of(users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune))
    assert "No production project is recorded in your area yet." in board(stranger)
    assert stranger.get(reverse("programs:project", args=[made.uuid])).status_code == 404
    made.other_communes.add(land.other_commune)
    assert "Ngô vụ đông" in board(stranger)
    assert stranger.get(reverse("programs:project", args=[made.uuid])).status_code == 200
    act = reverse("programs:project_act", args=[made.uuid, "remind"])
    assert stranger.post(act, {}).status_code == 403
    chief = client_of(users.user("chief", Role.DEPARTMENT, land.province))
    assert "Ngô vụ đông" in board(chief)


def test_the_board_needs_as_many_queries_for_many_projects(land: Land) -> None:
    client = client_of(users.user("chief", Role.DEPARTMENT, land.province))
    slipping(land)
    with CaptureQueriesContext(
        connection,
    ) as one:
        board(client)
    for number in range(4):
        slipping(land, name=f"Dự án {number}")
    with CaptureQueriesContext(connection) as many:
        board(client)
    assert len(many) == len(one)
    assert len(many) <= 24


def test_what_is_late_is_told_to_those_who_keep_it(land: Land) -> None:
    made = slipping(land)
    address = reverse("programs:project_reminders")
    panel = client_of(land.officer).get(address, headers={"HX-Request": "true"}).content.decode()
    assert "Ngô vụ đông" in panel
    assert "step 4, Appraisal: 52 days, norm 15" in panel
    assert "<html" not in panel
    projects.remind(
        project=made, reminded_on=TODAY, reminded_whom="Hội đồng", words="Hẹn họp",
        by=land.officer,
    )  # fmt: skip
    assert "reminded 1 time, last on 21/08/2024" in board(client_of(land.officer))
    reader = client_of(users.user("reader", Role.COMMUNE_CHAIR, land.commune))
    assert "No project waits over a norm" in reader.get(address).content.decode()


def test_the_sheet_holds_what_the_board_shows(land: Land) -> None:
    slipping(land)
    client = client_of(land.officer)
    answer = client.get(reverse("programs:project_sheet"))
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    lines = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert lines[0][0] == "Production projects on 21/08/2024"
    row = dict(zip(lines[1], lines[2], strict=True))
    assert (row["Project"], row["Days waiting"], row["Days over the norm"]) == (
        "Ngô vụ đông", 52, 37,
    )  # fmt: skip
    assert row["Inputs there, or by the norms"] == dt.date(2024, 10, 12)
    assert (row["Planned (đồng)"], row["Paid (đồng)"]) == (840_000_000, 0)
    csv = client.get(f"{reverse('programs:project_sheet')}?format=csv")
    assert "Ngô vụ đông" in b"".join(csv.streaming_content).decode()  # type: ignore[attr-defined]


def test_projects_are_counted_by_the_step_reached_on_a_day(land: Land) -> None:
    slipping(land)
    make.project(land.commune, land.officer, "value_chain", name="Gừng")
    page = client_of(land.officer).get(f"{reverse('programs:project_steps')}?by=owner_kind&by=year")
    words = " ".join(page.content.decode().split())
    assert "Community · 2024" in words
    assert "Value chain · 2024" in words
    early = client_of(land.officer).get(f"{reverse('programs:project_steps')}?on=2024-06-01")
    assert early.status_code == 200


def test_procedures_are_shown_with_their_doubts_and_the_department_states_a_norm(
    land: Land,
) -> None:
    chief = client_of(users.user("chief", Role.DEPARTMENT, land.province))
    address = reverse("programs:project_procedures")
    page = chief.get(address).content.decode()
    assert "Community project, simplified" in page
    assert "Unconfirmed" in page
    assert "Confirm the norm" not in client_of(land.officer).get(address).content.decode()
    made = make.project(land.commune, land.officer)
    step = made.procedure.steps.get(code="appraisal")
    norm = reverse("programs:project_norm", args=[step.pk])
    assert chief.post(norm, {"norm_days": "10", "source": ""}).status_code == 422
    chief.post(norm, {"norm_days": "10", "source": "Nghị quyết 05/NQ-HĐND"})
    step.refresh_from_db()
    assert (step.norm_days, step.doubts) == (10, {})
    refused = client_of(land.officer).post(norm, {"norm_days": "1", "source": "x"})
    assert refused.status_code == 403


def test_those_without_labour_capacity_are_told_apart(land: Land) -> None:
    made = slipping(land)
    weak = reviews.surveyed(
        land.round, land.village, land.officer, members=[reviews.adult("Lý Văn Thử")],
        no_labour=True,
    ).household  # fmt: skip
    made.participants.create(
        household=weak, standing="OTHER", joined_on=TODAY, recorded_by=land.officer
    )
    client = client_of(land.officer)
    words = "without labour capacity, by the newest form: 1"
    assert words in " ".join(board(client).split())
    page = client.get(reverse("programs:project", args=[made.uuid])).content.decode()
    assert words in " ".join(page.split())
    answer = client.get(reverse("programs:project_sheet"), {"format": "csv"})
    sheet = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert "Of them without labour capacity" in sheet
