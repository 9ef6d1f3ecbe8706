"""How many live where: typed, pasted or from residents.csv; once a commune, day and area."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from households import policies
from households.choices import Settlement
from households.errors import Invalid, Refused
from households.exchange.resident_sheet import SETTLEMENTS, TypedCount
from households.folding import fold
from households.models import Area, ResidentCount, ReviewRound, User
from households.services import audit, marks
from households.services.resident_communes import Communes, Meant, Unclear

_MOST = 10_000_000


@dataclass(frozen=True)
class Count:
    """A commune's residents on a day, its rural or its urban part; of them those of minorities and
    of the local ones (None: not entered)."""

    commune: Area
    as_of: dt.date
    settlement: Settlement
    households: int
    persons: int
    minority_households: int | None = None
    minority_persons: int | None = None
    local_minority_households: int | None = None
    local_minority_persons: int | None = None

    @property
    def key(self) -> tuple[int, dt.date, str]:
        return self.commune.pk, self.as_of, self.settlement

    @property
    def numbers(self) -> dict[str, int | None]:
        return {name: getattr(self, name) for name in NUMBERS}


#: Fields of Count and of ResidentCount; the last four may be left out.
NUMBERS: Final = (
    "households", "persons", "minority_households", "minority_persons",
    "local_minority_households", "local_minority_persons",
)  # fmt: skip
OPTIONAL: Final = NUMBERS[2:]


@dataclass(frozen=True)
class CountProblem:
    """What is wrong in a row, as import_review tells it."""

    row: int
    column: str
    value: str
    code: str
    reason: str


@dataclass(frozen=True)
class Read:
    """What the rows say, and what is wrong with others. `said`: rows that were understood otherwise
    than they are written, by codes and names of another time."""

    counts: list[Count]
    problems: list[CountProblem]
    said: list[CountProblem]


class _Wrong(Exception):
    def __init__(self, column: str, code: str, reason: str) -> None:
        super().__init__(code)
        self.column, self.code, self.reason = column, code, reason


def read_rows(
    rows: Iterable[TypedCount], *, round: ReviewRound, by: User, other_days: bool = False
) -> Read:
    """Rows of a file, or pasted, for the communes of a round's province on its date; a row without
    a date is for that date, a row of another date is refused, or (`other_days`) taken where its
    commune is on the map then. A commune of another area is refused by name. Two queries, some more
    for each code or name of another time."""
    communes = Communes(round)
    said: list[CountProblem] = []
    counts: list[Count] = []
    problems: list[CountProblem] = []
    seen: set[tuple[int, dt.date, str]] = set()
    for row in rows:
        try:
            meant = _meant(row, communes)
            count = _count(row, meant.commune, round, by)
            if count.as_of != round.as_of:
                _check_other_day(count, round, is_taken=other_days)
            if count.key in seen:
                raise _Wrong("commune_code", "twice", _("The commune stands here twice."))
        except _Wrong as wrong:
            value = row.cells.get(wrong.column, "")
            problems.append(CountProblem(row.line, wrong.column, value, wrong.code, wrong.reason))
        else:
            seen.add(count.key)
            counts.append(count)
            if meant.said:
                typed = row.cells.get("commune_code", "")
                code = "code_of_other_time"
                said.append(CountProblem(row.line, "commune_code", typed, code, meant.said))
    return Read(counts, problems, said)


def _meant(row: TypedCount, communes: Communes) -> Meant:
    try:
        return communes.meant(row.cells.get("commune_code", ""), row.cells.get("commune", ""))
    except Unclear as unclear:
        raise _Wrong("commune_code", unclear.code, unclear.reason) from unclear


def _count(row: TypedCount, commune: Area, round: ReviewRound, by: User) -> Count:
    if reason := policies.why_not_enter_residents(by, commune):
        raise _Wrong("commune_code", "other_area", f"{commune.name}: {reason}")
    households = _number(row, "resident_households")
    persons = _number(row, "resident_persons")
    if persons < households:
        told = _("There are at least as many people as households.")
        raise _Wrong("resident_persons", "too_few", told)
    settlement = _settlement(row.cells.get("settlement", ""), commune, round.as_of)
    optional = {name: _number(row, name) for name in OPTIONAL if row.cells.get(name)}
    count = Count(commune, _day(row, round), settlement, households, persons, **optional)
    for part, told in _faults_of_parts(count):
        raise _Wrong(f"{part}_households", "not_a_part", told)
    return count


def _check_other_day(count: Count, round: ReviewRound, *, is_taken: bool) -> None:
    if not is_taken or not count.commune.is_valid_on(count.as_of):
        told = _(
            "The round is of %(day)s, the row of another day: enter it in the round of its day."
        )
        raise _Wrong("as_of", "another_day", told % {"day": f"{round.as_of:%d/%m/%Y}"})


def _faults_of_parts(count: Count) -> Iterator[tuple[str, str]]:
    """Which part does not fit into its whole, and why."""
    whole: tuple[int | None, int | None] = (count.households, count.persons)
    for part, told in (
        ("minority", _("Minorities are a part of all residents.")),
        ("local_minority", _("Local minorities are a part of all minorities.")),
    ):
        own = (count.numbers[f"{part}_households"], count.numbers[f"{part}_persons"])
        if own != (None, None) and not _is_part(own, whole):
            yield part, told
        whole = own


def _is_part(own: tuple[int | None, int | None], whole: tuple[int | None, int | None]) -> bool:
    households, persons = own
    if households is None or persons is None or whole[0] is None or whole[1] is None:
        return False
    return 0 <= households <= persons and households <= whole[0] and persons <= whole[1]


def _number(row: TypedCount, column: str) -> int:
    text = row.cells.get(column, "").replace(".", "").replace(" ", "").replace("\u00a0", "")
    if not text:
        raise _Wrong(column, "missing", _("This is missing."))
    if not (text.isascii() and text.isdecimal()) or int(text) > _MOST:
        raise _Wrong(column, "not_a_number", _("A whole number is needed."))
    return int(text)


def _settlement(typed: str, commune: Area, day: dt.date) -> Settlement:
    if typed:
        if found := SETTLEMENTS.get(fold(typed)):
            return Settlement(found)
        raise _Wrong("settlement", "unknown", _("The area is rural or urban."))
    trait = commune.traits.on(day).filter(kind="SETTLEMENT").values_list("value", flat=True).first()
    return Settlement(trait) if trait else Settlement.RURAL


def _day(row: TypedCount, round: ReviewRound) -> dt.date:
    text = row.cells.get("as_of", "").split(" ")[0]
    if not text:
        return round.as_of
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text, pattern).date()  # noqa: DTZ007  a day
        except ValueError:
            continue
    raise _Wrong("as_of", "not_a_day", _("Write the day as dd/mm/yyyy."))


def enter(*, counts: Sequence[Count], by: User) -> int:
    """Write these numbers, all or none; the same again changes nothing. Gives how many are new or
    changed. Raises Refused (another area), Invalid. Three statements beside the audit."""
    for one in counts:
        if reason := policies.why_not_enter_residents(by, one.commune):
            raise Refused(f"{one.commune.name}: {reason}")
        if not 0 <= one.households <= one.persons:
            raise Invalid(
                f"{one.commune.name}: " + _("There are at least as many people as households.")
            )
        for __, told in _faults_of_parts(one):
            raise Invalid(f"{one.commune.name}: {told}")
    known = {
        (row.commune_id, row.as_of, row.settlement): {name: getattr(row, name) for name in NUMBERS}
        for row in ResidentCount.objects.filter(
            commune__in={one.commune.pk for one in counts}, as_of__in={one.as_of for one in counts}
        )
    }
    changed = [one for one in counts if known.get(one.key) != one.numbers]
    if not changed:
        return 0
    province = Area.objects.get(pk=int(changed[0].commune.path.split(".")[0]))
    with audit.act(by=by, verb="residents.enter", area=province, details={"rows": len(changed)}):
        ResidentCount.objects.bulk_create(
            [
                ResidentCount(
                    commune=one.commune, as_of=one.as_of, settlement=one.settlement,
                    entered_by=by, **one.numbers,
                )
                for one in changed
            ],
            update_conflicts=True,
            unique_fields=["commune", "as_of", "settlement"],
            update_fields=[*NUMBERS, "entered_by"],
        )  # fmt: skip
        _mark(changed, province)
    return len(changed)


def _mark(changed: Sequence[Count], province: Area) -> None:
    """Figures of the rounds judged on these days rest on them."""
    for round in ReviewRound.objects.filter(
        province=province, as_of__in={one.as_of for one in changed}
    ):
        communes = [one.commune.pk for one in changed if one.as_of == round.as_of]
        marks.mark_changed(round_id=round.pk, commune_ids=communes)
