"""Many grounds at once: expressions over one person that say which hold and which are open."""

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
    """Columns over the facts `f`: `holding` and `open` are int[] of numbers, in the order of the
    rules given; `unknown` is text[] of "number.condition" (0-based) that lack a fact.
    `parameters` go with the statement."""

    holding: str
    open: str
    unknown: str
    parameters: dict[str, Any] = field(default_factory=dict)


def compiled(rules: Sequence[Rule], *, prefix: str = "g") -> Verdicts:
    """The rules as two SQL expressions. Each rule is worked out once a row for each column that
    is asked for; parameters are named `prefix` and a number."""
    parameters: dict[str, Any] = {}

    def put(value: Any) -> str:
        name = f"{prefix}{len(parameters)}"
        parameters[name] = value
        return f"%({name})s"

    told = [(put(rule.number), _one(rule, put)) for rule in rules]
    lacking = [
        f"CASE WHEN ({condition.sql(put)}) IS NULL THEN {put(f'{rule.number}.{index}')}::text END"
        for rule in rules
        for index, condition in enumerate(rule.conditions)
    ]
    return Verdicts(
        holding=_kept([f"CASE WHEN {sql} THEN {number}::int END" for number, sql in told], "int"),
        open=_kept(
            [f"CASE WHEN ({sql}) IS NULL THEN {number}::int END" for number, sql in told], "int"
        ),
        unknown=_kept(lacking, "text"),
        parameters=parameters,
    )


def _one(rule: Rule, put: Callable[[Any], str]) -> str:
    parts = [f"({condition.sql(put)})" for condition in rule.conditions]
    if rule.area_path:
        parts.append(f"f.path LIKE {put(rule.area_path + '%')}")
    return " AND ".join(parts)


def _kept(cases: Sequence[str], kind: str) -> str:
    listed = ", ".join(cases)
    return f"array_remove(ARRAY[{listed}]::{kind}[], NULL)" if listed else f"ARRAY[]::{kind}[]"
