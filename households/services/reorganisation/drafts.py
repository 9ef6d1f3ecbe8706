"""A draft: begun, left, come back to; its paper and parts typed; thrown away. Nothing of it counts
before it is signed."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from households import policies
from households.choices import AreaLevel
from households.choices.reorganisations import OF_COMMUNES, ReorganisationState
from households.errors import Conflict, Invalid, Refused
from households.folding import fold
from households.models import Area, Reorganisation, User
from households.models.area_reach import branches_through_time
from households.services import attachments, audit
from households.services.reorganisation import facts as facts_of
from households.services.reorganisation import plans
from households.services.reorganisation.facts import PartFacts
from households.services.reorganisation.plans import Part


def begin(
    *,
    area: Area,
    changed_on: dt.date | None,
    paper_number: str,
    paper_date: dt.date | None,
    paper_by: str,
    by: User,
    parts: Sequence[Part] = (),
) -> Reorganisation:
    """A new draft for a province, or for the villages of a commune. Raises Refused."""
    if reason := policies.why_not_reorganise(by, area):
        raise Refused(reason)
    if area.level not in (AreaLevel.PROVINCE, AreaLevel.COMMUNE):
        raise Invalid(_("An act is of a province, or of a commune for its villages."))
    with audit.act(by=by, verb="area.draft_reorganisation", area=area):
        draft: Reorganisation = Reorganisation.objects.create(
            area=area,
            changed_on=changed_on,
            paper_number=paper_number.strip(),
            paper_date=paper_date,
            paper_by=paper_by.strip(),
            parts=plans.as_json(list(parts)),
            made_by=by,
        )
        if parts:
            draft.parts = plans.as_json(_with_names(draft))
            draft.save(update_fields=["parts"])
    return draft


def set_paper(
    *,
    reorganisation: Reorganisation,
    changed_on: dt.date | None,
    paper_number: str,
    paper_date: dt.date | None,
    paper_by: str,
    by: User,
) -> None:
    """The day and the resolution. Raises Refused, Conflict (signed meanwhile)."""

    def change(draft: Reorganisation) -> None:
        draft.changed_on = changed_on
        draft.paper_number = paper_number.strip()
        draft.paper_date = paper_date
        draft.paper_by = paper_by.strip()

    _change(reorganisation, change, by)


def put_part(*, reorganisation: Reorganisation, part: Part, by: User, at: int | None = None) -> int:
    """Add a part, or put it in the place of the one at `at`; where it stands now.

    Where villages of one name would meet, each is first called by its former commune too, "Nà Pài
    (Nguyên Phúc)"; that is changed or left. Raises Refused, Invalid (not a thing of this area),
    Conflict (signed meanwhile).
    """
    if (part.kind in OF_COMMUNES) != (reorganisation.area.level == AreaLevel.COMMUNE):
        raise Invalid(_("Villages are changed by their commune, other units by the province."))
    paths = branches_through_time([reorganisation.area_id])[reorganisation.area_id]
    found = Area.objects.under_any(paths).filter(pk__in=part.units)
    if found.count() != len(set(part.units)):
        raise Invalid(_("A unit lies in another area."), fields={"units": [_("Choose again.")]})
    places: list[int] = []

    def change(draft: Reorganisation) -> None:
        parts = plans.parts_of(draft.parts)
        place = len(parts) if at is None or at >= len(parts) else at
        parts[place : place + 1] = [part]
        draft.parts = plans.as_json(parts)
        parts[place] = _with_names(draft)[place]
        draft.parts = plans.as_json(parts)
        places.append(place)

    _change(reorganisation, change, by)
    return places[0]


def drop_part(*, reorganisation: Reorganisation, at: int, by: User) -> None:
    """Leave a part out. Raises Refused, Conflict (signed meanwhile)."""

    def change(draft: Reorganisation) -> None:
        draft.parts = [one for place, one in enumerate(draft.parts) if place != at]

    _change(reorganisation, change, by)


def discard(*, reorganisation: Reorganisation, by: User) -> None:
    """Throw a draft away, its scans too; its history stays. Raises Refused, Conflict (signed
    meanwhile)."""
    _change(reorganisation, None, by)


def _with_names(draft: Reorganisation) -> list[Part]:
    if draft.changed_on is None:
        return plans.parts_of(draft.parts)
    return [replace(one.part, names=_names(one)) for one in facts_of.read(draft)]


def _names(facts: PartFacts) -> dict[int, str]:
    """Where villages of one name meet, in none of which a name was typed, one for each."""
    names = dict(facts.part.names)
    met: dict[tuple[str, str], list[Area]] = {}
    for village in facts.goers:
        new = facts.goes_to(village)
        if new and facts.kind not in OF_COMMUNES:
            met.setdefault((new.key, fold(facts.name_of(village))), []).append(village)
    for found in met.values():
        for village in found if len(found) > 1 else ():
            names.setdefault(village.pk, f"{village.name} ({village.parent})")
    return names


def _change(
    reorganisation: Reorganisation, change: Callable[[Reorganisation], None] | None, by: User
) -> None:
    """Change the draft, or (None) throw it away; the caller's object follows."""
    if reason := policies.why_not_reorganise(by, reorganisation.area):
        raise Refused(reason)
    verb = "area.change_draft" if change else "area.discard_draft"
    with audit.act(by=by, verb=verb, area=reorganisation.area, subject=reorganisation):
        draft = Reorganisation.objects.select_for_update().get(pk=reorganisation.pk)
        if draft.state != ReorganisationState.DRAFT:
            raise Conflict(_("This act is signed already."))
        if change is None:
            attachments.forget(draft.attachments.all())
            draft.delete()
            return
        change(draft)
        draft.save(update_fields=["changed_on", "paper_number", "paper_date", "paper_by", "parts"])
    reorganisation.refresh_from_db()
