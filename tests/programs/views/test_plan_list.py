"""The plan list in the browser: put on, accompanied, agreed, done, taken off."""

import pytest
from django.urls import reverse
from pytest_django import Settings

from households.choices import Role
from households.models import Household, RecognitionDecision
from programs.models import AgreedAction, Companion, PlanEntry, PlanRule
from programs.views import plan_list
from tests.factories import areas, plans, reviews, users
from tests.programs.conftest import Land, day
from tests.programs.movers import moved, other_officer
from tests.programs.planned import decided
from tests.programs.views.test_programmes import client_of


@pytest.fixture(autouse=True)
def in_english(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-06-01")
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def decision(land: Land) -> RecognitionDecision:
    return decided(land)


@pytest.fixture
def near(land: Land, decision: RecognitionDecision) -> Household:
    return plans.decided_form(decision, land.village, land.officer, name="Nông Văn Gần")


PLAN = "programs:plan"


def test_from_near_to_the_list_with_companion_and_agreed_action(
    land: Land, near: Household
) -> None:
    client = client_of(land.officer)
    page = client.get(reverse(PLAN)).content.decode()
    assert "1 indicator from leaving the poor list" in page
    assert "Nobody is on the list yet" in page
    page = client.post(reverse(PLAN), {"household": [str(near.pk), "x"]}, follow=True)
    assert "1 without a companion" in page.content.decode()
    entry = PlanEntry.objects.get()
    assert entry.year == 2025
    address = reverse("programs:plan_entry", args=[entry.pk])
    nobody = client.post(address, {"act": "companion", "valid_from": "01/06/2024"})
    assert (nobody.status_code, "Choose a user" in nobody.content.decode()) == (422, True)
    client.post(
        address,
        {"act": "companion", "name": "Hoàng Thị Giúp", "organisation": "Hội Phụ nữ",
         "valid_from": "01/06/2024"},
    )  # fmt: skip
    assert Companion.objects.get().outside_name == "Hoàng Thị Giúp"
    client.post(address, {"act": "agree", "words": "Làm nhà tiêu", "due_on": "31/03/2025"})
    action = AgreedAction.objects.get()
    client.post(address, {"act": "done", "action": str(action.pk), "done_on": "01/06/2024"})
    action.refresh_from_db()
    assert action.done_on == day("2024-06-01")
    listed = client.get(reverse(PLAN)).content.decode()
    assert "Hoàng Thị Giúp" in listed
    assert "Làm nhà tiêu" in listed
    client.post(address, {"act": "take_off", "reason": "Chuyển đi"})
    assert "taken off: Chuyển đi" in client.get(address).content.decode()
    assert client.post(address, {"act": "dance"}).status_code == 400


def test_the_list_leaves_the_screen_in_word(land: Land, near: Household) -> None:
    client = client_of(land.officer)
    client.post(reverse(PLAN), {"household": [str(near.pk)]})
    url = reverse("programs:skill_file", args=["plan"])
    answer = client.post(url, {"purpose": "REPORT", "format": "docx"})
    assert answer.content[:2] == b"PK"
    page = client.post(url, {"purpose": "REPORT", "format": "print"}).content.decode()
    assert "Nông Văn Gần" in page


def test_only_the_officer_and_the_department_see_it(land: Land, near: Household) -> None:
    client_of(land.officer).post(reverse(PLAN), {"household": [str(near.pk)]})
    entry = reverse("programs:plan_entry", args=[PlanEntry.objects.get().pk])
    chair = client_of(users.user("chair", Role.COMMUNE_CHAIR, land.commune))
    assert [chair.get(url).status_code for url in (reverse(PLAN), entry)] == [403, 403]
    stranger = client_of(users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune))
    assert stranger.get(entry).status_code == 404
    assert "Nông Văn Gần" not in stranger.get(reverse(PLAN)).content.decode()
    chief = client_of(users.user("chief", Role.DEPARTMENT, land.province))
    assert "Of which commune?" in chief.get(reverse(PLAN)).content.decode()
    chosen = chief.get(reverse(PLAN), {"commune": land.commune.pk}).content.decode()
    assert "Nông Văn Gần" in chosen


