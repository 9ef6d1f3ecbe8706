"""JSON-stat 2.0: one cube of round × area × unit × variable, in row order of its dimensions."""

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

from reports.exchange.aggregates import records
from reports.exchange.aggregates.records import as_number
from reports.queries.aggregates import Part


def dataset(
    parts: Sequence[Part], *, label: str, names: Mapping[str, str], source: str
) -> dict[str, Any]:
    """The response class "dataset". What tells parts apart beside the round (a programme) is a
    dimension behind it. A cell that is null has its reason in `status`; a cell that no row has (a
    unit that was not there in a round) is null without one. Raises ValueError for parts of several
    standards: nothing is joined across them."""
    if len({part.head.standard.code for part in parts}) > 1:
        raise ValueError("one standard a cube")
    rows = [one for part in parts for one in records.records(part)]
    abouts = records.abouts(parts)
    variables = records.columns(parts)
    told = [dict(part.head.about) | {"round": part.head.round.key} for part in parts]
    labels: dict[str, dict[str, str]] = {
        name: dict.fromkeys((one[name] for one in told), "") for name in ("round", *abouts)
    }
    labels["area"] = {str(one["area_id"]): one["area"] for one in rows}
    labels["unit"] = dict.fromkeys((_unit(one) for one in rows), "") or {"households": ""}
    labels["variable"] = {one: names.get(one, one) for one in variables}
    size = [len(labels[name]) for name in labels]
    places = [{key: at for at, key in enumerate(labels[name])} for name in list(labels)[:-1]]
    values: list[int | float | None] = [None] * prod(size)
    status: dict[str, str] = {}
    for one in rows:
        keys = [one["round"], *(one[name] for name in abouts), str(one["area_id"]), _unit(one)]
        first = 0
        for key, place, count in zip(keys, places, size[1:], strict=True):
            first = (first + place[key]) * count
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
        "id": list(labels),
        "size": size,
        "role": {"time": ["round"], "geo": ["area"], "metric": ["variable"]},
        "dimension": {name: _dimension(of) for name, of in labels.items()},
        "value": values,
        "status": status,
    }


def _unit(one: Mapping[str, Any]) -> str:
    return one["unit"] or "households"


def _dimension(labels: Mapping[str, str]) -> dict[str, Any]:
    return {
        "category": {
            "index": {key: number for number, key in enumerate(labels)},
            "label": {key: label or key for key, label in labels.items()},
        }
    }
