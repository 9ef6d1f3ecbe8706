"""Bringing stored reference rows in line with the files, without undoing what people changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from households.models import RowHistory

#: The verb of the act that loads reference data.
LOAD_VERB = "reference.load"


@dataclass(slots=True)
class Tally:
    """What one set of rows came to. `kept` names rows where a person's change was left alone."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)

    @property
    def changes_anything(self) -> bool:
        return bool(self.created or self.updated)


def changed_by_people(model: type[models.Model], ids: Iterable[int]) -> set[int]:
    """Those of `ids` whose row somebody changed otherwise than by loading reference data."""
    changes = RowHistory.objects.filter(table_name=model._meta.db_table, row_id__in=list(ids))
    by_people = changes.exclude(act__verb=LOAD_VERB).values_list("row_id", flat=True)
    return {row_id for row_id in by_people if row_id is not None}


def align(
    tally: Tally, stored: Mapping[Any, models.Model], wanted: Mapping[Any, Mapping[str, Any]]
) -> dict[Any, Mapping[str, Any]]:
    """Update the stored rows that differ from what the files want; give back what is missing.

    Both are keyed alike; a wanted value is a mapping of field to value. Rows that a person
    changed keep that change. Cost: one query for the history, one update for all.
    """
    differing = {
        key: stored[key]
        for key, values in wanted.items()
        if key in stored and any(getattr(stored[key], f) != v for f, v in values.items())
    }
    tally.unchanged += sum(key in stored for key in wanted) - len(differing)
    if differing:
        model = type(next(iter(differing.values())))
        by_people = changed_by_people(model, [row.pk for row in differing.values()])
        tally.kept += [str(row) for row in differing.values() if row.pk in by_people]
        outdated = {key: row for key, row in differing.items() if row.pk not in by_people}
        for key, row in outdated.items():
            for name, value in wanted[key].items():
                setattr(row, name, value)
        names = {name for key in outdated for name in wanted[key]}
        if outdated:
            model._default_manager.bulk_update(outdated.values(), sorted(names))
        tally.updated += len(outdated)
    return {key: values for key, values in wanted.items() if key not in stored}
