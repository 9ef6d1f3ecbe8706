"""The story: three full rounds, a fourth under way, households that change between them."""

from households.services.demo import story
from households.services.demo.people import words


def snapshot() -> dict[int, dict[str, tuple[int, str, int]]]:
    """Round to household to (income, village, members), taken before the years move on."""
    return {
        told.year: {h.key: (h.income_vnd, h.place.village, len(h.members)) for h in households}
        for told, households in story.years()
    }


def test_three_rounds_are_decided_and_one_is_under_way() -> None:
    assert [(told.year, told.decided_on is not None) for told in story.rounds()] == [
        (2021, True),
        (2022, True),
        (2023, True),
        (2024, False),
    ]
    assert story.rounds()[-1].as_of < story.today()


def test_decided_rounds_are_complete_and_the_open_one_is_not() -> None:
    surveyed = snapshot()
    assert 240 <= len(surveyed[2022]) <= 400
    assert set(surveyed[2022]) < set(surveyed[2023])
    assert 0 < len(surveyed[2024]) < len(surveyed[2023])


def test_progress_differs_from_village_to_village() -> None:
    shares = [s for told in story.rounds() for c in told.surveyed.values() for s in c]
    assert 0.0 in shares
    assert 1.0 in shares
    assert any(0 < share < 1 for share in shares)


def test_every_commune_of_the_story_has_a_chair_and_a_progress() -> None:
    codes = {commune["code"] for commune in words("places")["communes"]}
    assert set(story.chairs()) == codes
    for told in story.rounds():
        assert not told.surveyed or set(told.surveyed) == codes


def test_incomes_move_people_come_and_go_some_move_house() -> None:
    surveyed = snapshot()
    both = surveyed[2022].keys() & surveyed[2023].keys()
    moves = {key: (surveyed[2022][key], surveyed[2023][key]) for key in both}
    assert all(before[0] != after[0] for before, after in list(moves.values())[:50])
    assert any(before[1] != after[1] for before, after in moves.values())
    assert any(before[2] < after[2] for before, after in moves.values())
    assert any(before[2] > after[2] for before, after in moves.values())


def test_a_members_key_never_means_another_person() -> None:
    names: dict[tuple[str, int], str] = {}
    for __, households in story.years():
        for household in households:
            for member in household.members:
                key = (household.key, member.number)
                assert names.setdefault(key, member.full_name) == member.full_name


def test_the_story_is_told_the_same_way_each_time() -> None:
    assert snapshot() == snapshot()
