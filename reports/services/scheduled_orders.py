"""Reports that nobody has to ask for: of a commune that decided, of a province that is complete or
whose day has come, of the ad-hoc review of last month.

Found from what is there, every time anew: a missed run loses nothing, and what was ordered for the
same reason is not ordered again.
"""

import datetime as dt
import logging
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q

from households import clock, procedure
from households.choices import RoundKind
from households.errors import DomainError
from households.models import Area, RecognitionDecision, ReviewRound
from households.services import rounds
from households.services.system_user import system_user
from reports.choices import FigureStatus, OrderWhat
from reports.models import ReportOrder
from reports.queries import decided, facts
from reports.services import orders

_FILE: Final = Path(__file__).resolve().parent.parent / "data" / "submissions.toml"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Wanted:
    """Reports that are due: a set of an area, or the sets of all areas in it."""

    what: OrderWhat
    area: Area
    round: ReviewRound
    status: FigureStatus


@cache
def dates() -> dict[str, Any]:
    """The file of dates, as it stands."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def run() -> int:
    """Order what is due and was not ordered yet; gives how many orders. One that cannot be made
    does not keep others from being ordered."""
    made = 0
    for one in [*_of_communes(), *_of_provinces(), *_of_ad_hoc_rounds()]:
        try:
            orders.order(
                what=one.what, area=one.area, round=one.round, status=one.status,
                is_scheduled=True, by=system_user(),
            )  # fmt: skip
            made += 1
        except DomainError as fault:
            _log.warning("%s of %s: %s", one.round.key, one.area.code, fault.message)
    return made


def _of_communes() -> Iterator[Wanted]:
    """Communes whose list was decided lately; a set that was ordered before the decision under
    another standard does not stand for it. One query."""
    since = clock.today() - dt.timedelta(days=dates()["decisions"]["signed_within_days"])
    ordered = ReportOrder.objects.filter(
        is_scheduled=True, what=OrderWhat.SET, area=OuterRef("commune"), round=OuterRef("round"),
        status=FigureStatus.OFFICIAL,
    )  # fmt: skip
    since_it = ordered.filter(cut_off_at__gte=OuterRef("act__at"))
    lately = RecognitionDecision.objects.filter(
        ~Exists(since_it), ~Exists(ordered) | Q(act__isnull=False),
        origin__in=facts.OF_A_LIST, decided_on__gte=since, decided_on__lte=clock.today(),
        commune__is_practice=False,
    ).select_related("commune", "round__province")  # fmt: skip
    seen = set()
    for one in lately.order_by("pk"):
        if (one.commune_id, one.round_id) not in seen:
            seen.add((one.commune_id, one.round_id))
            yield Wanted(OrderWhat.SET, one.commune, one.round, FigureStatus.OFFICIAL)


def _of_provinces() -> Iterator[Wanted]:
    """The periodic round of this review year: on its days, and once every commune has decided."""
    today = clock.today()
    for round in ReviewRound.objects.filter(
        kind=RoundKind.PERIODIC, year=today.year, province__is_practice=False
    ).select_related("province"):
        for submission in dates()["submission"]:
            status = FigureStatus(submission["status"])
            is_due = today >= procedure.on_month_day(round.year, submission["on"])
            if status == FigureStatus.OFFICIAL:
                is_due = is_due or _is_complete(round)
            if is_due and not _is_ordered(round, status):
                yield Wanted(OrderWhat.SET, round.province, round, status)


def _is_complete(round: ReviewRound) -> bool:
    """Every commune decided its list under each standard of the round."""
    communes = decided.communes_of(round, None)
    lists = [decided.of(round, one, communes) for one in rounds.scored_under(round)]
    return bool(lists) and all(one.status == FigureStatus.OFFICIAL for one in lists)


def _of_ad_hoc_rounds() -> Iterator[Wanted]:
    """The ad-hoc review of last month, on the first days of this one."""
    today = clock.today()
    if today.day > dates()["ad_hoc"]["until_day"]:
        return
    last = today.replace(day=1) - dt.timedelta(days=1)
    for round in ReviewRound.objects.filter(
        kind=RoundKind.AD_HOC, year=last.year, month=last.month, province__is_practice=False
    ).select_related("province"):
        if not _is_ordered(round, FigureStatus.OFFICIAL):
            yield Wanted(OrderWhat.SET, round.province, round, FigureStatus.OFFICIAL)


def _is_ordered(round: ReviewRound, status: FigureStatus) -> bool:
    """By the clock; of the official ones the set made when all were in stands for the day's."""
    return ReportOrder.objects.filter(
        is_scheduled=True, area=round.province_id, round=round, status=status
    ).exists()
