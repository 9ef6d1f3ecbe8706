"""What each report is: one file each, read once."""

import tomllib
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from households.errors import DomainError
from reports.definitions.definition import ReportDefinition, made

__all__ = ["ReportDefinition", "all_reports", "named"]

_FOLDER = Path(__file__).parent


@cache
def all_reports() -> dict[str, ReportDefinition]:
    """By code, in the order of the catalogue. Raises ValueError where a file of this folder is no
    definition: a fault of the programme, found by the first test."""
    found = []
    for path in sorted(_FOLDER.glob("*.toml")):
        try:
            found.append(made(tomllib.loads(path.read_text(encoding="utf-8"))))
        except (KeyError, TypeError, ValueError) as fault:
            raise ValueError(f"{path.name}: {fault}") from fault
    return {one.code: one for one in sorted(found, key=lambda one: (one.position, one.code))}


def named(code: str) -> ReportDefinition:
    """Raises DomainError: there is no such report."""
    found = all_reports().get(code)
    if found is None:
        raise DomainError(_("There is no report %(report)s.") % {"report": code})
    return found
