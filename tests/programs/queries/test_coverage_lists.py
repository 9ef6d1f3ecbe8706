"""The lists behind the figures hold as many as the figures say, and nobody of another area."""

import pytest

from programs.choices import BenefitState
from programs.choices.coverage import CoverageList
from programs.models import Programme
from programs.queries import coverage_lists
from programs.queries.coverage_lists import Asked, Found
from tests.factories import families, people
from tests.programs.conftest import Land, day
from tests.programs.queries.test_coverage_figures import figures, near_poor
from tests.programs.queries.test_standing import ON, given, poor


def listed(land: Land, code: str, which: CoverageList, ground: str = "") -> list[Found]:
    programme = Programme.objects.get(code=code)
    terms = programme.terms.on(ON).get(ground=ground).pk if ground else None
    asked = Asked(programme, which, ON, (land.commune.inner_path,), terms)
    rows, count = coverage_lists.found(asked)
    assert len(rows) == count
    return rows


def test_each_list_is_as_long_as_its_figure(land: Land) -> None:
    twice, soon, _gap = poor(land), poor(land), poor(land)
    people.household(land.village, people.person("Hoàng Văn Chưa Rõ"))
    for code, home in (("loan", twice), ("loan", twice), ("loan", soon)):
        given(land, home, code)
    head = soon.memberships.get().person
    given(
        land, soon, "health_card", person=head,
        valid_from=day("2024-01-01"), valid_to=day("2024-11-30"),
    )  # fmt: skip
    for code in ("loan", "health_card"):
        told = figures(land, code)
        lengths = {which: len(listed(land, code, which)) for which in CoverageList}
        assert lengths == {
            "gap": told.gap, "served": told.served, "open": told.open, "twice": told.twice,
            "lapsing": told.lapsing,
        }  # fmt: skip
    (one,) = listed(land, "loan", CoverageList.TWICE)
    assert (one.household.pk, one.times, one.lasts) == (twice.pk, 2, None)
    (one,) = listed(land, "health_card", CoverageList.LAPSING)
    assert (one.person, one.lasts) == (head, day("2024-11-30"))


def test_who_too_little_is_known_of_is_told_with_ground_and_fact(land: Land) -> None:
    people.household(land.village, people.person())
    (one,) = listed(land, "health_card", CoverageList.OPEN)
    assert "merit" in one.lacking
    assert "merit" in [terms.ground for terms in one.open_terms]
    assert one.terms is None
    assert len(listed(land, "health_card", CoverageList.OPEN, "merit")) == 1


def test_a_ground_narrows_a_list(land: Land) -> None:
    poor(land)
    near = near_poor(land)
    (one,) = listed(land, "loan", CoverageList.GAP, "near_poor")
    assert (one.household.pk, one.terms and one.terms.ground) == (near.pk, "near_poor")


def test_a_village_narrows_a_list_and_others_stay_out(land: Land) -> None:
    poor(land)
    elsewhere = people.household(land.other_village, people.person())
    families.on_list(elsewhere, land.other_decision, since=day("2022-01-01"))
    programme = Programme.objects.get(code="loan")
    for village, count in ((land.village, 1), (land.other_village, 1)):
        asked = Asked(programme, CoverageList.GAP, ON, (village.inner_path,))
        rows, found = coverage_lists.found(asked)
        assert (found, {one.village for one in rows}) == (count, {village})


@pytest.mark.parametrize("offset", [0, 2])
def test_a_page_is_cut_out_and_the_whole_counted(land: Land, offset: int) -> None:
    homes = [poor(land).pk for _ in range(3)]
    asked = Asked(
        Programme.objects.get(code="loan"), CoverageList.GAP, ON, (land.commune.inner_path,)
    )
    rows, count = coverage_lists.found(asked, limit=2, offset=offset)
    assert [one.household.pk for one in rows] == homes[offset : offset + 2]
    assert count == 3


def test_a_closed_loan_serves_nobody(land: Land) -> None:
    home = poor(land)
    given(land, home, "loan", state=BenefitState.CLOSED)
    assert [one.household.pk for one in listed(land, "loan", CoverageList.GAP)] == [home.pk]
