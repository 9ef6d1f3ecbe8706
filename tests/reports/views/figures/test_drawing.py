"""Lines stand where their numbers say, on one scale, and never cross to another standard."""

from fractions import Fraction

from reports.views.figures.drawing import Panel, Series, Value, panels


def panel(title: str, *values: int | None) -> Panel:
    steps = tuple(str(2020 + at) for at in range(len(values)))
    dots = tuple(Value(None if v is None else Fraction(v), str(v)) for v in values)
    return Panel(title, steps, (Series("poor", "Poor", dots),))


def test_the_scale_begins_at_0_and_is_the_same_for_all() -> None:
    drawn = panels([panel("old", 10, 20), panel("new", 27)])
    assert drawn.most == 30
    [ten, twenty] = drawn.panels[0].lines[0].dots
    [last] = drawn.panels[1].lines[0].dots
    height = drawn.floor - 34
    assert drawn.floor - ten.y == round(Fraction(height * 10, 30))
    assert drawn.floor - twenty.y == round(Fraction(height * 20, 30))
    assert drawn.floor - last.y == round(Fraction(height * 27, 30))


def test_no_line_leaves_its_panel() -> None:
    first, second = panels([panel("old", 1, 2, 3), panel("new", 4, 5)]).panels
    assert first.x + first.width < second.x
    for one in (first, second):
        for dot in one.lines[0].dots:
            assert one.x < dot.x < one.x + one.width


def test_a_year_without_a_figure_is_a_hole() -> None:
    [drawn] = panels([panel("old", 5, None, 5, 6)]).panels
    assert drawn.lines[0].path.count("M") == 2
    assert len(drawn.lines[0].dots) == 3
    assert len(drawn.steps) == 4


def test_nothing_at_all_can_be_drawn() -> None:
    assert panels([]).panels == ()
    assert panels([panel("new", None)]).most == 10
