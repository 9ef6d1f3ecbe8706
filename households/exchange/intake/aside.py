"""What a list tells in columns that are not read: kept aside beside the household, as it stands."""

import json
import re
from collections.abc import Sequence
from typing import Any, Final

from households.exchange.intake import legacy
from households.exchange.intake.layout import Head
from households.exchange.intake.plain_cells import typed

_LONGEST: Final = 200
_MOST_COLUMNS: Final = 60
#: A personal number, an account, a telephone: what is kept in the clear must hold none.
_NUMBER_OF_SOMEBODY: Final = re.compile(r"\d{9,}")
_BETWEEN_DIGITS: Final = re.compile(r"[\s.'\-]")


class AsideCells:
    """The unread columns of one list. Points and lacking indicators of the paper are such ones:
    povreg does not score a list anew."""

    def __init__(self, head: Head) -> None:
        unread = [
            (place, heading)
            for place, (name, heading) in enumerate(zip(head.columns, head.headings, strict=True))
            if not name and heading
        ]
        self._unread = unread[:_MOST_COLUMNS]
        self._decoders = head.decoders

    def told(self, columns: Sequence[Sequence[Any]], rows: int) -> list[str]:
        """A JSON object for each row, "" where nothing is told."""
        made: list[dict[str, str]] = [{} for _row in range(rows)]
        for place, heading in self._unread:
            decode = legacy.DECODERS.get(self._decoders.get(place, ""), str)
            for row, cell in zip(made, columns[place], strict=True):
                text = typed(decode(cell) if isinstance(cell, str) else cell)[:_LONGEST]
                if text and not _NUMBER_OF_SOMEBODY.search(_BETWEEN_DIGITS.sub("", text)):
                    row[heading] = text
        return [json.dumps(row, ensure_ascii=False) if row else "" for row in made]
