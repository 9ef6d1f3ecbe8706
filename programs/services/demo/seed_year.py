"""The support of a year that the whole invented province received, in the totals published.

The lists come in as bank, insurer, school and others send them: one file a programme, through the
import of lists of support. The recipients are households and persons of the register.
"""

import csv
import datetime as dt
import io
import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from households import clock
from households.choices import AreaLevel, HowOut, PovertyClass, Role, TraitKind
from households.errors import Invalid
from households.models import (
    Area,
    AreaTrait,
    Assignment,
    Household,
    Membership,
    StatusPeriod,
    SurveyMember,
    User,
)
from households.models.people import code_of
from programs.choices import ProgrammeKind
from programs.choices.benefit_lists import ListState
from programs.models import Benefit, BenefitList, Programme
from programs.services.benefit_lists import batches
from programs.services.benefit_lists.batches import ListFacts
from programs.services.programme_files import DATA_FOLDER
from programs.workflow import SERVED_STATES

Row = list[Any]
Tell = Callable[[str], object]
_MILLION = 1_000_000
_SCHOOL = ("preschool", "primary", "lower_secondary", "upper_secondary")
_WORKING_AGE = (18, 55)
_TERMS = ("15/02", "15/05")
_LISTED = (PovertyClass.POOR, PovertyClass.NEAR_POOR)


class Member(NamedTuple):
    household: int
    full_name: str
    birth_year: int


@cache
def told() -> dict[str, Any]:
    """The figures of data/demo/seed_year.toml."""
    path = DATA_FOLDER / "demo" / "seed_year.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def load(*, by: User, tell: Tell, share: float = 1.0) -> dict[str, int]:
    """Enter the year's lists; times recorded by programme. Nothing where a list of the province is
    there already. `share` is that of the province which is there. Some minutes for a province.

    Raises Invalid where a list does not come to its total.
    """
    province = Area.objects.real().at(AreaLevel.PROVINCE).on(clock.today()).first()
    if province is None or BenefitList.objects.filter(area=province).exists():
        return {}
    sender = _sender(province) or by
    recorded = {}
    for code, rows in _lists(share):
        tell(_("%(year)d: entering %(programme)s…") % {"year": told()["year"], "programme": code})
        recorded[code] = _entered(code, rows, province, sender)
    return recorded


def _sender(province: Area) -> User | None:
    held = Assignment.objects.on(clock.today()).filter(area=province, role=Role.DEPARTMENT)
    first = held.select_related("user").order_by("pk").first()
    return first.user if first else None


def _entered(code: str, rows: list[Row], province: Area, by: User) -> int:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    year: int = told()["year"]
    facts = ListFacts(
        programme=Programme.objects.get(code=code), area=province, year=year,
        sender=told()["invented"]["sender"], listed_on=dt.date(year, 12, 31),
    )  # fmt: skip
    with transaction.atomic():
        file = ContentFile(out.getvalue().encode(), name=f"{code}-{year}.csv")
        listed = batches.receive(facts=facts, file=file, by=by)
        batches.read_now(listed, commit=True)
    times = listed.counts.get("times", 0)
    if listed.state != ListState.WRITTEN or times != len(rows) - 1:
        raise Invalid(f"{code}: {listed.counts}")
    return int(times)


def _lists(share: float) -> Iterator[tuple[str, list[Row]]]:
    yield "loan", list(_loans(share))
    yield "health_card", list(_cards(share))
    tuition, study_cost = _pupils(share)
    yield "tuition", tuition
    yield "study_cost", study_cost
    yield "housing", list(_houses(share))
    yield "job", list(_jobs(share))


def _wanted(number: int, share: float) -> int:
    return number if share == 1 else max(2, round(number * share))


def _day(number: int) -> str:
    """The middle of a month, each month in its turn."""
    on = dt.date(told()["year"], 1 + number % 12, told()["invented"]["day_of_month"])
    return f"{on:%d/%m/%Y}"


