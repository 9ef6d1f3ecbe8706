"""Promise: figures and names come back from their bytes as they were."""

from reports.contents import stored_figures
from reports.contents.webs import Figures


def test_figures_come_back() -> None:
    one = Figures(
        {("1", "poor"): 3, ("2", "poor"): 4, ("g1", "rich"): 0},
        (("1", ("2", "3")),), (("a", "b", "-c"),), frozenset({("g1", "rich")}),
        frozenset({("1", "poor")}),
    )  # fmt: skip
    assert list(stored_figures.unpack(stored_figures.pack([one, Figures({})]))) == [
        one, Figures({}),
    ]  # fmt: skip


def test_names_come_back_and_are_the_same_bytes_in_any_order() -> None:
    names = [("1", "poor"), ("1", "rich"), ("g2", "poor")]
    packed = stored_figures.pack_names(names)
    assert stored_figures.unpack_names(packed) == frozenset(names)
    assert stored_figures.pack_names(names[::-1]) == packed
    assert stored_figures.unpack_names(stored_figures.pack_names([])) == frozenset()
