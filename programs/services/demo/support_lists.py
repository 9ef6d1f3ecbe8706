"""Two lists of the demonstration: cards handed over and answered in part, loans being drawn up."""

import datetime as dt

from households import clock
from households.choices import AreaLevel, Role
from households.models import Area, Assignment, User
from programs.choices.support_lists import LoanPurpose, Outcome
from programs.models import Programme, SupportList
from programs.queries import list_gaps
from programs.services import list_answers, list_hand_over, list_rows, support_lists
from programs.services.list_answers import Answer
from programs.services.list_hand_over import SignedPaper
from programs.services.list_rows import Asked
from programs.workflow.coverage import LAPSES_WITHIN_DAYS

_CARDS, _LOANS = "health_card", "loan"
_LISTED_AGO = dt.timedelta(days=30)
_ANSWERED_AGO = dt.timedelta(days=10)
_A_LOAN_VND, _LOAN_MONTHS = 50_000_000, 36
#: Of each so many rows one waits on, or is refused, or has a card that ends soon.
_WAITS, _REFUSED, _ENDS_SOON = 5, 23, 7
_COMMUNES_TRIED = 5


def load(*, by: User) -> None:
    """In the first commune with an officer where somebody is due for a card. A second run changes
    nothing."""
    if SupportList.objects.exists():
        return
    on = clock.today() - _LISTED_AGO
    commune = _commune_with_a_gap(on)
    if commune is None:
        return
    _cards(commune, on, by)
    _loans(commune, by)


def _commune_with_a_gap(on: dt.date) -> Area | None:
    held = Assignment.objects.filter(role=Role.COMMUNE_OFFICER).values("area")
    real = Area.objects.at(AreaLevel.COMMUNE).real().on(on)
    communes = real.filter(pk__in=held).order_by("pk")
    commune: Area
    for commune in communes[:_COMMUNES_TRIED]:
        gaps = list_gaps.gaps([commune.inner_path], on)
        if any(one.programme.code == _CARDS and one.gap for one in gaps):
            return commune
    return None


def _begun(code: str, commune: Area, on: dt.date, receiver: str, by: User) -> SupportList:
    found = support_lists.begin(
        programme=Programme.objects.get(code=code), commune=commune, listed_on=on,
        receiver_name=receiver, by=by,
    )  # fmt: skip
    list_rows.put_due(support_list=found, by=by, only_wishing=code == _LOANS)
    return found


def _cards(commune: Area, on: dt.date, by: User) -> None:
    found = _begun(_CARDS, commune, on, "Bảo hiểm xã hội khu vực", by)
    paper = SignedPaper("15/DS-UBND", on + dt.timedelta(days=2), "Nông Văn Mẫu")
    list_hand_over.hand_over(support_list=found, paper=paper, by=by)
    today = clock.today()
    soon = today + dt.timedelta(days=LAPSES_WITHIN_DAYS // 2)
    answered = today - _ANSWERED_AGO
    answers = {}
    for row in found.rows.order_by("listed_no"):
        number = row.listed_no or 0
        if number % _WAITS == 0:
            continue
        answers[row.pk] = (
            Answer(Outcome.REFUSED, answered, reason="Đã có thẻ theo diện khác")
            if number % _REFUSED == 0
            else Answer(
                Outcome.SERVED, answered, number=f"HN206{number:010d}", valid_from=answered,
                valid_to=soon if number % _ENDS_SOON == 0 else dt.date(today.year + 1, 12, 31),
            )
        )  # fmt: skip
    list_answers.record(support_list=found, answers=answers, by=by)


def _loans(commune: Area, by: User) -> None:
    found = _begun(_LOANS, commune, clock.today(), "Phòng giao dịch NHCSXH khu vực", by)
    purposes = [LoanPurpose.LIVESTOCK, LoanPurpose.CROPS, LoanPurpose.FOREST]
    asked = {
        row.pk: Asked(
            amount_vnd=_A_LOAN_VND, purpose=purposes[at % len(purposes)],
            loan_months=_LOAN_MONTHS, savings_group="Tổ tiết kiệm và vay vốn số 1",
        )
        for at, row in enumerate(found.rows.order_by("pk"))
        if at % _WAITS
    }  # fmt: skip
    list_rows.ask(support_list=found, asked=asked, by=by)
