"""The review of 2026: its list under the standard of now is the one in force in 2027, and a second
assessment under the next standard decides on nobody while its numbers are not confirmed."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.conf import LazySettings

from households.choices import HowIn, PovertyClass, StandardPart
from households.errors import Refused
from households.models import (
    Assessment,
    CommuneReview,
    PovertyStandard,
    RecognitionDecision,
    ReviewRound,
    RoundStandard,
    StatusPeriod,
)
from households.services import (
    deciding_standards,
    decision_drafts,
    list_rules,
    lists,
    oddities,
    standards,
)
from households.services.system_user import system_user
from tests.factories import areas, reviews
from tests.factories.standards import standard, standard_document

NEW_YEAR = dt.date(2027, 1, 1)


@pytest.fixture
def next_standard(place: SimpleNamespace) -> PovertyStandard:
    return PovertyStandard.objects.get(code="std_2027")


@pytest.fixture
def of_2026(place: SimpleNamespace, next_standard: PovertyStandard) -> ReviewRound:
    """As the department orders it: std_2022 closes, std_2027 opens."""
    round = reviews.periodic(place.province, 2026, place.standard)
    round.parts.update(part=StandardPart.CLOSING)
    RoundStandard.objects.create(round=round, standard=next_standard, part=StandardPart.OPENING)
    return round


def _adopt(place: SimpleNamespace, round: ReviewRound, under: PovertyStandard) -> lists.Adopted:
    return lists.adopt(
        round=round, standard=under, commune=place.commune, by=place.officer,
        paper=lists.Paper("77/QĐ-UBND", dt.date(2026, 12, 10)),
    )  # fmt: skip


def test_the_list_of_2026_is_in_force_in_2027(
    place: SimpleNamespace, of_2026: ReviewRound, next_standard: PovertyStandard
) -> None:
    poor = reviews.surveyed(
        of_2026, place.village, place.officer, income_per_capita_month_vnd=1_200_000,
        **reviews.THREE_LACKS,
    )  # fmt: skip
    assert {one.standard.code for one in Assessment.objects.filter(survey=poor)} == {
        "std_2022", "std_2027",
    }  # fmt: skip
    assert deciding_standards.decided_under(of_2026) == [place.standard]
    assert list_rules.counts_from(place.standard, of_2026, dt.date(2026, 12, 10)) == NEW_YEAR
    _adopt(place, of_2026, place.standard)
    [period] = StatusPeriod.objects.filter(household=poor.household)
    assert (period.valid_from, period.valid_to) == (NEW_YEAR, None)
    assert (period.standard, period.poverty_class) == (place.standard, PovertyClass.POOR)


def test_the_first_list_of_a_merged_commune_goes_on_from_those_it_was_made_of(
    place: SimpleNamespace,
) -> None:
    """Who is poor anew there is a new entry, not of an opening list."""
    before = reviews.periodic(place.province, 2024, place.standard)
    reviews.surveyed(before, place.village, place.officer)
    lists.adopt(
        round=before, standard=place.standard, commune=place.commune, by=place.officer,
        paper=lists.Paper("5/QĐ-UBND", dt.date(2024, 12, 10)),
    )  # fmt: skip
    day = dt.date(2025, 7, 1)
    new = areas.merged(place.commune, parent=place.commune.parent, on=day)
    new.traits.create(kind="SETTLEMENT", value="RURAL", valid_from=day)
    hamlet = areas.village(new, "Thôn Mới")
    round = reviews.periodic(place.province, 2026, place.standard)
    poor = reviews.surveyed(
        round, hamlet, system_user(), income_per_capita_month_vnd=1_200_000,
        **reviews.THREE_LACKS,
    )  # fmt: skip
    lists.adopt(
        round=round, standard=place.standard, commune=new, by=system_user(),
        paper=lists.Paper("77/QĐ-UBND", dt.date(2026, 12, 10)),
    )  # fmt: skip
    assert StatusPeriod.objects.get(household=poor.household).how_in == HowIn.NEW_ENTRY


def test_no_list_is_decided_under_a_trial_and_it_says_why(
    place: SimpleNamespace, of_2026: ReviewRound, next_standard: PovertyStandard
) -> None:
    reviews.surveyed(of_2026, place.village, place.officer)
    _adopt(place, of_2026, place.standard)
    reason = deciding_standards.why_only_trial(of_2026, next_standard)
    assert reason
    assert "351/2025" in reason
    # In a practice area too, where a sample may decide.
    type(place.province).objects.filter(pk=place.province.pk).update(is_practice=True)
    place.commune.refresh_from_db()
    with pytest.raises(Refused, match="351/2025"):
        _adopt(place, of_2026, next_standard)
    assert not RecognitionDecision.objects.filter(standard=next_standard).exists()


def test_a_trial_holds_up_no_form_and_stands_in_no_draft(
    place: SimpleNamespace, of_2026: ReviewRound
) -> None:
    # The table of points of the standard of now is asked; that the next one has none takes nothing.
    asked = standards.rules_asked_in(of_2026)
    alone = reviews.periodic(place.province, 2025, place.standard)
    expected = standards.rules_asked_in(alone)
    assert (asked and asked.code) == (expected and expected.code)
    reviews.surveyed(of_2026, place.village, place.officer)
    way = CommuneReview.objects.get(round=of_2026, commune=place.commune)
    assert [one.standard for one in decision_drafts.draft(way)] == [place.standard]
    assert oddities.found_in(of_2026, place.commune) is not None


def test_once_it_can_be_decided_the_opening_list_takes_the_place_of_the_other(
    place: SimpleNamespace, settings: LazySettings
) -> None:
    """Complete but unconfirmed, and confirmed after the first list was decided."""
    later = standard(
        standard_document("std_next", weak=True, valid_from="2010-01-01", valid_to="2011-12-31")
    )
    round = reviews.periodic(place.province, 2026, place.standard)
    round.parts.update(part=StandardPart.CLOSING)
    RoundStandard.objects.create(round=round, standard=later, part=StandardPart.OPENING)
    poor = reviews.surveyed(
        round, place.village, place.officer, income_per_capita_month_vnd=1_200_000,
        **reviews.THREE_LACKS,
    )  # fmt: skip
    assert standards.why_trial(later)
    _adopt(place, round, place.standard)
    confirmed = standard(
        standard_document("std_sure", weak=False, valid_from="2012-01-01", valid_to="2013-12-31")
    )
    round.parts.filter(part=StandardPart.OPENING).update(standard=confirmed)
    assert deciding_standards.decided_under(round) == [place.standard, confirmed]
    opens = list_rules.counts_from(confirmed, round, dt.date(2026, 12, 20))
    assert opens == NEW_YEAR + dt.timedelta(days=1)
    assert StatusPeriod.objects.get(household=poor.household).valid_from == NEW_YEAR
