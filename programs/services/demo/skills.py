"""Activities, trainees, jobs and a plan list for the demonstration's largest commune."""

import datetime as dt

from django.db.models import Count

from households import clock
from households.choices import AreaLevel, Role
from households.models import Area, Assignment, Household, Membership, StatusPeriod, User
from households.services import audit
from programs.choices import BenefitState
from programs.choices.activities import ActivityKind
from programs.choices.employment import AskedHow, CheckAfter, EmploymentKind, StillEmployed
from programs.choices.plan_list import WhyPlanned
from programs.choices.projects import WorthRepeating
from programs.models import Activity, Benefit, PlanEntry
from programs.queries import employment as job_queries
from programs.queries import plan_list as plan_queries
from programs.services import (
    activities,
    companions,
    employment,
    employment_checks,
    evaluations,
    participants,
    plan_list,
    plan_rules,
)
from programs.services.activities import Held
from programs.services.benefit_checks import Given
from programs.services.companions import Who
from programs.services.employment import Contract, Member
from programs.services.employment_checks import Answer
from programs.services.evaluations import Verdict
from programs.services.participants import Outcome
from programs.services.recipients import Outsider

_MANY, _FEW = 12, 6
_WORKING_AGE = (18, 55)
_WHY = "Số liệu mẫu"


def load(*, by: User) -> None:
    """Through the services that officers use. Nothing where there are activities already, or no
    commune has a list. Each step takes the first households by their number, so that two
    demonstrations are alike."""
    plan_rules.load(by=by)
    commune = _largest()
    if commune is None or Activity.objects.exists():
        return
    today = clock.today()
    year = today.year if today.month > 2 else today.year - 1
    listed = _listed(commune, today)
    _held(commune, listed, year, by)
    _shown(commune, listed, year, by)
    workers = _workers(listed, today)
    _trained(commune, workers[:_FEW], year, by)
    _hired(commune, workers[_FEW : 2 * _FEW], today, by)
    _asked(commune, today, by)
    _planned(commune, today, by)


def _largest() -> Area | None:
    """With the most listed households today, of those where an officer works if there are any."""
    officers = Assignment.objects.filter(role=Role.COMMUNE_OFFICER).values("area")
    rows = StatusPeriod.objects.on(clock.today()).filter(
        list_owner=None, household__card__village__is_practice=False
    )
    counted = rows.values("household__card__village__parent").annotate(n=Count("pk"))
    ordered = counted.order_by("-n", "household__card__village__parent")
    with_officer = ordered.filter(household__card__village__parent__in=officers)
    first = with_officer.first() or ordered.first()
    if first is None:
        return None
    found: Area = Area.objects.at(AreaLevel.COMMUNE).get(
        pk=first["household__card__village__parent"]
    )
    return found


def _listed(commune: Area, today: dt.date) -> list[Household]:
    found = Household.objects.under(commune).filter(
        ended_on__isnull=True,
        pk__in=StatusPeriod.objects.on(today).filter(list_owner=None).values("household"),
    )
    return list(found.order_by("pk")[: 2 * _MANY])


def _held(commune: Area, listed: list[Household], year: int, by: User) -> None:
    course = activities.record(
        kind=ActivityKind.COURSE, commune=commune, village=None, by=by,
        held=Held(
            "Kỹ thuật chăn nuôi lợn nái sinh sản", dt.date(year, 2, 5), dt.date(year, 2, 7),
            place="Nhà văn hóa xã", organiser="Trung tâm Dịch vụ nông nghiệp",
            people_reached=26, women_reached=15, minority_reached=24, poor_reached=20,
        ),
    )  # fmt: skip
    on = course.begins_on
    at_home = [one for one in listed if one.residences.on(on).exists()][:_MANY]
    whom = [(one.pk, None) for one in at_home]
    if whom:
        participants.add(activity=course, whom=whom, because=_WHY, by=by)
    outsider = Outsider("Sùng Thị Mẫu", 1988, "Cộng tác viên thôn", commune)
    participants.add_outsider(activity=course, outsider=outsider, by=by)
    activities.record(
        kind=ActivityKind.EVENT, commune=commune, village=None, by=by,
        held=Held(
            "Phổ biến chính sách giảm nghèo, vay vốn ưu đãi", dt.date(year, 2, 20),
            dt.date(year, 2, 20), place="Chợ trung tâm xã", organiser="Ủy ban nhân dân xã",
            people_reached=140, women_reached=82, minority_reached=118,
        ),
    )  # fmt: skip


def _shown(commune: Area, listed: list[Household], year: int, by: User) -> None:
    """A model of two springs ago, evaluated once twelve months were over."""
    model = activities.record(
        kind=ActivityKind.MODEL, commune=commune, village=None, by=by,
        held=Held(
            "Nuôi gà thả đồi lấy thịt", dt.date(year - 1, 1, 9), dt.date(year - 1, 2, 10),
            place="Thôn làm điểm", organiser="Trung tâm Dịch vụ nông nghiệp", people_reached=18,
        ),
    )  # fmt: skip
    on = model.begins_on
    at_home = [one for one in listed if one.residences.on(on).exists()][:_FEW]
    if at_home:
        whom = [(one.pk, None) for one in at_home]
        participants.add(activity=model, whom=whom, because=_WHY, by=by)
    verdict = Verdict(
        evaluated_on=dt.date(year, 2, 27), evaluated_by="Trung tâm Dịch vụ nông nghiệp",
        result="Tỷ lệ nuôi sống 93 %, bán tại chợ phiên được giá",
        started_households=len(at_home), kept_households=max(0, len(at_home) - 1),
        shortcoming="Chưa chủ động được con giống", mends="Hợp tác xã, thú y xã",
        mend_by=dt.date(year, 9, 30), worth_repeating=WorthRepeating.YES,
        repeat_where="Các thôn vùng đồi của xã",
    )  # fmt: skip
    evaluations.evaluate(of=model, verdict=verdict, by=by)


