"""Figures by class are right at commit, from kept sums or from the facts, and are the same."""

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from households.choices import AreaLevel, PovertyClass
from households.models import ChangeMark
from households.services import marks, standards, surveys
from reports.models import CommuneSummary
from reports.queries import summaries
from reports.queries.summaries import ClassCount, DeprivationCount
from reports.services import summaries as keeping
from tests.factories import reviews
from tests.reports.conftest import Country

WATER, TOILET, FLOOR = 8, 9, 7  # places in std_2022


def classes(country: Country, level: AreaLevel = AreaLevel.COMMUNE) -> list[ClassCount]:
    return summaries.classes(
        round=country.round,
        standard=country.standard,
        branches=[country.province.inner_path],
        level=level,
    )


def filled(country: Country) -> None:
    """First commune: two poor families (one Tày of three) and one that lacks nothing; second: one
    poor family that cannot work."""
    country.poor()
    country.poor(size=3, head={"ethnic_group": country.tay})
    country.family()
    country.poor(1, no_labour=True)


def test_each_number_worked_by_hand(country: Country) -> None:
    filled(country)
    found = {(one.area_id, one.poverty_class): one for one in classes(country)}
    here, there = [one.pk for one in country.communes]
    assert set(found) == {
        (here, PovertyClass.POOR),
        (here, PovertyClass.NOT_POOR),
        (there, PovertyClass.POOR),
    }
    poor = found[here, PovertyClass.POOR]
    assert (poor.households, poor.persons) == (2, 4)
    assert (poor.minority_households, poor.minority_persons) == (1, 3)
    assert (poor.other_households, poor.other_persons) == (1, 1)
    no_labour = found[there, PovertyClass.POOR]
    assert (no_labour.no_labour_households, no_labour.other_households) == (1, 0)


def lacks(country: Country, level: AreaLevel = AreaLevel.COMMUNE) -> list[DeprivationCount]:
    return summaries.deprivations(
        round=country.round,
        standard=country.standard,
        width=len(standards.rules_of(country.standard).indicators),
        branches=[country.province.inner_path],
        level=level,
    )


def test_what_they_lack_worked_by_hand(country: Country) -> None:
    filled(country)
    found = {(one.area_id, one.poverty_class): one for one in lacks(country)}
    here = country.communes[0].pk
    poor = found[here, PovertyClass.POOR]
    assert (poor.deprivations, poor.deprived[WATER], poor.deprived[TOILET]) == (6, 2, 2)
    assert (poor.deprived[FLOOR], poor.deprived_persons[FLOOR], poor.deprived[0]) == (2, 4, 0)
    assert found[here, PovertyClass.NOT_POOR].deprivations == 0
    for level in (AreaLevel.COMMUNE, AreaLevel.DISTRICT):
        ChangeMark.objects.update(number=F("number") + 1)
        from_facts = lacks(country, level)
        assert keeping.refresh_changed() == 2
        assert lacks(country, level) == from_facts != []


def test_kept_sums_are_the_facts(country: Country) -> None:
    filled(country)
    for level in (AreaLevel.COMMUNE, AreaLevel.DISTRICT, AreaLevel.PROVINCE):
        ChangeMark.objects.update(number=F("number") + 1)
        from_facts = classes(country, level)
        assert keeping.refresh_changed() == 2
        assert classes(country, level) == from_facts != []


def test_levels_add_up(country: Country) -> None:
    filled(country)
    keeping.refresh_changed()
    country.poor(1)  # one commune kept, one read afresh
    lacking = [sum(one.deprived) for one in lacks(country, AreaLevel.DISTRICT)]
    assert lacking == [one.deprivations for one in lacks(country, AreaLevel.DISTRICT)]
    below = [one for one in classes(country) if one.poverty_class == PovertyClass.POOR]
    above = classes(country, AreaLevel.DISTRICT)
    (district,) = [one for one in above if one.poverty_class == PovertyClass.POOR]
    assert district.households == sum(one.households for one in below) == 4
    (province,) = [
        one
        for one in classes(country, AreaLevel.PROVINCE)
        if one.poverty_class == PovertyClass.POOR
    ]
    assert province[3:] == district[3:]


def test_a_form_saved_is_in_the_figure_at_once(country: Country) -> None:
    country.poor()
    keeping.refresh_changed()
    saved = country.family()
    assert {one.poverty_class for one in classes(country)} == {"POOR", "NOT_POOR"}
    surveys.save(
        survey=saved,
        values={"income_per_capita_month_vnd": 800_000, **reviews.THREE_LACKS},
        members=[reviews.adult() | {"person_id": one.person_id} for one in saved.members.all()],
        revision=saved.revision,
        complete=True,
        by=country.officers[0],
        reason="Đã hỏi lại",
    )
    (only,) = classes(country)
    assert (only.poverty_class, only.households) == ("POOR", 2)
    assert CommuneSummary.objects.get().mark_number < ChangeMark.objects.get().number


def test_another_branch_is_not_counted(country: Country) -> None:
    filled(country)
    found = summaries.classes(
        round=country.round,
        standard=country.standard,
        branches=[country.communes[1].inner_path],
        level=AreaLevel.DISTRICT,
    )
    assert [(one.area_id, one.households) for one in found] == [(country.district.pk, 1)]


def test_ethnic_groups(country: Country) -> None:
    filled(country)

    def groups() -> list[tuple[int | None, int, int]]:
        rows = summaries.ethnic_groups(
            round=country.round,
            standard=country.standard,
            branches=[country.province.inner_path],
            level=AreaLevel.PROVINCE,
        )
        return [
            (one.ethnic_group_id, one.households, one.persons)
            for one in rows
            if one.poverty_class == PovertyClass.POOR
        ]

    kinh = country.tay.__class__.objects.get(code="01").pk
    from_facts = groups()
    assert sorted(from_facts, key=str) == sorted([(kinh, 2, 2), (country.tay.pk, 1, 3)], key=str)
    keeping.refresh_changed()
    assert groups() == from_facts


def test_villages_are_not_kept(country: Country) -> None:
    with pytest.raises(ValueError, match="villages"):
        classes(country, AreaLevel.VILLAGE)


@pytest.mark.parametrize(("is_kept", "queries"), [(True, 1), (False, 2)])
def test_kept_sums_are_one_query(country: Country, is_kept: bool, queries: int) -> None:
    filled(country)
    if is_kept:
        keeping.refresh_changed()
    standards.rules_of(country.standard)  # read once a process
    with CaptureQueriesContext(connection) as asked:
        classes(country)
    assert len(asked) == queries


def test_a_commune_known_to_have_none_keeps_the_others(country: Country) -> None:
    country.poor()
    marks.mark_changed(round_id=country.round.pk, commune_ids=[country.communes[1].pk])
    keeping.refresh_changed()
    standards.rules_of(country.standard)  # read once a process
    with CaptureQueriesContext(connection) as asked:
        assert [one.area_id for one in classes(country)] == [country.communes[0].pk]
    assert len(asked) == 1
    marks.mark_changed(round_id=country.round.pk, commune_ids=[country.communes[1].pk])
    with CaptureQueriesContext(connection) as asked:
        classes(country)
    assert len(asked) == 2
