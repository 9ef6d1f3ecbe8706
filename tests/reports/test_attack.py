"""Promise: from everything that is given to everybody of a round (all tables, areas, levels and
statuses) no small count can be worked out, not even by linear programming."""

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


def _attacked(hidden: set[Name]) -> list[attack.Bounds]:
    made = small_province.contents().values()
    told = attack.known(made, [_given(one, hidden) for one in made])
    return attack.attack(told, LEAST)


def test_no_small_count_can_be_worked_out() -> None:
    web, found = _weighed()
    bounds = _attacked(found.names)
    print(len(found.names),found.small,found.exposed,found.narrow, len(bounds))
    print([x for x in bounds if x.is_found_out][:10], sum(x.is_found_out for x in bounds))
    assert found.exposed == 0
    assert len(bounds) > 500
    assert not [one for one in bounds if one.is_found_out]
