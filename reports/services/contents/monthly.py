"""The report of an ad-hoc review: what a month changed."""

from collections.abc import Iterator

from django.utils import translation

from households.choices import AreaLevel
from reports.contents.content import Column, Content, Line, Sheet
from reports.definitions import ReportDefinition
from reports.queries import monthly
from reports.services.contents import frame
from reports.services.contents.asked import Asked


def content(definition: ReportDefinition, asked: Asked) -> Content:
    """Communes under their districts; of a commune its one line. Three statements."""
    with translation.override("vi"):
        columns = definition.columns_for(monthly.COLUMNS, {})
        sheet = Sheet(
            title=definition.title["vi"].format(year=asked.round.year, month=asked.round.month),
            columns=columns,
            names=("STT", "Đơn vị"),
            paper=definition.paper,
            sums=definition.sums_of(columns),
        )
        lines = list(_lines(columns, asked))
    return Content(asked.head(definition, needs_lists=False), [(sheet, lines)])


def _lines(columns: tuple[Column, ...], asked: Asked) -> Iterator[Line]:
    by_commune = monthly.by_commune(asked.round, asked.standard)
    for placed in frame.units(asked):
        # A village has no requests of its own.
        if asked.area.level == AreaLevel.COMMUNE and placed.number:
            continue
        inside = placed.question.units.communes_of_rows.get(placed.unit.key, set())
        found = [by_commune[pk] for pk in inside if pk in by_commune]
        yield Line(
            level=placed.question.level.value,
            number=placed.number,
            code=placed.unit.code,
            name=placed.unit.name,
            cells=tuple(sum(one[column.key] for one in found) for column in columns),
            key=placed.unit.key,
        )
