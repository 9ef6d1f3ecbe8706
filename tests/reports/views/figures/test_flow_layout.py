"""Bands end where their blocks end, and nothing lies on another."""

from fractions import Fraction
from itertools import pairwise

from reports.views.figures import flow_layout
from reports.views.figures.flow_layout import Flows, Node

ORDER = ["a", "b", "c", "d"]
COUNTS = {
    ("a", "a"): 160,
    ("a", "b"): 30,
    ("b", "a"): 7,
    ("b", "c"): 1,
    ("c", "b"): 40,
    ("c", "d"): 2,
}


def drawn() -> Flows:
    return flow_layout.laid_out(ORDER, COUNTS)


def test_bands_fill_their_blocks_from_top_to_bottom() -> None:
    flows = drawn()
    for node in flows.left:
        ends = sorted(
            (one.left_y, one.left_y + one.thickness)
            for one in flows.bands if one.source == node.key
        )  # fmt: skip
        check_filled(node, ends)
    for node in flows.right:
        ends = sorted(
            (one.right_y, one.right_y + one.thickness)
            for one in flows.bands if one.target == node.key
        )  # fmt: skip
        check_filled(node, ends)


def check_filled(node: Node, ends: list[tuple[Fraction, Fraction]]) -> None:
    assert ends[0][0] == node.y
    assert ends[-1][1] == node.y + node.height
    assert all(above[1] == below[0] for above, below in pairwise(ends))


def test_blocks_are_to_one_scale_in_order_and_leave_out_nobody() -> None:
    flows = drawn()
    assert [(one.key, one.count) for one in flows.left] == [("a", 190), ("b", 8), ("c", 42)]
    assert [(one.key, one.count) for one in flows.right] == [
        ("a", 167), ("b", 70), ("c", 1), ("d", 2),
    ]  # fmt: skip
    assert {one.height / one.count for one in (*flows.left, *flows.right)} == {Fraction(1)}
    assert sum(one.count for one in flows.bands) == 240


def test_blocks_and_their_two_lines_of_words_never_meet() -> None:
    flows = drawn()
    for side in (flows.left, flows.right):
        for above, below in pairwise(side):
            assert above.y + above.height <= below.y
            assert below.middle - above.middle >= 46
        assert side[-1].y + side[-1].height <= flows.height


def test_who_stays_is_drawn_under_the_others_and_has_its_number() -> None:
    bands = drawn().bands
    assert [one.source == one.target for one in bands] == [True] + [False] * 5
    assert [one.is_written for one in bands] == [True] + [False] * 5


def test_a_path_is_written_with_dots_and_ends_where_it_began() -> None:
    first = drawn().bands[0].path
    assert first.startswith(f"M{flow_layout.LEFT_X},34.0C")
    assert first.endswith(f"{flow_layout.LEFT_X},194.0Z")


def test_nobody_is_no_error() -> None:
    assert flow_layout.laid_out(ORDER, {}).left == ()
