"""Counting who lacks what: by pattern, so that a million rows cost as little as their patterns."""

from dataclasses import dataclass, field
from fractions import Fraction

from reports.measures.figures import Measures
from reports.measures.scheme import Scheme

#: More patterns than these are added up at once: memory stays flat whatever a file holds.
PATTERNS_KEPT = 20_000


@dataclass
class Tally:
    """Rows of one group. Numbers are exact: counts, and weights as fractions or whole numbers."""

    scheme: Scheme
    rows: int = 0
    dropped: int = 0
    weight: Fraction = Fraction(0)
    poor_weight: Fraction = Fraction(0)
    #: By indicator, the weight of those who lack it; and of the poor among them.
    lacking: list[Fraction] = field(default_factory=list)
    poor_lacking: list[Fraction] = field(default_factory=list)
    _by_pattern: dict[int, Fraction | int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lacking = self.lacking or [Fraction(0)] * len(self.scheme.codes)
        self.poor_lacking = self.poor_lacking or [Fraction(0)] * len(self.scheme.codes)

    def add(self, pattern: int, weight: Fraction | int, rows: int = 1) -> None:
        """`rows` rows of one pattern that weigh `weight` together."""
        self.rows += rows
        kept = self._by_pattern
        kept[pattern] = kept.get(pattern, 0) + weight
        if len(kept) > PATTERNS_KEPT:
            self._add_up()

    def drop(self, rows: int = 1) -> None:
        """Rows of which an indicator is not known."""
        self.dropped += rows

    def take_in(self, other: "Tally") -> None:
        """Adds another group of the same scheme."""
        other._add_up()
        self._add_up()
        self.rows += other.rows
        self.dropped += other.dropped
        self.weight += other.weight
        self.poor_weight += other.poor_weight
        for at in range(len(self.lacking)):
            self.lacking[at] += other.lacking[at]
            self.poor_lacking[at] += other.poor_lacking[at]

    def measures(self) -> Measures:
        self._add_up()
        return Measures.of(
            self.scheme,
            rows=self.rows,
            dropped=self.dropped,
            weight=self.weight,
            poor_weight=self.poor_weight,
            lacking=self.lacking,
            poor_lacking=self.poor_lacking,
        )

    def _add_up(self) -> None:
        parts, poor_from = self.scheme.parts
        # Whole numbers stay whole until the end: fractions are slow to add.
        everybody: Fraction | int = 0
        poor: Fraction | int = 0
        lacking: list[Fraction | int] = [0] * len(parts)
        poor_lacking: list[Fraction | int] = [0] * len(parts)
        for pattern, weight in self._by_pattern.items():
            lacked = [at for at in range(len(parts)) if pattern >> at & 1]
            everybody += weight
            for at in lacked:
                lacking[at] += weight
            if sum(parts[at] for at in lacked) >= poor_from:
                poor += weight
                for at in lacked:
                    poor_lacking[at] += weight
        self.weight += everybody
        self.poor_weight += poor
        for at in range(len(parts)):
            self.lacking[at] += lacking[at]
            self.poor_lacking[at] += poor_lacking[at]
        self._by_pattern.clear()
