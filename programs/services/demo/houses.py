"""Houses and works of the demonstration: some at each step, one late, a village's water tank."""

import datetime as dt
from decimal import Decimal
from io import BytesIO

from PIL import Image, ImageDraw

from households import clock
from households.choices import AreaLevel, Role
from households.models import Area, Assignment, User
from programs.choices.houses import Build, PaymentLine, WorksFor
from programs.models import HousingCase, HousingStage, Programme, WorksKind
from programs.queries import house_needs as needs_queries
from programs.queries import works as works_queries
from programs.services import house_needs, house_steps, site_payments, works
from programs.services.house_needs import Held, Need
from programs.services.house_steps import Reached
from programs.services.site_payments import Paid

_MEETING_DAYS_AGO = 150
#: Days since the last step: within its norm, or past it.
_RESTS_SINCE = (9, 85)
_BECAUSE = "Nhà xuống cấp, họp thôn thống nhất"
#: How far each house of the list has come, in its order.
_STEPS = ("ACCEPTED", "FRAME_ROOF", "FOUNDATION", "DECIDED", "POSTED", "MEETING")
_SERVED_BY_TANK = 12


def load(*, by: User) -> None:
    """For the first commune with an officer whose villages have families on the list. Nothing
    where there are houses already."""
    if HousingCase.objects.exists():
        return
    held = Assignment.objects.filter(role=Role.COMMUNE_OFFICER, area__level=AreaLevel.COMMUNE)
    for assignment in held.exclude(area__is_practice=True).order_by("pk")[:3]:
        villages = Area.objects.under(assignment.area).at(AreaLevel.VILLAGE).on(clock.today())
        for number, village in enumerate(villages.select_related("parent").order_by("pk")[:3]):
            _houses(village, by, skipped=number)
            _tank(village, by, kind=("WATER", "TOILET", "WATER_TOILET")[number])
        if HousingCase.objects.exists():
            return


def _houses(village: Area, by: User, *, skipped: int) -> None:
    programme = Programme.objects.get(code="housing")
    held_on = clock.today() - dt.timedelta(days=_MEETING_DAYS_AGO)
    found = [one for one in needs_queries.of_village(programme, village, held_on) if not one.has]
    chosen = found[: len(_STEPS)]
    if not chosen:
        return
    meeting = house_needs.record(
        programme=programme,
        village=village,
        held=Held(held_on, f"0{skipped + 1}/BB-HT", "Trưởng thôn", 42),
        needs=[
            Need(
                household=one.card.household,
                build=Build.REPAIR if place % 3 == 0 else Build.NEW,
                priority=place,
                criteria=["LEAKING"] if place % 2 else ["LEAKING", "NO_LABOUR"],
                because="" if one.terms_id else _BECAUSE,
            )
            for place, one in enumerate(chosen, start=1)
        ],
        by=by,
    )
    for case, step in zip(meeting.cases.order_by("priority"), _STEPS[skipped:], strict=False):
        _take(case, step, by)


def _take(case: HousingCase, last: str, by: User) -> None:
    way = [one for one in HousingStage.objects.all() if case.build in one.builds]
    until = next((one.rank for one in HousingStage.objects.filter(code=last)), 0)
    ahead = sum(case.stage.rank < one.rank <= until for one in way)
    rests = _RESTS_SINCE[case.priority % 2]
    step_days = (_MEETING_DAYS_AGO - rests) // max(ahead, 1)
    day = case.stage_on
    for stage in way:
        if not case.stage.rank < stage.rank <= until:
            continue
        day += dt.timedelta(days=step_days)
        is_built = stage.code in ("FOUNDATION", "FRAME_ROOF", "FINISHED")
        reached = Reached(
            day,
            number="27/QĐ-UBND" if stage.code == "DECIDED" else "",
            planned_vnd=60_000_000 if case.build == Build.NEW else 28_000_000,
            area_built_m2=Decimal(36),
            hard_floor=True,
            hard_frame=True,
            hard_roof=True,
            photos=[_drawn(stage.code)] if is_built else (),
        )
        case = house_steps.reach(case=case, stage=stage.code, reached=reached, by=by)
        if is_built:
            paid = Paid(day, PaymentLine.CENTRAL, 10_000_000, f"UNC {stage.rank}")
            site_payments.pay_house(case=case, paid=paid, by=by)


def _drawn(stage: str) -> bytes:
    """A drawing, not a photo: no real house stands in the demonstration."""
    picture = Image.new("RGB", (640, 480), "#dfe8ec")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 360, 640, 480), fill="#b9a88a")
    pen.rectangle((160, 330, 480, 370), fill="#8a8f94")
    if stage != "FOUNDATION":
        pen.rectangle((170, 200, 470, 332), outline="#5b6770", width=14)
        pen.polygon([(140, 205), (320, 110), (500, 205)], fill="#a2503f")
    if stage == "FINISHED":
        pen.rectangle((180, 210, 460, 332), fill="#f4efe4")
        pen.rectangle((290, 245, 350, 332), fill="#6b4f3a")
    out = BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()


def _tank(village: Area, by: User, *, kind: str) -> None:
    started_on = clock.today() - dt.timedelta(days=_MEETING_DAYS_AGO)
    found = WorksKind.objects.get(code=kind)
    candidates = works_queries.of_village(village, found.indicators, started_on)
    chosen = [one.card.household for one in candidates if one.lacks][:_SERVED_BY_TANK]
    if not chosen:
        return
    made = works.open_works(
        programme=Programme.objects.get(code="essential_works"),
        village=village,
        opened=works.Opened(
            found, WorksFor.VILLAGE, f"{found.name_vi}, {village.name}", started_on, 180_000_000
        ),
        households=chosen,
        by=by,
    )
    paid = Paid(started_on + dt.timedelta(days=30), PaymentLine.LOCAL, 95_000_000, "UNC 12")
    site_payments.pay_works(works=made, paid=paid, by=by)
    if kind == "WATER":
        ended_on = started_on + dt.timedelta(days=70)
        accepted = works.Acceptance(ended_on, ended_on + dt.timedelta(days=9), "03/BB-NT")
        works.accept(works=made, acceptance=accepted, by=by)
