"""From when a decision counts: in a double review the closing list comes before the opening one."""

import datetime as dt
from types import SimpleNamespace

import pytest

from households.choices import HowIn, HowOut, PovertyClass, StandardPart
from households.errors import Refused
from households.models import PovertyStandard, ReviewRound, RoundStandard, StatusPeriod
from households.services import list_rules, lists
from tests.factories import reviews
from tests.factories.standards import standard, standard_document

POOR_UNDER_BOTH = {"income_per_capita_month_vnd": 600_000, **reviews.THREE_LACKS}
POOR_UNDER_THE_NEW = {"income_per_capita_month_vnd": 1_200_000, **reviews.THREE_LACKS}
CLOSING, OPENING = dt.date(2021, 12, 31), dt.date(2022, 1, 1)


@pytest.fixture
def old(db: None) -> PovertyStandard:
    """Poor by a lower income, whatever is lacked."""
    document = standard_document(
        "std_old", weak=False, valid_from="2010-01-01", valid_to="2011-12-31"
    )
    for settlement in document["lines"]["poverty"]["income_vnd"].values():
        settlement["value"] = 700_000
    return standard(document)


@pytest.fixture
def double(place: SimpleNamespace, old: PovertyStandard) -> ReviewRound:
    """The review of 2021: closed under the old standard, opened under the new one."""
    round = reviews.periodic(place.province, 2021, place.standard)
    round.parts.update(part=StandardPart.OPENING)
    RoundStandard.objects.create(round=round, standard=old, part=StandardPart.CLOSING)
    return round


def decide(place: SimpleNamespace, round: ReviewRound, under: PovertyStandard) -> lists.Adopted:
    return lists.adopt(
        round=round, standard=under, commune=place.commune, by=place.officer,
        paper=lists.Paper(f"{under.code}/QĐ-UBND", dt.date(2021, 12, 10)),
    )  # fmt: skip


def test_both_lists_of_a_double_review_are_adopted(
    place: SimpleNamespace, double: ReviewRound, old: PovertyStandard
) -> None:
    both, new = (
        reviews.surveyed(double, place.village, place.officer, **facts).household
        for facts in (POOR_UNDER_BOTH, POOR_UNDER_THE_NEW)
    )
    decide(place, double, old)
    decide(place, double, place.standard)
    told = StatusPeriod.objects.values_list(
        "household", "standard__code", "poverty_class", "valid_from", "valid_to", "how_in",
        "how_out",
    )  # fmt: skip
    poor = PovertyClass.POOR
    assert set(told) == {
        (both.pk, "std_old", poor, CLOSING, CLOSING, HowIn.OPENING, HowOut.NEW_STANDARD),
        (both.pk, "std_2022", poor, OPENING, None, HowIn.OPENING, ""),
        (new.pk, "std_2022", poor, OPENING, None, HowIn.OPENING, ""),
    }


def test_the_closing_list_is_recorded_before_the_opening_one(
    place: SimpleNamespace, double: ReviewRound, old: PovertyStandard
) -> None:
    reviews.surveyed(double, place.village, place.officer, **POOR_UNDER_BOTH)
    with pytest.raises(Refused, match=str(old)):
        decide(place, double, place.standard)
    assert not StatusPeriod.objects.exists()
    decide(place, double, old)
    decide(place, double, place.standard)
    assert StatusPeriod.objects.count() == 2


def test_only_of_one_owner_is_the_closing_list_a_day_earlier(
    place: SimpleNamespace, double: ReviewRound, old: PovertyStandard
) -> None:
    day = dt.date(2021, 12, 10)
    assert list_rules.counts_from(old, double, day) == CLOSING
    assert list_rules.counts_from(place.standard, double, day) == OPENING
    # A province's higher standard has a list of its own beside the national one.
    old.owner = place.province
    assert list_rules.counts_from(old, double, day) == OPENING
