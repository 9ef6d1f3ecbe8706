"""Many grounds at once: expressions over one person that say which hold and which are open."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from programs.appraisal.conditions import Condition


@dataclass(frozen=True)
class Rule:
    """One ground: its number, and what has to hold. `area_path`: only there (Area.inner_path)."""

    number: int
    conditions: tuple[Condition, ...]
    area_path: str = ""


@dataclass
class Verdicts:
    """Columns over the facts `f`: `best` is the number of the first rule that holds, 0 where none
    does and some are open, NULL else; `holding` and `open` are int[] of numbers, in the order of
    the rules given; `unknown` is text[] of "number.condition" (0-based) that lack a fact.
    `parameters` go with the statement."""

    best: str
    holding: str
    open: str
    unknown: str
    parameters: dict[str, Any] = field(default_factory=dict)


def compiled(rules: Sequence[Rule], on: dt.date, *, prefix: str = "g") -> Verdicts:
    """The rules on a day as SQL expressions; parameters are named `prefix` and a number. `best`
    stops at the first rule that holds, so it is the one to ask of many rows."""
    parameters: dict[str, Any] = {}

    def put(value: Any) -> str:
        name = f"{prefix}{len(parameters)}"
        parameters[name] = value
        return f"%({name})s"

    told = [(put(rule.number), _one(rule, put, on)) for rule in rules]
    lacking = [
        f"CASE WHEN ({sql}) IS NULL THEN {name}::text END"
        for rule in rules
        for index, condition in enumerate(rule.conditions)
        for sql, name in [(condition.sql(put, on), put(f"{rule.number}.{index}"))]
    ]
    firsts = " ".join(f"WHEN {sql} THEN {number}::int" for number, sql in told)
    some_open = " OR ".join(f"({sql}) IS NULL" for _number, sql in told)
    return Verdicts(
        best=f"CASE {firsts} WHEN {some_open} THEN 0 END" if told else "NULL::int",
        holding=_kept([f"CASE WHEN {sql} THEN {number}::int END" for number, sql in told], "int"),
        open=_kept(
            [f"CASE WHEN ({sql}) IS NULL THEN {number}::int END" for number, sql in told], "int"
        ),
        unknown=_kept(lacking, "text"),
        parameters=parameters,
    )


def _one(rule: Rule, put: Callable[[Any], str], on: dt.date) -> str:
    parts = [f"({condition.sql(put, on)})" for condition in rule.conditions]
    if rule.area_path:
        parts.append(f"f.path LIKE {put(rule.area_path + '%')}")
    return " AND ".join(parts)


def _kept(cases: Sequence[str], kind: str) -> str:
    listed = ", ".join(cases)
    return f"array_remove(ARRAY[{listed}]::{kind}[], NULL)" if listed else f"ARRAY[]::{kind}[]"
