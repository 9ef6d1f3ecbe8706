"""Reports that print a table of figures: the units in the order of the official frame."""

from collections.abc import Iterator

from django.utils import translation

from households.models import Area, AreaGroup
from reports.choices import FigureLevel
from reports.choices import Unit as Counted
from reports.contents.content import CellValue, Column, Content, Line, Sheet
from reports.definitions import ReportDefinition
from reports.queries import column_words, tables
from reports.queries.kept_answers import KeptAnswers
from reports.queries.questions import Question
from reports.queries.rows import Figure, Row, rounded
from reports.services.contents.asked import Asked


def content(definition: ReportDefinition, asked: Asked) -> Content:
    """Units with their parts under them, the area's own sum last. Raises DomainError as Asked.head.
    About six statements a level where nothing is kept."""
    with translation.override("vi"):  # the language of the form
        whole = asked.whole
        keys = tables.TABLES[definition.table].columns(whole)
        words = column_words.of(definition.table, whole)
        columns = definition.columns_for(keys, {key: one.head for key, one in words.items()})
        sheet = Sheet(
            title=definition.title["vi"].format(year=asked.round.year),
            columns=columns,
            names=("STT", "Đơn vị", *(("Đối tượng",) if definition.two_lines else ())),
            paper=definition.paper,
            two_lines=definition.two_lines,
            sums=definition.sums_of(columns),
            rates=definition.rates_of(columns),
            notes=tuple(tables.Table(definition.table, "", whole, (), []).notes),
        )
        lines = list(_lines(definition.table, columns, asked))
    return Content(asked.head(definition), [(sheet, lines)])


def _lines(table: str, columns: tuple[Column, ...], asked: Asked) -> Iterator[Line]:
    kept = asked.kept
    levels = {"upper": asked.upper, "lower": asked.lower}
    rows = {name: _by_unit(kept, table, one) for name, one in levels.items() if one}
    if asked.upper and asked.lower:
        over = _above(asked.upper, asked.lower)
        for at, unit in enumerate(asked.upper.units.rows, start=1):
            number = str(at)
            yield from _of_unit(rows["upper"][unit.key], columns, asked.upper, number)
            under = [one for one in asked.lower.units.rows if over.get(one.key) == unit.key]
            for below, one in enumerate(under, start=1):
                own = rows["lower"][one.key]
                yield from _of_unit(own, columns, asked.lower, f"{number}.{below}")
        left = [one for one in asked.lower.units.rows if one.key not in over]
        for at, one in enumerate(left, start=len(asked.upper.units.rows) + 1):
            yield from _of_unit(rows["lower"][one.key], columns, asked.lower, str(at))
    elif parts := asked.lower or asked.upper:
        found = rows["lower" if asked.lower else "upper"]
        for at, unit in enumerate(parts.units.rows, start=1):
            yield from _of_unit(found[unit.key], columns, parts, str(at))
    for of_unit in _by_unit(kept, table, asked.whole).values():
        yield from _of_unit(of_unit, columns, asked.whole, "")


def _by_unit(kept: KeptAnswers, table: str, question: Question) -> dict[int, list[Row]]:
    """A unit's lines: one, or that of households and that of persons."""
    found: dict[int, list[Row]] = {unit.key: [] for unit in question.units.rows}
    for row in kept.rows(table, question):
        found[row.unit.key].append(row)
    return found


def _above(upper: Question, lower: Question) -> dict[int, int]:
    """Commune to its district, or to its group. One query."""
    units = {unit.key for unit in upper.units.rows}
    if upper.level == FigureLevel.GROUP:
        members = AreaGroup.communes.through.objects.filter(areagroup__in=units)
        return {commune: group for group, commune in members.values_list("areagroup_id", "area_id")}
    below = Area.objects.filter(pk__in=[unit.key for unit in lower.units.rows])
    lines = {
        pk: [int(part) for part in path.split(".") if part]
        for pk, path in below.values_list("pk", "path")
    }
    return {pk: one for pk, line in lines.items() for one in line if one in units}


def _of_unit(
    rows: list[Row], columns: tuple[Column, ...], question: Question, number: str
) -> Iterator[Line]:
    for row in rows:
        is_first = row.counted in (None, Counted.HOUSEHOLDS)
        yield Line(
            level=question.level.value,
            number=number if is_first else "",
            code=row.unit.code,
            name=row.unit.name,
            cells=tuple(_cell(row.figures[column.key]) for column in columns),
            key=row.unit.key,
            counted=row.counted.value if row.counted else "",
            reasons={
                column.key: row.reasons[column.key]
                for column in columns
                if row.figures[column.key] is None and column.key in row.reasons
            },
        )


def _cell(figure: Figure) -> CellValue:
    """A rate half-up to two decimals, as text so that it is the same everywhere."""
    shown = rounded(figure)
    return shown if shown is None or isinstance(shown, int) else f"{shown:f}"
