"""Reports that print a table of figures: the units in the order of the official frame."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils import translation

from reports.choices import FigureLevel
from reports.choices import Unit as Counted
from reports.contents.content import Column, Content, Line, Sheet
from reports.definitions import ReportDefinition
from reports.queries import column_words, tables
from reports.queries.kept_answers import KeptAnswers
from reports.queries.questions import Question
from reports.queries.rows import Row
from reports.services.contents import frame
from reports.services.contents.asked import Asked
from reports.services.contents.frame import Placed


def content(definition: ReportDefinition, asked: Asked) -> Content:
    """Units with their parts under them, the area's own sum last. Raises DomainError as Asked.head.
    About six statements a level where nothing is kept."""
    with translation.override("vi"):  # the language of the form
        whole = asked.whole
        keys = _keys(definition, asked)
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
            notes=(
                *tables.Table(definition.table, "", whole, (), []).notes,
                *_not_recast(asked),
                *_why_empty(columns, asked.kept.rows(definition.table, whole)),
            ),
        )
        lines = list(_lines(definition.table, columns, asked))
    return Content(asked.head(definition), [(sheet, lines)])


def _not_recast(asked: Asked) -> list[str]:
    """What the units of another day cannot tell."""
    parts = asked.lower or asked.upper
    return parts.units.not_recast if parts else []


def _keys(definition: ReportDefinition, asked: Asked) -> list[str]:
    """Of the table's columns those that the form has of this area."""
    rows = asked.kept.rows(definition.table, asked.whole)
    return [
        key
        for key in tables.TABLES[definition.table].columns(asked.whole)
        if not definition.is_left_out(key, any(row.figures.get(key) != 0 for row in rows))
    ]


def _why_empty(columns: Sequence[Column], rows: Iterable[Row]) -> list[str]:
    """Of columns without a figure of the whole area: paper has no other place to say why."""
    by_reason: dict[str, list[str]] = {}
    for row in rows:
        for column in columns:
            if row.figures[column.key] is None and column.key in row.reasons:
                called = column.number.partition("=")[0] or column.path[-1]
                told = by_reason.setdefault(str(row.reasons[column.key]), [])
                if called not in told:
                    told.append(called)
    return [f"Cột {', '.join(called)} để trống: {why}" for why, called in by_reason.items()]


def _lines(table: str, columns: tuple[Column, ...], asked: Asked) -> Iterator[Line]:
    rows: dict[FigureLevel, dict[int, list[Row]]] = {}
    for placed in frame.units(asked):
        level = placed.question.level
        if level not in rows:
            rows[level] = _by_unit(asked.kept, table, placed.question)
        yield from _of_unit(rows[level][placed.unit.key], columns, placed)


def _by_unit(kept: KeptAnswers, table: str, question: Question) -> dict[int, list[Row]]:
    """A unit's lines: one, or that of households and that of persons."""
    found: dict[int, list[Row]] = {unit.key: [] for unit in question.units.rows}
    for row in kept.rows(table, question):
        found[row.unit.key].append(row)
    return found


def _of_unit(rows: list[Row], columns: tuple[Column, ...], placed: Placed) -> Iterator[Line]:
    for row in rows:
        is_first = row.counted in (None, Counted.HOUSEHOLDS)
        yield Line(
            level=placed.question.level.value,
            number=placed.number if is_first else "",
            code=row.unit.code,
            name=row.unit.name,
            cells=tuple(frame.cell(row.figures[column.key]) for column in columns),
            key=row.unit.key,
            counted=row.counted.value if row.counted else "",
            reasons={
                column.key: row.reasons[column.key]
                for column in columns
                if row.figures[column.key] is None and column.key in row.reasons
            },
        )
