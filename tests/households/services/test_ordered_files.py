"""Files of many households: ordered once, written by a job whatever dies, fetched by one."""

import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import python_calamine
from django.core.cache import cache
from pytest_django import Settings

from households import tasks
from households.choices import PovertyClass, Role
from households.choices.ordered_files import OrderedForm, OrderedKind, OrderedState
from households.errors import Conflict, Refused
from households.models import AuditEvent, OrderedFile, StatusPeriod, Survey, User
from households.queries.household_search import Wanted
from households.services import household_lists, ordered_files, ordered_writers
from tests.factories import layouts, reviews, users
from tests.households.conftest import World

Order = Callable[..., OrderedFile]
NUMBER = "006080123456"


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> None:
    settings.POVREG_IMPORTS = tmp_path / "imports"
    assert tasks.write_file.name == "households.write_file"


@pytest.fixture
def family(world: World) -> Survey:
    head = reviews.adult("Nông Văn Thử", personal_id=NUMBER)
    return reviews.surveyed(world.round, world.village, world.officer, members=[head])


@pytest.fixture
def order(world: World) -> Order:
    """A list of the officer's households, unless told otherwise."""

    def ordered(**more: Any) -> OrderedFile:
        given: dict[str, Any] = {
            "kind": OrderedKind.HOUSEHOLDS, "form": OrderedForm.XLSX, "title": "Hộ",
            "file_name": "ho.xlsx", "rows": 1, "by": world.officer,
            "wanted": {**household_lists.kept(Wanted(), ""), "foot": "Báo cáo"}, **more,
        }  # fmt: skip
        return ordered_files.order(**given)

    return ordered


def written(ordered: OrderedFile) -> OrderedFile:
    ordered_files.run(file_id=ordered.pk)
    ordered.refresh_from_db()
    return ordered


def cells(path: Path) -> list[list[Any]]:
    sheet = python_calamine.load_workbook(str(path)).get_sheet_by_index(0)
    return sheet.to_python()


def test_a_list_of_households_as_it_was_seen(world: World, family: Survey, order: Order) -> None:
    other = reviews.surveyed(
        world.round, world.village, world.officer, members=[reviews.adult("Bế Văn Nghèo")]
    )
    reviews.listed(world.round, world.commune, world.officer, other.household)
    assert StatusPeriod.objects.count() == 1
    wanted = household_lists.kept(Wanted(poverty_class=PovertyClass.POOR), "-name")
    done = written(order(wanted={**wanted, "foot": "Báo cáo"}))
    assert done.state == OrderedState.READY
    top, heads, *rows = cells(done.path)
    assert top[0] == "Báo cáo"
    assert len(heads) == 7
    assert [row[1] for row in rows] == ["Bế Văn Nghèo"]


def test_review_files_with_what_was_asked(world: World, family: Survey, order: Order) -> None:
    wanted = {"round": world.round.pk, "area": world.commune.pk, "numbers": True}
    given = {"kind": OrderedKind.REVIEW, "wanted": wanted, "rows": 2}
    assert cells(written(order(**given)).path)[2][0].startswith("povreg-H")
    packed = written(order(**given, form=OrderedForm.CSV))
    with zipfile.ZipFile(packed.path) as found:
        assert NUMBER in found.read("members.csv").decode()


def test_a_sheet_of_a_layout(world: World, family: Survey, order: Order) -> None:
    layout = layouts.shared(users.user("dep", Role.DEPARTMENT, world.province))
    wanted = {"layout": layout.pk, "area": world.commune.pk, "numbers": True}
    given = {"kind": OrderedKind.LAYOUT, "form": OrderedForm.CSV}
    done = written(order(wanted=wanted, **given))
    assert done.path.read_text("utf-8-sig").split() == ["Số", NUMBER]
    masked = written(order(wanted={**wanted, "numbers": False}, **given))
    assert NUMBER not in masked.path.read_text("utf-8-sig")
    layout.delete()
    gone = written(order(wanted={**wanted, "area": world.village.pk}, **given))
    assert (gone.state, gone.failure != "") == (OrderedState.FAILED, True)


