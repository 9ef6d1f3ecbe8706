"""The department states what a ground gives from a day on: what holds before, after, and where."""

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from households.choices import PovertyClass, Role
from households.errors import Conflict, Invalid, Refused
from households.models import AuditEvent, Household, RowHistory, User
from households.services.system_user import system_user
from programs.models import Benefit, HousingCeiling, ProgrammeTerms
from programs.queries import entitlement
from programs.services import house_rules, programme_files, programmes, stated_terms
from programs.services.stated_terms import Stated
from tests.factories import areas, families, houses, people, users
from tests.programs.conftest import Land, day


@pytest.fixture
def chief(land: Land) -> User:
    return users.user("chief", Role.DEPARTMENT, land.province)


def card() -> ProgrammeTerms:
    return ProgrammeTerms.objects.get(
        programme__code="health_card", ground="near_poor", owner=None, valid_to=None
    )


def said(since: str = "2024-07-01", **more: Any) -> Stated:
    values: dict[str, Any] = {
        "valid_from": day(since), "valid_to": None, "gives": {"share_percent": Decimal(85)},
        "amount_per": "", "legal_basis": "Nghị định 1/2024/NĐ-CP", "source": "Điều 3",
    }  # fmt: skip
    return Stated(**(values | more))


def near_poor(land: Land) -> Household:
    home = people.household(land.village, people.person())
    families.on_list(
        home, land.decision, since=day("2022-01-01"), poverty_class=PovertyClass.NEAR_POOR
    )
    return home


def share(home: Household, on: str) -> tuple[Decimal | None, str] | None:
    """Of the card on a day, with its legal basis."""
    for one in entitlement.of_household(home.pk, day(on)):
        if one.programme.code == "health_card" and one.best:
            return one.best.terms.share_percent, one.best.terms.legal_basis
    return None


def test_the_number_before_the_day_and_the_one_from_it(land: Land, chief: User) -> None:
    home, before = near_poor(land), card()
    row = stated_terms.state_terms(like=before, stated=said(), by=chief)
    assert share(home, "2024-06-30") == (before.share_percent, before.legal_basis)
    assert share(home, "2024-07-01") == (Decimal(85), "Nghị định 1/2024/NĐ-CP")
    before.refresh_from_db()
    assert (before.valid_to, row.valid_to, row.who) == (day("2024-06-30"), None, before.who)
    act = AuditEvent.objects.get(verb="programme_terms.state")
    assert (act.by, act.details["gives"]) == (chief, {"share_percent": "85"})
    assert row.act_id in (None, act.pk)
    assert ProgrammeTerms.objects.get(pk=row.pk).act_id == act.pk


def test_a_province_gives_more_beside_the_nation(land: Land, chief: User) -> None:
    home, nation = near_poor(land), card()
    own = said(gives={"share_percent": Decimal(100)})
    row = stated_terms.state_terms(like=nation, stated=own, owner=land.province, by=chief)
    nation.refresh_from_db()
    assert (row.owner, nation.valid_to) == (land.province, None)
    assert share(home, "2024-06-30") == (nation.share_percent, nation.legal_basis)
    assert share(home, "2024-07-01") == (Decimal(100), row.legal_basis)
    later = said("2025-01-01", gives={"share_percent": Decimal(90)})
    stated_terms.state_terms(like=row, stated=later, owner=land.province, by=chief)
    assert share(home, "2025-01-01") == (Decimal(90), row.legal_basis)


def test_the_same_time_twice_is_refused_in_words(land: Land, chief: User) -> None:
    before = card()
    later = stated_terms.state_terms(like=before, stated=said("2025-01-01"), by=chief)
    served(land, later)
    acts, rows = AuditEvent.objects.count(), ProgrammeTerms.objects.count()
    before.refresh_from_db()
    for again in ("2025-01-01", "2024-07-01"):
        with pytest.raises(Conflict, match="Diện này đã có quy định"):
            stated_terms.state_terms(like=before, stated=said(again), by=chief)
    assert (AuditEvent.objects.count(), ProgrammeTerms.objects.count()) == (acts, rows)
    before.refresh_from_db()
    assert before.valid_to == day("2024-12-31")
    # What ends before the later terms begin has room.
    between = said("2024-07-01", valid_to=day("2024-12-31"))
    assert stated_terms.state_terms(like=before, stated=between, by=chief).pk


def served(land: Land, terms: ProgrammeTerms) -> None:
    home = people.household(land.village, people.person())
    Benefit.objects.create(
        programme=terms.programme, terms=terms, household=home, commune=land.commune,
        person=home.memberships.get().person, recorded_by=land.officer, state="SERVED",
        acted_on=terms.valid_from, served_on=terms.valid_from,
    )  # fmt: skip


