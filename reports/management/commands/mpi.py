"""manage.py mpi: multidimensional measures of any file of 0 and 1."""

import json
import sys
from argparse import ArgumentParser
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.errors import DomainError
from reports.exchange import deprivation_files
from reports.measures import Fault, Measures, Scheme, Unfit, exact

WRONG_CALL = 2
_FAULTS = {
    Fault.NO_INDICATOR: gettext_lazy("Name at least one indicator."),
    Fault.TWICE: gettext_lazy("An indicator is named twice."),
    Fault.WEIGHTS_DO_NOT_MATCH: gettext_lazy("Give one weight for each indicator."),
    Fault.WEIGHT_NOT_POSITIVE: gettext_lazy("Each weight has to be above 0."),
    Fault.CUTOFF_OUTSIDE: gettext_lazy("The cut-off has to be above 0 and at most 1."),
}


class Command(BaseCommand):
    """Exit codes: 0 written, 2 wrong call or a file that cannot be read."""

    help = "H, A, M0, headcounts and contributions (Alkire-Foster) of a CSV file of 0 and 1."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--input", type=Path, required=True, help="UTF-8, columns by , or ;")
        parser.add_argument("--indicators", required=True, help="columns, as a,b,c")
        parser.add_argument("--weights", required=True, help="1/3,1/3,1/3 or 0.5,0.25,0.25")
        parser.add_argument("--cutoff", required=True, help="poor from this score, as 1/3 or 0.33")
        parser.add_argument("--by", metavar="COLUMN", help="also for each value of this column")
        parser.add_argument("--weight", metavar="COLUMN", help="sample weights of the rows")
        parser.add_argument("--format", choices=["json"], default="json")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = deprivation_files.measured(
                options["input"], _scheme(options), by=options["by"], weight=options["weight"]
            )
        except (DomainError, OSError) as error:
            self.stderr.write(f"mpi: {getattr(error, 'message', error)}")
            sys.exit(WRONG_CALL)
        answer = {
            "overall": _as_json(found.overall),
            "groups": {value: _as_json(one) for value, one in found.groups.items()},
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))


def _scheme(options: dict[str, Any]) -> Scheme:
    """Raises DomainError."""
    codes = [one.strip() for one in options["indicators"].split(",") if one.strip()]
    weights = [_number(one) for one in options["weights"].split(",")]
    try:
        return Scheme.of(codes, weights, _number(options["cutoff"]))
    except Unfit as error:
        raise DomainError(_FAULTS[error.fault]) from error


def _number(text: str) -> Fraction:
    found = exact(text)
    if found is None:
        raise DomainError(_("“%(text)s” is no number; write 1/3 or 0.25.") % {"text": text})
    return found


def _as_json(one: Measures) -> dict[str, Any]:
    """Each number is the double nearest to the exact one."""
    return {
        "n": one.rows,
        "weight": int(one.weight) if one.weight.denominator == 1 else float(one.weight),
        "dropped": one.dropped,
        "H": _double(one.headcount),
        # Nobody poor has no intensity.
        "A": _double(one.intensity),
        "M0": _double(one.adjusted),
        "indicators": {
            code: {
                "uncensored": _double(of.uncensored),
                "censored": _double(of.censored),
                "contribution": _double(of.contribution),
            }
            for code, of in one.indicators.items()
        },
    }


def _double(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
