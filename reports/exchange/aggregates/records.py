"""The rows of an answer as flat records; here, at the edge, rates are rounded."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from reports.queries.aggregates import Part, Told
from reports.queries.rows import Figure, rounded

#: What every record says before its figures.
HEADS: Final = (
    "round", "standard", "status", "as_of", "base", "break", "level", "area_id", "area_code",
    "area", "unit",
)  # fmt: skip

Value = int | Decimal | None


def heads(parts: Sequence[Part]) -> tuple[str, ...]:
    """HEADS, and before them what tells the parts apart beside round and standard."""
    return (*abouts(parts), *HEADS)


def abouts(parts: Sequence[Part]) -> tuple[str, ...]:
    """Names of what tells parts apart beside round and standard."""
    return tuple(dict.fromkeys(name for part in parts for name, _code in part.head.about))


def columns(parts: Sequence[Part]) -> tuple[str, ...]:
    """Of all parts, each once, in their order."""
    return tuple(dict.fromkeys(one for part in parts for one in part.columns))


def records(part: Part) -> Iterator[dict[str, Any]]:
    """Heads, `figures` by column (int, Decimal with two decimals, None) and `reasons` by column."""
    asked = part.head
    shared: dict[str, Any] = dict(asked.about) | {
        "round": asked.round.key,
        "standard": asked.standard.code,
        "status": asked.status.value,
        "as_of": asked.round.as_of.isoformat(),
        "base": part.cut.base,
        "break": bool(asked.broken),
        "level": asked.level.value,
    }
    for told in part.rows():
        yield (
            shared
            | _of_unit(told)
            | {
                "figures": {name: _shown(value) for name, value in told.figures.items()},
                "reasons": {name: code.value for name, (code, _words) in told.lacks.items()},
            }
        )


def _shown(figure: Figure | Decimal) -> Value:
    """What was given out before is rounded already."""
    return figure if isinstance(figure, Decimal) else rounded(figure)


def _of_unit(told: Told) -> dict[str, Any]:
    unit = told.row.unit
    counted = told.row.counted.value if told.row.counted else ""
    return {"area_id": unit.key, "area_code": unit.code, "area": unit.name, "unit": counted}


def flat(
    records: Iterable[Mapping[str, Any]], heads: Sequence[str], names: Sequence[str]
) -> Iterator[list[str]]:
    """A line of texts a record: heads, then the columns in their order, then why any is null."""
    for one in records:
        figures, reasons = one["figures"], one["reasons"]
        told = "; ".join(f"{name}: {code}" for name, code in reasons.items())
        yield [
            *(_text(one[name]) for name in heads),
            *(_text(figures.get(name)) for name in names),
            told,
        ]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def as_number(value: Value) -> int | float | None:
    """As JSON has it."""
    return float(value) if isinstance(value, Decimal) else value
