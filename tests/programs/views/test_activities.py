"""Pages of activities and training: recorded, filled, settled, seen by whom."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from households.choices import Role
from programs.models import Activity, Benefit
from tests.factories import people, users
from tests.programs.conftest import Land, day
from tests.programs.services.test_activities import course
from tests.programs.services.test_participants import poor
from tests.programs.views.test_programmes import client_of

HELD = {
    "kind": "COURSE", "topic": "Kỹ thuật trồng ngô", "begins_on": "10/05/2024",
    "ends_on": "11/05/2024", "people_reached": "40", "women_reached": "25",
}  # fmt: skip

SHOWN = HELD | {"kind": "MODEL", "begins_on": "02/05/2023", "ends_on": "31/05/2023"}
VERDICT = {
    "evaluated_on": "01/06/2024", "evaluated_by": "Trung tâm", "result": "Đạt 9 phần 10",
    "started_households": "3", "kept_households": "2", "worth_repeating": "YES",
    "repeat_where": "Các thôn vùng cao", "shortcoming": "Thiếu tổ", "mends": "Hợp tác xã",
    "mend_by": "30/09/2024",
}  # fmt: skip


@pytest.fixture(autouse=True)
def in_english(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


def test_a_course_is_recorded_filled_and_its_figures_are_told(land: Land) -> None:
    client, home = client_of(land.officer), poor(land, people.person("Nông Văn Tick"))
    client.post(reverse("programs:activity_new"), HELD)
    made = Activity.objects.get()
    assert (made.commune, made.women_reached) == (land.commune, 25)
    add = reverse("programs:participants_add", args=[made.uuid])
    assert "Nông Văn Tick" in client.get(add).content.decode()
    answer = client.post(add, {"whom": [str(home.pk), "x", "9-"], "because": ""}, follow=True)
    page = answer.content.decode()
    assert "1 is added" in page
    assert "Nông Văn Tick" in page
    assert "Nông Văn Tick" not in client.get(add).content.decode()
    listed = client.get(reverse("programs:activity_list")).content.decode()
    assert "Kỹ thuật trồng ngô" in listed
    assert "people reached, counted on the spot at 1 of 1" in " ".join(listed.split())
    assert "Kỹ thuật" not in client.get(reverse("programs:training_list")).content.decode()


def test_numbers_that_cannot_be_are_told_on_the_form(land: Land) -> None:
    client = client_of(land.officer)
    page = client.post(reverse("programs:activity_new"), HELD | {"women_reached": "41"})
    assert page.status_code == 422
    assert "more than all of them" in page.content.decode()
    assert not Activity.objects.exists()


def test_a_trainee_finishes_with_his_certificate(land: Land) -> None:
    client = client_of(land.officer)
    person = people.person("Nông Thị Học")
    home = poor(land, people.person("Chủ Hộ"), person)
    client.post(
        reverse("programs:training_new"), HELD | {"kind": "VOCATIONAL", "topic": "May công nghiệp"}
    )
    made = Activity.objects.get()
    add = reverse("programs:participants_add", args=[made.uuid])
    assert f'value="{home.pk}-{person.pk}"' in client.get(add).content.decode()
    client.post(add, {"whom": [f"{home.pk}-{person.pk}"], "because": ""})
    trainee = Benefit.objects.get()
    outcomes = reverse("programs:activity_outcomes", args=[made.uuid])
    typed = {"on": "01/08/2024", f"state-{trainee.pk}": "REFUSED"}
    refused = client.post(outcomes, typed)
    assert (refused.status_code, "missing" in refused.content.decode()) == (422, True)
    typed |= {f"state-{trainee.pk}": "SERVED", f"number-{trainee.pk}": "CC-7"}
    assert "Finished" in client.post(outcomes, typed, follow=True).content.decode()
    trainee.refresh_from_db()
    assert (trainee.number, trainee.served_on) == ("CC-7", day("2024-08-01"))


def test_a_person_outside_is_named_and_a_mistake_taken_back(land: Land) -> None:
    client, made = client_of(land.officer), course(land)
    outside = reverse("programs:outsider_add", args=[made.uuid])
    client.post(outside, {"name": "Sùng A Lý", "birth_year": "1985", "ground": "DTTS"})
    part = Benefit.objects.get()
    cancel = reverse("programs:activity_cancel", args=[made.uuid])
    answer = client.post(cancel, {"reason": "Nhầm"})
    assert "those who take part first" in answer.content.decode()
    outcomes = reverse("programs:activity_outcomes", args=[made.uuid])
    client.post(outcomes, {"on": "15/10/2024", "reason": "Nhầm", f"state-{part.pk}": "CANCELLED"})
    page = client.post(cancel, {"reason": "Nhầm"}, follow=True).content.decode()
    assert "taken back" in page
    assert client.get(outside).status_code == 403


def test_it_is_said_otherwise(land: Land) -> None:
    client, made = client_of(land.officer), course(land)
    edit = reverse("programs:activity_edit", args=[made.uuid])
    assert made.topic in client.get(edit).content.decode()
    client.post(edit, HELD | {"topic": "Khác"})
    made.refresh_from_db()
    assert (made.topic, made.begins_on) == ("Khác", day("2024-05-10"))


def test_who_reads_sees_and_changes_nothing_others_see_nothing(land: Land) -> None:
    made = course(land)
    page = reverse("programs:activity", args=[made.uuid])
    reader = client_of(users.user("reader", Role.COMMUNE_CHAIR, land.commune))
    assert "Add who takes part" not in reader.get(page).content.decode()
    assert reader.get(reverse("programs:activity_new")).status_code == 403
    stranger = client_of(users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune))
    assert stranger.get(page).status_code == 404
    assert made.topic not in stranger.get(reverse("programs:activity_list")).content.decode()
    bad = reverse("programs:activity_list") + f"?commune={land.commune.pk}"
    assert stranger.get(bad).status_code == 404
    assert reader.post(page).status_code == 405


def test_a_model_is_evaluated_on_its_page_and_a_course_is_not(land: Land) -> None:
    client = client_of(land.officer)
    client.post(reverse("programs:activity_new"), SHOWN)
    made = Activity.objects.get()
    add = reverse("programs:participants_add", args=[made.uuid])
    homes = [poor(land, people.person()) for _number in range(3)]
    client.post(add, {"whom": [str(one.pk) for one in homes], "because": "x"})
    page = client.get(reverse("programs:activity", args=[made.uuid])).content.decode()
    assert "Households that took part by name: 3." in page
    assert "31/05/2024" in page
    evaluate = reverse("programs:activity_evaluate", args=[made.uuid])
    wrong = client.post(evaluate, VERDICT | {"started_households": "4"})
    assert wrong.status_code == 422
    assert "More began than took part by name (households: 3)." in wrong.content.decode()
    answer = client.post(evaluate, VERDICT, follow=True).content.decode()
    for words in ("Đạt 9 phần 10", "kept it after 12 months: 2", "not mended in time"):
        assert words in answer
    kept = made.evaluations.get()
    mend = reverse("programs:activity_mend", args=[made.uuid])
    assert client.post(mend, {"mended_on": "15/10/2024"}).status_code == 422
    typed = {"mended_on": "15/10/2024", "evaluation": kept.pk}
    assert "mended" in client.post(mend, typed, follow=True).content.decode()
    other = reverse("programs:activity_evaluate", args=[course(land).uuid])
    assert client.post(other, VERDICT).status_code == 404


def test_who_reads_a_model_sees_its_evaluation_and_no_form(land: Land) -> None:
    client_of(land.officer).post(reverse("programs:activity_new"), SHOWN)
    page = reverse("programs:activity", args=[Activity.objects.get().uuid])
    reader = client_of(users.user("reader", Role.COMMUNE_CHAIR, land.commune))
    shown = reader.get(page).content.decode()
    assert "No evaluation is recorded yet." in shown
    assert "Keep the evaluation" not in shown


def test_the_list_needs_as_many_queries_for_many(
    land: Land, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client, address = client_of(land.officer), reverse("programs:activity_list")
    course(land)
    client.get(address)
    with django_assert_num_queries(12):
        client.get(address)
    for _ in range(5):
        course(land)
    with django_assert_num_queries(12):
        client.get(address)


def test_the_department_chooses_the_commune(land: Land) -> None:
    client = client_of(users.user("chief", Role.DEPARTMENT, land.province))
    new = reverse("programs:activity_new")
    assert "In which commune?" in client.get(new).content.decode()
    client.post(f"{new}?commune={land.other_commune.pk}", HELD)
    assert Activity.objects.get().commune == land.other_commune