def test_what_was_typed_wrongly_is_stated_again_while_nobody_was_served_by_it(
    land: Land, chief: User
) -> None:
    before = card()
    wrong = stated_terms.state_terms(like=before, stated=said(), by=chief)
    right = said(gives={"share_percent": Decimal(95)})
    row = stated_terms.state_terms(like=wrong, stated=right, by=chief)
    assert (row.pk, share(near_poor(land), "2024-07-01")) == (
        wrong.pk, (Decimal(95), "Nghị định 1/2024/NĐ-CP"),
    )  # fmt: skip
    before.refresh_from_db()
    assert before.valid_to == day("2024-06-30")
    assert AuditEvent.objects.filter(verb="programme_terms.state").count() == 2
    assert RowHistory.objects.filter(
        table_name="programs_programmeterms", row_id=row.pk, row__share_percent=85
    ).exists()


def test_a_doubt_ends_with_a_new_number_only(land: Land, chief: User) -> None:
    like = ProgrammeTerms.objects.get(programme__code="training", ground="listed")
    same = said("2025-01-01", gives={"ceiling_vnd": like.ceiling_vnd})
    row = stated_terms.state_terms(like=like, stated=same, by=chief)
    assert row.doubts == {"who": "weak", "ceiling_vnd": "weak"}
    other = said("2025-06-01", gives={"ceiling_vnd": 5_000_000})
    assert stated_terms.state_terms(like=row, stated=other, by=chief).doubts == {"who": "weak"}


def test_ceilings_of_houses_go_along(land: Land, chief: User) -> None:
    houses.rules()
    like = ProgrammeTerms.objects.get(programme__code="housing", ground="poor_district")
    row = stated_terms.state_terms(
        like=like, stated=said("2025-01-01", gives={"ceiling_vnd": 60_000_000}), by=chief
    )
    kept = [(one.build, one.line, one.ceiling_vnd) for one in like.ceilings.order_by("build")]
    there = [(one.build, one.line, one.ceiling_vnd) for one in row.ceilings.order_by("build")]
    assert there == kept == [("NEW", "CENTRAL", 40_000_000), ("REPAIR", "CENTRAL", 20_000_000)]
    number = HousingCeiling.objects.count()
    assert not house_rules.load(by=system_user()).changes_anything
    assert HousingCeiling.objects.count() == number


def test_the_files_leave_it_as_it_was_stated(land: Land, chief: User, tmp_path: Path) -> None:
    home, before = near_poor(land), card()
    stated_terms.state_terms(like=before, stated=said("2026-01-01"), by=chief)
    loaded = programmes.load(by=system_user())
    assert not loaded.changed_anything
    assert any("near_poor" in one for one in loaded.terms.kept)
    # Files of a later version bring their own row, of the same day and of a later one.
    shutil.copytree(programme_files.DATA_FOLDER, tmp_path / "data")
    file = tmp_path / "data" / "programmes" / "health_card.toml"
    ground = (
        '\n[[terms]]\nground = "near_poor"\nname = {{ vi = "Cận nghèo", en = "Near-poor" }}\n'
        'valid_from = {0}\nvalid_to = {1}\nwho = {{ class = ["NEAR_POOR"] }}\n'
        'share_percent = 10\nlegal_basis = "X"\nsource = "Y"\n'
    )
    file.write_text(
        file.read_text()
        + ground.format("2026-01-01", "2026-12-31")
        + ground.format("2027-01-01", "2027-12-31")
    )
    loaded = programmes.load(by=system_user(), folder=tmp_path / "data")
    assert not loaded.changed_anything
    assert len([one for one in loaded.terms.kept if "near_poor" in one]) == 3
    assert share(home, "2026-02-01") == (Decimal(85), "Nghị định 1/2024/NĐ-CP")
    assert share(home, "2027-02-01") == (Decimal(85), "Nghị định 1/2024/NĐ-CP")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"source": " "}, "source"),
        ({"legal_basis": ""}, "legal_basis"),
        ({"gives": {"share_percent": Decimal(-1)}}, "share_percent"),
    ],
)
def test_without_a_text_or_below_zero_nothing_is_stated(
    land: Land, chief: User, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as raised:
        stated_terms.state_terms(like=card(), stated=said(**wrong), by=chief)
    assert field in raised.value.fields
    assert not AuditEvent.objects.filter(verb="programme_terms.state").exists()


def test_an_amount_says_what_it_is_for(land: Land, chief: User) -> None:
    with pytest.raises(Conflict):
        stated_terms.state_terms(like=card(), stated=said(gives={"amount_vnd": 1}), by=chief)


def test_who_may_state_and_in_whose_name(land: Land, chief: User) -> None:
    nation, elsewhere = card(), areas.province("19", "Tỉnh Khác")
    with pytest.raises(Refused):
        stated_terms.state_terms(like=nation, stated=said(), by=land.officer)
    for owner in (elsewhere, land.commune):
        with pytest.raises(Refused):
            stated_terms.state_terms(like=nation, stated=said(), owner=owner, by=chief)
    own = stated_terms.state_terms(like=nation, stated=said(), owner=land.province, by=chief)
    with pytest.raises(Refused):  # a province's word is not the nation's
        stated_terms.state_terms(like=own, stated=said("2025-01-01"), by=chief)
    other = users.user("other", Role.DEPARTMENT, elsewhere)
    with pytest.raises(Refused):
        stated_terms.state_terms(like=own, stated=said("2025-01-01"), owner=land.province, by=other)
