"""Loading the shipped procedures of production projects; changing a norm is the department's."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from households import policies as household_policies
from households.errors import Invalid, Refused
from households.models import User
from households.services import audit
from households.services.constraint_messages import told_plainly
from households.services.reference_rows import LOAD_VERB, Tally, align
from programs.choices import Doubt
from programs.choices.projects import OwnerKind, SupportArea
from programs.models import ProcedureStep, ProjectProcedure
from programs.policies import projects as policies
from programs.services.programme_files import DATA_FOLDER

_LONGEST_SOURCE = 300


def load(*, by: User, folder: Path = DATA_FOLDER) -> Tally:
    """Load `folder`/project_procedures, all or none; what a person changed since stays and is
    named. Raises Refused, Invalid with the file and what is wrong. A fixed number of statements."""
    if reason := household_policies.why_not_load_reference(by):
        raise Refused(reason)
    found = [_read(path) for path in sorted((folder / "project_procedures").glob("*.toml"))]
    tally = Tally()
    with transaction.atomic():
        with audit.act(by=by, verb=LOAD_VERB, details={"part": "project_procedures"}):
            _load_procedures(found, tally)
            _load_steps(found, tally)
        if not tally.changes_anything:
            transaction.set_rollback(True)
    return tally


def _read(path: Path) -> Mapping[str, Any]:
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        _check(document, path.stem)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise Invalid(_("%(file)s: %(reason)s") % {"file": path.name, "reason": error}) from error
    return document


def _check(document: Mapping[str, Any], code: str) -> None:
    """Raises ValueError, KeyError with what is missing or wrong."""
    if document["format"] != 1 or document["code"] != code:
        raise ValueError("format, code")
    OwnerKind(document["owner_kind"])
    for area in document["ceilings_percent"]:
        SupportArea(area)
    if not isinstance(document["valid_from"], dt.date) or not document["source"]:
        raise ValueError("valid_from, source")
    papers = document.get("papers", {})
    for step in document["steps"]:
        if not isinstance(step["norm_days"], int) or step["norm_days"] < 0:
            raise ValueError(f"{step['code']}: norm_days")
        if unknown := set(step.get("papers", ())) - set(papers):
            raise ValueError(f"{step['code']}: {', '.join(sorted(unknown))}")
    for doubts in [document["doubts"], *(step.get("doubts", {}) for step in document["steps"])]:
        for doubt in doubts.values():
            Doubt(doubt)


def _load_procedures(found: list[Mapping[str, Any]], tally: Tally) -> None:
    wanted = {
        one["code"]: {
            "owner_kind": one["owner_kind"],
            "is_simplified": one["is_simplified"],
            "name_vi": one["name"]["vi"],
            "name_en": one["name"]["en"],
            "valid_from": one["valid_from"],
            "valid_to": one.get("valid_to"),
            "target_share_percent": one.get("target_share_percent"),
            "ceilings_percent": one["ceilings_percent"],
            "legal_basis": one["legal_basis"],
            "source": one["source"],
            "doubts": one["doubts"],
        }
        for one in found
    }
    stored = {row.code: row for row in ProjectProcedure.objects.all()}
    missing = align(tally, stored, wanted)
    ProjectProcedure.objects.bulk_create(ProjectProcedure(code=c, **v) for c, v in missing.items())
    tally.created += len(missing)


def _load_steps(found: list[Mapping[str, Any]], tally: Tally) -> None:
    procedures = dict(ProjectProcedure.objects.values_list("code", "pk"))
    wanted = {
        (procedures[one["code"]], step["code"]): {
            "number": number,
            "name_vi": step["name"]["vi"],
            "name_en": step["name"]["en"],
            "by_vi": step["by"]["vi"],
            "by_en": step["by"]["en"],
            "norm_days": step["norm_days"],
            "brings_inputs": step.get("brings_inputs", False),
            "papers": [{"code": p, **one["papers"][p]} for p in step.get("papers", ())],
            "doubts": step.get("doubts", {}),
        }
        for one in found
        for number, step in enumerate(one["steps"], start=1)
    }
    stored = {(row.procedure_id, row.code): row for row in ProcedureStep.objects.all()}
    missing = align(tally, stored, wanted)
    ProcedureStep.objects.bulk_create(
        ProcedureStep(procedure_id=procedure, code=code, **values)
        for (procedure, code), values in missing.items()
    )
    tally.created += len(missing)


def set_norm(*, step: ProcedureStep, norm_days: int, source: str, by: User) -> ProcedureStep:
    """The department states within how many days the step is to be done, and where it stands; it
    is in doubt no longer. Raises Refused, Invalid (no source), Conflict (no such norm)."""
    if reason := policies.why_not_keep_procedures(by):
        raise Refused(reason)
    source = source.strip()
    if not source or len(source) > _LONGEST_SOURCE:
        raise Invalid(_("Say in which text it stands."), fields={"source": [_("missing")]})
    with (
        told_plainly(ProcedureStep),
        audit.act(
            by=by,
            verb="project_procedure.norm",
            subject=step,
            details={"was": step.norm_days, "norm_days": norm_days, "source": source},
        ),
    ):
        row: ProcedureStep = ProcedureStep.objects.select_for_update().get(pk=step.pk)
        row.norm_days = norm_days
        row.doubts = {key: doubt for key, doubt in row.doubts.items() if key != "norm_days"}
        row.save(update_fields=["norm_days", "doubts"])
    return row
