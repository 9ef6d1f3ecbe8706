"""JSON-stat 2.0: one cube of round × area × unit × variable, in row order of its dimensions."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from reports.exchange.aggregates import records
from reports.exchange.aggregates.records import as_number
from reports.queries.aggregates import Part

_DIMENSIONS: Final = ("round", "area", "unit", "variable")


def dataset(
    parts: Sequence[Part], *, label: str, names: Mapping[str, str], source: str
) -> dict[str, Any]:
    """The response class "dataset". A cell that is null has its reason in `status`; a cell that no
    row has (a unit that was not there in a round) is null without one. Raises ValueError for parts
    of several standards: nothing is joined across them."""
    if len({part.head.standard.pk for part in parts}) > 1:
        raise ValueError("one standard a cube")
    rows = [(part.head.round.key, one) for part in parts for one in records.records(part)]
    rounds = [part.head.round.key for part in parts]
    areas = {str(one["area_id"]): one["area"] for __, one in rows}
    units = list(dict.fromkeys(one["unit"] or "households" for __, one in rows)) or ["households"]
    variables = list(records.columns(parts))
    at = {key: number for number, key in enumerate(areas)}
    size = [len(rounds), len(areas), len(units), len(variables)]
    values: list[int | float | None] = [None] * (size[0] * size[1] * size[2] * size[3])
    status: dict[str, str] = {}
    for round, one in rows:
        first = (rounds.index(round) * size[1] + at[str(one["area_id"])]) * size[2]
        first = (first + units.index(one["unit"] or "households")) * size[3]
        for number, name in enumerate(variables):
            values[first + number] = as_number(one["figures"].get(name))
            if name in one["reasons"]:
                status[str(first + number)] = one["reasons"][name]
    return {
        "version": "2.0",
        "class": "dataset",
        "label": label,
        "source": source,
        "updated": max(part.head.round.as_of.isoformat() for part in parts) if parts else None,
        "id": list(_DIMENSIONS),
        "size": size,
        "role": {"time": ["round"], "geo": ["area"], "metric": ["variable"]},
        "dimension": {
            "round": _dimension(dict.fromkeys(rounds, "")),
            "area": _dimension(areas),
            "unit": _dimension(dict.fromkeys(units, "")),
            "variable": _dimension({one: names.get(one, one) for one in variables}),
        },
        "value": values,
        "status": status,
    }


def _dimension(labels: Mapping[str, str]) -> dict[str, Any]:
    return {
        "category": {
            "index": {key: number for number, key in enumerate(labels)},
            "label": {key: label or key for key, label in labels.items()},
        }
    }
