"""manage.py export_assessments: the results of a round as CSV."""

import io
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, OutputWrapper
from django.utils.translation import gettext as _

from households.errors import DomainError
from households.exchange.assessments import write_csv
from households.management.named import round_named
from households.models import PovertyStandard, ReviewRound
from households.services import rounds, standards

WRONG_CALL = 2


class Command(BaseCommand):
    """Exit codes: 0 written, 2 wrong call."""

    help = "Writes household_id, one 0/1 column per indicator, deprivations and class."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--round", required=True, metavar="YEAR", help="2024, or 2024-04")
        parser.add_argument("--province", help="code, where several provinces have the round")
        parser.add_argument("--standard", help="the round's only or opening one by default")
        parser.add_argument("--source", help="whose keys to write (the province's code)")
        parser.add_argument("--format", choices=["csv"], default="csv")
        parser.add_argument("--output", type=Path, help="a file instead of standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            round = round_named(options["round"], options["province"])
            standard = _standard(round, options["standard"])
            if options["output"]:
                with options["output"].open("w", encoding="utf-8", newline="") as stream:
                    self._write(stream, round, standard, options["source"])
            else:
                self._write(_AsTyped(self.stdout), round, standard, options["source"])
        except (DomainError, OSError) as error:
            self.stderr.write(f"export_assessments: {getattr(error, 'message', error)}")
            sys.exit(WRONG_CALL)

    def _write(
        self,
        stream: TextIO | io.TextIOBase,
        round: ReviewRound,
        standard: PovertyStandard,
        source: str | None,
    ) -> None:
        write_csv(
            stream,
            round_id=round.pk,
            standard_id=standard.pk,
            indicator_codes=[one.code for one in standards.rules_of(standard).indicators],
            source=source or round.province.code,
        )


class _AsTyped(io.TextIOBase):
    """Django's output without the line ends it adds."""

    def __init__(self, output: OutputWrapper) -> None:
        self._output = output

    def write(self, text: str) -> int:
        self._output.write(text, ending="")
        return len(text)


def _standard(round: ReviewRound, code: str | None) -> PovertyStandard:
    scored_under = rounds.scored_under(round)
    if code is None:
        return scored_under[-1]
    for standard in scored_under:
        if standard.code == code:
            return standard
    raise DomainError(
        _("The round %(round)s is not scored under %(standard)s.")
        % {"round": round.key, "standard": code}
    )
