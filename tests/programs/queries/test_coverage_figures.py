"""What each number of coverage counts, on families made by hand."""

from typing import Any

from households.models import Household
from programs.choices import BenefitState
from programs.models import Benefit, Programme
from programs.queries import coverage_figures
from programs.queries.coverage_figures import Figures
from tests.factories import families, people
from tests.programs.conftest import Land, day
from tests.programs.queries.test_standing import ON, given, poor


def figures(land: Land, code: str, ground: str = "", on: Any = ON) -> Figures:
    """Of the commune, households without labour capacity and others together."""
    counted, _lacks = coverage_figures.counted([land.commune.inner_path], on)
    programme = Programme.objects.get(code=code)
    terms = programme.terms.on(on).get(ground=ground).pk if ground else None
    found = Figures()
    for one in counted:
        if (one.programme_id, one.terms_id) == (programme.pk, terms):
            assert one.commune_id == land.commune.pk
            found += one.figures
    return found


def near_poor(land: Land) -> Household:
    home = people.household(land.village, people.person())
    families.on_list(home, land.decision, since=day("2022-01-01"), poverty_class="NEAR_POOR")
    return home


def test_entitled_served_and_gap_of_a_programme_for_households(land: Land) -> None:
    served, _gap, near = poor(land), poor(land), near_poor(land)
    people.household(land.village, people.person())  # not on the list: not entitled
    given(land, served, "loan")
    given(land, near, "loan", state=BenefitState.CLOSED)
    loans = figures(land, "loan")
    assert (loans.entitled, loans.served, loans.gap) == (3, 1, 2)
    assert (loans.entitled_households, loans.served_households, loans.gap_households) == (3, 1, 2)
    assert figures(land, "loan", "poor").entitled == 2
    assert figures(land, "loan", "near_poor").gap == 1


def test_persons_and_distinct_households_are_two_numbers(land: Land) -> None:
    home = poor(land, people.person("Nông Thị Hai"), people.person("Nông Văn Ba"))
    head = home.memberships.get(relation="head").person
    given(
        land, home, "health_card", person=head,
        valid_from=day("2024-01-01"), valid_to=day("2024-12-01"),
    )  # fmt: skip
    cards = figures(land, "health_card")
    assert (cards.entitled, cards.entitled_households) == (3, 1)
    # The household has served members and others: it stands in both.
    assert (cards.served, cards.gap) == (1, 2)
    assert (cards.served_households, cards.gap_households) == (1, 1)
    assert (cards.times, cards.receiving, cards.lapsing) == (1, 1, 1)
    assert figures(land, "health_card", on=day("2024-09-01")).lapsing == 0


def test_a_card_that_is_followed_does_not_lapse(land: Land) -> None:
    home = poor(land)
    head = home.memberships.get(relation="head").person

    def card(first: str, last: str | None) -> None:
        given(
            land, home, "health_card", person=head, served_on=day("2024-09-20"),
            valid_from=day(first), valid_to=last and day(last),
        )  # fmt: skip

    card("2024-01-01", "2024-12-01")
    card("2024-12-03", "2025-12-31")
    assert figures(land, "health_card").lapsing == 1, "a day without a card lies between"
    card("2024-12-02", "2025-06-30")
    found = figures(land, "health_card")
    assert (found.lapsing, found.served, found.times, found.twice) == (0, 1, 1, 0)


def test_a_course_that_ends_is_no_help_that_ends(land: Land) -> None:
    home = poor(land)
    given(land, home, "knowledge", valid_from=day("2024-10-01"), valid_to=day("2024-11-01"))
    assert figures(land, "knowledge").receiving == 1
    assert figures(land, "knowledge").lapsing == 0


def test_two_running_loans_are_two_times_and_one_household_served_twice(land: Land) -> None:
    home, closed = poor(land), poor(land)
    given(land, home, "loan", served_on=day("2023-01-10"))
    given(land, home, "loan", served_on=day("2024-01-10"))
    given(land, closed, "loan", served_on=day("2023-01-10"), state=BenefitState.CLOSED)
    given(land, closed, "loan", served_on=day("2024-01-10"))
    loans = figures(land, "loan")
    assert (loans.times, loans.receiving, loans.twice) == (3, 2, 1)


def test_who_is_served_and_not_entitled_is_no_part_of_the_served(land: Land) -> None:
    home = people.household(land.village, people.person())
    given(land, home, "loan", reason="theo danh sách ngân hàng")
    loans = figures(land, "loan")
    assert (loans.entitled, loans.served, loans.receiving, loans.times) == (0, 0, 1, 1)


def test_a_person_outside_the_register_is_a_time_served_and_nobody_entitled(land: Land) -> None:
    Benefit.objects.create(
        programme=Programme.objects.get(code="health_card"), outside_name="Lý Văn Ngoài",
        outside_ground="dân tộc thiểu số vùng III", commune=land.commune,
        state=BenefitState.SERVED, acted_on=day("2024-01-01"), served_on=day("2024-01-01"),
        valid_from=day("2024-01-01"), recorded_by=land.officer,
    )  # fmt: skip
    cards = figures(land, "health_card")
    assert (cards.outside_times, cards.times, cards.entitled) == (1, 0, 0)


def test_nobody_can_say_is_counted_apart_with_what_is_missing(land: Land) -> None:
    """No form says who is of merit; no zone is known."""
    people.household(land.village, people.person())
    _counted, lacks = coverage_figures.counted([land.commune.inner_path], ON)
    programme = Programme.objects.get(code="health_card")
    cards = figures(land, "health_card")
    assert (cards.entitled, cards.open, cards.open_households) == (0, 1, 1)
    own = [one for one in lacks if one.programme_id == programme.pk]
    assert {one.fact: one.recipients for one in own if one.fact}.items() >= {"merit": 1}.items()
    grounds = {one.terms_id for one in own if one.terms_id}
    assert programme.terms.on(ON).get(ground="merit").pk in grounds


def test_a_ground_in_doubt_entitles_nobody(land: Land) -> None:
    terms = Programme.objects.get(code="loan").terms.on(ON).get(ground="poor")
    terms.doubts = {"who": "weak"}
    terms.save()
    poor(land)
    assert figures(land, "loan").entitled == 0


def test_who_lives_elsewhere_is_not_counted(land: Land) -> None:
    home = people.household(land.other_village, people.person())
    families.on_list(home, land.other_decision, since=day("2022-01-01"))
    assert figures(land, "loan").is_nothing