def _begin() -> dt.date:
    return dt.date(told()["year"], 1, 1)


def _listed(poverty_class: str) -> list[int]:
    """Households on the list all through the year, by number."""
    end = dt.date(told()["year"], 12, 31)
    rows = StatusPeriod.objects.on(_begin()).on(end).filter(
        list_owner=None, poverty_class=poverty_class, household__ended_on=None
    )  # fmt: skip
    return list(rows.order_by("household").values_list("household", flat=True))


def _newly_escaped() -> list[int]:
    """Households that left the lists the day before the year began, and are on none."""
    left = StatusPeriod.objects.filter(
        list_owner=None, valid_to=_begin() - dt.timedelta(days=1), how_out=HowOut.ESCAPED,
        household__ended_on=None,
    )  # fmt: skip
    listed = StatusPeriod.objects.on(_begin()).values("household")
    found = left.exclude(household__in=listed).order_by("household")
    return list(found.values_list("household", flat=True))


def _loans(share: float) -> Iterator[Row]:
    yield ["Mã hộ", "Họ tên", "Số tiền", "Ngày giải ngân", "Số khế ước"]
    sums = told()["invented"]["loan_vnd"]
    homes = {
        "poor": _listed(PovertyClass.POOR),
        "near_poor": _listed(PovertyClass.NEAR_POOR),
        "newly_escaped": _newly_escaped(),
    }
    for ground, number in told()["loans"].items():
        whose = _spread(homes[ground], _wanted(number, share), ground)
        for at, household in enumerate(whose):
            yield [code_of(household), "", sums[at % len(sums)], _day(at), f"KU-{ground}-{at + 1}"]


