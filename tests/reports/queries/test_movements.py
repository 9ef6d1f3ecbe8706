"""Movements between two years of a small world, household by household."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.utils import translation

from households.choices import HouseholdEndReason, Role
from households.errors import Invalid
from households.models import Household
from households.services import complete_lists, lists
from households.services.household_acts import closing, moves
from reports.choices import FigureStatus
from reports.queries.class_moves import State
from reports.queries.movements import Movements, between
from tests.factories import areas, reviews, users

POOR = {"income_per_capita_month_vnd": 1_500_000, **reviews.THREE_LACKS}
NEAR = {"income_per_capita_month_vnd": 1_500_000}
AVERAGE = {"income_per_capita_month_vnd": 2_000_000}
ABOVE: dict[str, int] = {}


@pytest.fixture
def place(db: None) -> SimpleNamespace:
    province = areas.province()
    commune = areas.commune(areas.district(province))
    return SimpleNamespace(
        province=province, commune=commune, village=areas.village(commune),
        other_village=areas.village(commune, "Thôn Hai"),
        officer=users.user("officer", Role.COMMUNE_OFFICER, commune),
        standard=reviews.standard(),
    )  # fmt: skip


def year(place: SimpleNamespace, number: int, reviewed: list[tuple[str, dict]]) -> None:
    """One year's review, decided on; names tell the households."""
    known: dict[str, Household] = vars(place).setdefault("known", {})
    round = reviews.periodic(place.province, number, place.standard)
    vars(place)[f"round_{number}"] = round
    for name, facts in reviewed:
        home = place.other_village if name == "moves" and number == 2024 else place.village
        survey = reviews.surveyed(round, home, place.officer, household=known.get(name), **facts)
        known[name] = survey.household
    lists.adopt(
        round=round, standard=place.standard, commune=place.commune, by=place.officer,
        paper=lists.Paper(f"{number}/QĐ-UBND", dt.date(number, 12, 10)),
    )  # fmt: skip


@pytest.fixture
def three_years(place: SimpleNamespace) -> SimpleNamespace:
    """What the names say happened between 2023 and 2024."""
    year(place, 2022, [("re-fell", POOR), ("stays poor", POOR)])
    year(place, 2023, [
        ("re-fell", ABOVE), ("stays poor", POOR), ("to near-poor", POOR), ("escaped", POOR),
        ("dies", POOR), ("moves", NEAR), ("to poor", NEAR), ("falls", ABOVE),
        ("stays above", ABOVE),
    ])  # fmt: skip
    closing.close(
        household=place.known["dies"], reason=HouseholdEndReason.ALL_DIED,
        happened_on=dt.date(2024, 3, 1), by=place.officer,
    )  # fmt: skip
    moves.move(
        household=place.known["moves"], village=place.other_village,
        happened_on=dt.date(2024, 4, 1), by=place.officer,
    )  # fmt: skip
    year(place, 2024, [
        ("re-fell", POOR), ("stays poor", POOR), ("to near-poor", NEAR), ("escaped", AVERAGE),
        ("moves", NEAR), ("to poor", POOR), ("falls", NEAR), ("stays above", ABOVE), ("new", POOR),
    ])  # fmt: skip
    return place


def asked(place: SimpleNamespace, **more) -> Movements:
    facts = {"branches": [place.commune.inner_path], "status": FigureStatus.OFFICIAL, **more}
    return between(
        before=place.round_2023, after=place.round_2024, standard=place.standard, **facts
    )


@pytest.mark.parametrize("status", list(FigureStatus))
def test_the_matrix_of_a_commune(three_years, status) -> None:
    found = asked(three_years, status=status)
    assert found.matrix == {
        (State.NOT_POOR, State.POOR): 1,  # re-fell
        (State.POOR, State.POOR): 1,
        (State.POOR, State.NEAR_POOR): 1,
        (State.POOR, State.NOT_POOR): 1,  # escaped; no farm household, so not "average"
        (State.POOR, State.ELSEWHERE): 1,  # dies
        (State.NEAR_POOR, State.NEAR_POOR): 1,  # moves, inside the commune
        (State.NEAR_POOR, State.POOR): 1,
        (State.NOT_POOR, State.NEAR_POOR): 1,  # falls
        (State.NOT_POOR, State.NOT_POOR): 1,
        (State.NOT_LISTED, State.POOR): 1,  # new
    }
    assert (found.entered, found.left) == (0, 1)
    # Preliminary movements open with the decided lists too, as T2 does.
    assert (found.opening_status, found.before_on) == (FigureStatus.OFFICIAL, dt.date(2024, 1, 1))
    is_official = status == FigureStatus.OFFICIAL
    assert found.after_on == (dt.date(2025, 1, 1) if is_official else dt.date(2024, 10, 1))
    assert asked(three_years, status=None).status == FigureStatus.OFFICIAL


