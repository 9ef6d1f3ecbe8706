"""The names that are searched are those of the cards, after every act and after a rebuild."""

import datetime as dt
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from households.models import (
    Household,
    HouseholdCard,
    Membership,
    Person,
    SearchName,
    SearchWord,
)
from households.services import cards, search_names, surveys
from tests.factories import people, reviews


def names() -> list[str]:
    return sorted(SearchName.objects.values_list("name", flat=True))


def words() -> list[str]:
    return sorted(SearchWord.objects.values_list("word", flat=True))


@pytest.fixture(autouse=True)
def _complete(db: None) -> Iterator[None]:
    """Whatever happened, every name of a card is searched, with its words."""
    yield
    for card in HouseholdCard.objects.all():
        for name in {*card.folded_names.split("\n"), card.folded_head_name} - {""}:
            assert SearchName.objects.filter(name=name, words=name.split()).exists()
            assert set(name.split()) <= set(words())


def test_each_name_stands_there_once(place: SimpleNamespace) -> None:
    for __ in range(2):
        people.household(place.village, people.person("Lý Văn Ba"), people.person("Lý Thị Tư"))
    assert names() == ["ly thi tu", "ly van ba"]
    assert words() == ["ba", "ly", "thi", "tu", "van"]


def test_a_form_that_is_begun_is_searched_too(place: SimpleNamespace) -> None:
    round = reviews.periodic(place.province, 2024, place.standard)
    draft = surveys.start(round=round, village=place.village, by=place.officer)
    assert names() == []
    surveys.save(
        survey=draft,
        values={},
        members=[{"full_name": "Đặng Thị Nháp", "relation": "head"}],
        revision=draft.revision,
        complete=False,
        by=place.officer,
    )
    assert names() == ["dang thi nhap"]
    reviews.surveyed(round, place.village, place.officer)
    assert "nong van thu" in names()


def test_a_corrected_name_is_searched_and_the_wrong_one_goes_with_a_rebuild(
    place: SimpleNamespace,
) -> None:
    made = people.household(place.village, people.person("Lý Văn Bx"))
    Person.objects.update(full_name="Lý Văn Ba")
    cards.refresh(household_ids=[made.pk])
    assert names() == ["ly van ba", "ly van bx"]
    assert search_names.rebuild() == 1
    assert (names(), words()) == (["ly van ba"], ["ba", "ly", "van"])


def test_a_rebuild_by_command_takes_each_name_once(
    place: SimpleNamespace, capsys: pytest.CaptureFixture[str]
) -> None:
    people.household(place.village, people.person("Lý Văn Ba"))
    # As two imports at a time may leave it.
    SearchName.objects.create(name="ly van ba", words=["ly", "van", "ba"])
    SearchName.objects.filter(name="khac").delete()
    call_command("rebuild_search")
    assert names() == ["ly van ba"]
    assert "1" in capsys.readouterr().out


def test_a_household_that_ended_keeps_its_heads_name(place: SimpleNamespace) -> None:
    made = people.household(place.village, people.person("Lý Văn Ba"), people.person("Lý Thị Tư"))
    Membership.objects.update(valid_to=dt.date(2024, 5, 1))
    Household.objects.update(ended_on=dt.date(2024, 5, 1), end_reason="died_out")
    cards.refresh(household_ids=[made.pk])
    search_names.rebuild()
    assert names() == ["ly van ba"]
