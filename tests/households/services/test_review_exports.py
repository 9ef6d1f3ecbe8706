"""What is taken out of a round comes back as what it is: unchanged, or changed where it was."""

import csv
import datetime as dt
import shutil
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import python_calamine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from households.choices import Purpose, Role, RoundKind
from households.errors import Invalid, Refused
from households.exchange import review_rows
from households.exchange.own_keys import HOUSEHOLD_PREFIX, PERSON_PREFIX
from households.models import AuditEvent, Household, Person, ReviewRound, Survey, User
from households.services import import_files, review_exports
from households.services.imports import ImportResult, import_review
from households.services.review_exports import FileForm
from households.services.system_user import system_user
from tests.factories import reviews, users
from tests.factories.exchange_files import Files, household, member, spouse
from tests.households.conftest import World

NUMBER = "006080123456"
Rows = list[dict[str, str]]


@pytest.fixture
def typed(world: World) -> Survey:
    """A family typed in povreg; no source knows it."""
    head = reviews.adult("Nông Văn Thử", personal_id=NUMBER)
    wife = reviews.adult("Lý Thị Thử", "spouse", sex="F", birth_date=dt.date(1982, 3, 4))
    return reviews.surveyed(
        world.round,
        world.village,
        world.officer,
        members=[head, wife],
        floor_area_m2=Decimal("45.50"),
        phone="+84912345678",
        wall_material="gỗ",
        causes=["1", "3"],
    )


def taken(world: World, tmp_path: Path, *, by: User | None = None, **given: Any) -> Path:
    given = {"form": FileForm.CSV, "with_numbers": False} | given
    area = given.pop("area", world.commune)
    path = tmp_path / f"taken-{AuditEvent.objects.count()}"
    review_exports.write(
        scope=review_exports.scope_of(round=world.round, area=area),
        purpose=Purpose.REPORT,
        note="",
        path=path,
        by=by or world.officer,
        **given,
    )
    return path


def unpacked(path: Path) -> tuple[Path, Path]:
    folder = path.parent / f"{path.name}-files"
    folder.mkdir()
    with zipfile.ZipFile(path) as packed:
        if "households.csv" in packed.namelist():
            packed.extractall(folder)
            return folder / "households.csv", folder / "members.csv"
    book = path.rename(path.with_suffix(".xlsx"))
    with import_files.readable([book]) as (households, members):
        shutil.copy(households, folder / "households.csv")
        shutil.copy(members, folder / "members.csv")
    return folder / "households.csv", folder / "members.csv"


