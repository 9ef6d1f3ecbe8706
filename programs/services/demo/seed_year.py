"""The support of a year that the whole invented province received, in the totals published.

The lists come in as bank, insurer, school and others send them: one file a programme, through the
import of lists of support. The recipients are households and persons of the register.
"""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from households import clock
from households.choices import AreaLevel, PovertyClass, Role, TraitKind
from households.errors import Invalid
from households.models import Area, Assignment, User
from households.models.people import code_of
from programs.choices import ProgrammeKind
from programs.choices.benefit_lists import ListState
from programs.models import Benefit, BenefitList, Programme
from programs.services.benefit_lists import batches
from programs.services.benefit_lists.batches import ListFacts
from programs.services.demo import seed_recipients as recipients
from programs.services.demo.seed_recipients import Member, told
from programs.workflow import SERVED_STATES

Row = list[Any]
Tell = Callable[[str], object]
_MILLION = 1_000_000
_WORKING_AGE = (18, 55)
_TERMS = ("15/02", "15/05")
#: Their senders name people of whom povreg knows no ground.
_TAKES_OUTSIDE = frozenset({"health_card"})


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
    with transaction.atomic():
        for code, rows in _lists(share):
            programme = Programme.objects.get(code=code)
            what = {"year": told()["year"], "programme": programme.name}
            tell(_("%(year)d: entering %(programme)s…") % what)
            recorded[code] = _entered(programme, rows, province, sender)
    return recorded


def _sender(province: Area) -> User | None:
    held = Assignment.objects.on(clock.today()).filter(area=province, role=Role.DEPARTMENT)
    first = held.select_related("user").order_by("pk").first()
    return first.user if first else None


def _entered(programme: Programme, rows: list[Row], province: Area, by: User) -> int:
    code = programme.code
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    year: int = told()["year"]
    facts = ListFacts(
        programme=programme, area=province, year=year,
        sender=told()["invented"]["sender"], listed_on=dt.date(year, 12, 31),
        takes_outside=code in _TAKES_OUTSIDE,
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


def _loans(share: float) -> Iterator[Row]:
    yield ["Mã hộ", "Họ tên", "Số tiền", "Ngày giải ngân", "Số khế ước"]
    sums = told()["invented"]["loan_vnd"]
    homes = {
        "poor": recipients.listed(PovertyClass.POOR),
        "near_poor": recipients.listed(PovertyClass.NEAR_POOR),
        "newly_escaped": recipients.newly_escaped(),
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


def _cards(share: float) -> Iterator[Row]:
    """Families of the lists first, then others entitled; the rest for persons of whom povreg does
    not know why: told outside of the register, with the ground that the insurer states."""
    yield ["Mã hộ", "Họ tên", "Năm sinh", "Mã xã", "Số thẻ", "Giá trị từ", "Giá trị đến",
           "Đối tượng"]  # fmt: skip
    year, wanted = told()["year"], _wanted(told()["cards"], share)
    first, others = recipients.with_card()
    whose = first[:wanted]
    whose += _spread(others, min(len(others), wanted - len(whose)), "cards")
    for number, one in enumerate(whose):
        home = code_of(one.household)
        yield [home, one.full_name, one.birth_year, "", *_card(number, year), ""]
    grounds = told()["invented"]["outside_grounds"]
    communes = Area.objects.real().at(AreaLevel.COMMUNE).on(recipients.begin()).order_by("code")
    codes = list(communes.values_list("code", flat=True))
    for number in range(len(whose), wanted):
        name, born = f"Người Mẫu {number + 1}", year - 20 - number % 60
        commune, ground = codes[number % len(codes)], grounds[number % len(grounds)]
        yield ["", name, born, commune, *_card(number, year), ground]


def _card(number: int, year: int) -> Row:
    return [f"HN4-{year}-{number:07d}", f"01/01/{year}", f"31/12/{year}"]


def _pupils(share: float) -> tuple[list[Row], list[Row]]:
    """Two terms of tuition, and for the poor two of study costs: so many times, so much money."""
    year, costs = told()["year"], told()["invented"]["study_cost_vnd"]
    number = _wanted(told()["pupils"], share)
    money = round(told()["pupils_million_vnd"] * share) * _MILLION
    poor = set(recipients.listed(PovertyClass.POOR))
    pupils = recipients.attending()
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
    first = (
        poor,
        set(recipients.listed(PovertyClass.NEAR_POOR)),
        set(recipients.living_in(TraitKind.ZONE, ["III"])),
    )
    ordered = sorted(pupils, key=lambda one: [one.household not in group for group in first])
    tuition: list[Row] = [headings]
    for at in range(times):
        place, paid_in = divmod(at, len(_TERMS))
        amount = left // times + (at < left % times)
        paid_on = f"{_TERMS[paid_in]}/{year}"
        tuition.append([*_pupil(ordered[place]), school_year, amount, paid_on])
    return tuition, study


def _pupil(one: Member) -> Row:
    return [code_of(one.household), one.full_name, one.birth_year]


def _houses(share: float) -> Iterator[Row]:
    """One a poor household of the poor districts."""
    yield ["Mã hộ", "Họ tên chủ hộ", "Kinh phí hỗ trợ", "Ngày hoàn thành", "Số quyết định"]
    number = _wanted(told()["houses"], share)
    money = round(told()["houses_million_vnd"] * share) * _MILLION
    there = set(recipients.living_in(TraitKind.POOR_DISTRICT, ["YES"]))
    # A house is given once, and some are being built.
    housed = Benefit.objects.filter(programme__code="housing", household__isnull=False)
    there -= set(housed.values_list("household", flat=True))
    poor = [one for one in recipients.listed(PovertyClass.POOR) if one in there]
    whose = _spread(poor, number, "houses")
    for at, household in enumerate(whose):
        amount = money // number + (at < money % number)
        yield [code_of(household), "", amount, _day(at), f"{at + 1}/QĐ"]


def _jobs(share: float) -> Iterator[Row]:
    """So many that with those recorded otherwise the year comes to its total."""
    yield ["Mã hộ", "Họ tên người lao động", "Năm sinh", "Ngày bắt đầu làm việc", "Số hợp đồng"]
    year = told()["year"]
    there = Benefit.objects.filter(
        programme__kind__in=[ProgrammeKind.JOB, ProgrammeKind.LABOUR_EXPORT],
        state__in=SERVED_STATES, served_on__year=year,
    ).count()  # fmt: skip
    youngest, oldest = _WORKING_AGE
    workers = [one for one in recipients.members() if youngest <= year - one.birth_year <= oldest]
    wanted = _wanted(told()["jobs"], share) - there
    for at, one in enumerate(_spread(workers, wanted, "jobs")):
        yield [*_pupil(one), _day(at), f"HĐ-{at + 1}"]
