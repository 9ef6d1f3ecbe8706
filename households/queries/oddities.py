"""What is to be checked again before a commune's lists are decided; it blocks nothing."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from django.db import connection

from households import procedure
from households.choices import Settlement
from households.choices.oddities import OddityKind
from households.models import Area, PovertyStandard, ReviewRound
from households.queries import oddity_sql


@dataclass(frozen=True)
class Line:
    """The line between poor or near-poor and the rest, in one kind of area: an amount per person
    and month, and the points that stand for it (None: no points do)."""

    settlement: Settlement
    income_vnd: int
    points: int | None


@dataclass(frozen=True)
class Oddity:
    """`strength` is how often it reaches its limit of data/oddities.toml; `facts` plain numbers for
    the words. `village_id` or `user_id` where it is about one. `key` stays as long as the
    households are the same."""

    kind: OddityKind
    sub: str
    strength: float
    facts: Mapping[str, Any]
    households: tuple[int, ...]
    village_id: int | None
    user_id: int | None

    @property
    def key(self) -> str:
        named = f"{self.sub} {self.village_id} {self.user_id} {sorted(self.households)}"
        return f"{self.kind}:{sha256(named.encode()).hexdigest()[:40]}"


#: The SQL of each kind, and what its strength is measured by (None: a single one is worth a look).
_KINDS: Final = (
    (OddityKind.IDENTITY, oddity_sql.IDENTITY, None),
    (OddityKind.EDGE, oddity_sql.EDGE, "edge_times"),
    (OddityKind.IDENTICAL, oddity_sql.IDENTICAL, "identical_forms"),
    (OddityKind.FAST, oddity_sql.FAST, "fast_forms"),
    (OddityKind.REVIEWER, oddity_sql.REVIEWER, "reviewer_times"),
    (OddityKind.CHANGED, oddity_sql.CHANGED, "changed_answers"),
)


def in_commune(
    round: ReviewRound, commune: Area, *, standard: PovertyStandard, lines: Iterable[Line]
) -> list[Oddity]:
    """At most the strongest that data/oddities.toml allows, kind by kind, the strongest first.
    Dismissed ones are among them. Six queries."""
    limits = procedure.oddity_limits()
    facts: dict[str, Any] = {
        "round": round.pk, "commune": commune.pk, "standard": standard.pk, **limits,
        **_edges(lines, limits),
    }  # fmt: skip
    found: list[Oddity] = []
    with connection.cursor() as cursor:
        for kind, sql, limit in _KINDS:
            cursor.execute(sql, facts)
            measure = float(limits[limit]) if limit else 1.0
            found += [_oddity(kind, measure, *row) for row in cursor.fetchall()]
    strongest = sorted(found, key=lambda one: -one.strength)[: int(limits["most_shown"])]
    order = list(OddityKind)
    return sorted(strongest, key=lambda one: (order.index(one.kind), -one.strength, one.key))


def _oddity(
    kind: OddityKind,
    measure: float,
    sub: str,
    village_id: int | None,
    user_id: int | None,
    strength: float,
    facts: Any,
    households: list[int],
) -> Oddity:
    told = json.loads(facts) if isinstance(facts, str) else facts
    return Oddity(
        kind, sub, float(strength) / measure, told, tuple(households), village_id, user_id
    )


def _edges(lines: Iterable[Line], limits: Mapping[str, float]) -> dict[str, list[Any]]:
    """Each line with the width of its edge, a column each."""
    rows: list[tuple[str, str, int, int]] = []
    for line in lines:
        width = int(line.income_vnd * limits["edge_income_percent"] / 100)
        rows.append(("income", line.settlement, line.income_vnd, width))
        if line.points is not None:
            rows.append(("points", line.settlement, line.points, int(limits["edge_points"])))
    names = ("bases", "settlements", "lines", "bands")
    return {name: [row[at] for row in rows] for at, name in enumerate(names)}
