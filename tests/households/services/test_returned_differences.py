"""A receiver's facts become the register's only by the act of a person who may correct them."""

import datetime as dt
from pathlib import Path

import pytest
from pytest_django import Settings

from households.choices import BirthPrecision, Relation, Role
from households.choices.duplicates import PairKind
from households.choices.layouts import LayoutWhom, RowKind
from households.choices.returns import DifferenceState
from households.errors import Conflict, Invalid, Refused
from households.exchange.layout_fields import LayoutColumn
from households.models import (
    AuditEvent,
    DuplicatePair,
    EthnicGroup,
    HouseholdEvent,
    LayoutReturn,
    Person,
    ReturnedDifference,
    Survey,
    User,
)
from households.services import layout_returns, layouts, returned_differences
from tests.factories import reviews, users
from tests.factories.layouts import sheet
from tests.households.conftest import TODAY, World

NUMBER, FREE = "006080123456", "006080000001"
HEADS = ["Mã hộ", "Chủ hộ", "Ngày sinh", "Giới tính", "Số định danh", "Thôn", "TV"]
FIELDS = ["code", "head_name", "head_birth_date", "head_sex", "head_cccd", "village", "has_tv"]


@pytest.fixture
def family(world: World, settings: Settings, tmp_path: Path) -> Survey:
    settings.POVREG_IMPORTS = tmp_path
    head = reviews.adult("Nông Văn Thử", personal_id=NUMBER)
    return reviews.surveyed(world.round, world.village, world.officer, members=[head])


@pytest.fixture
def department(world: World) -> User:
    return users.user("dep", Role.DEPARTMENT, world.province)


@pytest.fixture
def returned(world: World, family: Survey, department: User) -> LayoutReturn:
    """Everything of the head is otherwise, and the sheet is kept."""
    columns = [LayoutColumn(of, head) for of, head in zip(FIELDS, HEADS, strict=True)]
    given = {"whom": LayoutWhom.ALL, "by": department, "name": "Hộ"}
    made = layouts.make(province=world.province, row_kind=RowKind.HOUSEHOLD, **given)
    layouts.change(layout=made, is_shared=True, columns=columns, **given)
    made.refresh_from_db()
    theirs = [family.household.code, "Nông Văn Thứ", "1981", "F", FREE, "Thôn Hai", "N"]
    sent = layout_returns.receive(
        layout=made, area=world.commune, file=sheet(HEADS, theirs), receiver="A",
        returned_on=TODAY, by=world.officer,
    )  # fmt: skip
    layout_returns.run(return_id=sent.pk)
    sent.refresh_from_db()
    assert sent.counts == {"rows": 1, "changed": 1}
    layout_returns.keep(returned=sent, by=world.officer)
    return sent


def difference(field: str) -> ReturnedDifference:
    return ReturnedDifference.objects.select_related("row__household").get(field=field)


def head() -> Person:
    return Person.objects.get(memberships__relation=Relation.HEAD)


def test_a_fact_is_corrected_by_an_act_of_its_own(world: World, returned: LayoutReturn) -> None:
    for field in ("head_name", "head_birth_date", "head_sex", "head_cccd"):
        returned_differences.accept(difference=difference(field), by=world.officer)
    person = head()
    assert (person.full_name, person.sex, person.personal_id) == ("Nông Văn Thứ", "F", FREE)
    assert (person.birth_date, person.birth_precision) == (
        dt.date(1981, 1, 1), BirthPrecision.YEAR
    )  # fmt: skip
    assert HouseholdEvent.objects.filter(kind="CORRECTED").count() == 4
    assert AuditEvent.objects.filter(verb="member.correct").count() == 4
    told = difference("head_name")
    assert (told.state, told.settled_by) == (DifferenceState.ACCEPTED, world.officer)
    # What a form that is decided on says is as it was.
    assert Survey.objects.get().head_name == "Nông Văn Thử"


def test_where_one_lives_and_what_a_review_says_is_not_accepted(
    world: World, returned: LayoutReturn
) -> None:
    assert difference("has_tv").state == DifferenceState.SHOWN
    for field in ("village", "has_tv"):
        with pytest.raises(Refused):
            returned_differences.accept(difference=difference(field), by=world.officer)
    with pytest.raises(Conflict):
        returned_differences.settle(difference=difference("has_tv"), note="", by=world.officer)
    returned_differences.settle(
        difference=difference("village"), note="Đã chuyển", by=world.officer
    )
    told = difference("village")
    assert (told.state, told.note) == (DifferenceState.SETTLED, "Đã chuyển")