def _spread(found: list[Any], number: int, what: str) -> list[Any]:
    """So many of them, evenly over the province; Invalid where there are too few."""
    if len(found) < number:
        raise Invalid(f"{what}: {len(found)} < {number}")
    return [found[at * len(found) // number] for at in range(number)]


def _members(households: Iterable[int] | None = None) -> Iterator[Member]:
    """Who belonged to a household all through the year, by household and person."""
    rows = Membership.objects.on(_begin()).filter(
        valid_to=None, household__ended_on=None, person__died_on=None
    )  # fmt: skip
    if households is not None:
        rows = rows.filter(household__in=households)
    names = ("household", "person__full_name", "person__birth_date__year")
    for row in rows.order_by("household", "pk").values_list(*names).iterator():
        yield Member(*row)


def _cards(share: float) -> Iterator[Row]:
    """Families of the lists first, then others by the order of their number."""
    yield ["Mã hộ", "Họ tên", "Năm sinh", "Số thẻ", "Giá trị từ", "Giá trị đến"]
    year, left = told()["year"], _wanted(told()["cards"], share)
    first = {household for one in _LISTED for household in _listed(one)}
    later = []
    for member in _members():
        if member.household not in first:
            later.append(member)
        elif left:
            left -= 1
            yield _card(member, year, left)
    for place, member in enumerate(_spread(later, left, "cards")):
        yield _card(member, year, left + place + _wanted(told()["cards"], share))


def _card(member: Member, year: int, number: int) -> Row:
    home = code_of(member.household)
    return [
        home, member.full_name, member.birth_year, f"HN4-{year}-{number:07d}",
        f"01/01/{year}", f"31/12/{year}",
    ]  # fmt: skip


def _pupils(share: float) -> tuple[list[Row], list[Row]]:
    """Two terms of tuition, and for the poor two of study costs: so many times, so much money."""
    year, costs = told()["year"], told()["invented"]["study_cost_vnd"]
    number = _wanted(told()["pupils"], share)
    money = round(told()["pupils_million_vnd"] * share) * _MILLION
    poor = set(_listed(PovertyClass.POOR))
    pupils = _attending()
    headings: Row = ["Mã hộ", "Họ tên học sinh", "Năm sinh", "Năm học", "Số tiền", "Ngày chi trả"]
    school_year = f"{year - 1}-{year}"
    study: list[Row] = [headings]
    for one in (one for one in pupils if one.household in poor):
        for term, cost in zip(_TERMS, costs, strict=True):
            if len(study) <= number // 2:
                study.append([*_pupil(one), school_year, cost, f"{term}/{year}"])
    times = number - (len(study) - 1)
    left = money - sum(row[4] for row in study[1:])
    if times > len(_TERMS) * len(pupils):
        raise Invalid(f"pupils: {len(pupils)} < {times}")
    first = (poor, set(_listed(PovertyClass.NEAR_POOR)), _in_zone_three())
    ordered = sorted(pupils, key=lambda one: [one.household not in group for group in first])
    tuition: list[Row] = [headings]
    for at in range(times):
        place, paid_in = divmod(at, len(_TERMS))
        amount = left // times + (at < left % times)
        paid_on = f"{_TERMS[paid_in]}/{year}"
        tuition.append([*_pupil(ordered[place]), school_year, amount, paid_on])
    return tuition, study


def _in_zone_three() -> set[int]:
    """Households of the communes where a minority pupil pays less."""
    marked = AreaTrait.objects.on(_begin()).filter(kind=TraitKind.ZONE, value="III")
    homes = Household.objects.filter(card__village__parent__in=marked.values("area"))
    return set(homes.values_list("pk", flat=True))


def _pupil(one: Member) -> Row:
    return [code_of(one.household), one.full_name, one.birth_year]


def _attending() -> list[Member]:
    """Who was at school by the review before the year."""
    rows = SurveyMember.objects.filter(
        survey__round__year=told()["year"] - 1, survey__round__month=None,
        attending_level__in=_SCHOOL, survey__household__ended_on=None, person__died_on=None,
        person__memberships__valid_to=None, person__memberships__valid_from__lte=_begin(),
    )  # fmt: skip
    names = ("person__memberships__household", "person__full_name", "person__birth_date__year")
    return [Member(*row) for row in rows.order_by("survey", "pk").values_list(*names)]


def _houses(share: float) -> Iterator[Row]:
    """One a poor household of the poor districts."""
    yield ["Mã hộ", "Họ tên chủ hộ", "Kinh phí hỗ trợ", "Ngày hoàn thành", "Số quyết định"]
    number = _wanted(told()["houses"], share)
    money = round(told()["houses_million_vnd"] * share) * _MILLION
    whose = _spread(_in_poor_districts(_listed(PovertyClass.POOR)), number, "houses")
    for at, household in enumerate(whose):
        amount = money // number + (at < money % number)
        yield [code_of(household), "", amount, _day(at), f"{at + 1}/QĐ"]


def _in_poor_districts(households: list[int]) -> list[int]:
    """Those of them that live there, by number."""
    marked = AreaTrait.objects.on(_begin()).filter(kind=TraitKind.POOR_DISTRICT, value="YES")
    branches = [one.area.inner_path for one in marked.select_related("area")]
    homes = Household.objects.filter(
        pk__in=households, card__village__in=Area.objects.under_any(branches)
    )
    return list(homes.order_by("pk").values_list("pk", flat=True))


def _jobs(share: float) -> Iterator[Row]:
    """So many that with those recorded otherwise the year comes to its total."""
    yield ["Mã hộ", "Họ tên người lao động", "Năm sinh", "Ngày bắt đầu làm việc", "Số hợp đồng"]
    year = told()["year"]
    there = Benefit.objects.filter(
        programme__kind__in=[ProgrammeKind.JOB, ProgrammeKind.LABOUR_EXPORT],
        state__in=SERVED_STATES, served_on__year=year,
    ).count()  # fmt: skip
    youngest, oldest = _WORKING_AGE
    workers = [one for one in _members() if youngest <= year - one.birth_year <= oldest]
    wanted = _wanted(told()["jobs"], share) - there
    for at, one in enumerate(_spread(workers, wanted, "jobs")):
        yield [*_pupil(one), _day(at), f"HĐ-{at + 1}"]
