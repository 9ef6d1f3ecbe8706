"""Programmes and their dated terms: loading what is shipped, and the department's word on them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from households import policies as household_policies
from households.errors import Invalid, Refused
from households.models import Area, User
from households.services import audit
from households.services.constraint_messages import told_plainly
from households.services.reference_rows import LOAD_VERB, Tally, align
from programs import policies
from programs.appraisal import ProgrammeDocument, TermsDocument
from programs.appraisal.document import GIVES
from programs.models import Benefit, HousingCeiling, Programme, ProgrammeTerms
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


#: The verb of the act that states terms.
STATE_VERB = "programme_terms.state"


@dataclass(frozen=True, slots=True)
class Stated:
    """What a text says of a ground from a day on. `gives`: the keys of appraisal.document.GIVES to
    a number (đồng, per cent, months); what is left out or None is not stated. `source`: article or
    annex, as printed."""

    valid_from: dt.date
    valid_to: dt.date | None
    gives: Mapping[str, Decimal | int | None]
    amount_per: str
    legal_basis: str
    source: str
    note: str = ""


def state_terms(
    *, like: ProgrammeTerms, stated: Stated, owner: Area | None = None, by: User
) -> ProgrammeTerms:
    """The department states what the ground of `like` gives from a day on: for the nation, or as a
    province's own (`owner`). The terms of the same giver end the day before.

    For whom it is stays as in `like`. A number that is stated anew is in doubt no longer; one left
    as it was keeps its doubt. Ceilings of houses go along, as they are. Raises Refused, Invalid
    (no text, a number below zero), Conflict (a constraint: the giver has other terms in that time).
    Stating the same day again corrects what was typed, while nobody was served by it.
    """
    if reason := policies.why_not_state_terms(by, like, owner):
        raise Refused(reason)
    _check_stated(stated)
    with told_plainly(ProgrammeTerms):
        # Who states terms of the same programme waits here.
        programme = Programme.objects.select_for_update().get(pk=like.programme_id)
        row = _stated_row(programme, like, stated, owner)
        before = _ending(row)
        details = {
            "programme": programme.code, "ground": row.ground, "gives": _plain(row),
            "was": _plain(like), "valid_from": stated.valid_from.isoformat(),
            "legal_basis": row.legal_basis, "source": row.source,
        }  # fmt: skip
        with audit.act(by=by, verb=STATE_VERB, area=owner, subject=like, details=details):
            if before:
                before.valid_to = stated.valid_from - dt.timedelta(days=1)
                before.save(update_fields=["valid_to"])
            row.pk = _mistyped(row)
            row.save(force_insert=row.pk is None, force_update=row.pk is not None)
            if row.ceilings.exists():
                return row
            HousingCeiling.objects.bulk_create(
                HousingCeiling(
                    terms=row, build=one.build, line=one.line, ceiling_vnd=one.ceiling_vnd,
                    source=one.source, doubt=one.doubt,
                )
                for one in like.ceilings.all()
            )  # fmt: skip
    return row


def _check_stated(stated: Stated) -> None:
    """Raises Invalid."""
    texts = {"legal_basis": stated.legal_basis.strip(), "source": stated.source.strip()}
    if missing := {name: [_("missing")] for name, text in texts.items() if not text}:
        raise Invalid(_("Say in which text it stands."), fields=missing)
    below = {name: [_("wrong")] for name, value in stated.gives.items() if (value or 0) < 0}
    if below or not set(stated.gives) <= set(GIVES):
        raise Invalid(_("A number is not below zero."), fields=below)


def _stated_row(
    programme: Programme, like: ProgrammeTerms, stated: Stated, owner: Area | None
) -> ProgrammeTerms:
    gives = {name: stated.gives.get(name) for name in GIVES}
    return ProgrammeTerms(
        programme=programme, owner=owner, ground=like.ground, rank=like.rank, who=like.who,
        name_vi=like.name_vi, name_en=like.name_en, valid_from=stated.valid_from,
        valid_to=stated.valid_to, **gives, amount_per=stated.amount_per, note=stated.note.strip(),
        legal_basis=stated.legal_basis.strip(), source=stated.source.strip(),
        doubts={
            name: doubt
            for name, doubt in like.doubts.items()
            if name not in gives or (gives[name] is not None and gives[name] == getattr(like, name))
        },
    )  # fmt: skip


def _ending(row: ProgrammeTerms) -> ProgrammeTerms | None:
    """The terms of the same giver that run on the day before and into the new ones."""
    same = ProgrammeTerms.objects.filter(
        programme=row.programme, ground=row.ground, owner=row.owner, valid_from__lt=row.valid_from
    )
    found: ProgrammeTerms | None = same.on(row.valid_from).select_for_update(of=("self",)).first()
    return found


def _mistyped(row: ProgrammeTerms) -> int | None:
    """The terms that were stated for this very day, if no benefit rests on them yet."""
    same = ProgrammeTerms.objects.filter(
        programme=row.programme, ground=row.ground, owner=row.owner, valid_from=row.valid_from,
        act__verb=STATE_VERB,
    )  # fmt: skip
    unused = same.exclude(pk__in=Benefit.objects.filter(terms__in=same).values("terms"))
    found: int | None = unused.values_list("pk", flat=True).first()
    return found


def _plain(terms: ProgrammeTerms) -> dict[str, str]:
    return {name: str(value) for name in GIVES if (value := getattr(terms, name)) is not None}
