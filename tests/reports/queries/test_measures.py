"""Measures of the register against a plain count of its results, one by one."""

from collections.abc import Callable
from fractions import Fraction
from types import SimpleNamespace

import pytest
from django.utils import translation

from households.choices import PovertyClass
from households.errors import Invalid
from households.models import Assessment
from reports.choices import FigureStatus
from reports.measures import Measures
from reports.queries.measures import Base, Cut, RegisterMeasures, Unit, measured
from tests.factories import areas, drawn_results, figures, reviews
from tests.remembered import remembered

QUARTER = Fraction(1, 4)


@pytest.fixture
def drawn(db: None) -> SimpleNamespace:
    """Two communes of a district and one without, two villages each, 300 results."""
    return remembered(_drawn)


def _drawn() -> SimpleNamespace:
    province = areas.province()
    district = areas.district(province)
    communes = [
        areas.commune(district),
        areas.commune(district, "02011", "Xã Hai"),
        areas.commune(province, "02014", "Xã Ba"),
    ]
    villages = [areas.village(one, f"Thôn {n}") for one in communes for n in (1, 2)]
    standard = reviews.standard()
    round = reviews.periodic(province, 2023, standard)
    round.covers_all_residents = True
    round.save()
    return SimpleNamespace(
        province=province, district=district, communes=communes, villages=villages,
        standard=standard, round=round,
        results=drawn_results.results(round, standard, villages, 300),
    )  # fmt: skip


def asked(drawn: SimpleNamespace, **more) -> RegisterMeasures:
    branches = more.pop("branches", [drawn.province.inner_path])
    return measured(round=drawn.round, standard=drawn.standard, branches=branches, **more)


def agrees(
    found: Measures, results: list[Assessment], unit: Unit, *, is_of_all: bool = True
) -> None:
    """Counted one by one: each indicator weighs a twelfth, poor from three on."""
    known = [one for one in results if not one.unknown_bits]
    weights = [one.persons if unit == Unit.PERSONS else 1 for one in known]
    scores = [Fraction(bin(one.deprived_bits).count("1"), 12) for one in known]
    pairs = list(zip(weights, scores, strict=True))
    poor = [(weight, score) for weight, score in pairs if score >= QUARTER]
    lacked, poor_weight = sum(w * s for w, s in poor), sum(w for w, __ in poor)
    assert poor
    assert (found.rows, found.weight) == (len(known), sum(weights))
    assert found.dropped == len(results) - len(known)
    assert found.intensity == lacked / poor_weight
    assert found.mean_score == sum(w * s for w, s in pairs) / sum(weights)
    if is_of_all:
        assert found.headcount == Fraction(poor_weight, sum(weights))
        assert found.adjusted == lacked / sum(weights)
    for at, one in enumerate(found.indicators.values()):
        lacking = [
            w for w, result in zip(weights, known, strict=True) if result.deprived_bits >> at & 1
        ]
        assert one.uncensored == Fraction(sum(lacking), sum(weights))


@pytest.mark.parametrize("unit", list(Unit))
def test_a_round_of_all_residents(drawn, unit) -> None:
    found = asked(drawn, unit=unit)
    assert (found.base, found.why_no_headcount, found.groups) == (Base.RESIDENTS, "", ())
    agrees(found.overall.measures, drawn.results, unit)
    known = [one for one in drawn.results if not one.unknown_bits]
    assert found.overall.households == len(known)
    assert found.overall.persons == sum(one.persons for one in known)
    shares = found.overall.measures.dimensions
    assert len(shares) == 6
    assert sum(one or 0 for one in shares.values()) == 1


@pytest.mark.parametrize(
    ("cut", "key_of"),
    [
        (Cut.PROVINCE, lambda one: one.commune.path.split(".")[0]),
        (Cut.DISTRICT, lambda one: one.commune.path.split(".")[1]),
        (Cut.COMMUNE, lambda one: str(one.commune_id)),
        (Cut.VILLAGE, lambda one: str(one.village_id)),
        (Cut.SETTLEMENT, lambda one: one.settlement),
        (Cut.MINORITY, lambda one: {True: "yes", False: "no", None: ""}[one.is_minority]),
        (Cut.NO_LABOUR, lambda one: {True: "yes", False: "no", None: ""}[one.no_labour]),
    ],
)
def test_groups_are_counted_apart(
    drawn, cut: Cut, key_of: Callable[[Assessment], str], django_assert_num_queries
) -> None:
    with django_assert_num_queries(4):
        found = asked(drawn, cut=cut)
    assert {one.key for one in found.groups} == {key_of(one) for one in drawn.results}
    for group in found.groups:
        own = [one for one in drawn.results if key_of(one) == group.key]
        agrees(group.measures, own, Unit.PERSONS)
    agrees(found.overall.measures, drawn.results, Unit.PERSONS)


