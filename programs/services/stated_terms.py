"""The department states what a ground gives from a day on."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from households.errors import Invalid, Refused, Words
from households.models import Area, User
from households.services import audit
from households.services.constraint_messages import told_plainly
from programs import policies
from programs.appraisal.document import GIVES
from programs.models import Benefit, HousingCeiling, Programme, ProgrammeTerms

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
    missing: dict[str, list[Words]] = {
        name: [_("missing")] for name, text in texts.items() if not text
    }
    if missing:
        raise Invalid(_("Say in which text it stands."), fields=missing)
    below: dict[str, list[Words]] = {
        name: [_("wrong")] for name, value in stated.gives.items() if (value or 0) < 0
    }
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
