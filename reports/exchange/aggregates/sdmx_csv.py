"""SDMX-CSV 2.0: a line an observation."""

from collections.abc import Iterator, Sequence
from typing import Final

from reports.exchange.aggregates import csv_lines, records
from reports.queries.aggregates import Part

_HEAD: Final = (
    "STRUCTURE", "STRUCTURE_ID", "ACTION", "TIME_PERIOD", "REF_AREA", "STANDARD", "UNIT",
    "VARIABLE", "OBS_VALUE", "OBS_STATUS", "AREA_CODE", "DECIDED", "BASE_PER",
)  # fmt: skip
_STRUCTURE: Final = "POVREG:{dataset}(1.0)"
#: Of the code list of observation states: normal, break in time series, missing, suppressed.
_NORMAL, _BREAK, _MISSING, _SUPPRESSED = "A", "B", "M", "Q"


def lines(parts: Sequence[Part], dataset: str) -> Iterator[str]:
    """UTF-8 text; a part is read when its first line is wanted. What tells parts apart beside round
    and standard (a programme) is a dimension at the end."""
    more = records.abouts(parts)
    head = [*_HEAD, *(name.upper() for name in more)]
    return csv_lines.written(head, _observations(parts, dataset.upper(), more))


def _observations(parts: Sequence[Part], dataset: str, more: Sequence[str]) -> Iterator[list[str]]:
    structure = _STRUCTURE.format(dataset=dataset)
    for part in parts:
        for one in records.records(part):
            for name, value in one["figures"].items():
                state = _state(one["reasons"].get(name), is_break=one["break"])
                yield [
                    "dataflow", structure, "I", one["round"], str(one["area_id"]), one["standard"],
                    one["unit"] or "households", name, "" if value is None else str(value), state,
                    one["area_code"], one["status"], one["base"], *(one[name] for name in more),
                ]  # fmt: skip


def _state(reason: str | None, *, is_break: bool) -> str:
    if reason == "suppressed":
        return _SUPPRESSED
    if reason:
        return _MISSING
    return _BREAK if is_break else _NORMAL
