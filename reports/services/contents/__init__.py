"""The contents of each kind of report."""

from collections.abc import Callable
from typing import Final

from reports.contents.content import Content
from reports.definitions.definition import ReportDefinition, ReportKind
from reports.services.contents import monthly, names, narrative, programmes, tables
from reports.services.contents.asked import Asked

__all__ = ["Asked", "content"]

_MAKERS: Final[dict[ReportKind, Callable[[ReportDefinition, Asked], Content]]] = {
    ReportKind.TABLE: tables.content,
    ReportKind.NAMES: names.content,
    ReportKind.PROGRAMMES: programmes.content,
    ReportKind.AD_HOC: monthly.content,
    ReportKind.NARRATIVE: narrative.content,
}


def content(definition: ReportDefinition, asked: Asked) -> Content:
    """Of one report. Raises DomainError where it cannot be made, in the user's words."""
    return _MAKERS[definition.kind](definition, asked)
