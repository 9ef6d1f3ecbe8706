"""Programmes and their dated terms: loading what is shipped, and the department's word on them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from households import policies as household_policies
from households.errors import Invalid, Refused
from households.models import User
from households.services import audit
from households.services.reference_rows import LOAD_VERB, Tally, align
from programs import policies
from programs.appraisal import ProgrammeDocument, TermsDocument
from programs.appraisal.document import GIVES
from programs.models import Programme, ProgrammeTerms
from programs.services import programme_files
from programs.services.programme_files import DATA_FOLDER

_LONGEST_SOURCE = 400


@dataclass(slots=True)
class Loaded:
    """What loading came to."""

    programmes: Tally = field(default_factory=Tally)
    terms: Tally = field(default_factory=Tally)

    @property
    def changed_anything(self) -> bool:
        return self.programmes.changes_anything or self.terms.changes_anything


class _NothingToDo(Exception):
    """Leaves the transaction without a trace when the files brought nothing new."""


def load(*, by: User, folder: Path = DATA_FOLDER) -> Loaded:
    """Load the shipped programmes, all or none; what a person changed since stays and is named.

    Raises Refused (only the system or an administrator), Invalid (a file is wrong). Cost: a fixed
    number of statements.
    """
    if reason := household_policies.why_not_load_reference(by):
        raise Refused(reason)
    loaded = Loaded()
    found = programme_files.documents(folder)
    try:
        with transaction.atomic(), audit.act(by=by, verb=LOAD_VERB, details={"part": "programmes"}):
            _load_programmes(found, loaded.programmes)
            _load_terms(found, loaded.terms)
            if not loaded.changed_anything:
                raise _NothingToDo
    except _NothingToDo:
        pass
    return loaded


def _load_programmes(found: list[ProgrammeDocument], tally: Tally) -> None:
    stored = {row.code: row for row in Programme.objects.all()}
    wanted = {
        one.code: {
            "kind": one.kind,
            "recipient": one.recipient,
            "name_vi": one.name.vi,
            "name_en": one.name.en,
            "once": one.once,
            "funding": list(one.funding),
            "answers_indicators": list(one.answers_indicators),
            "answers_wants": list(one.answers_wants),
        }
        for one in found
    }
    missing = align(tally, stored, wanted)
    Programme.objects.bulk_create(Programme(code=code, **v) for code, v in missing.items())
    tally.created += len(missing)


def _load_terms(found: list[ProgrammeDocument], tally: Tally) -> None:
    programmes = dict(Programme.objects.values_list("code", "pk"))
    stored = {
        (row.programme_id, row.ground, row.valid_from): row
        for row in ProgrammeTerms.objects.filter(owner=None)
    }
    wanted = {
        (programmes[one.code], terms.ground, terms.valid_from): _columns(terms)
        for one in found
        for terms in one.terms
    }
    for key in _stated_otherwise(wanted):
        wanted.pop(key)
        tally.kept.append(" ".join(str(part) for part in key))
    missing = align(tally, stored, wanted)
    ProgrammeTerms.objects.bulk_create(
        ProgrammeTerms(programme_id=programme, ground=ground, valid_from=day, **values)
        for (programme, ground, day), values in missing.items()
    )
    tally.created += len(missing)


_Key = tuple[int, str, dt.date]


def stated_by_people() -> list[ProgrammeTerms]:
    """The nation's terms that a person stated, not a file. One query."""
    of_people = ProgrammeTerms.objects.filter(owner=None, act__isnull=False)
    return list(of_people.exclude(act__verb=LOAD_VERB))


def _stated_otherwise(wanted: Mapping[_Key, Mapping[str, Any]]) -> list[_Key]:
    """Rows of the files whose time meets that of terms which a person stated for the ground."""
    stated = stated_by_people()
    return [
        (programme, ground, day)
        for (programme, ground, day), values in wanted.items()
        if any(
            (one.programme_id, one.ground) == (programme, ground)
            and (one.valid_to is None or one.valid_to >= day)
            and (values["valid_to"] is None or values["valid_to"] >= one.valid_from)
            for one in stated
        )
    ]


def _columns(terms: TermsDocument) -> dict[str, Any]:
    return {
        "name_vi": terms.name.vi,
        "name_en": terms.name.en,
        "rank": terms.rank,
        "valid_to": terms.valid_to,
        "who": dict(terms.who),
        **{key: terms.gives.get(key) for key in GIVES},
        "amount_per": terms.amount_per,
        "legal_basis": terms.legal_basis,
        "source": terms.source,
        "doubts": dict(terms.doubts),
        "note": terms.note,
    }


def confirm(*, terms: ProgrammeTerms, stated: str, source: str, by: User) -> ProgrammeTerms:
    """The department vouches for one doubtful part of the terms (`stated`: "who" or a field) and
    says where it stands. Raises Refused (no right), Invalid (nothing in doubt there, no source)."""
    if reason := policies.why_not_confirm_terms(by, terms):
        raise Refused(reason)
    source = source.strip()
    if not source or len(source) > _LONGEST_SOURCE:
        raise Invalid(_("Say in which text it stands."), fields={"source": [_("missing")]})
    with transaction.atomic():
        row: ProgrammeTerms = ProgrammeTerms.objects.select_for_update(of=("self",)).get(
            pk=terms.pk
        )
        if stated not in row.doubts:
            raise Invalid(_("This is confirmed already."))
        with audit.act(
            by=by,
            verb="programme_terms.confirm",
            subject=row,
            details={"stated": stated, "was": row.doubts[stated], "source": source},
        ):
            row.doubts = {key: value for key, value in row.doubts.items() if key != stated}
            row.source = f"{row.source}; {source}"[:_LONGEST_SOURCE]
            row.save(update_fields=["doubts", "source"])
    return row
