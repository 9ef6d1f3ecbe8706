"""Poverty standards: loaded from files, found by date, read as rules, fit to decide on or not."""

import datetime as dt
from collections.abc import Collection, Iterable
from pathlib import Path

from django.db import connection, transaction
from django.utils.translation import gettext as _

from households import policies
from households.choices import InstallationKind, PointTableState, StandardPart
from households.errors import Refused
from households.models import Area, Installation, PointTable, PovertyStandard, ReviewRound, User
from households.policies.trials import (
    confirmed_paths as confirmed_paths,
)
from households.policies.trials import (
    not_confirmed,
)
from households.policies.trials import (
    rules_of as rules_of,
)
from households.policies.trials import (
    why_trial as why_trial,
)
from households.scoring import PointTable as PointRules
from households.scoring.document import Stated
from households.services.standard_documents import FOLDER, read_file
from households.services.standard_loading import (
    Loaded,
    load_standard,
    load_table,
)

_ASKED_IN = """
SELECT asked.id, asked.digest
FROM households_roundstandard part
LEFT JOIN households_pointtable asked
  ON asked.standard_id = part.standard_id AND asked.state = %s
WHERE part.round_id = %s
ORDER BY asked.id IS NULL, part.part = %s
LIMIT 1
"""
_MOST_KEPT_RULES = 64
_point_rules: dict[str, PointRules] = {}


def load(*, by: User, folder: Path = FOLDER) -> Loaded:
    """Load every standard of a folder and every point table of its `points` folder; all or none.

    A second run writes nothing. Raises Refused when a standard or table on which results rest
    would change, or when `by` may not; Invalid naming the file when one is wrong.
    """
    if reason := policies.why_not_load_reference(by):
        raise Refused(reason)
    done = Loaded()
    with transaction.atomic():
        for path in sorted(folder.glob("*.toml")):
            load_standard(read_file(path), name=path.name, owner=None, by=by, done=done)
        for path in sorted((folder / "points").glob("*.toml")):
            load_table(read_file(path), name=path.name, by=by, done=done)
    return done


def in_force(on: dt.date, owner: Area | None = None) -> PovertyStandard | None:
    """The national standard valid on a date, or the one a province set for itself. One query."""
    return PovertyStandard.objects.on(on).filter(owner=owner).first()


def table_in_force(standard: PovertyStandard) -> PointTable | None:
    """The point table that scores income under a standard today, if there is one. One query."""
    tables = PointTable.objects.filter(standard=standard, state=PointTableState.IN_FORCE)
    return tables.defer("document").first()


def rules_of_table(table: PointTable) -> PointRules:
    """The point table's document as rules. Read once per version and process."""
    if table.digest not in _point_rules:
        _make_room(_point_rules)
        _point_rules[table.digest] = PointRules.from_document(table.document)
    return _point_rules[table.digest]


def rules_asked_in(round: ReviewRound) -> PointRules | None:
    """The point table whose questions a round asks: the one in force under its newest standard
    that has one.
    One small statement; the table's document is read where this process does not know it."""
    with connection.cursor() as cursor:
        cursor.execute(_ASKED_IN, [PointTableState.IN_FORCE, round.pk, StandardPart.CLOSING])
        table_id, digest = cursor.fetchone() or (None, "")
    if table_id is None:
        return None
    kept = _point_rules.get(digest)
    return kept or rules_of_table(PointTable.objects.get(pk=table_id))


def _make_room(kept: dict) -> None:  # type: ignore[type-arg]
    if len(kept) >= _MOST_KEPT_RULES:
        kept.clear()


def why_not_decide(
    *,
    standard: PovertyStandard,
    rests_on_tables: Iterable[PointTable],
    commune: Area,
    income_bases: Collection[str] | None = None,
) -> str | None:
    """Why results of a commune may not become a decision, certificate or official edition.

    What is a sample, incomplete, or weak and not confirmed serves to try and to train. In a
    demonstration and in practice areas everything may be decided. With `income_bases` only the
    numbers that bear on those instruments count. Four queries at most.
    """
    if is_practice(commune):
        return None
    for table in rests_on_tables:
        if table.is_sample:
            return _(
                "Results rest on the sample point table “%(table)s”, which serves to try and to"
                " train, never to decide. Enter the table of the circular first."
            ) % {"table": table.name}
    return why_trial(standard, income_bases)


def why_not_rest_on(standard: PovertyStandard, stated: Stated, commune: Area) -> str | None:
    """Why no paper of a real family may rest on this one number. Three queries at most."""
    if stated.confirmed or is_practice(commune):
        return None
    if stated.path in confirmed_paths(standard):
        return None
    return not_confirmed(rules_of(standard), stated)


def is_practice(commune: Area) -> bool:
    if Installation.objects.filter(kind=InstallationKind.DEMO).exists():
        return True
    above = [int(pk) for pk in commune.path.split(".") if pk]
    return Area.objects.filter(pk__in=[*above, commune.pk], is_practice=True).exists()
