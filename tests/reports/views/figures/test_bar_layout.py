"""Bars are to one scale and never lie on each other."""

from fractions import Fraction
from itertools import pairwise

from reports.views.figures import bar_layout
from reports.views.figures.bar_layout import Bar, Group


def group(name: str, *values: Fraction | int | None) -> Group:
    return Group(name, tuple(Bar(one, str(one), "poor") for one in values))


def test_all_groups_share_a_scale_that_begins_at_nothing() -> None:
    drawn = bar_layout.laid_out([group("a", 200, 100), group("b", 0, None, Fraction(50))])
    assert [bar.width for one in drawn.groups for bar in one.bars] == [300, 150, 0, 0, 75]


def test_the_least_of_something_is_seen() -> None:
    drawn = bar_layout.laid_out([group("a", 1_000_000, 1)])
    assert drawn.groups[0].bars[1].width == 1


def test_a_plan_belongs_to_the_scale_and_words_stand_behind_both() -> None:
    drawn = bar_layout.laid_out([Group("a", (Bar(50, "50 of 100", "act", plan=100),))])
    (bar,) = drawn.groups[0].bars
    assert (bar.width, bar.plan_width) == (150, 300)
    assert bar.words_x > 300


def test_names_and_bars_follow_each_other_downwards() -> None:
    drawn = bar_layout.laid_out([group("a", 1, 2), group("b", 3)])
    steps = [y for one in drawn.groups for y in (one.name_y, *(bar.y + 16 for bar in one.bars))]
    assert all(above < below for above, below in pairwise(steps))
    assert steps[-1] <= drawn.height


def test_nothing_is_no_error() -> None:
    assert bar_layout.laid_out([]).groups == ()
