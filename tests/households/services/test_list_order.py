"""Which list of a double review comes first."""

from types import SimpleNamespace

import pytest

from households.choices import StandardPart
from households.models import PovertyStandard, ReviewRound, RoundStandard
from households.services import list_order, lists
from tests.factories import reviews
from tests.factories.standards import standard, standard_document


@pytest.fixture
def old(db: None) -> PovertyStandard:
    return standard(
        standard_document("std_old", weak=False, valid_from="2010-01-01", valid_to="2011-12-31")
    )


@pytest.fixture
def double(place: SimpleNamespace, old: PovertyStandard) -> ReviewRound:
    round = reviews.periodic(place.province, 2021, place.standard)
    round.parts.update(part=StandardPart.OPENING)
    RoundStandard.objects.create(round=round, standard=old, part=StandardPart.CLOSING)
    return round


def test_the_two_lists_know_each_other(
    place: SimpleNamespace, double: ReviewRound, old: PovertyStandard
) -> None:
    assert list_order.opens_after(old, double) == place.standard
    assert list_order.closes_before(place.standard, double) == old
    assert list_order.opens_after(place.standard, double) is None
    assert list_order.closes_before(old, double) is None


def test_the_opening_list_waits_for_the_closing_one_of_its_commune(
    place: SimpleNamespace, double: ReviewRound, old: PovertyStandard
) -> None:
    assert list_order.why_not_yet(double, old, place.commune) is None
    reason = list_order.why_not_yet(double, place.standard, place.commune)
    assert reason
    assert str(old) in reason
    reviews.surveyed(double, place.village, place.officer)
    lists.adopt(
        round=double, standard=old, commune=place.commune, by=place.officer,
        paper=lists.Paper("1/QĐ-UBND", double.closes_on),
    )  # fmt: skip
    assert list_order.why_not_yet(double, place.standard, place.commune) is None


def test_a_list_of_another_owner_waits_for_none(
    place: SimpleNamespace, double: ReviewRound, old: PovertyStandard
) -> None:
    old.owner = place.province
    old.save(update_fields=["owner"])
    assert list_order.why_not_yet(double, place.standard, place.commune) is None


def test_a_round_of_one_standard_has_no_order(place: SimpleNamespace) -> None:
    round = reviews.periodic(place.province, 2022, place.standard)
    assert list_order.why_not_yet(round, place.standard, place.commune) is None
