"""Promises: the yearly report gives nothing to everybody that the tables and the programmes' report
do not give them, of this round and of those before; files for everybody are kept and the same."""

import datetime as dt
from collections.abc import Iterator
from io import BytesIO

import pytest
from django.utils import timezone
from docx import Document

from households import clock
from households.models import Area
from households.services.system_user import system_user
from programs.choices.money import MoneyStage
from programs.services import programmes
from reports import definitions
from reports.choices import FigureStatus, FileForm, FileVersion
from reports.contents import canonical, narrative, stored_figures
from reports.contents.content import Content
from reports.contents.programme_figures import is_programmes
from reports.contents.webs import Name
from reports.models import Edition, PublicPattern, WeighedEdition
from reports.services import (
    edition_files,
    editions,
    public_contents,
    public_patterns,
    rounds_beside,
    signing,
)  # fmt: skip
from reports.services.contents import Asked
from tests.factories import money
from tests.reports.services.made import Reporting, reporting
from tests.reports.services.test_editions import SIGNER

pytestmark = pytest.mark.django_db
REPEATED = ("T1", "T2", "T3", "T4", "T10", "CT")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Reporting:
    """Loans to every home, and money."""
    found = reporting()
    world = found.world
    programmes.load(by=system_user())
    monkeypatch.setattr(clock, "today", lambda: dt.date(2024, 1, 15))
    for at, home in enumerate(world.homes.values()):
        village = (world.a1, world.a2, world.b1, world.c1)[at % 4]
        ground = "poor" if at % 3 else "near_poor"
        money.received(
            home, village, world.by, "loan", ground=ground, on="2023-05-01", amount_vnd=50_000_000
        )
    for code, vnd in (("loan", 900_000_000), ("housing", 80_000_000)):
        money.entry(world.a, world.by, vnd, code=code, year=2023, on="2023-02-01")
        money.entry(
            world.a, world.by, vnd // 2, code=code, year=2023, on="2023-06-01",
            stage=MoneyStage.DISBURSED,
        )  # fmt: skip
    return found


def _made_in(made: Reporting, report: str, area: Area, year: int) -> Edition:
    asked = Asked(
        area, made.world.rounds[year], made.world.standard, FigureStatus.OFFICIAL, timezone.now()
    )
    return editions.make(
        definition=definitions.named(report), asked=asked, reason="", by=made.department
    )


def _areas(made: Reporting) -> tuple[Area, ...]:
    return made.world.a, made.world.near, made.world.province


def _public(edition: Edition) -> Content:
    found = public_patterns.public(edition, canonical.unpack(bytes(edition.content)))
    assert found is not None
    return Content(found.head, [(sheet, list(lines)) for sheet, lines in found.sheets])


def _told(edition: Edition) -> Iterator[tuple[Name, int]]:
    definition = definitions.named(edition.report)
    for figures in public_contents.figures_of(definition, _public(edition)):
        yield from figures.values.items()


def test_the_yearly_report_gives_nothing_new_to_everybody(made: Reporting) -> None:
    reports = [_made_in(made, "BC", area, 2023) for area in _areas(made)]
    tables = [_made_in(made, one, area, 2023) for one in REPEATED for area in _areas(made)]
    then = {
        year: [_made_in(made, "T1", area, year) for area in _areas(made)] for year in (2021, 2022)
    }
    public_patterns.weigh(edition=reports[0])
    for of_year in then.values():
        for edition in of_year:
            public_patterns.weigh(edition=edition)
    given = {told for edition in tables for told in _told(edition)}
    for year, of_year in then.items():
        for edition in of_year:
            given |= {((area, f"{what}@{year}"), one) for (area, what), one in _told(edition)}
    told = {each for edition in reports for each in _told(edition)}
    assert len(told) > 40
    assert any("@2021" in name[1] for name, _value in told)
    assert told <= given


