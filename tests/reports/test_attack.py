"""Promise: from everything that is given to everybody of a round (all tables, areas, levels and
statuses) no small count can be worked out, not even by linear programming."""

from collections.abc import Iterator
from functools import cache

from reports import definitions
from reports.contents import sheet_figures, suppressing
from reports.contents.content import Content
from reports.contents.hiding import Found, to_hide
from reports.contents.webs import Name, Web
from tests.factories import small_province
from tests.reports import attack

LEAST = 5


@cache
def _weighed() -> tuple[Web, Found]:
    web = Web()
    for content in small_province.contents().values():
        naming = definitions.named(content.head.report).measure_of
        for sheet, lines in content.sheets:
            web.add(sheet_figures.of_sheet(content.head, sheet, list(lines), naming))
    return web, to_hide(web, LEAST)


def _given(content: Content, hidden: set[Name]) -> Content:
    naming = definitions.named(content.head.report).measure_of
    return suppressing.public(content, hidden=hidden, naming=naming, least=LEAST)


def _found_out(hidden: set[Name]) -> tuple[set[Name], int]:
    """Names of small counts that can be worked out, and how many were tried."""
    made = small_province.contents().values()
    told = attack.known(made, [_given(one, hidden) for one in made])
    bounds = attack.attack(told, LEAST)
    return {one.name[1:] for one in bounds if one.is_found_out}, len(bounds)


def test_no_small_count_can_be_worked_out() -> None:
    _web, found = _weighed()
    assert found.exposed == 0
    found_out, tried = _found_out(found.names)
    assert tried > 1_000
    assert not found_out


def _pairs() -> Iterator[tuple[Name, Name]]:
    """A small count, and what alone hides it in a sum."""
    web, found = _weighed()
    for relation in web.relations:
        inside = [n for n, _sign in relation if web.names[n] in found.names]
        small = [n for n in inside if 0 < web.values[n] < LEAST]
        large = [n for n in inside if web.values[n] >= LEAST]
        if len(inside) == 2 and small and large and len(web.by_name[web.names[large[0]]]) == 1:
            yield web.names[small[0]], web.names[large[0]]


def test_it_can_where_one_number_is_shown_that_hides_another() -> None:
    _web, found = _weighed()
    pairs = dict(_pairs())
    assert len(pairs) > 5
    few = dict(list(pairs.items())[:: len(pairs) // 3][:2])
    found_out, _tried = _found_out(found.names - set(few.values()))
    assert found_out >= set(few)
