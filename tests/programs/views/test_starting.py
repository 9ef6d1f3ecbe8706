"""A commune of 2026 without a district starts, from nothing to everything, by one officer."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from households.choices import DecisionOrigin, Purpose, Role, Settlement, SignerTitle
from households.choices.importing import ImportKind, ImportState
from households.models import (
    Area,
    AreaTrait,
    ImportBatch,
    RecognitionDecision,
    ReviewRound,
    TakenOverList,
    User,
)
from households.models.area_reach import made_of
from households.queries import complete_from
from households.services import (
    certificates,
    disclosures,
    import_files,
    resident_counts,
)
from households.services.certificates import Signed
from households.services.resident_counts import Count
from households.services.system_user import system_user
from households.services.taking_over import take_over
from programs.services import programmes
from tests.factories import areas, paper_lists, reviews, users
from tests.programs.views.test_programmes import client_of

TODAY = dt.date(2026, 1, 5)
STARTS = reverse("programs:starts")
PANEL = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def in_2026(settings: Settings, db: None) -> None:
    settings.POVREG_TODAY = TODAY
    settings.LANGUAGE_CODE = "en"
    reviews.standard()
    reviews.adult()  # the ethnic group of the list


@pytest.fixture
def province() -> Area:
    return areas.province(code="19", name="Tỉnh Mới")


@pytest.fixture
def commune(province: Area) -> Area:
    """Of today's map: right below its province, nobody said whether commune or ward."""
    made = areas.commune(province, code="01864", name="Xã Đầu")
    areas.village(made)
    return made


@pytest.fixture
def officer(commune: Area) -> User:
    return users.user("officer", Role.COMMUNE_OFFICER, commune)


Taken = Callable[..., Any]


@pytest.fixture
def taken(commune: Area, officer: User, tmp_path: Path) -> Taken:
    """The list of a review's year is taken over."""

    def run(year: int = 2025, rows: Any = paper_lists.TWO, of: Area = commune, **more: Any) -> None:
        path = tmp_path / "danh-sach.xlsx"
        path.write_bytes(paper_lists.workbook(rows))
        facts = paper_lists.facts(
            of, **{
                "number": f"{year}/QĐ", "year": year, "decided_on": dt.date(year, 12, 20),
                "effective_from": dt.date(year + 1, 1, 1),
            } | more,
        )  # fmt: skip
        with import_files.readable_list(path) as sheet:
            done = take_over(sheet=sheet, facts=facts, commit=True, by=officer, reason="Theo giấy")
        assert not done.errors

    return run


def page_of(commune: Area) -> str:
    return reverse("programs:commune_start", args=[commune.pk])


def shown(client: Client, url: str, **headers: Any) -> str:
    answer = client.get(url, **headers)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def standings(client: Client, commune: Area) -> dict[str, str]:
    start = client.get(page_of(commune)).context["start"]
    return {one.code: str(one.standing) for one in start.lines}


def test_a_round_of_all_residents_counts_them_itself(
    commune: Area, officer: User, taken: Taken
) -> None:
    taken()
    client = client_of(officer)
    assert standings(client, commune)["residents"] == "to_do"
    assert "no rate can be counted" in shown(client, page_of(commune))
    ReviewRound.objects.update(covers_all_residents=True)
    assert standings(client, commune)["residents"] == "done"
    assert "The round counts all residents itself" in shown(client, page_of(commune))


def test_an_empty_commune_is_told_what_it_lacks_in_order(commune: Area, officer: User) -> None:
    client = client_of(officer)
    assert standings(client, commune) == {
        "map": "done", "people": "done", "earlier": "optional", "list": "to_do",
        "complete": "blocked", "residents": "blocked", "certificates": "blocked",
        "programmes": "waits", "rules": "waits", "letterhead": "waits", "print": "blocked",
    }  # fmt: skip
    page = shown(client, page_of(commune))
    assert "First the list in force." in page
    assert "<b>2</b> of 11 are there; next: List in force, with its decision" in page
    assert page.count("btn-primary") == 1
    assert "next: List in force" in shown(client, STARTS, **PANEL)


