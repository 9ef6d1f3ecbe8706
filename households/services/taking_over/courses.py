"""What the villages of a list's commune were on its day, and what became of them until today: homes
of households that a list of a former commune brings go on in the villages of now.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db import connection
from psycopg2.extras import execute_values

from households import clock
from households.choices import AreaChangeKind, AreaLevel
from households.models import Area, AreaChange
from households.models.area_reach import made_of
from households.queries import area_times

_CREATE: Final = """
DROP TABLE IF EXISTS village_life, village_home;
CREATE TEMP TABLE village_life (
  then_id bigint, village_id bigint, valid_from date, valid_to date) ON COMMIT DROP;
CREATE TEMP TABLE village_home (village_id bigint, then_id bigint) ON COMMIT DROP
"""


@dataclass(frozen=True)
class Arrow:
    """A village, and what it became on the day."""

    from_id: int
    to_id: int
    changed_on: dt.date


@dataclass
class Course:
    """`commune` on the list's `day`; `later`: what it became step by step, each with its first day,
    the last one the commune of today. `villages`: its own on the day."""

    commune: Area
    day: dt.date
    later: list[tuple[Area, dt.date]]
    villages: list[Area]
    #: What villages of then, and those they became, became: whole, or in part.
    became: dict[int, list[Arrow]] = field(default_factory=dict)
    #: Villages of then that were split since, with the names of what they became.
    split: dict[int, list[str]] = field(default_factory=dict)
    #: Villages of later communes that came from other communes alone.
    from_others: set[int] = field(default_factory=set)

    @property
    def now(self) -> Area:
        """The commune of today that holds all of it."""
        return self.later[-1][0] if self.later else self.commune

    def units(self) -> list[Area]:
        """All communes that this one was and became. Some three queries."""
        found = area_times.went_into(self.commune)
        return [*made_of(self.commune), *Area.objects.filter(pk__in=found - {self.commune.pk})]

    def life(self, village_id: int) -> list[tuple[int, dt.date, dt.date | None]]:
        """Where somebody lives who stays in this village of then: village, from, to. Of a village
        that was split in the first of its parts, as homes follow."""
        pieces = []
        at, since = village_id, self.day
        while arrows := self.became.get(at):
            arrow = arrows[0]
            if arrow.changed_on > since:
                pieces.append((at, since, arrow.changed_on - dt.timedelta(days=1)))
            at, since = arrow.to_id, max(since, arrow.changed_on)
        return [*pieces, (at, since, None)]

    def reached(self, village_id: int) -> set[int]:
        """The village of then, and all that it became in whole or in part."""
        found = {village_id}
        step = found
        while step := {one.to_id for pk in step for one in self.became.get(pk, ())} - found:
            found |= step
        return found


def course_of(commune: Area, day: dt.date) -> Course:
    """services.taking_over.facts has seen to it that today has one such commune. Some eight
    queries, and one for each change of the map since."""
    villages = list(Area.objects.at(AreaLevel.VILLAGE).filter(parent=commune).on(day))
    course = Course(commune, day, _later(commune), villages)
    follow(course, [one.pk for one in villages])
    if course.later:
        own = {one.pk for one in course.units()}
        came = AreaChange.objects.filter(
            to_area__parent__in=[one for one, __ in course.later],
            from_area__level=AreaLevel.VILLAGE,
        ).values_list("to_area", "from_area__parent")
        ours = {to for to, parent in came if parent in own}
        course.from_others = {to for to, __ in came} - ours
    return course


def _later(commune: Area) -> list[tuple[Area, dt.date]]:
    """What it went into whole, step by step until today."""
    found: list[tuple[Area, dt.date]] = []
    at: Area | None = commune
    today = clock.today()
    while at is not None and at.valid_to is not None and at.valid_to < today:
        arrow = (
            AreaChange.objects.filter(from_area=at, to_area__isnull=False, changed_on__lte=today)
            .exclude(to_area=at)
            .select_related("to_area")
            .first()
        )
        at = arrow.to_area if arrow else None
        if arrow and at is not None:
            found.append((at, arrow.changed_on))
    return found


def follow(course: Course, villages: Sequence[int]) -> None:
    """Add what these became since to `became` and `split`. A query a step."""
    step = list(villages)
    while step:
        found = AreaChange.objects.filter(
            from_area__in=step, to_area__isnull=False,
            changed_on__gt=course.day, changed_on__lte=clock.today(),
        ).select_related("to_area")  # fmt: skip
        arrows: defaultdict[int, list[AreaChange]] = defaultdict(list)
        for one in found.order_by("changed_on", "pk"):
            if one.to_area_id != one.from_area_id:
                arrows[one.from_area_id].append(one)
        for pk, those in arrows.items():
            course.became[pk] = [Arrow(pk, one.to_area_id or 0, one.changed_on) for one in those]
            if len(those) > 1:
                course.split[pk] = [one.to_area.name for one in those if one.to_area]
        step = [one.to_id for pk in arrows for one in course.became[pk]]


def write_tables(course: Course, then_ids: Iterable[int]) -> None:
    """Fill village_life for these villages of then, and village_home: whose residents of today
    are looked at, and which village of then that was (null: none, or another commune's)."""
    lives = {pk: course.life(pk) for pk in then_ids}
    homes: set[tuple[int, int | None]] = {
        (village, pk) for pk in lives for village in course.reached(pk)
    }
    reached = {village for village, __ in homes}
    known = Area.objects.at(AreaLevel.VILLAGE).filter(parent=course.now).exclude(pk__in=reached)
    for pk in known.values_list("pk", flat=True):
        homes.add((pk, None if course.later else pk))
    with connection.cursor() as cursor:
        cursor.execute(_CREATE)
        pieces = [(pk, *piece) for pk, life in lives.items() for piece in life]
        if pieces:
            execute_values(cursor.cursor, "INSERT INTO village_life VALUES %s", pieces)
        if homes:
            execute_values(cursor.cursor, "INSERT INTO village_home VALUES %s", list(homes))
        cursor.execute("ANALYZE village_life; ANALYZE village_home")


def draw(arrows: Iterable[Arrow], source: str) -> None:
    """The arrows of new villages, inside an act. One statement."""
    AreaChange.objects.bulk_create(
        AreaChange(
            kind=AreaChangeKind.MOVE, from_area_id=one.from_id, to_area_id=one.to_id,
            changed_on=one.changed_on, source=source,
        )
        for one in arrows
    )  # fmt: skip
