"""The import of a review beside django-import-export writing the same households and members.

What an import wrote is exported by the library itself, table by table, and imported again by it.
By default: every row and what it points at looked up, compared, told and saved by itself. In bulk:
rows and what they point at looked up at once, nothing compared. At its best: in bulk, in larger
batches, with no look at who is there or at what foreign keys point at.

The library has the ids given, and neither checks, matches nor scores (its rows are as the import
worked them out), writes no cards and no search: it does less, so the ratios flatter it. Its
datasets are in memory before the clock runs; the import reads its two files. All are put beside
the same COPY, with history and act kept by triggers, and are taken back.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.db import models
from import_export import resources, widgets
from import_export.instance_loaders import CachedInstanceLoader
from import_export.resources import ModelResource
from tablib import Dataset  # type: ignore[import-untyped]

from benchmarks import exchange_sample
from benchmarks.import_review import (
    TABLES,
    YEAR,
    copy_kept,
    import_files,
    last_id,
    taken_back,
    write_and_keep,
)
from households.models import Household
from households.services import audit, reference
from households.services.system_user import system_user

HOUSEHOLDS: Final = 1_000
ROUNDS: Final = 3
#: Times the import at least, of the library's best.
GOAL: Final = 2.0
#: What the library writes; the places and the round of the review are there before it.
_OF_HOUSEHOLDS: Final = TABLES[TABLES.index("household") :]
_OF_PLACES: Final = TABLES[: TABLES.index("household")]


class Number(widgets.IntegerWidget):  # type: ignore[misc]
    """A foreign key as the number it is: what it points at is not looked up."""

    def __init__(self, **__: Any) -> None:
        super().__init__()


class ByNumber(ModelResource):  # type: ignore[misc]
    @classmethod
    def get_fk_widget(cls, field: Any) -> Callable[..., Any]:
        return Number


class AtOnce(ModelResource):  # type: ignore[misc]
    @classmethod
    def get_fk_widget(cls, field: Any) -> Callable[..., Any]:
        return partial(widgets.CachedForeignKeyWidget, model=field.remote_field.model)


#: What reads the rows of a table, and the rows.
Table = tuple[ModelResource, Dataset]
_QUICK: Final = {"use_bulk": True, "skip_diff": True, "skip_html_diff": True}
#: What a resource is made of, its options, and whether it is slow enough to be timed once.
WAYS: Final[dict[str, tuple[type[ModelResource], dict[str, Any], bool]]] = {
    "by default": (ModelResource, {}, True),
    "in bulk": (AtOnce, {**_QUICK, "instance_loader_class": CachedInstanceLoader}, False),
    "at its best": (
        ByNumber,
        {**_QUICK, "force_init_instance": True, "report_skipped": False, "batch_size": 2_000},
        False,
    ),
}


def main() -> None:
    reference.load(by=system_user())
    if Household.objects.exists():
        raise SystemExit("This benchmark needs a home without households.")
    with tempfile.TemporaryDirectory() as folder:
        times = measure(Path(folder), HOUSEHOLDS)
    print(f"import_by_rows: ratio {times:.1f} (goal {GOAL} and more)")
    if times < GOAL:
        raise SystemExit(1)


def measure(folder: Path, households: int, rounds: int = ROUNDS) -> float:
    """How many times the import the library takes at its best; prints all of them, with rows per
    second and the ratio to a COPY of the same rows."""
    _, members = exchange_sample.write(folder, households, year=YEAR, since=YEAR, seed="BENCH")
    rows: dict[str, list[Table]] = {}
    taken_back(TABLES, lambda: keep(folder, rows))
    limits, ours = [], []
    taken: dict[str, list[float]] = {way: [] for way in WAYS}
    for number in range(rounds):
        limits.append(taken_back(TABLES, partial(copy_kept, TABLES, folder)))
        ours.append(taken_back(TABLES, partial(import_files, folder)))
        for way, (_base, _options, is_slow) in WAYS.items():
            if number == 0 or not is_slow:
                taken[way].append(taken_back(TABLES, partial(import_rows, folder, rows[way])))
    print(f"{households:,} households, {members:,} members, {rounds} paired rounds")
    limit, own = statistics.median(limits), statistics.median(ours)
    for name, seconds in {"the import": ours, **taken}.items():
        median = statistics.median(seconds)
        print(
            f"  {name}: {median:.2f} s, {members / median:,.0f} members/s,"
            f" {median / limit:.1f} times COPY, {median / own:.1f} times the import"
        )
    return statistics.median(taken["at its best"]) / own


def keep(folder: Path, rows: dict[str, list[Table]]) -> float:
    """Import once; keep what was written for COPY, and as the library exports it."""
    before = {table: last_id(table) for table in _OF_HOUSEHOLDS}
    seconds = write_and_keep(TABLES, folder, partial(import_files, folder))
    for way, (base, options, _is_slow) in WAYS.items():
        rows[way] = []
        for table in _OF_HOUSEHOLDS:
            model = apps.get_model("households", table)
            resource = _resource(model, base, options)
            written = model._default_manager.filter(pk__gt=before[table]).order_by("pk")
            rows[way].append((resource, resource.export(written)))
    return seconds


def _resource(
    model: type[models.Model], base: type[ModelResource], options: dict[str, Any]
) -> ModelResource:
    """Every column that a row is stored with; the database computes the others."""
    names = [
        field.name
        for field in model._meta.concrete_fields
        if field.name != "act" and not getattr(field, "generated", False)
    ]
    meta = type("Meta", (), {"model": model, "fields": names, **options})
    made: ModelResource = resources.ModelDeclarativeMetaclass(
        f"{model.__name__}Rows", (base,), {"Meta": meta}
    )()
    return made


def import_rows(folder: Path, rows: list[Table]) -> float:
    copy_kept(_OF_PLACES, folder)
    started = time.perf_counter()
    with audit.act(by=system_user(), verb="review.import"):
        for resource, dataset in rows:
            result = resource.import_data(dataset, raise_errors=True, use_transactions=True)
            if result.totals["new"] != len(dataset):
                raise AssertionError(f"{resource}: {dict(result.totals)}")
    return time.perf_counter() - started
