"""Inspections in the browser: opened, drawn, read as one PDF, found."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from households.choices import Role
from households.models import AuditEvent, Inspection, InspectionFinding, InspectionSample, User
from tests.factories import people, reviews, users
from tests.households.conftest import World
from tests.security.answers import text_of

LogIn = Callable[[User], Client]
LIST = reverse("households:inspection_list")


@pytest.fixture
def inspector(world: World) -> User:
    return users.user("inspector", Role.INSPECTOR, world.commune)


def opened(world: World, inspector: User, logged_in: LogIn) -> Inspection:
    department = logged_in(users.user("so", Role.DEPARTMENT, world.province))
    given = {
        "inspector": inspector.pk, "area": world.commune.pk, "paper_number": "9/QĐ-TTr",
        "first_year": 2024, "last_year": 2024, "valid_from": "01/10/2024",
        "valid_to": "31/10/2024",
    }  # fmt: skip
    assert department.post(LIST, {**given, "valid_to": "30/09/2024"}).status_code == 422
    answer = department.post(LIST, given, follow=True)
    assert "9/QĐ-TTr" in answer.content.decode()
    return Inspection.objects.get()


def test_from_the_order_to_the_finding(world: World, inspector: User, logged_in: LogIn) -> None:
    for number in range(3):
        reviews.surveyed(
            world.round,
            world.village,
            world.officer,
            members=[reviews.adult(f"Hoàng Văn {number}")],
        )
    found = opened(world, inspector, logged_in)
    client = logged_in(inspector)
    assert "9/QĐ-TTr" in client.get(LIST).content.decode()
    page = reverse("households:inspection", args=[found.pk])
    given = {"round": world.round.pk, "strata": "ALL", "per_stratum": 2, "seed": 5}
    assert client.post(page, {**given, "per_stratum": 0}).status_code == 422
    answer = client.post(page, given, follow=True)
    assert "Drawn again now it gives the same households" in answer.content.decode()
    sample = InspectionSample.objects.get()
    dossier = reverse("programs:inspection_dossier", args=[found.pk])
    printed = client.post(dossier, {"sample": sample.pk})
    assert printed.content.startswith(b"%PDF")
    assert AuditEvent.objects.filter(verb="inspection.look").count() == 1
    here = reverse("households:inspection_sample", args=[found.pk, sample.pk])
    assert "Hoàng" not in client.get(here).content.decode()
    assert "Hoàng" in client.post(here, {"act": "names"}).content.decode()
    look = AuditEvent.objects.filter(verb="inspection.look").latest("pk")
    assert look.details == {"what": "names", "households": sorted(sample.households)}
    told = {"round": world.round.pk, "kind": "RIGHT", "found_on": "15/10/2024"}
    assert client.post(here, told).status_code == 422
    client.post(here, {**told, "household": sample.households[0]})
    assert InspectionFinding.objects.get().household_id == sample.households[0]


@pytest.mark.parametrize("what", ["village", "commune", "household"])
def test_the_file_of_each_kind(world: World, inspector: User, logged_in: LogIn, what: str) -> None:
    survey = reviews.surveyed(world.round, world.village, world.officer)
    found = opened(world, inspector, logged_in)
    client = logged_in(inspector)
    dossier = reverse("programs:inspection_dossier", args=[found.pk])
    whose = {
        "village": world.village.pk,
        "commune": world.commune.pk,
        "household": survey.household.code,
    }
    answer = client.post(dossier, {what: whose[what]})
    assert answer["Content-Type"] == "application/pdf"
    look = AuditEvent.objects.get(verb="inspection.look")
    assert look.details == {"what": what, "households": [survey.household_id]}
    other = client.post(dossier, {"village": world.other_village.pk})
    assert other.status_code == 404
    unknown = client.post(dossier, {"household": "H99999999"}, follow=True)
    assert "No household of the inspected area" in unknown.content.decode()
    assert client.get(dossier).status_code == 405


def test_the_answers_of_all_forms_stand_in_the_file_of_a_village_if_asked(
    world: World, inspector: User, logged_in: LogIn
) -> None:
    reviews.surveyed(world.round, world.village, world.officer)
    found = opened(world, inspector, logged_in)
    client = logged_in(inspector)
    page = client.get(reverse("households:inspection", args=[found.pk])).content.decode()
    assert page.count('name="with_answers"') == 2
    dossier = reverse("programs:inspection_dossier", args=[found.pk])
    short = text_of(client.post(dossier, {"village": world.village.pk}))  # type: ignore[arg-type]
    long = text_of(  # type: ignore[arg-type]
        client.post(dossier, {"village": world.village.pk, "with_answers": "1"})
    )
    assert "Trả lời" not in short
    assert "Trả lời" in long


def test_a_finding_is_kept_of_any_household_of_the_area_by_its_code(
    world: World, inspector: User, logged_in: LogIn
) -> None:
    survey = reviews.surveyed(world.round, world.village, world.officer)
    other = people.household(world.other_village, people.person("Người Ngoài"))
    found = opened(world, inspector, logged_in)
    client = logged_in(inspector)
    page = reverse("households:inspection", args=[found.pk])
    told = {
        "act": "find", "found-round": world.round.pk, "found-kind": "WRONG_FACTS",
        "found-words": "Nhà đã kiên cố", "found-found_on": "15/10/2024",
    }  # fmt: skip
    for code in ("", "H99999999", "abc", other.code):
        assert client.post(page, told | {"found-household": code}).status_code == 422
    assert not InspectionFinding.objects.exists()
    told |= {"found-household": survey.household.code}
    assert client.post(page, told | {"found-words": ""}).status_code == 422
    answer = client.post(page, told, follow=True)
    assert survey.household.code in answer.content.decode()
    assert InspectionFinding.objects.get().household_id == survey.household_id
    department = logged_in(users.user("so2", Role.DEPARTMENT, world.province))
    assert department.post(page, told).status_code == 403


def test_who_only_reads_the_register_has_no_inspections(
    world: World, inspector: User, logged_in: LogIn
) -> None:
    found = opened(world, inspector, logged_in)
    officer = logged_in(world.officer)
    assert officer.get(LIST).status_code == 403
    page = reverse("households:inspection", args=[found.pk])
    assert officer.get(page).status_code == 403
    assert logged_in(inspector).get(reverse("households:household_list")).status_code == 403


def test_an_inspector_finds_his_inspections_on_the_first_page(
    world: World, inspector: User, logged_in: LogIn
) -> None:
    client = logged_in(inspector)
    assert "No inspection is open for you today" in client.get("/").content.decode()
    found = opened(world, inspector, logged_in)
    assert reverse("households:inspection", args=[found.pk]) in client.get("/").content.decode()
