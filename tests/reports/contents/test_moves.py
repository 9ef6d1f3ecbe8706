"""Promises: a number could be another one where others can change with it, and only then."""

from reports.contents.hidden import Hidden
from reports.contents.moves import Range
from reports.contents.webs import Figures, Web


def _range(hidden: list[tuple[str, str]], **given: object) -> tuple[Web, Range]:
    """Two areas of kinh and minority that make a third."""
    values = {
        ("1", "all"): 23, ("1", "kinh"): 20, ("1", "minority"): 3,
        ("2", "all"): 31, ("2", "kinh"): 30, ("2", "minority"): 1,
        ("9", "all"): 54, ("9", "kinh"): 50, ("9", "minority"): 4,
    }  # fmt: skip
    web = Web()
    web.add(Figures(values, [("9", ("1", "2"))], [("all", "kinh", "minority")], **given))
    found = Hidden(web)
    for name in hidden:
        found.hide(name)
    return web, Range(found)


_FOUR = [(area, measure) for area in "12" for measure in ("kinh", "minority")]


def test_four_numbers_can_change_together() -> None:
    web, found = _range(_FOUR)
    number = web.by_name["1", "minority"][0]
    assert found.can_be_another(number)
    assert found.reaches(number, 0)
    assert found.reaches(number, 4)
    assert not found.reaches(number, 5)  # there are no more than four in both


def test_three_cannot() -> None:
    web, found = _range(_FOUR[:3])
    assert not found.can_be_another(web.by_name["1", "minority"][0])


def test_nothing_falls_below_what_is_known_of_it() -> None:
    web, found = _range(_FOUR, some=frozenset({("2", "minority")}))
    number = web.by_name["1", "minority"][0]
    assert found.reaches(number, 0)
    assert not found.reaches(number, 4)


def test_what_is_known_already_does_not_change() -> None:
    web, found = _range(_FOUR[:3])
    web.known.add(web.by_name["2", "minority"][0])
    found.hidden.hide(("2", "minority"))
    assert not found.can_be_another(web.by_name["1", "minority"][0])
