"""Invented entries of a register, two by two, with the answer: one person or two.

They stand in labelled_pairs.csv. `where` is the smallest unit both live in: household, village,
commune, or elsewhere. A birth date of four digits is a year alone. The negatives are the hard
ones: twins, father and son, namesakes, cousins of one age.
"""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True)
class Labelled:
    """A line of the file."""

    answer: str
    where: str
    why: str
    name: str
    sex: str
    born: str
    number: str
    other_name: str
    other_sex: str
    other_born: str
    other_number: str

    @property
    def is_one(self) -> bool:
        return self.answer == "one"


def _read() -> tuple[Labelled, ...]:
    with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as stream:
        return tuple(Labelled(**line) for line in csv.DictReader(stream))


LABELLED: Final = _read()
