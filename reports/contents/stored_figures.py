"""Figures by their names, and names, as bytes: JSON lines, packed. Pure."""

import json
import zlib
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from reports.contents.webs import Figures, Name


def pack(told: Iterable[Figures]) -> bytes:
    return _packed(_as_json(one) for one in told)


def unpack(packed: bytes) -> Iterator[Figures]:
    for told in _unpacked(packed):
        measures = told["measures"]
        values = {
            (area, measure): value
            for area, row in told["values"].items()
            for measure, value in zip(measures, row, strict=True)
            if value is not None
        }
        yield Figures(
            values,
            tuple((area, tuple(parts)) for area, parts in told["parts"]),
            tuple(map(tuple, told["sums"])),
            frozenset(_names(told["told"])),
            frozenset(_names(told["some"])),
        )


def pack_names(names: Collection[Name]) -> bytes:
    return _packed([_by_area(names)])


def unpack_names(packed: bytes) -> frozenset[Name]:
    (told,) = _unpacked(packed)
    return frozenset(_names(told))


def _as_json(one: Figures) -> dict[str, Any]:
    measures = sorted({measure for _area, measure in one.values})
    areas = dict.fromkeys(area for area, _measure in one.values)
    return {
        "measures": measures,
        "values": {area: [one.values.get((area, m)) for m in measures] for area in areas},
        "parts": one.parts,
        "sums": one.sums,
        "told": _by_area(one.told),
        "some": _by_area(one.some),
    }


def _by_area(names: Collection[Name]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for area, measure in sorted(names):
        found.setdefault(area, []).append(measure)
    return found


def _names(told: dict[str, list[str]]) -> Iterator[Name]:
    return ((area, measure) for area, measures in told.items() for measure in measures)


def _packed(lines: Iterable[Any]) -> bytes:
    told = [json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in lines]
    return zlib.compress("\n".join(told).encode())


def _unpacked(packed: bytes) -> list[Any]:
    return [json.loads(line) for line in zlib.decompress(packed).decode().split("\n") if line]