def _workers(listed: list[Household], today: dt.date) -> list[Member]:
    """One member of working age a household."""
    first, last = (today.year - age for age in _WORKING_AGE)
    rows = Membership.objects.on(today).filter(
        household__in=listed, person__died_on__isnull=True,
        person__birth_date__year__range=(last, first),
    )  # fmt: skip
    found: dict[int, Member] = {}
    for row in rows.select_related("household", "person").order_by("household", "pk"):
        found.setdefault(row.household_id, Member(row.household, row.person))
    return list(found.values())


def _trained(commune: Area, workers: list[Member], year: int, by: User) -> None:
    course = activities.record(
        kind=ActivityKind.VOCATIONAL, commune=commune, village=None, by=by,
        held=Held(
            "May công nghiệp", dt.date(year, 1, 8), dt.date(year, 2, 25), hours=300,
            place="Trường trung cấp nghề", organiser="Trường trung cấp nghề",
            cost_each_vnd=3_000_000,
        ),
    )  # fmt: skip
    begun = [one for one in workers if _belongs(one, course.begins_on)]
    if not begun:
        return
    whom = [(one.household.pk, one.person.pk) for one in begun]
    participants.add(activity=course, whom=whom, because=_WHY, by=by)
    ids = list(
        Benefit.objects.filter(participation__activity=course)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    outcomes = [
        Outcome(pk, BenefitState.SERVED, number=f"CC-{number:03d}")
        for number, pk in enumerate(ids[1:-1], start=1)
    ]
    if len(ids) > 1:
        outcomes.append(Outcome(ids[-1], BenefitState.REFUSED, reason="Đi làm xa"))
        participants.settle(activity=course, outcomes=outcomes, on=course.ends_on, by=by)


def _belongs(one: Member, on: dt.date) -> bool:
    home = one.household.residences.on(on).exists()
    return home and one.household.memberships.on(on).filter(person=one.person).exists()


def _hired(commune: Area, workers: list[Member], today: dt.date, by: User) -> None:
    """A day of a month between four and fourteen months back."""
    works = (
        Contract(EmploymentKind.AWAY, "Công ty May Mẫu", "Khu công nghiệp", "", 7_500_000),
        Contract(EmploymentKind.LOCAL, "Hợp tác xã Mẫu", "Trong xã", "", 5_000_000),
        Contract(EmploymentKind.SELF_EMPLOYED, "", "Tại nhà", "", 4_000_000),
        Contract(
            EmploymentKind.ABROAD, "Công ty Cung ứng lao động Mẫu", "", "Nhật Bản", 28_000_000,
            "Học ngoại ngữ, hộ chiếu, khám sức khỏe",
        ),
    )  # fmt: skip
    for number, worker in enumerate(workers):
        began = _months_back(today, 4 + 2 * number)
        if not _belongs(worker, began):
            continue
        employment.record(
            who=worker, contract=works[number % len(works)], state=BenefitState.SERVED,
            acted_on=began, given=Given(valid_from=began), because=_WHY, by=by,
        )  # fmt: skip
    employment.record(
        who=Outsider("Hoàng Văn Mẫu", 1999, "Lao động ngoài danh sách", commune), contract=works[0],
        state=BenefitState.SERVED, acted_on=_months_back(today, 5),
        given=Given(valid_from=_months_back(today, 5)), by=by,
    )  # fmt: skip


def _months_back(today: dt.date, months: int) -> dt.date:
    index = today.year * 12 + today.month - 1 - months
    return dt.date(index // 12, index % 12 + 1, 1)


def _asked(commune: Area, today: dt.date, by: User) -> None:
    """The first two of what is due."""
    jobs = Benefit.objects.filter(commune=commune)
    due = [one.pk for one in job_queries.due(jobs, CheckAfter.THREE, today)[:2]]
    answers = [
        Answer(pk, CheckAfter.THREE, answer, wage)
        for pk, answer, wage in zip(
            due, (StillEmployed.YES, StillEmployed.NO), (8_000_000, None), strict=False
        )
    ]
    if answers:
        employment_checks.record(answers=answers, asked_how=AskedHow.PHONE, checked_on=today, by=by)


def _planned(commune: Area, today: dt.date, by: User) -> None:
    """This year's list, as it was made before the round of this year opened: while a round runs,
    services.plan_list puts nobody on a list."""
    rule = plan_queries.rule_for(commune)
    near = plan_queries.nearness(commune, today, rule, "vi").near[:_FEW] if rule else []
    with audit.act(by=by, verb="plan.put_on", area=commune, details={"year": today.year}):
        entries = PlanEntry.objects.bulk_create(
            PlanEntry(
                household_id=one.position.household_id, year=today.year, commune=commune,
                poverty_class=one.position.poverty_class, why=one.why or WhyPlanned.CHOSEN,
                survey_id=one.position.survey_id, recorded_by=by,
            )
            for one in near
        )  # fmt: skip
    for number, entry in enumerate(entries):
        action = plan_list.agree(
            entry=entry, words="Tham gia lớp đào tạo nghề", programme=None,
            due_on=dt.date(today.year, 6, 30) if number else dt.date(today.year, 12, 15), by=by,
        )  # fmt: skip
        if number % 2:
            plan_list.mark_done(action=action, done_on=today, by=by)
        if number < len(entries) - 1:
            companions.assign(
                household=entry.household, commune=commune, valid_from=today, by=by,
                who=Who(name="Nguyễn Thị Mẫu", organisation="Hội Liên hiệp Phụ nữ xã"),
            )  # fmt: skip
