"""Where one practises: a province with one commune, two villages and a round that stays open."""

import datetime as dt
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import gettext as _

from households import policies
from households.choices import AreaLevel, RoundKind, StandardPart, TraitKind
from households.errors import Invalid, Refused
from households.models import Area, AreaTrait, ReviewRound, RoundStandard, User
from households.services import audit, standards
from households.services.practice.stories import places

#: Any number; two first visitors wait for each other.
_LOCK = 0x50524143


@dataclass(frozen=True)
class Place:
    """The practice commune, its villages by the name the stories use, and its round."""

    commune: Area
    villages: dict[str, Area]
    round: ReviewRound


def find() -> Place | None:
    """The practice area, None before anybody entered it. Three queries."""
    commune = Area.objects.practice().at(AreaLevel.COMMUNE).first()
    round = ReviewRound.objects.filter(province__is_practice=True).first()
    if commune is None or round is None:
        return None
    by_name = {village.name: village for village in commune.children.order_by("pk")}
    named = {code: by_name[told["name"]] for code, told in places()["villages"].items()}
    return Place(commune=commune, villages=named, round=round)


def enter(*, by: User) -> Place:
    """Someone begins to practise; the first one finds it made. Which session practises is the
    session's own affair. Raises Refused, Invalid (no standard is loaded)."""
    if reason := policies.why_not_practise(by):
        raise Refused(reason)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        place = find() or _made(by)
        with audit.act(by=by, verb="practice.enter", area=place.commune):
            return place


def _made(by: User) -> Place:
    told = places()
    as_of, since = told["as_of"], told["valid_from"]
    standard = standards.in_force(as_of)
    if standard is None:
        raise Invalid(_("Load the reference data first."))
    with audit.act(by=by, verb="practice.make"):
        province = _unit(AreaLevel.PROVINCE, told["province"], None, since)
        commune = _unit(AreaLevel.COMMUNE, told["commune"], province, since)
        for village in told["villages"].values():
            made = _unit(AreaLevel.VILLAGE, village, commune, since)
            AreaTrait.objects.create(
                area=made,
                kind=TraitKind.SETTLEMENT,
                value=village["settlement"],
                valid_from=since,
            )
        round = ReviewRound.objects.create(
            province=province,
            kind=RoundKind.PERIODIC,
            year=as_of.year,
            as_of=as_of,
            opens_on=since,
            closes_on=told["closes_on"],
            covers_all_residents=True,
        )
        RoundStandard.objects.create(round=round, standard=standard, part=StandardPart.BOTH)
    place = find()
    assert place is not None
    return place


def _unit(level: AreaLevel, told: dict[str, str], parent: Area | None, since: dt.date) -> Area:
    made = Area.objects.create(
        level=level,
        code=told.get("code", ""),
        name=told["name"],
        parent=parent,
        valid_from=since,
        is_practice=True,
    )
    made.refresh_from_db()  # its path is set by the database
    return made
