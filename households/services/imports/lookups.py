"""What cells are looked up in: short lists, ethnic groups, birth places, point questions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from households.exchange.columns import Column, b1_column
from households.folding import fold
from households.models import EthnicGroup, ListEntry, PovertyStandard
from households.services import standards

BIRTH_PLACES = "birth_registrations"


@dataclass(frozen=True, slots=True)
class Lookups:
    """`lists` maps a list's code to its codes, `ethnic_groups` a folded name or alias to the
    group's id, `questions` an asked point question to its options' codes."""

    lists: Mapping[str, Collection[str]]
    ethnic_groups: Mapping[str, int]
    questions: Mapping[str, Collection[str]]
    question_columns: tuple[Column, ...]
    point_table_id: int | None

    @property
    def birth_places(self) -> Collection[str] | None:
        """None where the list is not loaded: then the digits are not looked at."""
        return self.lists.get(BIRTH_PLACES)


def read_lookups(standard: PovertyStandard | None) -> Lookups:
    """Three queries."""
    lists: dict[str, set[str]] = {}
    for list_code, code in ListEntry.objects.values_list("list_code", "code"):
        lists.setdefault(list_code, set()).add(code)
    groups: dict[str, int] = {}
    for group in EthnicGroup.objects.all():
        for name in (*group.aliases, group.name):
            groups[fold(name)] = group.pk
    table = standards.table_in_force(standard) if standard else None
    asked = standards.rules_of_table(table).asked_questions if table else ()
    return Lookups(
        lists=lists,
        ethnic_groups=groups,
        questions={q.code: frozenset(o.code for o in q.options) for q in asked},
        question_columns=tuple(b1_column(q.code, q.name.en, q.name.vi) for q in asked),
        point_table_id=table.pk if table else None,
    )
