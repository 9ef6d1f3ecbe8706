"""Lists of communes that were merged since: each is taken over as that commune's own, and its
households live in the commune of today."""

import datetime as dt
from types import SimpleNamespace

import pytest

from households.choices import Role
from households.errors import Invalid, Refused
from households.models import Area, AreaChange, Household, RecognitionDecision, Residence
from households.services.imports import undoing
from tests.factories import areas, people, users
from tests.factories.paper_lists import FIRST_ROW, HEADINGS, row
from tests.households.conftest import World
from tests.households.services.taking_over.conftest import Taken, told

CHANGED = dt.date(2024, 7, 1)
LAST = dt.date(2024, 6, 30)


@pytest.fixture
def now(world: World) -> SimpleNamespace:
    """World.commune (with Thôn Một) and World.other_commune (with Thôn Hai) are one since July; of
    the first village the register knows what it became."""
    commune = areas.merged(
        world.commune, world.other_commune, parent=world.commune.parent, on=CHANGED
    )
    village = Area.objects.create(
        level="VILLAGE", name="Thôn Một Mới", parent=commune, valid_from=CHANGED
    )
    for old in (world.village, world.other_village):
        Area.objects.filter(pk=old.pk).update(valid_to=LAST)
    AreaChange.objects.create(
        kind="RENAME", from_area=world.village, to_area=village, changed_on=CHANGED
    )
    for old in (world.commune, world.other_commune):
        old.refresh_from_db()
    officer = users.user("can_bo_moi", Role.COMMUNE_OFFICER, commune)
    return SimpleNamespace(commune=commune, village=village, officer=officer)


def homes(name: str) -> list[tuple[str, dt.date, dt.date | None]]:
    found = Residence.objects.filter(household__card__head_name=name).order_by("valid_from")
    return [(one.village.name, one.valid_from, one.valid_to) for one in found]


def test_a_list_of_a_merged_commune_is_taken_over_as_its_own(
    world: World, now: SimpleNamespace, taken: Taken
) -> None:
    result = taken(by=now.officer)
    assert (result.committed, result.created, told(result)) == (True, 2, [])
    assert RecognitionDecision.objects.get().commune == world.commune
    assert homes("Lò Thị Mẫu") == [
        ("Thôn Một", dt.date(2024, 1, 1), LAST), ("Thôn Một Mới", CHANGED, None),
    ]  # fmt: skip
    # Its next list finds them again, though they live in another village now.
    with pytest.raises(Refused, match="oldest first"):
        taken(by=now.officer)


def test_the_next_lists_find_the_same_households(
    world: World, now: SimpleNamespace, taken: Taken
) -> None:
    before = {"year": 2022, "decided_on": dt.date(2022, 12, 20), "number": "40/QĐ-UBND",
              "effective_from": dt.date(2023, 1, 1)}  # fmt: skip
    taken(by=now.officer, **before)
    result = taken([row(size=5)], by=now.officer, near_poor=0)
    assert (result.created, result.unchanged, result.absent_count) == (0, 1, 1)
    # Today's commune after that, by the names of today.
    result = taken(
        [row(village="Thôn Một Mới")], by=now.officer, near_poor=0,
        year=2024, decided_on=dt.date(2024, 10, 1), number="9/QĐ-UBND",
        effective_from=dt.date(2024, 10, 1), of=now.commune,
    )  # fmt: skip
    assert (result.created, result.unchanged) == (0, 1)
    with pytest.raises(Refused, match="oldest first"):
        taken(by=now.officer, of=world.other_commune)


def test_villages_are_understood_by_their_names_of_today(
    world: World, now: SimpleNamespace, taken: Taken
) -> None:
    result = taken([row(village="Thôn Một Mới")], by=now.officer, near_poor=0)
    assert told(result, warnings=True) == [(FIRST_ROW, "village", "village_renamed")]
    assert [name for name, *__ in homes("Lò Thị Mẫu")] == ["Thôn Một", "Thôn Một Mới"]


