"""Loading the demonstration of a whole province: the rounds of three years for all its communes.

It comes in as real work would: files through the import that officers use, lists through
services.lists. What the lists come to is compared with the figures before anything is kept.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from django.db import connection, transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from households.choices import AreaLevel, RoundKind, StandardPart
from households.errors import Invalid, Refused
from households.models import Area, Assessment, PovertyStandard, ReviewRound, User
from households.services import complete_lists, lists, rounds, standards
from households.services.demo import loading, story
from households.services.demo.loading import PROVINCE_CODE, DemoLoaded
from households.services.demo.people import full_name
from households.services.demo.province import apportioning, departures, lives, targets
from households.services.demo.province.apportioning import Commune
from households.services.demo.province.bank import Bank, Rules
from households.services.demo.province.files import Writer
from households.services.demo.province.incomes import Bands
from households.services.demo.province.residents import settle
from households.services.demo.province.targets import NEW_STANDARD, OLD_STANDARD, YEARS, Course
from households.services.demo.province.units import units_on
from households.services.demo.story import RoundStory

#: Told as the work goes on: a sentence.
Tell = Callable[[str], object]
Communes = dict[str, tuple[Commune, Course]]
Parts = dict[str, PovertyStandard]


@dataclass(frozen=True)
class Size:
    """How much of the province: the share of its households, its districts (None: all), and how
    many lives its patterns are taken from (None: as many as serve a whole province)."""

    share: float = 1.0
    districts: Collection[str] | None = None
    lives: int | None = None


def load(*, by: User, tell: Tell, size: Size | None = None, seed: str = "povreg") -> DemoLoaded:
    """Fill an empty database with an invented province, in one transaction; some minutes.

    Raises as demo.loading.load does, and Invalid where the classes that the rules give do not come
    to the figures.
    """
    if reason := loading.why_not_load(by):
        raise Refused(reason)
    size = size or Size()
    with transaction.atomic():
        users = loading.begin(by=by)
        parts = _parts()
        communes = _communes(size, seed)
        tell(_("Inventing the households of %(number)d communes…") % {"number": len(communes)})
        writer = _writer(communes, parts, size, seed)
        for told in story.rounds():
            review = _open(told, parts, by=users["so"])
            departures.end(
                keys=writer.gone(told.year), source=PROVINCE_CODE, year=told.year, seed=seed, by=by
            )
            _bring_in(writer, told, communes, tell, by=users["so"])
            if told.decided_on:
                _check(review, parts, communes)
                _decide(review, parts[NEW_STANDARD], told, communes, seed, by=by)
        for code in communes:
            complete_lists.say(commune=_area(code, review), year=YEARS[0], by=by)
        loading.leave_a_draft(review, by=users["rasoatvien"])
    return loading.loaded()


def _parts() -> Parts:
    """The standards by code. Invalid where they are not loaded."""
    found = {one.code: one for one in PovertyStandard.objects.filter(owner=None)}
    if not {OLD_STANDARD, NEW_STANDARD} <= set(found):
        raise Invalid(_("Load the reference data first."))
    return found


def _communes(size: Size, seed: str) -> Communes:
    day = story.rounds()[0].as_of
    province = Area.objects.on(day).get(level=AreaLevel.PROVINCE, code=PROVINCE_CODE)
    units = units_on(day, province)
    found: Communes = {}
    for code, course in targets.districts(size.districts, size.share).items():
        own = [unit for unit in units if unit.district_code == code]
        shared = apportioning.communes(own, course, seed)
        found |= {unit.code: (unit, shared[unit.code]) for unit in own}
    return found


def _writer(communes: Communes, parts: Parts, size: Size, seed: str) -> Writer:
    table = standards.table_in_force(parts[NEW_STANDARD])
    rules = Rules(
        standards.rules_of(parts[OLD_STANDARD]),
        standards.rules_of(parts[NEW_STANDARD]),
        standards.rules_of_table(table) if table else None,
    )
    told = story.rounds()
    as_of = {one.year: one.as_of for one in told}
    scored = dict.fromkeys(as_of, (rules.new,)) | {YEARS[0]: (rules.old, rules.new)}
    led = list(lives.lead(size.lives or lives.wanted(), as_of, scored, seed))
    bank = Bank(led, rules, sorted(as_of), seed)
    residents = settle(communes, bank, going_on=list(told[-1].surveyed), seed=seed)
    return Writer(residents, Bands(rules), seed)


def _open(told: RoundStory, parts: Parts, *, by: User) -> ReviewRound:
    """A round with every resident household in it; the first one under two standards."""
    province = Area.objects.on(told.as_of).get(level=AreaLevel.PROVINCE, code=PROVINCE_CODE)
    scored = [(parts[NEW_STANDARD], StandardPart.BOTH)]
    if told.year == YEARS[0]:
        scored = [
            (parts[OLD_STANDARD], StandardPart.CLOSING),
            (parts[NEW_STANDARD], StandardPart.OPENING),
        ]
    return rounds.open_round(
        province=province,
        kind=RoundKind.PERIODIC,
        year=told.year,
        as_of=told.as_of,
        standards=scored,
        covers_all_residents=True,
        by=by,
    )


def _bring_in(
    writer: Writer, told: RoundStory, communes: Communes, tell: Tell, *, by: User
) -> None:
    done = {code: shares for code, shares in told.surveyed.items() if code in communes}
    with TemporaryDirectory() as folder:
        count = writer.write(Path(folder), told.as_of, done if told.surveyed else None)
        tell(_("%(year)d: bringing in %(count)d households…") % {"year": told.year, "count": count})
        loading.import_files(Path(folder), by=by)


def _check(review: ReviewRound, parts: Parts, communes: Communes) -> None:
    """Invalid where the real classes of a commune are not those that were wanted."""
    for code in (OLD_STANDARD, NEW_STANDARD):
        rows = Assessment.objects.filter(round=review, standard=parts[code])
        counted = {
            (row["commune__code"], row["poverty_class"]): row["number"]
            for row in rows.values("commune__code", "poverty_class").annotate(number=Count("pk"))
        }
        if not counted:
            continue
        for commune, (__, course) in communes.items():
            total = course.old if code == OLD_STANDARD else course.new[review.year - YEARS[0]]
            found = [counted.get((commune, one), 0) for one in ("POOR", "NEAR_POOR")]
            if found != [total.poor, total.near_poor]:
                raise Invalid(f"{review.key} {code} {commune}: {found}, {total}")


def _decide(
    review: ReviewRound, standard: PovertyStandard, told: RoundStory, communes: Communes,
    seed: str, *, by: User,
) -> None:  # fmt: skip
    """One decision per commune, as signed on paper by its chair."""
    assert told.decided_on is not None
    signed = _chairs(communes, seed)
    for number, code in enumerate(communes, start=101):
        lists.adopt(
            round=review,
            standard=standard,
            commune=_area(code, review),
            paper=lists.Paper(f"{number}/QĐ-UBND", told.decided_on, decided_by=signed[code]),
            by=by,
        )
        if number == 101:
            # Planned for the lists as they are now, not as they were before the first.
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE households_statusperiod, households_assessment")


def _chairs(communes: Communes, seed: str) -> dict[str, str]:
    rng = Random(f"{seed}:chairs")  # noqa: S311 – invented data
    invented = {code: full_name("Tày", "M", rng) for code in communes}
    return invented | dict(story.chairs())


def _area(code: str, review: ReviewRound) -> Area:
    area: Area = Area.objects.on(review.as_of).get(code=code, level=AreaLevel.COMMUNE)
    return area
