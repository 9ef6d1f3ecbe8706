"""Editions: kept as made, the same once, a signed one corrected only with a reason."""

import dataclasses

import pytest
from django.db import DatabaseError, connection, transaction

from households.errors import Conflict
from households.models import AuditEvent
from reports import definitions
from reports.choices import FigureStatus
from reports.contents import canonical
from reports.models import Edition, EditionBasis
from reports.services import edition_bases, editions, signing
from reports.services.editions import ChangedMeanwhile
from reports.services.signing import Signer
from tests.factories import figures
from tests.reports.services.made import TODAY, Reporting, reporting
from tests.reports.services.ordering import under_two_standards

pytestmark = pytest.mark.django_db
SIGNER = Signer("Nguyễn Văn Ký", "Giám đốc", TODAY, "12/BC-SNN")


def correct(made: Reporting) -> None:
    """A household of A is no longer poor: its form says so, and the list is decided anew."""
    made.world.homes["new_home"] = None  # type: ignore[assignment]
    made.world.read(2023, "new_home", made.world.a1, figures.POOR)


def test_an_edition_is_kept_with_its_digest_and_what_it_rests_on() -> None:
    made = reporting()
    edition = made.made("T2")
    assert (edition.number, edition.lines, edition.missing) == (1, 12, 0)
    assert editions.is_whole(edition)
    behind = editions.communes_behind(edition)
    assert {one.code for one in behind} == {"02008", "02011", "02143"}
    sums = edition_bases.total(basis.stored() for basis in behind.values())
    ((sheet, lines),) = canonical.unpack(bytes(edition.content)).sheets
    own = [one for one in lines if one.level == "province"]
    for line in own:
        for column, cell in zip(sheet.columns, line.cells, strict=True):
            assert cell in (None, sums[f"{column.key}|{line.counted}"])
    assert AuditEvent.objects.filter(verb="report.make", by=made.department).count() == 1


@pytest.mark.parametrize("report", [f"T{number}" for number in range(1, 14)])
def test_the_households_behind_every_table_add_up_to_its_figures(report: str) -> None:
    made = reporting()
    edition = made.made(report)
    bases = editions.communes_behind(edition)
    assert bases
    lines = list(next(iter(canonical.unpack(bytes(edition.content)).sheets))[1])
    assert lines
    assert any(basis.vectors for basis in bases.values())


def test_a_table_of_which_a_standard_knows_no_column_is_made() -> None:
    """T11 counts children by the indicators about them: std_2016 has none."""
    made = reporting()
    closing = under_two_standards(made)
    asked = made.asked(made.world.a, FigureStatus.PRELIMINARY)
    edition = editions.make(
        definition=definitions.named("T11"), asked=dataclasses.replace(asked, standard=closing),
        by=made.department,
    )  # fmt: skip
    assert edition.lines
    assert not editions.columns_behind(edition)


def test_the_same_figures_are_the_same_edition() -> None:
    made = reporting()
    first = made.made("T1")
    assert made.made("T1").pk == first.pk
    assert Edition.objects.count() == 1


def test_other_figures_are_the_next_edition_and_a_commune_that_stayed_is_stored_once() -> None:
    made = reporting(decide_last=False)
    first = made.made("T1", status=FigureStatus.PRELIMINARY)
    correct(made)
    second = made.made("T1", status=FigureStatus.PRELIMINARY)
    assert (second.number, second.corrects) == (2, None)
    assert first.figures_sha256 != second.figures_sha256
    one, other = ({r.basis_id for r in e.rests.all()} for e in (first, second))
    assert len(one & other) == 2
    assert EditionBasis.objects.count() == 4


def test_a_signed_edition_is_corrected_only_with_a_reason() -> None:
    made = reporting(decide_last=False)
    first = made.made("T1", status=FigureStatus.PRELIMINARY)
    signing.sign(edition=first, signer=SIGNER, by=made.department)
    assert made.made("T1", status=FigureStatus.PRELIMINARY).pk == first.pk
    correct(made)
    with pytest.raises(Conflict):
        made.made("T1", status=FigureStatus.PRELIMINARY)
    second = made.made("T1", status=FigureStatus.PRELIMINARY, reason="Bổ sung một hộ")
    assert (second.corrects, second.reason) == (first, "Bổ sung một hộ")


@pytest.mark.parametrize("table", ["edition", "editionbasis", "editionrests"])
def test_nothing_of_an_edition_changes(table: str) -> None:
    reporting().made("T1")
    for statement in (f"UPDATE reports_{table} SET id = id", f"DELETE FROM reports_{table}"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_a_register_that_changes_meanwhile_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    made = reporting()
    whole = edition_bases.of

    def one_less(*given: object) -> object:
        found = whole(*given)  # type: ignore[arg-type]
        commune = next(pk for pk, basis in found.items() if basis.sums["poor_households"])
        sums = found[commune].sums | {"poor_households": 0}
        return found | {commune: dataclasses.replace(found[commune], sums=sums)}

    monkeypatch.setattr(edition_bases, "of", one_less)
    with pytest.raises(ChangedMeanwhile):
        made.made("T1")
    assert not Edition.objects.exists()


def test_content_that_was_tampered_with_is_found() -> None:
    edition = reporting().made("T1")
    edition.content = edition.content[:-9] + b"123456789"
    assert not editions.is_whole(edition)