def test_the_sheet_of_the_list_brings_the_villages(
    province: Area, officer: User, commune: Area, taken: Taken
) -> None:
    Area.objects.filter(parent=commune).delete()
    client = client_of(officer)
    assert standings(client, commune)["map"] == "optional"
    taken(2025)
    assert standings(client, commune)["map"] == "done"


def test_one_officer_comes_to_the_end(commune: Area, officer: User, taken: Taken) -> None:
    programmes.load(by=system_user())
    client = client_of(officer)
    taken(2024)
    # Last year's review decides what counts today: its list is still to come.
    assert standings(client, commune)["list"] == "to_do"
    taken(2025, [paper_lists.TWO[0]], near_poor=0)
    told = shown(client, page_of(commune))
    assert "Reviews of 2024; 1 households escaped since the first of them" in told
    assert "Decision 2025/QĐ of 20/12/2025; 1 households are listed today" in told
    assert "The scan of the decision is missing." in told
    assert 'value="2024"' in told  # proposed: povreg has both
    client.post(page_of(commune), {"year": 2024})
    assert complete_from.said([commune.pk]) == {commune.pk: 2024}
    decided = RecognitionDecision.objects.latest("effective_from")
    count = Count(commune, decided.round.as_of, Settlement.RURAL, 900, 3600)
    resident_counts.enter(counts=[count], by=officer)
    signed = Signed(TODAY, "Hoàng Văn Chủ", SignerTitle.CHAIR)
    certificates.issue_all(commune=commune, signed=signed, by=officer)
    disclosures.record(
        verb=disclosures.PRINT, filters={}, count=1, purpose=Purpose.REPORT, note="", by=officer
    )
    found = standings(client, commune)
    assert {code for code, standing in found.items() if standing != "done"} == {
        "programmes", "rules", "letterhead",
    }  # fmt: skip
    page = shown(client, page_of(commune))
    assert "terms of the procedure are not confirmed" in page
    # Nobody of 2022 and 2023 is in it.
    assert "lists are needed from the review of 2021" in page
    assert "wait for the department to confirm them" in page
    assert "the next number of this year is 0002" in page
    assert "900 households as of" in page
    # Only the department has something to do: the commune's home says nothing.
    assert "starts" not in shown(client, STARTS, **PANEL)


def test_a_list_that_differs_from_its_paper_is_told(
    commune: Area, officer: User, taken: Taken
) -> None:
    taken(2025)
    client = client_of(officer)
    assert "Differs from the paper" not in shown(client, page_of(commune))
    decided = RecognitionDecision.objects.get()
    batch = ImportBatch.objects.create(
        sent_by=officer, kind=ImportKind.LIST, state=ImportState.WRITTEN
    )
    TakenOverList.objects.create(
        batch=batch, commune=commune, standard=decided.standard, year=2025,
        number=decided.number, decided_on=decided.decided_on, decided_by="Hoàng Văn Chủ",
        effective_from=decided.effective_from, poor_households=2, near_poor_households=1,
        difference_reason="Một hộ chuyển đi",
    )  # fmt: skip
    assert "Differs from the paper: Một hộ chuyển đi" in shown(client, page_of(commune))


@pytest.mark.parametrize(("year", "missing"), [(2023, "2023, 2024"), (2026, "2026")])
def test_no_year_is_said_whose_lists_are_not_there(
    commune: Area, officer: User, taken: Taken, year: int, missing: str
) -> None:
    taken(2025)
    answer = client_of(officer).post(page_of(commune), {"year": year})
    assert answer.status_code == 422
    words = f"povreg does not have the lists of these reviews: {missing}."
    assert words in answer.content.decode()
    assert complete_from.said([commune.pk]) == {}


