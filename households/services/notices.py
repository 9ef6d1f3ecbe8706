"""Telling people what came in, was returned, is due or late: within povreg, and by e-mail where the
server sends mail. Upward news stays pulled: a notice is a row that its reader looks up."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from households import clock
from households.choices import (
    COMPLAINT_IS_OPEN,
    AreaLevel,
    CommuneState,
    RequestState,
    RoundKind,
)
from households.choices.notices import TOLD, NoticeKind
from households.models import (
    Area,
    Assignment,
    Complaint,
    Notice,
    NoticeReading,
    ReviewRequest,
    ReviewRound,
    User,
)
from households.queries import notices as queries
from households.queries import round_monitor

#: So many days before its last day somebody is told.
_DAYS_BEFORE = dt.timedelta(days=2)


def tell(
    *,
    kind: NoticeKind,
    area: Area,
    key: str,
    round: ReviewRound | None = None,
    **facts: str | int,
) -> None:
    """Tell it once for ever; `key` names what it is about. To be called inside the act that made
    it news, so that it is told when, and only when, that is written. One statement."""
    Notice.objects.bulk_create(
        [
            Notice(
                kind=kind, area=area, round=round, key=f"{kind}:{key}", facts=facts,
                told_on=clock.today(),
            )
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def mark_read(*, to: int, by: User) -> None:
    """The user has read his notices up to this one; never back. One statement. His own reading is
    no act of the register, so it leaves no audit event."""
    reading, __ = NoticeReading.objects.get_or_create(user=by)
    NoticeReading.objects.filter(pk=reading.pk, read_to__lt=to).update(read_to=to)


def tell_what_is_due() -> int:
    """Once a day: what is due soon or late in the rounds under way; gives how many notices there
    are more. Repeating it tells nothing twice."""
    before = Notice.objects.count()
    today = clock.today()
    soon = today + _DAYS_BEFORE
    for one in Complaint.objects.filter(
        state__in=COMPLAINT_IS_OPEN, due_on__lte=soon
    ).select_related("commune", "round"):
        assert one.due_on is not None
        tell(
            kind=NoticeKind.COMPLAINT_DUE, area=one.commune, round=one.round, key=str(one.pk),
            complaint=one.pk, day=one.due_on.isoformat(),
        )  # fmt: skip
    for asked in ReviewRequest.objects.filter(
        state=RequestState.OPEN, due_on__lte=soon
    ).select_related("commune"):
        tell(
            kind=NoticeKind.REQUEST_DUE, area=asked.commune, key=str(asked.pk), request=asked.pk,
            number=asked.number, day=asked.due_on.isoformat(),
        )  # fmt: skip
    for round in ReviewRound.objects.filter(
        kind=RoundKind.PERIODIC, is_closed=False, opens_on__lte=today
    ).select_related("province"):
        _tell_stages(round, today, soon)
    return Notice.objects.count() - before


def _tell_stages(round: ReviewRound, today: dt.date, soon: dt.date) -> None:
    communes = Area.objects.at(AreaLevel.COMMUNE).under(round.province).on(round.as_of).real()
    if not round.covers_all_communes:
        communes = communes.filter(commune_reviews__round=round)
    late = 0
    for one in round_monitor.of_round(round, communes.select_related("parent")):
        if not one.total or one.due_on is None or one.due_on > soon:
            continue
        is_late = one.due_on < today
        late += is_late
        kind = NoticeKind.STAGE_LATE if is_late else NoticeKind.STAGE_DUE
        tell(
            kind=kind, area=one.commune, round=round, day=one.due_on.isoformat(),
            key=f"{round.pk}:{one.commune.pk}:{one.due_on}", stage=one.stage,
            returned=int(one.state == CommuneState.RETURNED),
        )  # fmt: skip
    if late:
        # Once a week, so that the department is not told the same every morning.
        year, week, __ = today.isocalendar()
        tell(
            kind=NoticeKind.COMMUNES_LATE, area=round.province, round=round, number=late,
            key=f"{round.pk}:{year}-{week}",
        )  # fmt: skip


def send_mails() -> int:
    """One mail to each user with an address who has notices he neither read nor was mailed; gives
    how many. The mail says how many and of what kind, in Vietnamese, and names no family."""
    if not settings.POVREG_SENDS_MAIL:
        return 0
    told = {role for roles in TOLD.values() for role in roles}
    held = Assignment.objects.on(clock.today()).filter(role__in=told).values("user")
    users = User.objects.filter(pk__in=held, is_active=True).exclude(email="")
    return sum(_mail(user) for user in users.order_by("pk"))


def _mail(user: User) -> bool:
    reading, __ = NoticeReading.objects.get_or_create(user=user)
    waiting = list(
        queries.of_user(user).filter(pk__gt=max(reading.read_to, reading.mailed_to))[: queries.MOST]
    )
    # Whoever claims the newest sends it: two workers do not mail the same twice.
    claimed = waiting and NoticeReading.objects.filter(
        Q(mailed_to__lt=waiting[0].pk), user=user
    ).update(mailed_to=waiting[0].pk)
    if not claimed:
        return False
    with override("vi"):
        send_mail(_subject(len(waiting)), _body(waiting), None, [user.email])
    return True


def _subject(number: int) -> str:
    return ngettext(
        "povreg: %(number)s notice for you", "povreg: %(number)s notices for you", number
    ) % {"number": number}


def _body(waiting: Sequence[Notice]) -> str:
    lines = [f"- {NoticeKind(one.kind).label}: {one.area.name}" for one in _unique(waiting)]
    return "\n".join([*lines, "", _("Open povreg, “My work”, to read them.")])


def _unique(waiting: Iterable[Notice]) -> list[Notice]:
    """One of each kind and area."""
    return list({(one.kind, one.area_id): one for one in waiting}.values())