def test_who_escaped_fell_back_and_is_new(three_years) -> None:
    complete_lists.say(commune=three_years.commune, year=2021, by=three_years.officer)
    found = asked(three_years)
    poor, near = found.poor, found.near_poor
    assert (poor.opening, poor.escaped_to_near_poor, poor.escaped, poor.left) == (4, 1, 1, 1)
    assert (poor.from_other_list, poor.re_fell, poor.newly_arisen, poor.entered) == (1, 1, 1, 0)
    assert poor.closing == 4
    assert (near.opening, near.became_poor, near.escaped, near.left) == (2, 1, 0, 0)
    assert (near.from_other_list, near.re_fell, near.newly_arisen, near.closing) == (1, 0, 1, 3)
    assert found.why_not_split == ""


@pytest.mark.parametrize("status", list(FigureStatus))
def test_opening_and_moves_make_the_closing(three_years, status) -> None:
    found = asked(three_years, status=status)
    for one in (found.poor, found.near_poor, found.poor_persons, found.near_poor_persons):
        out = one.escaped_to_near_poor + one.became_poor + one.escaped + one.left
        assert one.opening - out + one.from_other_list + one.added + one.entered == one.closing


@pytest.mark.parametrize("complete_from", [None, 2022])
def test_without_earlier_lists_nobody_knows_who_fell_back(three_years, complete_from) -> None:
    by = three_years.officer
    complete_lists.say(commune=three_years.commune, year=complete_from, by=by)
    with translation.override("en"):
        found = asked(three_years)
        assert str(found.why_not_split).startswith("Not enough data")
    assert (found.poor.re_fell, found.poor.newly_arisen, found.poor.added) == (None, None, 2)


def test_who_moves_to_another_village_left_the_one_and_entered_the_other(three_years) -> None:
    old = asked(
        three_years, branches=[three_years.village.inner_path], status=FigureStatus.PRELIMINARY
    )
    new = asked(
        three_years,
        branches=[three_years.other_village.inner_path],
        status=FigureStatus.PRELIMINARY,
    )
    assert old.matrix[State.NEAR_POOR, State.ELSEWHERE] == 1
    assert new.matrix == {(State.ELSEWHERE, State.NEAR_POOR): 1}
    assert (new.entered, new.near_poor.entered, new.near_poor.added) == (1, 1, 0)


def test_nowhere_nothing_moves(three_years) -> None:
    assert asked(three_years, branches=[], status=FigureStatus.PRELIMINARY).matrix == {}


def test_few_statements(three_years, django_assert_num_queries) -> None:
    # Besides the movements: standards of either round, communes and decisions of either, villages,
    # which standard decides in either, and whether their lists are complete.
    with django_assert_num_queries(12):
        asked(three_years, status=FigureStatus.PRELIMINARY)


def test_two_standards_are_never_joined(three_years) -> None:
    three_years.round_2023.parts.update(standard=reviews.standard("std_2016"))
    with translation.override("en"), pytest.raises(Invalid, match="never joins two standards"):
        asked(three_years)


def test_only_from_an_earlier_to_a_later_year(three_years) -> None:
    with pytest.raises(Invalid):
        between(
            before=three_years.round_2024, after=three_years.round_2023,
            standard=three_years.standard, branches=None, status=FigureStatus.PRELIMINARY,
        )  # fmt: skip


def test_no_official_movement_before_every_commune_has_decided(three_years) -> None:
    areas.commune(three_years.province, "02011", "Xã Hai")
    with translation.override("en"), pytest.raises(Invalid, match="1 commune has not decided"):
        asked(three_years, branches=None)
    assert asked(three_years, branches=None, status=FigureStatus.PRELIMINARY).matrix
