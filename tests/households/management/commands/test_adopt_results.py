"""manage.py adopt_results: a decision on paper becomes the official list, or says why not."""

from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from households.choices import Role, StandardPart
from households.models import (
    Area,
    RecognitionDecision,
    ReviewRound,
    RoundStandard,
    StatusPeriod,
)
from tests.factories import areas, reviews, standards, users

POOR = {"income_per_capita_month_vnd": 1_500_000, **reviews.THREE_LACKS}


@pytest.fixture
def place(db: None) -> SimpleNamespace:
    province = areas.province()
    commune = areas.commune(areas.district(province))
    officer = users.user("officer", Role.COMMUNE_OFFICER, commune)
    standard = reviews.standard()
    round = reviews.periodic(province, 2023, standard)
    reviews.surveyed(round, areas.village(commune), officer, **POOR)
    return SimpleNamespace(province=province, commune=commune, officer=officer)


def _adopt(*arguments: str) -> str:
    told = StringIO()
    wanted = {"--round": "2023", "--number": "12/QĐ-UBND", "--decided-on": "2023-12-12"}
    for name, value in zip(arguments[::2], arguments[1::2], strict=True):
        wanted[name] = value
    call_command("adopt_results", *[word for pair in wanted.items() for word in pair], stdout=told)
    return told.getvalue()


def test_a_province_is_adopted_under_the_rounds_only_standard(place: SimpleNamespace) -> None:
    assert "1" in _adopt("--area", "06")
    decision = RecognitionDecision.objects.get()
    assert (decision.number, decision.standard.code) == ("12/QĐ-UBND", "std_2022")
    assert StatusPeriod.objects.get().decision_in == decision


def test_an_officer_adopts_his_own_commune_with_a_vietnamese_date(place: SimpleNamespace) -> None:
    _adopt("--area", "02008", "--by", "officer", "--decided-on", "12/12/2023")
    assert RecognitionDecision.objects.get().recorded_by == place.officer


@pytest.mark.parametrize(
    "wrong",
    [
        ("--area", "99999"),
        ("--area", "06", "--round", "2029"),
        ("--area", "06", "--standard", "std_2016"),
        ("--area", "06", "--by", "nobody"),
        ("--area", "06", "--decided-on", "2023-09-30"),
        ("--area", "06", "--decided-on", "31/02/2023"),
        ("--area", "06", "--number", " "),
    ],
)
def test_a_wrong_call_says_so_and_writes_nothing(
    place: SimpleNamespace, wrong: tuple[str, ...]
) -> None:
    with pytest.raises(CommandError):
        _adopt(*wrong)
    assert not RecognitionDecision.objects.exists()


def test_the_other_list_of_a_double_review_is_not_forgotten(place: SimpleNamespace) -> None:
    document = standards.standard_document(
        "std_old", weak=False, valid_from="2010-01-01", valid_to="2011-12-31"
    )
    round = ReviewRound.objects.get()
    round.parts.update(part=StandardPart.OPENING)
    RoundStandard.objects.create(
        round=round, standard=standards.standard(document), part=StandardPart.CLOSING
    )
    village = Area.objects.get(level="VILLAGE")
    reviews.surveyed(round, village, place.officer, **POOR)
    with translation.override("en"):
        with pytest.raises(CommandError, match="first"):
            _adopt("--area", "06")
        assert not RecognitionDecision.objects.exists()
        told = _adopt("--area", "06", "--standard", "std_old")
        assert "under std_2022 are not decided" in told
        told = _adopt("--area", "06", "--standard", "std_2022")
        assert "not decided" not in told