def test_nothing_is_said_before_the_list_in_force(commune: Area, officer: User) -> None:
    answer = client_of(officer).post(page_of(commune), {"year": 2025})
    assert answer.status_code == 422
    assert "take over the one in force first" in answer.content.decode()


def test_the_department_sees_who_is_stuck_first(
    province: Area, commune: Area, officer: User, taken: Taken
) -> None:
    other = areas.commune(province, code="01865", name="Xã Bên")
    areas.village(other, name="Thôn Hai")
    AreaTrait.objects.filter(area=other).delete()  # neither urban nor rural, and no officer
    chief = client_of(users.user("chief", Role.DEPARTMENT, province))
    rows = chief.get(STARTS).context["rows"]
    assert [one.facts.commune for one in rows] == [other, commune]
    page = shown(chief, page_of(other))
    assert "nobody said whether urban or rural" in page
    assert "First an officer of the commune with an account." in page
    assert "what is missing waits for the department" in page
    assert "1 of them wait for the department" in shown(chief, STARTS, **PANEL)
    assert "2 communes" in shown(chief, STARTS, **PANEL)
    taken(2025)
    RecognitionDecision.objects.update(origin=DecisionOrigin.PROCEDURE)
    rows = chief.get(STARTS).context["rows"]
    assert [one.facts.commune for one in rows] == [other]
    assert "starts no more" in shown(chief, page_of(commune))


def test_who_may_only_look_has_no_way_to_do_it(province: Area, commune: Area, taken: Taken) -> None:
    chief = client_of(users.user("chief", Role.DEPARTMENT, province))
    assert reverse("households:take_over_list") not in shown(chief, page_of(commune))
    taken(2025)
    page = shown(chief, page_of(commune))
    assert "Only the commune officer records the decision of the commune chair." in page
    assert chief.post(page_of(commune), {"year": 2025}).status_code == 403


def test_other_communes_do_not_exist_and_others_see_nothing(
    province: Area, commune: Area, officer: User
) -> None:
    other = areas.commune(province, code="01865", name="Xã Bên")
    assert client_of(officer).get(page_of(other)).status_code == 404
    assert client_of(officer).get(page_of(Area(pk=0))).status_code == 404
    assert client_of(officer).put(page_of(commune)).status_code == 405
    village = made_of(commune).get().children.get()
    head = client_of(users.user("head", Role.VILLAGE_HEAD, village))
    assert head.get(page_of(commune)).status_code == 403
    assert head.get(STARTS).status_code == 403


def test_as_many_queries_for_many_communes(
    province: Area,
    commune: Area,
    officer: User,
    taken: Taken,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    taken(2025)
    client = client_of(officer)
    client.get(page_of(commune))
    with django_assert_num_queries(29):
        client.get(page_of(commune))
    chief = client_of(users.user("chief", Role.DEPARTMENT, province))
    chief.get(STARTS)
    with django_assert_num_queries(28):
        chief.get(STARTS)
    for n in range(5):
        areas.village(areas.commune(province, code=f"0190{n}", name=f"Xã {n}"))
    with django_assert_num_queries(28):
        chief.get(STARTS)


def test_many_are_paged_and_chosen_by_what_comes_next(province: Area, commune: Area) -> None:
    for number in range(25):
        areas.commune(province, code=f"{10_000 + number}", name=f"Xã Số {number:02}")
    department = client_of(users.user("so", Role.DEPARTMENT, province))
    first = department.get(STARTS)
    code, __, count = first.context["steps"][0]
    stuck = department.get(STARTS, {"step": code})
    last = department.get(STARTS, {"step": code, "page": "2"})

    assert (code, first.content.count(b'<th scope="row">')) == ("stuck", 20)
    assert stuck.context["page"].paginator.count == count
    assert b"step=stuck&amp;page=2" in stuck.content
    assert last.content.count(b'<th scope="row">') == count - 20
    assert b"No commune is at this now." in department.get(STARTS, {"step": "none"}).content
    current = [one.url for one in first.context["navigation"] if one.is_current]
    assert current == [reverse("households:home")]
