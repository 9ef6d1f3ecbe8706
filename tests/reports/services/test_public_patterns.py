"""Promises: what is not given to everybody is worked out for all reports of a round together, once,
and stays so; other figures later hide more, never less."""

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from households.models import AreaGroup
from reports import definitions, tasks
from reports.choices import FigureStatus, FileForm, FileVersion
from reports.contents import canonical, stored_figures
from reports.contents.content import Content
from reports.models import Edition, PublicPattern, WeighedEdition
from reports.services import (
    edition_files,
    editions,
    live_figures,
    public_patterns,
    rounds_beside,
)
from reports.services.contents import Asked
from tests.reports import attack
from tests.reports.services.contents.test_monthly import of_month
from tests.reports.services.made import Reporting, reporting

pytestmark = pytest.mark.django_db
LEAST = 5


def _sets(made: Reporting) -> list[Edition]:
    """Of areas one in the other, in every status, reports that say the same of them."""
    world = made.world
    return [
        made.made(report, area, status=status)
        for area in (world.a, world.near, world.province)
        for status in FigureStatus
        for report in ("T1", "T2", "T9", "T12")
    ]


def _content(edition: Edition) -> Content:
    return canonical.unpack(bytes(edition.content))


def _hidden(pattern: PublicPattern) -> frozenset[tuple[str, str]]:
    return stored_figures.unpack_names(bytes(pattern.hidden))


def test_no_small_count_of_a_round_can_be_worked_out_from_its_editions() -> None:
    made = reporting()
    every = _sets(made)
    pattern = public_patterns.weigh(edition=every[0])
    assert pattern.exposed == 0
    assert pattern.small > 50
    assert WeighedEdition.objects.filter(pattern=pattern).count() == len(every)
    given = [public_patterns.public(one, _content(one)) for one in every]
    told = attack.known(map(_content, every), [one for one in given if one is not None])
    bounds = attack.attack(told, LEAST)
    assert len(bounds) > 50
    assert not [one for one in bounds if one.is_found_out]


def test_it_is_worked_out_once() -> None:
    made = reporting()
    first, second = made.made("T1"), made.made("T9", made.world.a)
    pattern = public_patterns.weigh(edition=first)
    assert public_patterns.weigh(edition=second) == pattern
    later = made.made("T8", made.world.near)
    assert public_patterns.public(later, _content(later)) is None
    assert public_patterns.weigh(edition=later) == pattern
    assert PublicPattern.objects.count() == 1


def test_other_figures_hide_more_and_never_less() -> None:
    made = reporting(decide_last=False)
    early = made.made("T1", made.world.a, status=FigureStatus.PRELIMINARY)
    first = public_patterns.weigh(edition=early)
    made.world.read(2023, "found_late", made.world.a2, {"income_per_capita_month_vnd": 1_500_000})
    late = made.made("T1", made.world.a, status=FigureStatus.PRELIMINARY)
    second = public_patterns.weigh(edition=late)
    assert (first.number, second.number) == (1, 2)
    assert _hidden(second) >= _hidden(first)
    assert WeighedEdition.objects.get(edition=early).pattern == first


def test_an_edition_that_is_damaged_keeps_no_other_from_being_weighed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = reporting()
    damaged, whole = made.made("T1"), made.made("T2")
    unpack = canonical.unpack
    monkeypatch.setattr(
        canonical, "unpack",
        lambda packed: unpack(b"" if packed == bytes(damaged.content) else packed),
    )  # fmt: skip
    public_patterns.weigh(edition=whole)
    assert public_patterns.is_weighed(whole)
    assert not public_patterns.is_weighed(damaged)


def test_a_file_for_everybody_waits_for_it(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    made = reporting()
    edition = made.made("T8")
    wanted = {
        "edition": edition, "form": FileForm.XLSX, "version": FileVersion.PUBLIC,
        "by": made.department,
    }  # fmt: skip
    with django_capture_on_commit_callbacks() as fired, pytest.raises(edition_files.NotWeighed):
        edition_files.file_of(**wanted)
    assert len(fired) == 1
    assert tasks.weigh_for_everybody(edition.pk) == PublicPattern.objects.get().pk
    assert edition_files.file_of(**wanted)


def test_groups_of_communes_are_sums_too() -> None:
    made = reporting()
    world = made.world
    group = AreaGroup.objects.create(name="Vùng cao", province=world.province)
    group.communes.set([world.a, world.b])
    (figures, *_rest) = live_figures.of(world.rounds[2023], world.standard)
    parts = dict(figures.parts)
    assert set(parts[f"g{group.pk}"]) == {str(world.a.pk), str(world.b.pk)}
    poor = figures.values
    total = sum(poor[str(one.pk), "poor_households"] for one in (world.a, world.b))
    assert poor[f"g{group.pk}", "poor_households"] == total


def test_the_round_before_and_the_next_hide_the_same_numbers() -> None:
    made = reporting()
    world = made.world
    closing = editions.make(
        definition=definitions.named("T1"), by=made.department,
        asked=Asked(world.a, world.rounds[2022], world.standard, FigureStatus.OFFICIAL,
                    timezone.now()),
    )  # fmt: skip
    first = public_patterns.weigh(edition=closing)
    (given, hidden), *_rest = rounds_beside.given_out(world.rounds[2023], world.standard)
    opening = (str(world.b.pk), "near_poor_opening_households")
    assert given.values[opening] == 2
    assert opening in hidden
    second = public_patterns.weigh(edition=made.made("T2"))
    closings = {one for one in _hidden(first) if one[1] == "near_poor_households"}
    assert closings
    assert _hidden(second) >= {(area, "near_poor_opening_households") for area, _one in closings}


def test_months_hide_what_the_month_before_ended_with() -> None:
    made = reporting()
    april, may = (
        editions.make(
            definition=definitions.named("TX"), asked=of_month(made, month), by=made.department
        )
        for month in (4, 5)
    )
    first, second = (public_patterns.weigh(edition=one) for one in (april, may))
    ended = {area for area, measure in _hidden(first) if measure == "TX_poor_after"}
    assert str(made.world.a.pk) in ended
    began = {area for area, measure in _hidden(second) if measure == "TX_poor_before"}
    assert began >= ended
    given = public_patterns.public(may, _content(may))
    assert given is not None