def rows_of(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def back(households: Path, members: Path, by: User | None = None) -> ImportResult:
    return import_review(
        households_path=households, members_path=members, commit=True, by=by or system_user()
    )


def counts(result: ImportResult) -> tuple[int, int, int]:
    assert list(result.errors) == []
    return result.created, result.updated, result.unchanged


def edited(path: Path, **cells: str) -> Path:
    """The first row below the headings of a CSV file, changed."""
    rows = rows_of(path)
    first = next(row for row in rows if row["household_id"] != "Mã hộ")
    first |= cells
    return rewritten(path, rows)


def rewritten(path: Path, rows: Rows) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.mark.parametrize("form", FileForm)
@pytest.mark.parametrize("with_numbers", [False, True])
def test_a_family_of_no_source_comes_back_as_itself(
    world: World, typed: Survey, tmp_path: Path, form: FileForm, with_numbers: bool
) -> None:
    files = unpacked(taken(world, tmp_path, form=form, with_numbers=with_numbers))

    assert counts(back(*files)) == (0, 0, 1)
    assert (Household.objects.count(), Person.objects.count()) == (1, 2)
    assert not AuditEvent.objects.filter(verb="review.import").exists()
    assert Person.objects.get(full_name="Nông Văn Thử").personal_id == NUMBER


@pytest.mark.parametrize("form", FileForm)
def test_one_cell_changed_is_one_household_updated(
    world: World, typed: Survey, tmp_path: Path, form: FileForm
) -> None:
    households, members = unpacked(taken(world, tmp_path, form=form))

    result = back(edited(households, floor_area_m2="50", phone=""), members)

    assert counts(result) == (0, 1, 0)
    typed.refresh_from_db()
    assert (typed.floor_area_m2, typed.phone) == (50, "")
    assert typed.members.get(relation="head").personal_id == NUMBER


def test_a_member_corrected_and_one_more(world: World, typed: Survey, tmp_path: Path) -> None:
    households, members = unpacked(taken(world, tmp_path))
    edited(households, household_size="3")
    rows = rows_of(edited(members, full_name="Nông Văn Thử"))
    key = rows[0]["household_id"]
    rows[1]["birth_date"] = "1983"
    child = spouse(
        "moi-1", key, member_no="3", full_name="Nông Thị Mới", birth_date="2001-01-01",
        relation="child",
    )  # fmt: skip
    child.pop("cccd")
    Files(members.parent, rows_of(households), [*rows, child]).write()

    assert counts(back(households, members)) == (0, 1, 0)
    assert [one.birth_date.year for one in typed.members.all()] == [1980, 1983, 2001]
    assert Person.objects.count() == 3


def test_what_a_source_brought_goes_by_its_keys(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "source"
    folder.mkdir()
    reviews.adult()
    brought = Files(
        folder,
        [household("A1", household_size="2", causes="", area="rural", phone="0912")],
        [member(cccd=NUMBER), spouse(birth_date="1982")],
    ).write()
    assert import_review(**brought, commit=True, by=system_user()).created == 1

    households, members = unpacked(taken(world, tmp_path, with_numbers=True))

    assert [row["household_id"] for row in rows_of(households)] == ["A1"]
    assert [row["member_id"] for row in rows_of(members)] == ["A1-1", "A1-2"]
    assert [row["birth_date"] for row in rows_of(members)] == ["1980-05-01", "1982"]
    for kept in rows_of(brought["households_path"]):
        shown = rows_of(households)[0]
        assert {name: shown[name] for name in kept} == kept
    assert counts(back(households, members)) == (0, 0, 1)


def test_codes_keep_zeros_and_nothing_runs(world: World, tmp_path: Path) -> None:
    reviews.surveyed(
        world.round, world.village, world.officer,
        members=[reviews.adult("=Nông Văn Công")], phone="+84912345678",
    )  # fmt: skip
    path = taken(world, tmp_path)
    households, members = unpacked(path)
    (row,) = rows_of(households)
    assert (row["province_code"], row["commune_code"]) == ("06", "02008")
    assert (row["head_name"], row["phone"]) == ("'=Nông Văn Công", "'+84912345678")
    assert counts(back(households, members)) == (0, 0, 1)

    path = taken(world, tmp_path, form=FileForm.XLSX)
    sheet = python_calamine.load_workbook(str(path)).get_sheet_by_name("households")
    names, __, row = sheet.to_python()
    told = dict(zip(names, row, strict=True))
    assert (told["province_code"], told["head_name"]) == ("06", "=Nông Văn Công")


def test_own_numbers_open_no_other_commune(world: World, typed: Survey, tmp_path: Path) -> None:
    """The number of a family next door in one's own file takes nobody over."""
    households, members = unpacked(taken(world, tmp_path))
    edited(households, commune_code="02011", commune="Xã Khác", village="Thôn Hai")
    neighbour = users.user("neighbour", Role.COMMUNE_OFFICER, world.other_commune)

    result = back(households, members, neighbour)

    assert ("household_id", "unknown_own_key") in {(e.column, e.code) for e in result.errors}
    assert not result.committed


def test_own_numbers_of_nobody_make_nobody(world: World, typed: Survey, tmp_path: Path) -> None:
    households, members = unpacked(taken(world, tmp_path))
    stranger = reviews.surveyed(
        world.round, world.other_village, users.user("far", Role.COMMUNE_OFFICER, world.province),
        members=[reviews.adult("Ma Văn Xa")],
    )  # fmt: skip
    number = stranger.members.get().person_id
    edited(members, member_id=f"{PERSON_PREFIX}{number:08d}")

    result = back(households, members)

    assert {(e.file, e.column, e.code) for e in result.errors} == {
        ("members.csv", "member_id", "unknown_own_key")
    }
    assert rows_of(households)[0]["household_id"].startswith(HOUSEHOLD_PREFIX)


def test_numbers_only_when_asked_and_recorded(world: World, typed: Survey, tmp_path: Path) -> None:
    __, members = unpacked(taken(world, tmp_path))
    assert NUMBER not in members.read_text("utf-8")
    assert "cccd" not in rows_of(members)[0]

    __, members = unpacked(taken(world, tmp_path, with_numbers=True))

    assert [row["cccd"] for row in rows_of(members)] == [NUMBER, ""]
    acts = list(AuditEvent.objects.filter(verb="review.export").order_by("pk"))
    assert [act.details["filters"]["numbers"] for act in acts] == [False, True]
    assert acts[1].by == world.officer
    assert (acts[1].details["count"], acts[1].details["filters"]["members"]) == (1, 2)
    assert NUMBER not in str(acts[1].details)


def test_only_of_ones_area_and_only_complete_forms(
    world: World, typed: Survey, tmp_path: Path
) -> None:
    far = users.user("far", Role.COMMUNE_OFFICER, world.other_commune)
    reviews.surveyed(world.round, world.other_village, far, members=[reviews.adult("Ma Văn Xa")])
    assert "Ma Văn Xa" not in unpacked(taken(world, tmp_path))[0].read_text("utf-8")
    with pytest.raises(Refused):
        taken(world, tmp_path, area=world.other_commune)
    with pytest.raises(Refused):
        taken(world, tmp_path, by=users.user("r", Role.REVIEWER, world.village))
    Survey.objects.filter(pk=typed.pk).update(state="DRAFT")
    with pytest.raises(Invalid):
        taken(world, tmp_path)
    assert AuditEvent.objects.filter(verb="review.export").count() == 1


def test_an_ad_hoc_round_would_be_read_into_another(
    world: World, typed: Survey, tmp_path: Path
) -> None:
    ReviewRound.objects.filter(pk=world.round.pk).update(kind=RoundKind.AD_HOC, month=4)
    world.round.refresh_from_db()
    with pytest.raises(Invalid):
        taken(world, tmp_path)
    assert not AuditEvent.objects.filter(verb="review.export").exists()


def test_too_many_members_for_a_sheet_are_refused_before_anything(
    world: World, typed: Survey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review_exports.review_files, "MOST_IN_WORKBOOK", 1)
    with pytest.raises(Invalid):
        taken(world, tmp_path, form=FileForm.XLSX)
    assert not AuditEvent.objects.filter(verb="review.export").exists()


def test_the_same_queries_for_one_and_for_many(world: World, typed: Survey) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            scope = review_exports.scope_of(round=world.round, area=world.commune)
            read = list(review_rows.household_rows(scope))
            list(review_rows.member_rows(scope, with_numbers=True))
        assert len(read) == Survey.objects.count()
        return len(asked)

    one = queries()
    for number in range(3):
        members = [reviews.adult(f"Nông Thử {number}")]
        reviews.surveyed(world.round, world.village, world.officer, members=members)
    assert queries() == one