def test_rates_of_its_units_are_those_of_the_table(made: Reporting) -> None:
    report, table = (_made_in(made, one, made.world.province, 2023) for one in ("BC", "T1"))
    public_patterns.weigh(edition=report)
    shown = {}
    for edition in (report, table):
        sheet, lines = next(iter(_public(edition).sheets))
        keys = [column.key for column in sheet.columns]
        shown[edition.report] = {
            (line.key, key): line.cells[keys.index(key)]
            for line in lines
            for key in ("poor_rate", "near_poor_rate")
        }
    assert None in shown["BC"].values()
    assert shown["BC"] == shown["T1"]


def test_rounds_before_are_weighed_first_and_once(made: Reporting) -> None:
    one, other = (_made_in(made, "BC", area, 2023) for area in _areas(made)[:2])
    first = public_patterns.weigh(edition=one)
    assert PublicPattern.objects.count() == len(made.world.rounds)
    late = _made_in(made, "BC", made.world.province, 2023)
    assert public_patterns.weigh(edition=late) == first
    assert WeighedEdition.objects.get(edition=other).pattern == first
    assert first.exposed == 0


def test_the_programmes_report_is_held_by_the_figures_of_all_areas(made: Reporting) -> None:
    table = _made_in(made, "T1", made.world.a, 2023)
    pattern = public_patterns.weigh(edition=table)
    for area in _areas(made):
        edition = _made_in(made, "CT", area, 2023)
        assert public_patterns.weigh(edition=edition) == pattern
    sheets = [
        list(lines) for _sheet, lines in _public(_made_in(made, "CT", made.world.a, 2023)).sheets
    ]
    assert [len(one) for one in sheets[:2]] == [3, 1]


def test_what_programmes_gave_is_hidden_under_every_standard(made: Reporting) -> None:
    """Another standard of the round hides what the first one hid, and knows what it showed."""
    pattern = public_patterns.weigh(edition=_made_in(made, "CT", made.world.a, 2023))
    hidden = stored_figures.unpack_names(bytes(pattern.hidden))
    own = {name for name in hidden if is_programmes(name)}
    assert own
    other = type(made.world.standard).objects.exclude(pk=made.world.standard.pk).first()
    assert other
    told = list(rounds_beside.given_out(made.world.rounds[2023], other))
    assert {name for _figures, names in told for name in names} == own
    assert all(is_programmes(name) for figures, _names in told for name in figures.values)


def test_files_for_everybody_are_kept_and_the_same(made: Reporting) -> None:
    edition = _made_in(made, "CT", made.world.a, 2023)
    public_patterns.weigh(edition=edition)
    for form in FileForm:
        given = {"edition": edition, "form": form, "version": FileVersion.PUBLIC}
        first = edition_files.file_of(**given, by=made.officer)
        assert first.pk
        assert edition_files._written(edition, form, FileVersion.PUBLIC) == bytes(first.content)
        assert edition_files.file_of(**given, by=made.officer).pk == first.pk


def test_the_report_in_words_for_everybody_is_kept_once_it_is_signed(made: Reporting) -> None:
    edition = _made_in(made, "BC", made.world.province, 2023)
    public_patterns.weigh(edition=edition)
    given = {"form": FileForm.DOCX, "version": FileVersion.PUBLIC, "by": made.department}
    draft = edition_files.file_of(edition=edition, **given)
    assert draft.pk is None
    signing.sign(edition=edition, signer=SIGNER, broken_reason="thử", by=made.department)
    edition = Edition.objects.get(pk=edition.pk)
    kept = edition_files.file_of(edition=edition, **given)
    assert kept.pk
    assert bytes(kept.content) == bytes(draft.content)
    text = "\n".join(one.text for one in Document(BytesIO(bytes(kept.content))).paragraphs)
    assert "số nhỏ hơn 5" in text
    assert "phát sinh mới" not in text
    assert narrative.NOT_ENOUGH not in text