def test_units_are_named_and_in_the_order_of_their_codes(drawn) -> None:
    found = asked(drawn, cut=Cut.COMMUNE)
    told = [(one.area_code, one.area) for one in found.groups]
    assert told == [("02008", "Xã Thử"), ("02011", "Xã Hai"), ("02014", "Xã Ba")]


def test_only_the_branches_asked_for(drawn) -> None:
    found = asked(drawn, branches=[drawn.communes[1].inner_path])
    own = [one for one in drawn.results if one.commune_id == drawn.communes[1].pk]
    agrees(found.overall.measures, own, Unit.PERSONS)
    nowhere = asked(drawn, branches=[])
    assert (nowhere.overall.households, nowhere.overall.measures.headcount) == (0, None)
    agrees(asked(drawn, branches=None).overall.measures, drawn.results, Unit.PERSONS)


def test_elsewhere_only_what_the_poor_and_near_poor_lack(drawn) -> None:
    drawn.round.covers_all_residents = False
    drawn.round.save()
    with translation.override("en"):
        found = asked(drawn, cut=Cut.COMMUNE)
        assert "among poor and near-poor households" in found.title
        assert "not known" in str(found.why_no_headcount)
    assert found.base == Base.LISTED
    for one in (found.overall, *found.groups):
        assert (one.measures.headcount, one.measures.adjusted) == (None, None)
    listed = [
        one
        for one in drawn.results
        if one.poverty_class in (PovertyClass.POOR, PovertyClass.NEAR_POOR)
    ]
    agrees(found.overall.measures, listed, Unit.PERSONS, is_of_all=False)


def test_weights_and_cut_off_of_ones_own(drawn) -> None:
    # Only the first two indicators count for anything much; poor is who lacks the first.
    weights = (Fraction(8), Fraction(3), *(Fraction(1, 10),) * 10)
    found = asked(drawn, weights=weights, cutoff=Fraction(2, 3), unit=Unit.HOUSEHOLDS)
    known = [one for one in drawn.results if not one.unknown_bits]
    poor = [one for one in known if one.deprived_bits & 1]
    assert found.overall.measures.headcount == Fraction(len(poor), len(known))
    assert not found.stated.is_standards_cutoff


def test_practice_is_in_no_figure(drawn) -> None:
    drawn.communes[0].is_practice = True
    drawn.communes[0].save()
    own = [one for one in drawn.results if one.commune_id != drawn.communes[0].pk]
    agrees(asked(drawn, branches=None).overall.measures, own, Unit.PERSONS)


def test_a_standard_of_another_round_is_refused(drawn) -> None:
    with pytest.raises(Invalid):
        measured(round=drawn.round, standard=reviews.standard("std_2016"), branches=None)


@pytest.mark.django_db
def test_official_measures_are_of_the_decided_lists() -> None:
    """Five poor households and a near-poor one of A."""
    world = figures.world()
    asked_for = {
        "round": world.rounds[2023], "standard": world.standard, "unit": Unit.HOUSEHOLDS,
        "branches": [world.a.inner_path],
    }  # fmt: skip
    found = measured(**asked_for)
    assert (found.status, found.overall.households) == (FigureStatus.OFFICIAL, 6)
    stayer = world.rounds[2023].surveys.get(household=world.homes["stayer"])
    stayer.assessments.all().delete()
    # It is on the list without a result: dropped, not forgotten.
    official = measured(**asked_for).overall
    assert (official.households, official.measures.dropped) == (5, 1)
    by_results = measured(**asked_for, status=FigureStatus.PRELIMINARY)
    assert by_results.status == FigureStatus.PRELIMINARY
    assert (by_results.overall.households, by_results.overall.measures.dropped) == (5, 0)


def test_preliminary_until_every_commune_decided(drawn) -> None:
    assert asked(drawn).status == FigureStatus.PRELIMINARY
