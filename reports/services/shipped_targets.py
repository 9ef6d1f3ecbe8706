"""Targets that come with the product, from reports/data/targets."""

import datetime as dt
import tomllib
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from households import policies as household_policies
from households.errors import Invalid, Refused
from households.models import Area, PovertyStandard, RowHistory, User
from households.services import audit
from households.services.reference_rows import LOAD_VERB, Tally, align
from reports.choices import TargetWhom
from reports.models import ReductionTarget

DATA_FOLDER = Path(__file__).resolve().parent.parent / "data" / "targets"
#: Area, year, standard, whose rate.
Key = tuple[int, int, int, str]


class _NothingToDo(Exception):
    """Leaves the transaction without a trace when the files brought nothing new."""


def load(*, by: User, folder: Path = DATA_FOLDER) -> Tally:
    """All files or none, after the reference data; what a person changed or withdrew stays so.

    Raises Refused (only the system or an administrator), Invalid (a file is wrong).
    """
    if reason := household_policies.why_not_load_reference(by):
        raise Refused(reason)
    wanted: dict[Key, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            wanted.update(_rows(tomllib.loads(path.read_text(encoding="utf-8"))))
        except (
            tomllib.TOMLDecodeError,
            InvalidOperation,
            KeyError,
            TypeError,
            ValueError,
        ) as error:
            raise Invalid(
                _("%(file)s: %(reason)s") % {"file": path.name, "reason": error}
            ) from error
    tally = Tally()
    try:
        with transaction.atomic(), audit.act(by=by, verb=LOAD_VERB, details={"part": "targets"}):
            stored = _stored()
            by_people = {key for key in wanted if key in stored and _is_of_people(stored[key])}
            withdrawn = _withdrawn() - by_people
            tally.kept += [str(stored[key]) for key in by_people]
            missing = align(
                tally, stored, {key: row for key, row in wanted.items() if key not in by_people}
            )
            made = [
                ReductionTarget(
                    area_id=area, year=year, standard_id=standard, whom=whom, entered_by=by, **row
                )
                for (area, year, standard, whom), row in missing.items()
                if (area, year, standard, whom) not in withdrawn
            ]
            tally.kept += [f"{key[1]} {key[3]}" for key in missing if key in withdrawn]
            ReductionTarget.objects.bulk_create(made)
            tally.created += len(made)
            if not tally.changes_anything:
                raise _NothingToDo
    except _NothingToDo:
        pass
    return tally


def _rows(document: dict[str, Any]) -> Iterator[tuple[Key, dict[str, Any]]]:
    standards = dict(PovertyStandard.objects.values_list("code", "pk"))
    for one in document["targets"]:
        most = one.get("points_to")
        row = {
            "points_from": Decimal(one["points_from"]),
            "points_to": None if most is None else Decimal(most),
            "is_over": bool(one.get("over", False)),
            "legal_basis": one["legal_basis"],
            "source": one["source"],
            "is_confirmed": bool(one["confirmed"]),
        }
        for year in one["years"]:
            for code in one["areas"]:
                area = _area(code, dt.date(year, 1, 1))
                whom = TargetWhom(one["whom"])
                yield (area.pk, year, standards[one["standard"]], whom.value), row


def _area(code: str, day: dt.date) -> Area:
    """Codes are those of the first day of the year."""
    found: Area | None = Area.objects.real().on(day).filter(code=code).exclude(code="").first()
    if found is None:
        raise ValueError(
            _("There is no unit %(code)s on %(day)s.") % {"code": code, "day": f"{day:%d/%m/%Y}"}
        )
    return found


def _stored() -> dict[Key, ReductionTarget]:
    rows = ReductionTarget.objects.select_related("act")
    return {(one.area_id, one.year, one.standard_id, one.whom): one for one in rows}


def _is_of_people(row: ReductionTarget) -> bool:
    """Stated anew by somebody, not shipped and changed since (which align sees)."""
    return row.act is not None and row.act.verb != LOAD_VERB


def _withdrawn() -> set[Key]:
    rows = RowHistory.objects.filter(
        table_name=ReductionTarget._meta.db_table, operation="D"
    ).values_list("row", flat=True)
    return {(row["area_id"], row["year"], row["standard_id"], row["whom"]) for row in rows}