def test_the_department_sets_the_rule_for_its_province(land: Land, near: Household) -> None:
    typed = {
        "act": "rule", "indicators_at_most": "0", "points_at_most": "5", "source": "Công văn 12",
    }  # fmt: skip
    assert client_of(land.officer).post(reverse(PLAN), typed).status_code == 403
    chief = client_of(users.user("chief", Role.DEPARTMENT, land.province))
    chief.post(f"{reverse(PLAN)}?commune={land.commune.pk}", typed)
    assert PlanRule.objects.get(owner=land.province).points_at_most == 5
    page = client_of(land.officer).get(reverse(PLAN)).content.decode()
    assert "No other household stands near" in page


def test_while_a_round_runs_the_page_says_that_it_waits(
    land: Land, near: Household, settings: Settings
) -> None:
    reviews.periodic(land.province, 2024, reviews.standard())
    settings.POVREG_TODAY = day("2024-09-15")
    page = client_of(land.officer).get(reverse(PLAN)).content.decode()
    assert "once it is decided" in page
    assert "from leaving the poor list" not in page.replace("too many to leave the poor list", "")


def test_who_moved_stands_in_both_lists_and_is_opened_where_he_lives(
    land: Land, near: Household
) -> None:
    old = client_of(land.officer)
    old.post(reverse(PLAN), {"household": [str(near.pk)]})
    entry = reverse("programs:plan_entry", args=[PlanEntry.objects.get().pk])
    old.post(entry, {"act": "companion", "name": "Hoàng Thị Cũ", "valid_from": "01/04/2024"})
    old.post(entry, {"act": "agree", "words": "Làm nhà tiêu", "due_on": "31/03/2025"})
    moved(land, near, day("2024-05-01"))
    page = old.get(reverse(PLAN)).content.decode()
    assert "1 household moved away" in page
    assert "moved to Xã Khác on 01/05/2024" in page
    assert "0 households on the list" in page
    assert [text in page for text in (entry, "Hoàng Thị Cũ", "Làm nhà tiêu", "Thôn Hai")] == [
        False, False, False, False,
    ]  # fmt: skip
    assert (old.get(entry).status_code, old.post(entry, {"act": "done"}).status_code) == (404, 404)
    new = client_of(other_officer(land))
    page = new.get(reverse(PLAN)).content.decode()
    assert "came from Xã Thử on 01/05/2024" in page
    assert "1 household on the list" in page
    assert "1 without a companion" in page
    page = new.get(entry).content.decode()
    assert "before it came here" in page
    page = new.post(
        entry, {"act": "companion", "name": "Vàng Thị Mới", "valid_from": "02/05/2024"}, follow=True
    ).content.decode()
    assert "Vàng Thị Mới" in page
    assert "without a companion" not in new.get(reverse(PLAN)).content.decode()
    # Nobody types it twice: it is not offered any more.
    assert f'value="{near.pk}"' not in new.get(reverse(PLAN)).content.decode()


def test_the_file_tells_who_moved_and_no_more_of_him(land: Land, near: Household) -> None:
    client_of(land.officer).post(reverse(PLAN), {"household": [str(near.pk)]})
    moved(land, near, day("2024-05-01"))
    url = reverse("programs:skill_file", args=["plan"])
    typed = {"purpose": "REPORT", "format": "print"}
    page = client_of(land.officer).post(url, typed).content.decode()
    assert "moved to Xã Khác on 01/05/2024" in page
    assert "Thôn Hai" not in page
    page = client_of(other_officer(land)).post(url, typed).content.decode()
    assert "came from Xã Thử on 01/05/2024" in page
    assert "Thôn Hai" in page


def test_of_many_the_first_are_shown_and_a_village_whole(
    land: Land, decision: RecognitionDecision, near: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_list, "_MOST", 1)
    other = areas.village(land.commune, "Thôn Khác")
    plans.decided_form(decision, land.village, land.officer, name="Nông Văn Hai")
    plans.decided_form(decision, other, land.officer, name="Nông Văn Ba")
    client = client_of(land.officer)

    everywhere = client.get(reverse(PLAN))
    here = client.get(reverse(PLAN), {"village": land.village.pk})

    assert "2 more households: choose a village to see them." in everywhere.content.decode()
    assert [len(one.context["near"]) for one in (everywhere, here)] == [1, 2]
    assert {one.position.head_name for one in here.context["near"]} == {
        "Nông Văn Gần", "Nông Văn Hai"
    }  # fmt: skip
