"""What a report of each kind says by names, and how it is read by everybody."""

from collections.abc import Iterator, Set

from reports import definitions
from reports.contents import (
    narrative,
    narrative_figures,
    narrative_hiding,
    programme_figures,
    programme_hiding,
    sheet_figures,
    suppressing,
)
from reports.contents.content import Content
from reports.contents.narrative_figures import Measures
from reports.contents.webs import Figures, Name
from reports.definitions import ReportDefinition
from reports.definitions.definition import ReportKind


def figures_of(definition: ReportDefinition, content: Content) -> Iterator[Figures]:
    """Of a report as it was made."""
    if definition.kind == ReportKind.NARRATIVE:
        yield narrative_figures.of_report(content, narrative.parts_of(content), _measures())
    elif definition.kind == ReportKind.PROGRAMMES:
        results, units, money = ((sheet, list(lines)) for sheet, lines in content.sheets)
        area = str(content.head.area_key)
        yield programme_figures.of_report(area, results, money, units)
    else:
        for sheet, lines in content.sheets:
            yield sheet_figures.of_sheet(content.head, sheet, list(lines), definition.measure_of)


def without(
    definition: ReportDefinition, content: Content, *, hidden: Set[Name], least: int
) -> Content:
    """What is `hidden` left out. Raises ValueError: it was not weighed."""
    if definition.kind == ReportKind.NARRATIVE:
        return narrative_hiding.public(
            content, hidden=hidden, measures=_measures(), least=least
        )  # fmt: skip
    if definition.kind == ReportKind.PROGRAMMES:
        return programme_hiding.public(content, hidden=hidden, least=least)
    return suppressing.public(content, hidden=hidden, naming=definition.measure_of, least=least)


def _measures() -> Measures:
    """Of the tables that the yearly report repeats."""
    opening = {
        f"{word}_households_before": definitions.named(table).measure_of("opening", "households")
        for word, table in (("poor", "T2"), ("near_poor", "T3"))
    }
    lacks, causes = definitions.named("T4"), definitions.named("T10")
    return Measures(opening, lacks.measure_of, causes.measure_of)
