"""A layout reads back what its receiver returns: once, of one's own area, and taken back again."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from households.choices import Role
from households.choices.layouts import LayoutWhom, RowKind
from households.choices.returns import FoundBy, ReturnState, WhyNotFound
from households.errors import Conflict, Invalid, Refused
from households.exchange import layout_rows
from households.exchange.layout_fields import LayoutColumn
from households.models import (
    AuditEvent,
    LayoutAnswer,
    LayoutReturn,
    OutputLayout,
    Person,
    ReturnedRow,
    Survey,
    User,
)
from households.queries import layout_returns as returns
from households.services import job_locks, layout_returns, layouts
from tests.factories import reviews, users
from tests.factories.layouts import sheet
from tests.factories.returned import HEAD, HEADS, NUMBER, Send, row
from tests.households.conftest import TODAY, World


def kept(returned: LayoutReturn, by: User) -> LayoutReturn:
    layout_returns.keep(returned=returned, by=by)
    return returned


def test_answers_are_kept_by_their_kind(world: World, family: Survey, send: Send) -> None:
    answers = ("HN 4 0606", dt.date(2025, 1, 1), "1.350.000", "ĐÃ CẤP")
    returned = send(sheet(HEADS, row(*HEAD, *answers)))
    head = Person.objects.get(personal_id=NUMBER)
    (found,) = ReturnedRow.objects.all()
    assert (found.person, found.household) == (head, family.household)
    assert (found.found_by, found.cells, found.personal_id) == (FoundBy.NUMBER, {}, None)
    # Only a sheet that is kept counts.
    assert returns.answers_of(family.household) == []
    kept(returned, world.officer)
    told = {one.heading: one for one in returns.answers_of(family.household)}
    assert {heading: one.value for heading, one in told.items()} == {
        "Số thẻ": "HN 4 0606", "Giá trị từ": dt.date(2025, 1, 1), "Số tiền": 1_350_000,
        "Kết quả": "Đã cấp",
    }  # fmt: skip
    assert {one.person for one in told.values()} == {"Nông Văn Thử"}


def test_answers_go_out_again_in_the_layout(
    world: World, layout: OutputLayout, family: Survey, send: Send
) -> None:
    kept(send(sheet(HEADS, row(*HEAD, "CŨ", "", "", "no"))), world.officer)
    kept(send(sheet(HEADS, row(*HEAD, "MỚI", "1/1/2025", 12.5, "ok"))), world.officer)
    taken = layouts.taking(layout=layout, area=world.commune, by=world.officer)
    head, wife = layout_rows.rows(taken)
    assert [str(cell) for cell in head[7:]] == ["MỚI", "2025-01-01", "12.5", "Đã cấp"]
    assert wife[7:] == [None] * 4


def test_the_same_file_is_taken_once(world: World, family: Survey, send: Send) -> None:
    first = send(sheet(HEADS, row(*HEAD, "HN 1")))
    again = send(sheet(HEADS, row(*HEAD, "HN 1")))
    assert again.pk == first.pk
    layout_returns.run(return_id=first.pk)
    assert ReturnedRow.objects.count() == LayoutAnswer.objects.count() == 1
    assert AuditEvent.objects.filter(verb="layout.return.read").count() == 1
    layout_returns.take_back(returned=first, by=world.officer)
    assert send(sheet(HEADS, row(*HEAD, "HN 1"))).pk != first.pk


def test_taken_back_its_answers_count_no_more(
    world: World, layout: OutputLayout, family: Survey, send: Send
) -> None:
    kept(send(sheet(HEADS, row(*HEAD, "CŨ"))), world.officer)
    wrong = kept(send(sheet(HEADS, row(*HEAD, "SAI"))), world.officer)
    layout_returns.take_back(returned=wrong, by=world.officer)
    assert [one.value for one in returns.answers_of(family.household)] == ["CŨ"]
    taken = layouts.taking(layout=layout, area=world.commune, by=world.officer)
    assert next(iter(layout_rows.rows(taken)))[7] == "CŨ"
    assert ReturnedRow.objects.filter(returned=wrong).count() == 1
    with pytest.raises(Conflict):
        layout_returns.keep(returned=wrong, by=world.officer)


def test_read_again_after_the_register_was_put_right(
    world: World, family: Survey, send: Send
) -> None:
    returned = send(sheet(HEADS, row("Nông Văn Thử", "", "", "006080999999")))
    assert returned.counts == {"rows": 1, "not_found": 1}
    Person.objects.filter(personal_id=NUMBER).update(personal_id="006080999999")
    layout_returns.read_again(returned=returned, by=world.officer)
    layout_returns.run(return_id=returned.pk)
    returned.refresh_from_db()
    assert returned.counts == {"rows": 1, "unchanged": 1}
    kept(returned, world.officer)
    with pytest.raises(Conflict):
        layout_returns.read_again(returned=returned, by=world.officer)


def test_a_worker_that_died_leaves_nothing_and_is_begun_anew(
    world: World, family: Survey, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    returned = send(sheet(HEADS, row(*HEAD, "HN 1")))
    LayoutReturn.objects.update(state=ReturnState.READING, changed_at=dt.datetime(
        2024, 1, 1, tzinfo=dt.UTC
    ))  # fmt: skip
    fired: list[int] = []
    monkeypatch.setattr(layout_returns, "_fire", fired.append)
    assert layout_returns.sweep() == 1
    assert fired == [returned.pk]
    assert layout_returns.run(return_id=returned.pk) == ReturnState.CHECKED
    assert ReturnedRow.objects.count() == LayoutAnswer.objects.count() == 1


def test_a_run_holds_a_lock(world: World) -> None:
    with job_locks.held(job_locks.RETURNS, 1) as is_mine, connection.cursor() as cursor:
        assert is_mine
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
        assert cursor.fetchone()[0] >= 1


def test_of_ones_own_area_only(world: World, family: Survey, send: Send) -> None:
    stranger = users.user("khach", Role.COMMUNE_OFFICER, world.other_commune)
    reviewer = users.user("rev", Role.REVIEWER, world.village)
    for by in (stranger, reviewer):
        with pytest.raises(Refused):
            send(sheet(HEADS, row(*HEAD)), by=by)
    elsewhere = send(sheet(HEADS, row(*HEAD)), area=world.other_commune, by=stranger)
    assert elsewhere.counts == {"rows": 1, "not_found": 1}
    assert ReturnedRow.objects.get().why_not == WhyNotFound.ELSEWHERE
    with pytest.raises(Refused):
        layout_returns.keep(returned=elsewhere, by=world.officer)


def test_a_sheet_of_the_province_shows_each_commune_its_own(
    world: World, department: User, family: Survey, send: Send
) -> None:
    other = reviews.surveyed(
        world.round, world.other_village, department_officer(world),
        members=[reviews.adult("Bế Văn Xa", personal_id="006080777777")],
    )  # fmt: skip
    returned = send(
        sheet(HEADS, row("X", "", "", NUMBER), row("Y", "", "", "006080777777"), row("Ai")),
        area=world.province, by=department,
    )  # fmt: skip
    assert returns.counts(department, returned)["changed"] == 2
    assert returns.counts(world.officer, returned) == {
        "changed": 1, "not_found": 0, "in_error": 0, "unchanged": 0
    }  # fmt: skip
    (seen,) = returns.rows(world.officer, returned, "")
    assert seen.household == family.household != other.household
    (listed,) = returns.of_user(world.officer)
    assert (listed, listed.open_differences) == (returned, 1)
    assert returns.still_open(world.officer, returned) == 1
    assert returns.still_open(department, returned) == 2


def department_officer(world: World) -> User:
    return users.user("xa_khac", Role.COMMUNE_OFFICER, world.other_commune)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"receiver": " "}, "receiver"),
        ({"receiver": "x" * 121}, "receiver"),
        ({"returned_on": TODAY + dt.timedelta(days=1)}, "returned_on"),
    ],
)
def test_what_has_to_be_told(send: Send, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as fault:
        send(sheet(HEADS, row(*HEAD)), **values)
    assert set(fault.value.fields) == {field}


def test_a_layout_without_a_key_reads_nothing_back(
    world: World, department: User, send: Send
) -> None:
    bare = layouts.make(
        province=world.province, name="Trống", row_kind=RowKind.HOUSEHOLD, whom=LayoutWhom.ALL,
        by=department,
    )  # fmt: skip
    with pytest.raises(Invalid):
        send(sheet(["Chủ hộ", "Thôn"], ["A", "B"]), layout=bare)


def test_a_layout_with_returned_sheets_stays(
    world: World, department: User, layout: OutputLayout, send: Send
) -> None:
    send(sheet(HEADS))
    with pytest.raises(Conflict):
        layouts.remove(layout=layout, by=department)


def test_an_answer_of_codes_names_them(world: World, department: User) -> None:
    given: dict[str, Any] = {"name": "Thẻ", "whom": LayoutWhom.ALL, "by": department}
    made = layouts.make(province=world.province, row_kind=RowKind.MEMBER, **given)
    with pytest.raises(Invalid):
        layouts.change(
            layout=made, is_shared=True, columns=[LayoutColumn("answer.code", "x")], **given
        )
