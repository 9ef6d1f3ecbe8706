"""Every count that the reports of a round give to everybody, as the register has it now."""

from collections.abc import Iterable, Iterator, Mapping

from django.utils import timezone

from households.models import Area, AreaGroup, PovertyStandard, ReviewRound
from reports import definitions
from reports.choices import FigureLevel, FigureStatus
from reports.choices import Unit as Counted
from reports.contents import sheet_figures
from reports.contents.content import Kind
from reports.contents.webs import Figures, Name
from reports.definitions import ReportDefinition
from reports.definitions.definition import Public, ReportKind
from reports.queries import tables
from reports.queries.questions import Question
from reports.queries.rows import Row
from reports.services import contents, live_programmes, public_contents
from reports.services.contents import Asked

#: From the whole to its smallest parts.
_LEVELS = (
    FigureLevel.PROVINCE, FigureLevel.GROUP, FigureLevel.DISTRICT, FigureLevel.COMMUNE,
    FigureLevel.VILLAGE,
)  # fmt: skip


def of(round: ReviewRound, standard: PovertyStandard) -> Iterator[Figures]:
    """Of the whole province down to its villages, both statuses as far as there are any. Two dozen
    statements a level; 15 seconds for a province of 80,000 households."""
    for status in FigureStatus:
        asked = Asked(round.province, round, standard, status, timezone.now())
        nobody = len(asked.whole.undecided) == len(asked.whole.decided.communes)
        for definition in weighed_reports():
            if round.kind.lower() not in definition.rounds:
                continue
            if definition.kind == ReportKind.PROGRAMMES:
                # The same in both, and of an area however far its lists are.
                if status == FigureStatus.PRELIMINARY:
                    yield live_programmes.of(definition, asked)
            elif definition.kind == ReportKind.NARRATIVE:
                continue  # it repeats the others
            elif definition.kind != ReportKind.TABLE:
                made = contents.content(definition, asked)
                yield from public_contents.figures_of(definition, made)
            elif status == FigureStatus.PRELIMINARY or not nobody:
                yield _of_table(definition, asked)


def weighed_reports() -> list[ReportDefinition]:
    """Those of which a version is given to everybody without its small numbers."""
    return [
        one
        for one in definitions.all_reports().values()
        if one.public == Public.SUPPRESSED and not one.has_names
    ]


def _of_table(definition: ReportDefinition, asked: Asked) -> Figures:
    """Its columns of counts, of the units of every level."""
    levels = {level: found for level in _LEVELS if (found := asked.at(level))}
    keys = tables.TABLES[definition.table].columns(asked.whole)
    columns = definition.columns_for(keys, {})
    counts = [column.key for column in columns if column.kind is Kind.COUNT]
    values: dict[Name, int] = {}
    for level, question in levels.items():
        with asked.kept.page():
            rows = tables.table(definition.table, question).rows
        values |= _values(definition, level, rows, counts)
    counted = [one.value for one in Counted] if definition.two_lines else [""]
    above = _above(levels)
    told, some = _told(definition, values, counts, above, set(_villages(levels)))
    return Figures(
        values,
        tuple(_parts(levels, above)),
        sheet_figures.sums_of(definition.sums_of(columns), counted, definition.measure_of),
        frozenset(told),
        frozenset(some),
    )


def _area(level: FigureLevel, key: int) -> str:
    return f"g{key}" if level == FigureLevel.GROUP else str(key)


def _values(
    definition: ReportDefinition, level: FigureLevel, rows: Iterable[Row], counts: list[str]
) -> dict[Name, int]:
    found: dict[Name, int] = {}
    for row in rows:
        area = _area(level, row.unit.key)
        for key in counts:
            figure = row.figures[key]
            if isinstance(figure, int):
                measure = definition.measure_of(key, row.counted.value if row.counted else "")
                found[area, measure] = figure
    return found


def _above(levels: Mapping[FigureLevel, Question]) -> dict[str, str]:
    """Each area to the one it is a part of: by its line, the nearest that is there. One query."""
    keys = {
        unit.key
        for level, question in levels.items()
        if level != FigureLevel.GROUP
        for unit in question.units.rows
    }
    found = {}
    for pk, path in Area.objects.filter(pk__in=keys).values_list("pk", "path"):
        line = [one for part in path.split(".") if part and (one := int(part)) in keys]
        nearest = next((one for one in reversed(line) if one != pk), None)
        if nearest is not None:
            found[str(pk)] = str(nearest)
    return found


def _parts(
    levels: Mapping[FigureLevel, Question], above: Mapping[str, str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Areas with their parts; groups with their communes, and all groups as the province. One
    query."""
    under: dict[str, list[str]] = {}
    for part, whole in above.items():
        under.setdefault(whole, []).append(part)
    for whole, parts in under.items():
        yield whole, tuple(parts)
    if groups := levels.get(FigureLevel.GROUP):
        yield from _of_groups(
            groups, {unit.key for unit in levels[FigureLevel.PROVINCE].units.rows}
        )


def _of_groups(groups: Question, provinces: set[int]) -> Iterator[tuple[str, tuple[str, ...]]]:
    keys = [unit.key for unit in groups.units.rows]
    members = AreaGroup.communes.through.objects.filter(areagroup__in=keys).order_by("pk")
    communes: dict[int, list[str]] = {}
    for group, commune in members.values_list("areagroup_id", "area_id"):
        communes.setdefault(group, []).append(str(commune))
    for group, inside in communes.items():
        yield f"g{group}", tuple(inside)
    for province in provinces:
        yield str(province), tuple(f"g{key}" for key in keys)


def _villages(levels: Mapping[FigureLevel, Question]) -> Iterator[str]:
    if question := levels.get(FigureLevel.VILLAGE):
        yield from (str(unit.key) for unit in question.units.rows)


def _told(
    definition: ReportDefinition, values: Mapping[Name, int], counts: list[str],
    above: Mapping[str, str], villages: set[str],
) -> tuple[set[Name], set[Name]]:  # fmt: skip
    """Of columns that reports have only where they count something: what is 0 because an area's own
    report does not have them, and what is not because it does."""
    of_some = {definition.measure_of(key) for key in counts if definition.is_left_out(key, False)}
    told, some = set(), set()
    for (area, measure), value in values.items():
        if measure not in of_some:
            continue
        own = above.get(area, area) if area in villages else area
        if not values.get((own, measure), value):
            told.add((area, measure))
        elif area == own:
            some.add((area, measure))
    return told, some
