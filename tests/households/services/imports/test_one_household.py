"""An object is checked as a file is, whatever stands in it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from households.exchange.columns import HOUSEHOLD_COLUMNS, MEMBER_COLUMNS
from households.models import User
from households.services import review_entry
from tests.factories import entry


def test_what_is_left_out_is_told_of_its_row(officer: User) -> None:
    bare = review_entry.enter(told={"members": [{}, {"full_name": "Lý Thị Thử"}]}, by=officer)
    found = entry.places(bare)
    assert ("households.household_id", "missing_value") in found
    assert ("members[0].full_name", "missing_value") in found
    assert ("members[1].sex", "missing_value") in found
    assert ("members[1].full_name", "missing_value") not in found
    assert not [place for place, _code in found if place.endswith("].household_id")]
    none = review_entry.enter(told=entry.household() | {"members": []}, by=officer)
    assert ("households.household_size", "no_members") in entry.places(none)


def test_conditional_columns_may_be_left_out_where_nothing_is_asked(officer: User) -> None:
    head = entry.head()
    for name in ("malnourished_height", "malnourished_weight", "has_labour_contract"):
        del head[name]
    assert not review_entry.enter(told=entry.household(head), by=officer).errors


@pytest.mark.parametrize(
    ("facts", "wrong"),
    [
        ({"village": True}, {("households.village", "wrong_kind")}),
        ({"has_tv": {"a": 1}}, {("households.has_tv", "wrong_kind")}),
        ({"causes": [{"a": 1}]}, {("households.causes", "wrong_kind")}),
        ({"head_name": ["Nông"]}, {("households.head_name", "wrong_kind")}),
        ({"village": "\ud800"}, {("households.village", "wrong_kind")}),
        ({"village": "a\x00b"}, {("households.village", "control_character")}),
        ({"floor_area_m2": 1e400}, {("households.floor_area_m2", "not_a_number")}),
        ({"household_size": 10**400}, {("households.household_size", "out_of_range")}),
        ({"b1_none": "x"}, {("households.b1_none", "unknown_question")}),
        ({"Mã hộ": "B1"}, {("households.household_id", "heading_twice")}),
    ],
)
def test_values_that_no_cell_can_hold(
    officer: User, facts: dict[str, object], wrong: set[tuple[str, str]]
) -> None:
    assert entry.places(review_entry.enter(told=entry.household(**facts), by=officer)) == wrong


def test_what_the_format_does_not_know_is_warned_about(officer: User) -> None:
    told = entry.household(entry.head(pensoin=True), **{"note\x00\ud800": "x"})
    done = review_entry.enter(told=told, by=officer)
    assert [(one.place, one.code) for one in done.warnings] == [
        ("households.note", "unknown_heading"),
        ("members[0].pensoin", "unknown_heading"),
    ]


def test_what_one_member_says_and_another_leaves_out_empties_nothing(officer: User) -> None:
    told = entry.household(entry.head(merit=True), entry.spouse())
    assert entry.places(review_entry.enter(told=told, by=officer)) == {
        ("members[1].merit", "left_out")
    }
    told["members"][1]["merit"] = None
    assert not review_entry.enter(told=told, by=officer).errors


_TEXTS = (
    "Y", "=1+1", "#REF!", "'=1", "2024", "31/02/2024", "02008", "1.500", "1,5", "\x00", "\ud800",
    "povreg-H00000001", "povreg-N00000001", "\\N", "a\tb\nc\\", "head", "M", "%s", "%(x)s",
)  # fmt: skip
_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=30),
    st.sampled_from(_TEXTS),
)
_VALUES = st.one_of(_SCALARS, st.lists(_SCALARS, max_size=3), st.just({"a": 1}))
_HOUSEHOLD_NAMES = st.sampled_from([c.name for c in HOUSEHOLD_COLUMNS] + ["b1_x", "reason", "Thôn"])
_MEMBER_NAMES = st.sampled_from([c.name for c in MEMBER_COLUMNS] + ["Họ và tên", "", "\x00%s"])


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    facts=st.dictionaries(_HOUSEHOLD_NAMES, _VALUES, max_size=3),
    of_head=st.dictionaries(_MEMBER_NAMES, _VALUES, max_size=3),
    gone=st.lists(_HOUSEHOLD_NAMES, max_size=2),
)
def test_whatever_comes_is_told_or_entered(
    officer: User, facts: dict[str, object], of_head: dict[str, object], gone: list[str]
) -> None:
    told = entry.household(entry.head(**of_head), entry.spouse(), **facts)
    told = {name: value for name, value in told.items() if name not in gone}
    done = review_entry.enter(told=told, by=officer, commit=False)
    assert bool(done.errors) == (done.outcome is None)
    assert all(one.place and one.code and str(one.words) for one in done.errors)
