"""Filling communes with invented households, round by round, as real work would: files through the
import that officers use, lists through services.lists. What the lists come to is compared with the
figures before anything is kept.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from django.db import connection
from django.db.models import Count
from django.utils.translation import gettext as _

from households.choices import AreaLevel
from households.errors import Invalid
from households.models import Area, Assessment, PovertyStandard, ReviewRound, User
from households.services import complete_lists, lists, rounds, standards
from households.services.demo import loading, story
from households.services.demo.loading import PROVINCE_CODE
from households.services.demo.people import PersonalNumbers, full_name
from households.services.demo.province import apportioning, departures, lives, targets
from households.services.demo.province.apportioning import Commune
from households.services.demo.province.bank import Bank, Rules
from households.services.demo.province.files import Writer
from households.services.demo.province.incomes import Bands
from households.services.demo.province.residents import settle
from households.services.demo.province.targets import NEW_STANDARD, OLD_STANDARD, YEARS, Course
from households.services.demo.province.units import units_on
from households.services.demo.story import RoundStory

#: Of no province, and another than that of the six communes that the small demonstration tells.
_BIRTH_REGISTRATION = "997"
#: Told as the work goes on: a sentence.
Tell = Callable[[str], object]
Communes = dict[str, tuple[Commune, Course]]
Parts = dict[str, PovertyStandard]


@dataclass(frozen=True)
class Size:
    """How much of the province: the share of its households, its districts (None: all), how
    many lives its patterns are taken from (None: as many as serve a whole province), and the codes
    of communes that are left out."""

    share: float = 1.0
    districts: Collection[str] | None = None
    lives: int | None = None
    without: Collection[str] = ()


@dataclass(frozen=True)
class Filling:
    """What the rounds are filled with, one after the other."""

    communes: Communes
    writer: Writer
    chairs: dict[str, str]
    seed: str


def prepare(size: Size, parts: Parts, tell: Tell, *, seed: str) -> Filling:
    """Invent the households; nothing is written. Some 10 ms for each life, and the households."""
    communes = _communes(size, seed)
    tell(_("Inventing the households of %(number)d communes…") % {"number": len(communes)})
    return Filling(communes, _writer(communes, parts, size, seed), _chairs(communes, seed), seed)


def standards_by_code() -> Parts:
    """The standards of the reviews. Invalid where they are not loaded."""
    found = {one.code: one for one in PovertyStandard.objects.filter(owner=None)}
    if not {OLD_STANDARD, NEW_STANDARD} <= set(found):
        raise Invalid(_("Load the reference data first."))
    return found


def fill(
    filling: Filling,
    review: ReviewRound,
    told: RoundStory,
    tell: Tell,
    *,
    by: User,
    signed_by: User,
) -> None:
    """Bring in the households of one round by `by`, and its lists as `signed_by` records them.

    Invalid where the classes that the rules give do not come to the figures.
    """
    departures.end(
        keys=filling.writer.gone(told.year), source=PROVINCE_CODE, year=told.year,
        seed=filling.seed, by=signed_by,
    )  # fmt: skip
    _bring_in(filling, told, tell, by=by)
    if told.decided_on:
        scored = rounds.scored_under(review)
        for standard in scored:
            _check(review, standard, filling.communes)
        for standard in scored:
            _decide(review, standard, told, filling, by=signed_by)


def say_complete(communes: Iterable[str], review: ReviewRound, *, by: User) -> None:
    """The lists of these communes are there from the first round on. Some queries each."""
    for code in communes:
        complete_lists.say(commune=_area(code, review), year=YEARS[0], by=by)


def _communes(size: Size, seed: str) -> Communes:
    day = story.rounds()[0].as_of
    province = Area.objects.on(day).get(level=AreaLevel.PROVINCE, code=PROVINCE_CODE)
    units = units_on(day, province)
    found: Communes = {}
    for code, course in targets.districts(size.districts, size.share).items():
        own = [unit for unit in units if unit.district_code == code]
        shared = apportioning.communes(own, course, seed)
        found |= {
            unit.code: (unit, shared[unit.code]) for unit in own if unit.code not in size.without
        }
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
    return Writer(residents, Bands(rules), PersonalNumbers(_BIRTH_REGISTRATION), seed)


def _bring_in(filling: Filling, told: RoundStory, tell: Tell, *, by: User) -> None:
    done = {code: shares for code, shares in told.surveyed.items() if code in filling.communes}
    if told.surveyed and not done:
        return
    with TemporaryDirectory() as folder:
        count = filling.writer.write(Path(folder), told.as_of, done if told.surveyed else None)
        tell(_("%(year)d: bringing in %(count)d households…") % {"year": told.year, "count": count})
        loading.import_files(Path(folder), by=by)


def _check(review: ReviewRound, standard: PovertyStandard, communes: Communes) -> None:
    """Invalid where the real classes of a commune are not those that were wanted."""
    rows = Assessment.objects.filter(round=review, standard=standard)
    counted = {
        (row["commune__code"], row["poverty_class"]): row["number"]
        for row in rows.values("commune__code", "poverty_class").annotate(number=Count("pk"))
    }
    for commune, (__, course) in communes.items():
        is_old = standard.code == OLD_STANDARD
        total = course.old if is_old else course.new[review.year - YEARS[0]]
        found = [counted.get((commune, one), 0) for one in ("POOR", "NEAR_POOR")]
        if found != [total.poor, total.near_poor]:
            raise Invalid(f"{review.key} {standard.code} {commune}: {found}, {total}")


def _decide(
    review: ReviewRound, standard: PovertyStandard, told: RoundStory, filling: Filling, *, by: User
) -> None:
    """One decision per commune, as signed on paper by its chair."""
    assert told.decided_on is not None
    for number, code in enumerate(filling.communes, start=101):
        lists.adopt(
            round=review,
            standard=standard,
            commune=_area(code, review),
            paper=lists.Paper(
                f"{number}/QĐ-UBND", told.decided_on, decided_by=filling.chairs[code]
            ),
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
