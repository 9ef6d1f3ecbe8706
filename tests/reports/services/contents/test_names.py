"""T14 and T15: who is on the list, with whom, where, and since when, worked by hand."""

import pytest
from django.utils import timezone

from households.models import Area
from households.services import complete_lists
from reports import definitions
from reports.choices import FigureStatus
from reports.contents.content import Content, Line
from reports.services import contents
from reports.services.contents import Asked
from tests.factories import figures

pytestmark = pytest.mark.django_db


def made(
    world: figures.World, report: str, area: Area, status: FigureStatus = FigureStatus.OFFICIAL
) -> Content:
    asked = Asked(area, world.rounds[2023], world.standard, status, timezone.now())
    return contents.content(definitions.named(report), asked)


def lines(content: Content) -> list[Line]:
    ((_sheet, found),) = content.sheets
    return list(found)


def cells(content: Content, level: str = "") -> list[dict[str, object]]:
    ((sheet, found),) = content.sheets
    keys = [column.key for column in sheet.columns]
    return [
        {key: cell for key, cell in zip(keys, line.cells, strict=True) if cell is not None}
        for line in found
        if not level or line.level == level
    ]


def all_complete(world: figures.World) -> None:
    for commune in (world.a, world.b, world.c):
        complete_lists.say(commune=commune, year=2021, by=world.by)