def test_a_double_click_makes_one(world: World, order: Order) -> None:
    first, again = order(), order()
    later = {**household_lists.kept(Wanted(), ""), "foot": "Báo cáo, một phút sau"}
    assert first.pk == again.pk == order(wanted=later).pk
    assert order(form=OrderedForm.CSV).pk != first.pk
    other = users.user("other", Role.COMMUNE_OFFICER, world.commune)
    assert order(by=other).pk != first.pk
    written(first)
    assert order().pk != first.pk


def test_a_killed_worker_leaves_no_file_and_is_begun_anew(
    world: World, family: Survey, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    ordered = order()

    def dies(_ordered: OrderedFile, path: Path, _watched: object, _more: object) -> None:
        path.write_bytes(b"half")
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(ordered_writers, "write", dies)
        with pytest.raises(KeyboardInterrupt):
            ordered_files.run(file_id=ordered.pk)
    ordered.refresh_from_db()
    assert (ordered.state, ordered.path.exists()) == (OrderedState.WRITING, False)
    OrderedFile.objects.update(changed_at=dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
    fired: list[int] = []
    monkeypatch.setattr(ordered_files, "_fire", fired.append)
    assert ordered_files.sweep() == 1
    assert fired == [ordered.pk]
    written(ordered)
    assert ordered_files.run(file_id=ordered.pk) == OrderedState.READY
    folder = ordered.path.parent
    assert [one.name for one in folder.iterdir()] == [ordered.path.name]


def test_only_who_ordered_it_and_each_time_on_record(
    world: World, family: Survey, order: Order
) -> None:
    ordered = order()
    with pytest.raises(Conflict):
        ordered_files.fetch(ordered=ordered, by=world.officer)
    written(ordered)
    other = users.user("other", Role.COMMUNE_OFFICER, world.commune)
    with pytest.raises(Refused):
        ordered_files.fetch(ordered=ordered, by=other)
    for _time in range(2):
        assert ordered_files.fetch(ordered=ordered, by=world.officer) == ordered.path
    assert AuditEvent.objects.filter(verb="file.fetch", by=world.officer).count() == 2


def test_who_lost_the_right_gets_nothing(world: World, family: Survey, order: Order) -> None:
    wanted = {"round": world.round.pk, "area": world.commune.pk, "numbers": True}
    ready = written(order(kind=OrderedKind.REVIEW, wanted=wanted))
    waiting = order(kind=OrderedKind.REVIEW, wanted={**wanted, "numbers": False})
    world.officer.assignments.update(valid_to=dt.date(2024, 1, 1))
    officer = User.objects.get(pk=world.officer.pk)
    ready.refresh_from_db()
    with pytest.raises(Refused):
        ordered_files.fetch(ordered=OrderedFile.objects.get(pk=ready.pk), by=officer)
    assert written(waiting).state == OrderedState.FAILED
    administrator = users.user("adm", Role.ADMINISTRATOR, world.province)
    with pytest.raises(Refused):
        order(by=administrator)


def test_its_time_is_over(world: World, family: Survey, order: Order) -> None:
    ready = written(order())
    OrderedFile.objects.update(changed_at=dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
    assert ordered_files.sweep() == 0
    ready.refresh_from_db()
    assert (ready.state, ready.path.exists()) == (OrderedState.GONE, False)
    with pytest.raises(Conflict):
        ordered_files.fetch(ordered=ready, by=world.officer)


@pytest.mark.parametrize(("rows", "each"), [(50_000, 1_000), (2_500, 125), (5, 1)])
def test_how_far_it_is_is_told_now_and_then(
    order: Order, settings: Settings, rows: int, each: int
) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    ordered = order(rows=rows)
    assert ordered_files.written(ordered) == 0
    passed = ordered_files._watched(ordered)
    assert len(list(passed(range(each + each // 2)))) == each + each // 2
    assert ordered_files.written(ordered) == each
    assert len(list(passed(range(each - each // 2)))) == each - each // 2
    assert ordered_files.written(ordered) == 2 * each
