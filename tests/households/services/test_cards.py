"""The card beside a household says what the register says, after every kind of save."""

import datetime as dt
from types import SimpleNamespace

from households.models import Household, HouseholdCard, Membership, Person
from households.services import cards, surveys
from tests.factories import reviews


def _names(household: Household) -> list[str]:
    return sorted(HouseholdCard.objects.get(household=household).folded_names.split("\n"))


def _card(household: Household) -> tuple[int, str, str, int]:
    card = HouseholdCard.objects.get(household=household)
    return card.village_id, card.head_name, card.folded_head_name, card.members


def test_a_draft_shows_its_name_and_a_complete_form_its_members(place: SimpleNamespace) -> None:
    round = reviews.periodic(place.province, 2024, place.standard)
    draft = surveys.start(round=round, village=place.village, by=place.officer)
    assert _card(draft.household) == (place.village.pk, "", "", 0)
    surveys.save(
        survey=draft,
        values={},
        members=[{"full_name": "Đặng Thị Nháp", "relation": "head"}],
        revision=draft.revision,
        complete=False,
        by=place.officer,
    )
    assert _card(draft.household) == (place.village.pk, "Đặng Thị Nháp", "dang thi nhap", 0)
    whole = reviews.surveyed(round, place.village, place.officer)
    assert _card(whole.household) == (place.village.pk, "Nông Văn Thử", "nong van thu", 1)


def test_a_move_and_a_member_who_left_show_after_the_next_review(place: SimpleNamespace) -> None:
    two = [reviews.adult(), reviews.adult("Con", "child", birth_date=dt.date(2000, 1, 1))]
    first = reviews.surveyed(
        reviews.periodic(place.province, 2023, place.standard),
        place.village,
        place.officer,
        members=two,
    )
    reviews.surveyed(
        reviews.periodic(place.province, 2024, place.standard),
        place.other_village,
        place.officer,
        household=first.household,
    )
    assert _card(first.household) == (place.other_village.pk, "Nông Văn Thử", "nong van thu", 1)


def test_a_thrown_away_household_has_no_card(place: SimpleNamespace) -> None:
    round = reviews.periodic(place.province, 2024, place.standard)
    draft = surveys.start(round=round, village=place.village, by=place.officer)
    surveys.discard(survey=draft, by=place.officer)
    assert not HouseholdCard.objects.exists()


def test_refreshing_what_did_not_change_writes_nothing(place: SimpleNamespace) -> None:
    round = reviews.periodic(place.province, 2024, place.standard)
    household = reviews.surveyed(round, place.village, place.officer).household
    Person.objects.update(full_name="Tên Khác")
    assert _card(household)[1] == "Nông Văn Thử"
    cards.refresh(household_ids=[household.pk])
    assert _card(household)[1] == "Tên Khác"


def test_the_card_holds_the_names_of_those_who_live_there(place: SimpleNamespace) -> None:
    round = reviews.periodic(place.province, 2024, place.standard)
    two = [reviews.adult(), reviews.adult("Đặng Út", "child", birth_date=dt.date(2000, 1, 1))]
    household = reviews.surveyed(round, place.village, place.officer, members=two).household
    assert _names(household) == ["dang ut", "nong van thu"]
    Membership.objects.filter(person__full_name="Đặng Út").update(valid_to=dt.date(2024, 12, 1))
    cards.refresh(household_ids=[household.pk])
    assert _names(household) == ["nong van thu"]


def test_a_form_that_is_begun_is_found_by_the_name_on_it(place: SimpleNamespace) -> None:
    round = reviews.periodic(place.province, 2024, place.standard)
    draft = surveys.start(round=round, village=place.village, by=place.officer)
    head = {"full_name": "Đặng Thị Nháp", "relation": "head"}
    surveys.save(
        survey=draft,
        values={},
        members=[head],
        revision=draft.revision,
        complete=False,
        by=place.officer,
    )
    assert _names(draft.household) == ["dang thi nhap"]
