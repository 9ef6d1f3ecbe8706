"""Shipped targets: loaded once, never over what a person said."""

from decimal import Decimal
from pathlib import Path

import pytest

from households.choices import Role
from households.errors import Invalid, Refused
from households.models import Area, PovertyStandard
from households.services.system_user import system_user
from reports.choices import TargetWhom
from reports.models import ReductionTarget
from reports.services import shipped_targets, targets
from reports.services.targets import Aim, Basis, Points
from tests.factories import areas, reviews, users

pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> Area:
    reviews.standard()
    made = areas.province()
    areas.district(made, "060", "Pác Nặm")
    areas.district(made, "062", "Ngân Sơn")
    return made


def load(**given: Path) -> shipped_targets.Tally:
    return shipped_targets.load(by=system_user(), **given)


def test_the_targets_of_the_province_are_there_unconfirmed_and_with_their_source(
    province: Area,
) -> None:
    assert load().created == 4 * (1 + 2 + 1)
    assert not ReductionTarget.objects.exclude(is_confirmed=False).exists()
    assert not ReductionTarget.objects.filter(source="").exists()
    of_2023 = ReductionTarget.objects.filter(year=2023)
    poor = of_2023.filter(area__code__in=["060", "062"])
    assert set(poor.values_list("points_from", "points_to")) == {(Decimal(4), Decimal(5))}
    minority = of_2023.get(whom=TargetWhom.MINORITY)
    assert (minority.area, minority.points_from, minority.is_over) == (province, 3, True)
    assert not load().changes_anything


def test_what_a_person_stated_or_withdrew_stays(province: Area) -> None:
    load()
    department = users.user("so", Role.DEPARTMENT, province)
    standard = PovertyStandard.objects.get(code="std_2022")
    whom = TargetWhom.ALL
    aim, basis = Aim(province, Points(Decimal(9))), Basis("Nghị quyết 5")

    def state(year: int) -> None:
        targets.state(
            year=year, standard=standard, whom=whom, aims=[aim], basis=basis, by=department
        )

    def kept(year: int) -> ReductionTarget:
        return ReductionTarget.objects.get(area=province, year=year, whom=whom)

    state(2023)
    targets.withdraw(target=kept(2024), reason="nhầm", by=department)
    targets.withdraw(target=kept(2025), reason="nhầm", by=department)
    state(2025)
    assert not load().changes_anything
    assert (kept(2023).points_from, kept(2025).points_from) == (9, 9)
    assert not ReductionTarget.objects.filter(area=province, year=2024, whom=whom).exists()


def test_a_change_of_the_file_reaches_what_nobody_touched(province: Area, tmp_path: Path) -> None:
    text = (shipped_targets.DATA_FOLDER / "06.toml").read_text("utf-8")
    load()
    (tmp_path / "06.toml").write_text(text.replace('"2.5"', '"2.6"'), "utf-8")
    assert load(folder=tmp_path).updated == 4
    assert ReductionTarget.objects.filter(points_to=Decimal("2.6")).count() == 4


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"060"', '"099"'), ('"std_2022"', '"std_none"'), ('"ALL"', '"SOME"'), ('"2.5"', '"two"'),
        ("years", "yaers"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_named_and_nothing_loaded(
    province: Area, tmp_path: Path, old: str, new: str
) -> None:
    text = (shipped_targets.DATA_FOLDER / "06.toml").read_text("utf-8")
    (tmp_path / "06.toml").write_text(text.replace(old, new), "utf-8")
    with pytest.raises(Invalid, match=r"06\.toml"):
        load(folder=tmp_path)
    assert not ReductionTarget.objects.exists()


def test_only_the_administrator_loads(province: Area) -> None:
    with pytest.raises(Refused):
        shipped_targets.load(by=users.user("so", Role.DEPARTMENT, province))
