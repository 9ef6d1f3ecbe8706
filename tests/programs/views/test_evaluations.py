"""The page of all evaluations of the projects and models of one's areas."""

from dataclasses import replace

import pytest
from django.urls import reverse
from pytest_django import Settings

from households.choices import Role
from programs.choices.activities import ActivityKind
from programs.models import Project, ProjectEvaluation
from programs.services import evaluations
from programs.services.evaluations import Verdict
from tests.factories import projects as make
from tests.factories import users
from tests.programs.conftest import Land, day
from tests.programs.services.test_activities import HELD, course
from tests.programs.views.test_programmes import client_of

PAGE = "programs:project_evaluations"


@pytest.fixture(autouse=True)
def in_2024(settings: Settings, land: Land) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"
    make.loaded()


@pytest.fixture
def made(land: Land) -> Project:
    made = make.project(land.commune, land.officer, name="Lợn nái")
    ProjectEvaluation.objects.create(
        project=made, evaluated_on="2024-09-20", evaluated_by="Phòng", result="Đạt 92 %",
        started_households=28, kept_households=25, shortcoming="Chuồng hở", mends="Trưởng thôn",
        mend_by=day("2024-10-01"), worth_repeating="YES", repeat_where="Các thôn vùng cao",
        recorded_by=land.officer,
    )  # fmt: skip
    return made


def test_it_says_what_is_overdue_and_where_to_repeat(land: Land, made: Project) -> None:
    page = " ".join(client_of(land.officer).get(reverse(PAGE)).content.decode().split())
    assert "open: 1; overdue: 1" in page
    for words in ("Lợn nái", "Trưởng thôn", "not mended in time", "Các thôn vùng cao", "25 (89 %)",
                  "before 12 months were over", "No evaluation says yet who kept it"):  # fmt: skip
        assert words in page
    earlier = client_of(land.officer).get(reverse(PAGE), {"on": "2024-09-19"}).content.decode()
    assert "No project or model of your area is evaluated yet." in earlier


def test_the_project_warns_too_and_what_helped_leads_to_it(land: Land, made: Project) -> None:
    client = client_of(land.officer)
    page = client.get(reverse("programs:project", args=[made.uuid])).content.decode()
    assert "before 12 months were over" in page
    assert "The inputs are not there yet: leave it empty." in page
    assert reverse(PAGE) in client.get(reverse("programs:what_helped")).content.decode()


def test_a_model_stands_beside_the_project_and_leads_to_its_page(land: Land, made: Project) -> None:
    held = replace(HELD, topic="Nuôi ong", begins_on=day("2023-05-02"), ends_on=day("2023-05-31"))
    shown = course(land, held, ActivityKind.MODEL)
    verdict = Verdict(day("2024-09-01"), "Trung tâm", "Đạt", 0, "CHANGED", repeat_where="Xã Khác")
    evaluations.evaluate(of=shown, verdict=verdict, by=land.officer)
    page = " ".join(client_of(land.officer).get(reverse(PAGE)).content.decode().split())
    assert "projects evaluated: 1; models evaluated: 1" in page
    for words in (
        'Model</span> <a href="' + reverse("programs:activity", args=[shown.uuid]),
        'Project</span> <a href="' + reverse("programs:project", args=[made.uuid]), "Xã Khác",
    ):  # fmt: skip
        assert words in page
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune)
    assert "Nuôi ong" not in client_of(stranger).get(reverse(PAGE)).content.decode()


def test_other_areas_have_their_own(land: Land, made: Project) -> None:
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune)
    assert "Lợn nái" not in client_of(stranger).get(reverse(PAGE)).content.decode()
    administrator = client_of(users.user("admin", Role.ADMINISTRATOR, land.province))
    assert administrator.get(reverse(PAGE)).status_code == 403
