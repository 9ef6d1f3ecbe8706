"""Rules of houses and works from programs/data/houses: steps, ceilings, criteria, kinds."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from households import policies as household_policies
from households.errors import Invalid, Refused
from households.models import User
from households.services import audit
from households.services.reference_rows import LOAD_VERB, Tally, align
from programs.choices import Doubt
from programs.choices.houses import Build, PaymentLine
from programs.models import (
    HousingCeiling,
    HousingCriterion,
    HousingStage,
    ProgrammeTerms,
    WorksKind,
)
from programs.services.programme_files import DATA_FOLDER
from programs.services.programmes import stated_by_people
from programs.workflow.houses import STATE_AT

_HOUSING, _WORKS = "housing.toml", "works.toml"
_PROGRAMME = "housing"


class _NothingToDo(Exception):
    """Leaves the transaction without a trace when the files brought nothing new."""


def load(*, by: User, folder: Path = DATA_FOLDER / "houses") -> Tally:
    """Load the rules, all or none, after the programmes; what a person changed since stays.

    Raises Refused (only the system or an administrator), Invalid (a file is wrong). Cost: a fixed
    number of statements.
    """
    if reason := household_policies.why_not_load_reference(by):
        raise Refused(reason)
    housing, works = _read(folder / _HOUSING), _read(folder / _WORKS)
    _check(housing)
    tally = Tally()
    try:
        with transaction.atomic(), audit.act(by=by, verb=LOAD_VERB, details={"part": "houses"}):
            _load_named(HousingStage, housing["stages"], tally, ("builds", "norm_days"))
            _load_named(HousingCriterion, housing["criteria"], tally)
            _load_ceilings(housing["ceilings"], tally)
            _load_named(WorksKind, works["kinds"], tally, ("indicators",))
            if not tally.changes_anything:
                raise _NothingToDo
    except _NothingToDo:
        pass
    return tally


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise Invalid(_("%(file)s: %(reason)s") % {"file": path.name, "reason": error}) from error


def _check(housing: Mapping[str, Any]) -> None:
    wrong = ""
    codes = [one["code"] for one in housing["stages"]]
    fixed = [code for code in codes if code in STATE_AT]
    if fixed != list(STATE_AT):
        wrong = f"stages: {', '.join(STATE_AT)} are needed, in this order"
    rows = [*housing["stages"], *housing["criteria"], *housing["ceilings"]]
    if {one.get("doubt", "") for one in rows} - {"", *Doubt.values}:
        wrong = "doubt: unknown"
    for one in housing["ceilings"]:
        if one["build"] not in Build.values or one["line"] not in ("", *PaymentLine.values):
            wrong = f"ceilings: {one['build']} {one['line']}"
    if wrong:
        raise Invalid(_("%(file)s: %(reason)s") % {"file": _HOUSING, "reason": wrong})


def _load_named(
    model: type[models.Model],
    rows: list[dict[str, Any]],
    tally: Tally,
    more: tuple[str, ...] = (),
) -> None:
    stored = {str(row): row for row in model._default_manager.all()}
    wanted = {
        one["code"]: {
            "name_vi": one["name"]["vi"],
            "name_en": one["name"]["en"],
            "rank": rank * 10,
            "source": one["source"],
            "doubt": one.get("doubt", ""),
            **{name: one.get(name) for name in more},
        }
        for rank, one in enumerate(rows, start=1)
    }
    missing = align(tally, stored, wanted)
    model._default_manager.bulk_create(
        model(code=code, **values) for code, values in missing.items()
    )
    tally.created += len(missing)


def _load_ceilings(rows: list[dict[str, Any]], tally: Tally) -> None:
    # What a person stated has the ceilings that the person gave it.
    of_people = {terms.pk for terms in stated_by_people()}
    grounds = {
        (terms.ground, terms.valid_from): terms.pk
        for terms in ProgrammeTerms.objects.filter(programme__code=_PROGRAMME, owner=None)
        if terms.pk not in of_people
    }
    stored = {(one.terms_id, one.build, one.line): one for one in HousingCeiling.objects.all()}
    wanted = {
        (grounds[one["ground"], one["valid_from"]], one["build"], one["line"]): {
            "ceiling_vnd": one["ceiling_vnd"],
            "source": one["source"],
            "doubt": one.get("doubt", ""),
        }
        for one in rows
        if (one["ground"], one["valid_from"]) in grounds
    }
    missing = align(tally, stored, wanted)
    HousingCeiling.objects.bulk_create(
        HousingCeiling(terms_id=terms, build=build, line=line, **values)
        for (terms, build, line), values in missing.items()
    )
    tally.created += len(missing)