def test_a_number_that_somebody_else_holds_goes_to_the_queue(
    world: World, returned: LayoutReturn
) -> None:
    holder = reviews.adult("Lý Văn Khác", personal_id=FREE)
    reviews.surveyed(world.round, world.village, world.officer, members=[holder])
    one = difference("head_cccd")
    with pytest.raises(Invalid):
        returned_differences.accept(difference=one, by=world.officer)
    assert difference("head_cccd").state == DifferenceState.OPEN
    with pytest.raises(Invalid):
        returned_differences.dispute(difference=one, words=" ", by=world.officer)
    returned_differences.dispute(difference=one, words="Xem thẻ gốc", by=world.officer)
    assert DuplicatePair.objects.get(kind=PairKind.NUMBER).claimed_for.full_name == "Nông Văn Thử"
    assert difference("head_cccd").state == DifferenceState.DISPUTED


def test_a_number_of_nobody_is_not_disputed(world: World, returned: LayoutReturn) -> None:
    with pytest.raises(Invalid):
        returned_differences.dispute(
            difference=difference("head_cccd"), words="Xem", by=world.officer
        )
    with pytest.raises(Refused):
        returned_differences.dispute(
            difference=difference("head_name"), words="Xem", by=world.officer
        )


def test_what_changed_since_is_looked_at_anew(world: World, returned: LayoutReturn) -> None:
    Person.objects.update(full_name="Nông Văn Mới")
    with pytest.raises(Conflict):
        returned_differences.accept(difference=difference("head_name"), by=world.officer)
    assert head().full_name == "Nông Văn Mới"


def test_each_is_settled_once(world: World, returned: LayoutReturn) -> None:
    one = difference("head_name")
    returned_differences.accept(difference=one, by=world.officer)
    with pytest.raises(Conflict):
        returned_differences.accept(difference=one, by=world.officer)
    with pytest.raises(Conflict):
        returned_differences.settle(difference=one, note="", by=world.officer)
    assert HouseholdEvent.objects.filter(kind="CORRECTED").count() == 1


def test_of_a_sheet_that_was_taken_back_nothing_is_settled(
    world: World, returned: LayoutReturn
) -> None:
    layout_returns.take_back(returned=returned, by=world.officer)
    with pytest.raises(Conflict):
        returned_differences.accept(difference=difference("head_name"), by=world.officer)


def test_only_who_may_correct_the_family(
    world: World, returned: LayoutReturn, department: User
) -> None:
    stranger = users.user("khach", Role.COMMUNE_OFFICER, world.other_commune)
    for by in (department, stranger):
        with pytest.raises(Refused):
            returned_differences.accept(difference=difference("head_name"), by=by)


def test_an_ethnic_group_that_the_register_knows(
    world: World, family: Survey, department: User
) -> None:
    EthnicGroup.objects.create(code="02", name="Tày", is_minority=True)
    columns = [
        LayoutColumn("member.cccd", "Số"),
        LayoutColumn("member.ethnic_group", "Dân tộc"),
    ]
    given = {"whom": LayoutWhom.ALL, "by": department, "name": "Người"}
    made = layouts.make(province=world.province, row_kind=RowKind.MEMBER, **given)
    layouts.change(layout=made, is_shared=True, columns=columns, **given)
    made.refresh_from_db()
    for theirs, is_known in (("Người lạ", False), ("TÀY", True)):
        sent = layout_returns.receive(
            layout=made, area=world.commune, file=sheet(["Số", "Dân tộc"], [NUMBER, theirs]),
            receiver="A", returned_on=TODAY, by=world.officer,
        )  # fmt: skip
        layout_returns.run(return_id=sent.pk)
        sent.refresh_from_db()
        layout_returns.keep(returned=sent, by=world.officer)
        one = ReturnedDifference.objects.select_related("row__household").get(row__returned=sent)
        if is_known:
            returned_differences.accept(difference=one, by=world.officer)
        else:
            with pytest.raises(Invalid):
                returned_differences.accept(difference=one, by=world.officer)
    group = head().ethnic_group
    assert group is not None
    assert group.name == "Tày"
