"""The measures themselves: H, A, M0, headcounts by indicator and what each contributes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reports.measures.scheme import Scheme


@dataclass(frozen=True)
class IndicatorFigures:
    """Shares of the weight of all rows, 0 to 1; `contribution` is the share of M0."""

    uncensored: Fraction | None
    censored: Fraction | None
    contribution: Fraction | None


@dataclass(frozen=True)
class Measures:
    """Of `rows` rows that weigh `weight`; `dropped` rows more had an empty indicator. All are
    exact. None where there is nothing to divide by."""

    rows: int
    weight: Fraction
    dropped: int
    #: Share that is poor; mean score of the poor; their product.
    headcount: Fraction | None
    intensity: Fraction | None
    adjusted: Fraction | None
    #: Mean score of everybody, poor or not.
    mean_score: Fraction | None
    indicators: Mapping[str, IndicatorFigures]
    #: What each dimension contributes to M0; its indicators' contributions together.
    dimensions: Mapping[str, Fraction | None]

    @classmethod
    def of(
        cls,
        scheme: Scheme,
        *,
        rows: int,
        dropped: int,
        weight: Fraction,
        poor_weight: Fraction,
        lacking: Sequence[Fraction],
        poor_lacking: Sequence[Fraction],
    ) -> "Measures":
        """From sums of weights: of all, of the poor, and by indicator of those who lack it."""
        poor_score = _weighed(scheme, poor_lacking)
        indicators = {
            code: IndicatorFigures(
                uncensored=_share(lacking[at], weight),
                censored=_share(poor_lacking[at], weight),
                contribution=_share(scheme.weights[at] * poor_lacking[at], poor_score),
            )
            for at, code in enumerate(scheme.codes)
        }
        return cls(
            rows=rows,
            weight=Fraction(weight),
            dropped=dropped,
            headcount=_share(poor_weight, weight),
            intensity=_share(poor_score, poor_weight),
            adjusted=_share(poor_score, weight),
            mean_score=_share(_weighed(scheme, lacking), weight),
            indicators=indicators,
            dimensions=_dimensions(scheme, poor_lacking, poor_score),
        )


def _weighed(scheme: Scheme, sums: Sequence[Fraction]) -> Fraction:
    return sum(
        (weight * one for weight, one in zip(scheme.weights, sums, strict=True)), Fraction(0)
    )


def _dimensions(
    scheme: Scheme, poor_lacking: Sequence[Fraction], poor_score: Fraction
) -> dict[str, Fraction | None]:
    sums: dict[str, Fraction] = dict.fromkeys(scheme.dimensions, Fraction(0))
    for at, dimension in enumerate(scheme.dimensions):
        sums[dimension] += scheme.weights[at] * poor_lacking[at]
    return {dimension: _share(one, poor_score) for dimension, one in sums.items()}


def _share(part: Fraction, whole: Fraction) -> Fraction | None:
    return Fraction(part) / whole if whole else None