def test_a_village_nobody_entered_comes_with_what_it_became(
    world: World, now: SimpleNamespace, taken: Taken
) -> None:
    result = taken([row(village="Bản Lạ")], by=now.officer, near_poor=0)
    assert told(result, warnings=True) == [(FIRST_ROW, "village", "new_village")]
    assert homes("Lò Thị Mẫu") == [
        ("Bản Lạ", dt.date(2024, 1, 1), LAST), ("Bản Lạ", CHANGED, None),
    ]  # fmt: skip
    parents = Area.objects.filter(name="Bản Lạ").values_list("parent", flat=True)
    assert set(parents) == {world.commune.pk, now.commune.pk}
    # A village of the same name of another of the merged communes is another village.
    other = taken([row("Hà Thị Khác", village="Bản Lạ")], by=now.officer, near_poor=0,
                  of=world.other_commune)  # fmt: skip
    assert told(other) == [(FIRST_ROW, "village", "village_in_doubt")]
    assert result.act_id
    undoing.undo(act_id=result.act_id, by=now.officer)
    assert not Area.objects.filter(name="Bản Lạ").exists()
    assert not Household.objects.exists()


def test_who_is_known_from_today_only_lived_there_then(
    world: World, now: SimpleNamespace, taken: Taken
) -> None:
    known = people.household(
        now.village, people.person("Lò Thị Mẫu", birth_date=dt.date(1975, 3, 12)), since=CHANGED
    )
    result = taken([row()], by=now.officer, near_poor=0)
    assert (result.created, result.updated) == (0, 1)
    assert list(known.residences.order_by("valid_from").values_list("village__name", "valid_to")) \
        == [("Thôn Một", LAST), ("Thôn Một Mới", None)]  # fmt: skip


def test_a_village_split_since_is_said_at_each_of_its_rows(
    world: World, now: SimpleNamespace, taken: Taken
) -> None:
    for name in ("Thôn Trên", "Thôn Dưới"):
        part = Area.objects.create(
            level="VILLAGE", name=name, parent=now.commune, valid_from=CHANGED
        )
        AreaChange.objects.create(
            kind="SPLIT", from_area=world.village, to_area=part, changed_on=CHANGED,
            is_whole=False,
        )  # fmt: skip
    result = taken(by=now.officer)
    assert told(result, warnings=True) == [
        (FIRST_ROW, "village", "village_split"), (FIRST_ROW + 1, "village", "village_split"),
    ]  # fmt: skip


def test_the_commune_of_then_is_named_where_another_is_chosen(
    world: World, now: SimpleNamespace, taken: Taken
) -> None:
    with pytest.raises(Invalid) as fault:
        taken(by=now.officer, of=now.commune)
    (words,) = fault.value.fields["effective_from"]
    assert "Xã Thử (02008)" in str(words)
    assert "Xã Khác" in str(words)
    AreaChange.objects.filter(from_area=world.commune, to_area=now.commune).update(is_whole=False)
    AreaChange.objects.create(
        kind="SPLIT", from_area=world.commune, to_area=areas.commune(world.province, "01999"),
        changed_on=CHANGED, is_whole=False,
    )  # fmt: skip
    with pytest.raises((Invalid, Refused)):
        taken(by=now.officer)


def test_codes_of_another_time_are_understood_and_said(
    world: World, now: SimpleNamespace, taken: Taken
) -> None:
    headings = [*HEADINGS, "Mã xã", "Xã"]
    rows = [
        [*row(), "02008", "Thử"],
        [*row("Hà Thị Hai", no=2), now.commune.code, "Xã Mới"],
        [*row("Hà Thị Ba", no=3), world.other_commune.code, "Xã Khác"],
    ]
    result = taken(rows, headings, by=now.officer)
    assert told(result, warnings=True) == [(FIRST_ROW + 1, "commune_code", "code_of_other_time")]
    assert told(result) == [(FIRST_ROW + 2, "commune_code", "other_commune")]
    # In the list of today's commune each former one is understood.
    later = {"year": 2024, "decided_on": dt.date(2024, 10, 1), "number": "9/QĐ-UBND",
             "effective_from": dt.date(2024, 10, 1)}  # fmt: skip
    result = taken(
        [[*one[:6], "Thôn Một Mới", *one[7:]] for one in rows], headings, by=now.officer,
        of=now.commune, poor=3, near_poor=0, **later,
    )  # fmt: skip
    assert told(result) == []
    codes = [one for one in told(result, warnings=True) if one[2] == "code_of_other_time"]
    assert [line for line, *__ in codes] == [FIRST_ROW, FIRST_ROW + 2]
